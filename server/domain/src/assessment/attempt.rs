//! An attempt as others see it, and how attempts are found.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use types::{AttemptId, EnrolmentId, Moment, PersonId, Role};

use super::{
    entity::{answer, attempt as table, drawn},
    grade::grades_of,
    score,
};
use crate::{
    Grouped, Look, Unavailable,
    accounts::Actor,
    curriculum::{self, Question},
    programs::facts::{BegunFact, CheckFact},
};

/// An attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The id.
    pub id: AttemptId,
    /// Who.
    pub person: PersonId,
    /// In which enrolment.
    pub enrolment: EnrolmentId,
    /// The key of the check in its release: `m02`, or `m13-drill`.
    pub module: String,
    /// The check's title on the day it began.
    pub title: String,
    /// What it takes to pass.
    pub policy: Policy,
    /// When it began.
    pub started_at: Moment,
    /// When it was handed in.
    pub submitted_at: Option<Moment>,
}

/// What it takes to pass, frozen with the attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Whether it is passed or failed.
    pub scored: bool,
    /// The share of points to pass, in hundredths.
    pub pass_percent: i32,
}

/// The attempt with this id, where this actor may see it: their own, or, once handed in, for a trainer or
/// an officer.
pub async fn attempt_for(look: &impl Look, actor: &Actor, id: AttemptId) -> Result<Option<Attempt>, Unavailable> {
    let row = table::Entity::find_by_id(id).one(look.db()).await?;
    Ok(row.map(read).filter(|attempt| {
        let teaches = actor.is(Role::Trainer) || actor.is(Role::Officer);
        actor.person() == Some(attempt.person) || (teaches && attempt.submitted_at.is_some())
    }))
}

/// The open attempt at a module's check, where there is one.
pub async fn open_attempt(look: &impl Look, enrolment: EnrolmentId, module: &str) -> Result<Option<Attempt>, Unavailable> {
    Ok(attempts_of(look, enrolment, module).await?.into_iter().find(|attempt| attempt.submitted_at.is_none()))
}

/// Every attempt at a module's check, newest first.
pub async fn attempts_of(look: &impl Look, enrolment: EnrolmentId, module: &str) -> Result<Vec<Attempt>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.eq(enrolment))
        .filter(table::Column::Module.eq(module))
        .order_by_desc(table::Column::StartedAt)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The checks of these enrolments that were begun and not handed in, oldest first.
pub async fn begun_facts(look: &impl Look, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, BegunFact>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.is_in(of.iter().copied()))
        .filter(table::Column::SubmittedAt.is_null())
        .order_by_asc(table::Column::StartedAt)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(|open| (open.enrolment, BegunFact { attempt: open.id, module: open.module, at: open.started_at })).collect())
}

/// The checks of these enrolments that were handed in, with the scores in force, oldest first.
pub async fn check_facts(look: &impl Look, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, CheckFact>, Unavailable> {
    let handed_in =
        table::Entity::find().filter(table::Column::Enrolment.is_in(of.iter().copied())).filter(table::Column::SubmittedAt.is_not_null());
    // An attempt and its grades are handed in as one, and grades are never taken away: read later, they are all there.
    let rows = handed_in.clone().order_by_asc(table::Column::SubmittedAt).order_by_asc(table::Column::Id).all(look.db()).await?;
    let mut grades = grades_of(look, handed_in.select_only().column(table::Column::Id).into_query()).await?;
    let mut fact = |attempt: Attempt| {
        let score = score(attempt.policy, &grades.take(&attempt.id));
        CheckFact {
            attempt: attempt.id,
            module: attempt.module,
            reached: score.reached,
            possible: score.possible,
            passed: score.passed,
            at: attempt.submitted_at.unwrap_or(attempt.started_at),
        }
    };
    Ok(rows.into_iter().map(read).map(|attempt| (attempt.enrolment, attempt)).map(|(of, attempt)| (of, fact(attempt))).collect())
}

/// A drawn question: its place, its version, the order of its options.
pub(super) struct Drawn {
    pub(super) question: Question,
    pub(super) order: Vec<String>,
}

/// What an attempt drew, in order.
pub(super) async fn drawn(look: &impl Look, id: AttemptId) -> Result<Vec<Drawn>, Unavailable> {
    let rows = drawn::Entity::find().filter(drawn::Column::Attempt.eq(id)).order_by_asc(drawn::Column::Place).all(look.db()).await?;
    let versions: Vec<&str> = rows.iter().map(|row| row.version.as_str()).collect();
    let mut questions = curriculum::question_versions(look, &versions).await?;
    let read = |row: &drawn::Model| {
        let question = questions.remove(&row.version).ok_or_else(|| Unavailable::unreadable("question", "it is gone"))?;
        let order = serde_json::from_str(&row.option_order).map_err(|error| Unavailable::unreadable("attempt", error))?;
        Ok(Drawn { question, order })
    };
    rows.iter().map(read).collect()
}

/// A question that this attempt drew, by its version.
pub(super) async fn drawn_one(look: &impl Look, id: AttemptId, version: &str) -> Result<Option<Question>, Unavailable> {
    let row = drawn::Entity::find().filter(drawn::Column::Attempt.eq(id)).filter(drawn::Column::Version.eq(version)).one(look.db()).await?;
    match row {
        Some(row) => curriculum::question_version(look, &row.version).await,
        None => Ok(None),
    }
}

/// The answers in force: question version, options, when.
pub(super) async fn answers(look: &impl Look, id: AttemptId) -> Result<Vec<(String, Vec<String>, Moment)>, Unavailable> {
    let rows = answer::Entity::find()
        .filter(answer::Column::Attempt.eq(id))
        .order_by_asc(answer::Column::At)
        .order_by_asc(answer::Column::Id)
        .all(look.db())
        .await?;
    let mut answers: Vec<(String, Vec<String>, Moment)> = Vec::new();
    for row in rows {
        let options = serde_json::from_str(&row.options).map_err(|error| Unavailable::unreadable("answer", error))?;
        answers.retain(|(version, _, _)| *version != row.version);
        answers.push((row.version, options, row.at));
    }
    Ok(answers)
}

pub(super) fn read(row: table::Model) -> Attempt {
    Attempt {
        id: row.id,
        person: row.person,
        enrolment: row.enrolment,
        module: row.module,
        title: row.title,
        policy: Policy { scored: row.scored, pass_percent: row.pass_percent },
        started_at: row.started_at,
        submitted_at: row.submitted_at,
    }
}
