//! What is not done: for a person to look at, and to have it tried again.

use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr};
use types::{JobId, Moment};

use super::{Job, entity, queue::FAILED};
use crate::{Look, Unavailable, Write, audit::Act};

/// A job that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its id.
    pub id: JobId,
    /// What is to be done; `None` when it is of a kind that this program does not know.
    pub job: Option<Job>,
    /// Its stored form, which is ids only.
    pub stored: String,
    /// Since when it waits.
    pub since: Moment,
    /// How often it was tried.
    pub tries: i32,
    /// When it is tried next; `None` when it was given up.
    pub due_at: Option<Moment>,
    /// What came of the last try.
    pub error: Option<String>,
}

/// How many jobs were given up.
pub async fn given_up(look: &impl Look) -> Result<u64, Unavailable> {
    Ok(entity::Entity::find().filter(entity::Column::Outcome.eq(FAILED)).count(look.db()).await?)
}

/// Every job that is not done, oldest first: given up, or still to be tried.
pub async fn left(look: &impl Look) -> Result<Vec<Left>, Unavailable> {
    let rows = entity::Entity::find()
        .filter(Condition::any().add(entity::Column::FinishedAt.is_null()).add(entity::Column::Outcome.eq(FAILED)))
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .all(look.db())
        .await?;
    let left = |row: entity::Model| Left {
        id: row.id,
        job: serde_json::from_str(&row.payload).ok(),
        stored: row.payload,
        since: row.created_at,
        tries: row.tries,
        due_at: row.finished_at.is_none().then_some(row.due_at),
        error: row.error,
    };
    Ok(rows.into_iter().map(left).collect())
}

/// Frees what a worker had when the program ended in the middle of it, so that it is tried at once and not when its
/// lease runs out. Only for the one server of a database: where there are several, another may be at it.
pub async fn take_up(write: &mut Write) -> Result<(), Unavailable> {
    let freed = entity::Entity::update_many()
        .col_expr(entity::Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(entity::Column::DueAt, Expr::value(write.now().0))
        .filter(entity::Column::FinishedAt.is_null())
        .filter(entity::Column::LeasedUntil.is_not_null())
        .exec(write.db())
        .await?;
    if freed.rows_affected > 0 {
        write.will_wake();
    }
    Ok(())
}

/// Has everything tried again now that is not done: what was given up begins anew, and what waits waits no
/// longer. A job that a worker has is left to it. Answers how many these are.
pub async fn retry(write: &mut Write) -> Result<u64, Unavailable> {
    let now = write.now();
    let waiting = entity::Entity::update_many()
        .col_expr(entity::Column::DueAt, Expr::value(now.0))
        .filter(entity::Column::FinishedAt.is_null())
        .filter(Condition::any().add(entity::Column::LeasedUntil.is_null()).add(entity::Column::LeasedUntil.lte(now)))
        .exec(write.db())
        .await?;
    let given_up = entity::Entity::update_many()
        .col_expr(entity::Column::DueAt, Expr::value(now.0))
        .col_expr(entity::Column::Tries, Expr::value(0))
        .col_expr(entity::Column::FinishedAt, Expr::value(None::<i64>))
        .col_expr(entity::Column::Outcome, Expr::value(None::<String>))
        .filter(entity::Column::Outcome.eq(FAILED))
        .exec(write.db())
        .await?;
    let jobs = waiting.rows_affected + given_up.rows_affected;
    if jobs > 0 {
        write.record(Act::new("jobs.retried", "jobs").with("given-up", given_up.rows_affected).with("waiting", waiting.rows_affected));
        write.will_wake();
    }
    Ok(jobs)
}
