//! Grading, and the score in force as a fold over the grades that were given.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::SelectStatement};
use types::AttemptId;

use super::{Policy, entity::grade};
use crate::{
    Grouped, Look, Unavailable,
    curriculum::{Credit, Kind, Question},
};

/// The score in force. Points are in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Reached.
    pub reached: i32,
    /// To be reached.
    pub possible: i32,
    /// Passed or not; `None` where it is not scored.
    pub passed: Option<bool>,
}

/// A grade that was given to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    pub(super) version: String,
    pub(super) reached: i32,
    pub(super) possible: i32,
}

/// Folds grades, oldest first: the newest of each question counts.
pub fn score(policy: Policy, grades: &[Grade]) -> Score {
    let mut newest = BTreeMap::new();
    for grade in grades {
        newest.insert(&grade.version, grade);
    }
    let reached = newest.values().fold(0_i32, |sum, grade| sum.saturating_add(grade.reached));
    let possible = newest.values().fold(0_i32, |sum, grade| sum.saturating_add(grade.possible));
    let share_holds = i64::from(reached) * 100 >= i64::from(possible) * i64::from(policy.pass_percent);
    Score { reached, possible, passed: policy.scored.then_some(possible > 0 && share_holds) }
}

/// What these options are worth, in hundredths of a point.
pub(super) fn points(question: &Question, chosen: &[String]) -> i32 {
    let whole = question.points.saturating_mul(100);
    let right = question.options.iter().filter(|option| option.right);
    let hits = question.options.iter().filter(|option| option.right && chosen.contains(&option.id)).count();
    let misses = question.options.iter().filter(|option| !option.right && chosen.contains(&option.id)).count();
    let all = right.count();
    match question.kind {
        Kind::Multiple(Credit::Partial) => {
            let (hits, misses, all) = (to_i32(hits), to_i32(misses), to_i32(all).max(1));
            whole.saturating_mul(hits.saturating_sub(misses).max(0)) / all
        }
        Kind::Single | Kind::TrueFalse | Kind::Multiple(Credit::All) => {
            if hits == all && misses == 0 {
                whole
            } else {
                0
            }
        }
    }
}

/// The grades of an attempt, oldest first.
pub(super) async fn grades(look: &impl Look, id: AttemptId) -> Result<Vec<Grade>, Unavailable> {
    let rows = grade::Entity::find()
        .filter(grade::Column::Attempt.eq(id))
        .order_by_asc(grade::Column::At)
        .order_by_asc(grade::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The grades of the attempts that this question finds, oldest first.
pub(super) async fn grades_of(look: &impl Look, attempts: SelectStatement) -> Result<Grouped<AttemptId, Grade>, Unavailable> {
    let rows = grade::Entity::find()
        .filter(grade::Column::Attempt.in_subquery(attempts))
        .order_by_asc(grade::Column::At)
        .order_by_asc(grade::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.attempt, read(row))).collect())
}

fn read(row: grade::Model) -> Grade {
    Grade { version: row.version, reached: row.reached, possible: row.possible }
}

fn to_i32(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
