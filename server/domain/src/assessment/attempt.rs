//! An attempt as others see it, and how attempts are found.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use types::{AttemptId, EnrolmentId, Moment, PersonId, Role};

use super::{
    entity::{answer, attempt as table, drawn},
    grade::grades,
    score,
};
use crate::{
    Look, Unavailable,
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

/// The checks of an enrolment that were begun and not handed in, oldest first.
pub async fn begun_facts(look: &impl Look, enrolment: EnrolmentId) -> Result<Vec<BegunFact>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.eq(enrolment))
        .filter(table::Column::SubmittedAt.is_null())
        .order_by_asc(table::Column::StartedAt)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(read).map(|open| BegunFact { attempt: open.id, module: open.module, at: open.started_at }).collect())
}

/// The checks of an enrolment that were handed in, with the scores in force, oldest first.
pub async fn check_facts(look: &impl Look, enrolment: EnrolmentId) -> Result<Vec<CheckFact>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.eq(enrolment))
        .filter(table::Column::SubmittedAt.is_not_null())
        .order_by_asc(table::Column::SubmittedAt)
        .all(look.db())
        .await?;
    let mut facts = Vec::with_capacity(rows.len());
    for attempt in rows.into_iter().map(read) {
        let score = score(attempt.policy, &grades(look, attempt.id).await?);
        facts.push(CheckFact {
            attempt: attempt.id,
            module: attempt.module,
            reached: score.reached,
            possible: score.possible,
            passed: score.passed,
            at: attempt.submitted_at.unwrap_or(attempt.started_at),
        });
    }
    Ok(facts)
}

/// A drawn question: its place, its version, the order of its options.
pub(super) struct Drawn {
    pub(super) question: Question,
    pub(super) order: Vec<String>,
}

/// What an attempt drew, in order.
pub(super) async fn drawn(look: &impl Look, id: AttemptId) -> Result<Vec<Drawn>, Unavailable> {
    let rows = drawn::Entity::find().filter(drawn::Column::Attempt.eq(id)).order_by_asc(drawn::Column::Place).all(look.db()).await?;
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        let question = curriculum::question_version(look, &row.version).await?;
        let question = question.ok_or_else(|| Unavailable::unreadable("question", "it is gone"))?;
        let order = serde_json::from_str(&row.option_order).map_err(|error| Unavailable::unreadable("attempt", error))?;
        questions.push(Drawn { question, order });
    }
    Ok(questions)
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
