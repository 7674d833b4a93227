//! Enqueue, lease, finish.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{LockBehavior, LockType},
};
use types::{JobId, Moment};

use super::{Job, entity};
use crate::{Look, Platform, Unavailable, Write, accounts::Actor};

/// How long one worker keeps a job before another may take it.
const LEASE: i64 = 5 * Moment::MINUTE;
/// After so many tries a job is given up and left for a person: with the pauses between them, a little more than
/// three days, so that a mail server may be away for a weekend.
const TRIES: i32 = 25;
/// The outcome of a job that was given up.
pub(super) const FAILED: &str = "failed";

/// A job that this worker alone has for the time of its lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// Its id.
    pub id: JobId,
    /// What to do; `None` when its stored form is not known to this program.
    pub job: Option<Job>,
    /// How often it was tried, this time included.
    pub tries: i32,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It may go better later.
    Retry(String),
    /// It never will.
    Fail(String),
}

/// Puts a job on the queue as part of the act.
pub async fn enqueue(write: &mut Write, job: &Job) -> Result<(), Unavailable> {
    let payload = serde_json::to_string(job).map_err(|error| Unavailable::unreadable("job", error))?;
    let row = entity::Model {
        id: write.new_id(),
        payload,
        created_at: write.now(),
        due_at: write.now(),
        tries: 0,
        leased_until: None,
        finished_at: None,
        outcome: None,
        error: None,
    };
    entity::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await?;
    write.will_wake();
    Ok(())
}

/// Leases the next job that is due, if there is one. Its next try is fixed with the lease: a job that takes its
/// worker down with it comes back after growing pauses too, and is given up in the end.
pub async fn claim(platform: &Platform) -> Result<Option<Leased>, Unavailable> {
    loop {
        let write = platform.write(&Actor::worker()).await?;
        let now = write.now();
        let free = Condition::any().add(entity::Column::LeasedUntil.is_null()).add(entity::Column::LeasedUntil.lte(now));
        let Some(row) = entity::Entity::find()
            .filter(entity::Column::FinishedAt.is_null())
            .filter(entity::Column::DueAt.lte(now))
            .filter(free)
            .order_by_asc(entity::Column::DueAt)
            .order_by_asc(entity::Column::Id)
            .limit(1)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .one(write.db())
            .await?
        else {
            return Ok(None);
        };
        let leased = Leased { id: row.id, job: serde_json::from_str(&row.payload).ok(), tries: row.tries.saturating_add(1) };
        let worn_out = is_last(leased.job.as_ref(), row.tries);
        let mut row = row.into_active_model();
        if worn_out {
            row.leased_until = Set(None);
            give_up(&mut row, now, "its last try never came back".to_owned());
        } else {
            row.tries = Set(leased.tries);
            row.leased_until = Set(Some(now.plus(LEASE)));
            row.due_at = Set(now.plus(pause(leased.tries)));
        }
        row.update(write.db()).await?;
        write.commit().await?;
        if !worn_out {
            return Ok(Some(leased));
        }
    }
}

/// Puts down how a run ended: done, to be tried again after a pause that doubles, or left for a person. A run
/// whose lease ran out says nothing any more: somebody else has the job. Answers whether it was given up.
pub async fn finish(platform: &Platform, leased: &Leased, outcome: Outcome) -> Result<bool, Unavailable> {
    let write = platform.write(&Actor::worker()).await?;
    let now = write.now();
    let Some(row) = entity::Entity::find_by_id(leased.id).lock_exclusive().one(write.db()).await?.filter(|row| row.tries == leased.tries)
    else {
        return Ok(false);
    };
    let mut row = row.into_active_model();
    row.leased_until = Set(None);
    let mut given_up = false;
    match outcome {
        Outcome::Done => {
            row.finished_at = Set(Some(now));
            row.outcome = Set(Some("done".to_owned()));
            row.error = Set(None);
        }
        Outcome::Retry(error) if !is_last(leased.job.as_ref(), leased.tries) => {
            row.due_at = Set(now.plus(pause(leased.tries)));
            row.error = Set(Some(error));
        }
        Outcome::Retry(error) | Outcome::Fail(error) => {
            give_up(&mut row, now, error);
            given_up = true;
        }
    }
    row.update(write.db()).await?;
    write.commit().await?;
    Ok(given_up)
}

fn give_up(row: &mut entity::ActiveModel, now: Moment, error: String) {
    row.finished_at = Set(Some(now));
    row.outcome = Set(Some(FAILED.to_owned()));
    row.error = Set(Some(error));
}

/// Whether a job that was tried so often is not tried again. A review of an enrolment always is: where the ledger
/// is complete no other fact comes to ask for it, and the certificate would never be issued.
fn is_last(job: Option<&Job>, tries: i32) -> bool {
    tries >= TRIES && !matches!(job, Some(Job::ReviewEnrolment { .. }))
}

/// How many jobs are not finished. A test that leaves some behind has forgotten something.
pub async fn open_jobs(look: &impl Look) -> Result<u64, Unavailable> {
    Ok(entity::Entity::find().filter(entity::Column::FinishedAt.is_null()).count(look.db()).await?)
}

/// Five seconds, then twice as long each time, up to six hours.
pub(super) fn pause(tries: i32) -> i64 {
    let doublings = u32::try_from(tries.clamp(1, 14) - 1).unwrap_or(0);
    ((5 * Moment::SECOND) << doublings).min(6 * Moment::HOUR)
}
