//! Handing in: graded at once, on the server, in the same transaction.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _, QuerySelect as _};
use types::AttemptId;

use super::{
    attempt::{answers, drawn},
    entity::{attempt as table, grade},
    grade::points,
};
use crate::{
    Look as _, Unavailable, Write,
    audit::Act,
    jobs::{self, Job},
};

/// Why nothing was handed in.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// There is no such attempt of this person.
    #[error("There is no such check of yours.")]
    NotFound,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Hands the acting person's attempt in. Handing it in again does nothing.
pub async fn submit(write: &mut Write, id: AttemptId) -> Result<(), SubmitError> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let row = row.filter(|row| write.actor().person() == Some(row.person)).ok_or(SubmitError::NotFound)?;
    if row.submitted_at.is_some() {
        return Ok(());
    }
    let answers = answers(write, id).await?;
    for drawn in drawn(write, id).await? {
        let question = drawn.question;
        let chosen = answers
            .iter()
            .find(|(version, _, _)| *version == question.digest)
            .map(|(_, options, _)| options.as_slice())
            .unwrap_or_default();
        let event = grade::Model {
            id: write.new_id(),
            attempt: id,
            reached: points(&question, chosen),
            possible: question.points.saturating_mul(100),
            version: question.digest,
            by_person: None,
            reason: "graded by its key".to_owned(),
            at: write.now(),
        };
        grade::Entity::insert(event.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    }
    let enrolment = row.enrolment;
    let mut row = row.into_active_model();
    row.submitted_at = Set(Some(write.now()));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("attempt.submitted", id));
    jobs::enqueue(write, &Job::ReviewEnrolment { enrolment }).await?;
    Ok(())
}
