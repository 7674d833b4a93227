//! Saving an answer: an event that names its attempt, so that a stale tab of another one changes nothing.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use types::{AttemptId, Moment};

use super::{
    attempt::drawn_one,
    entity::{answer, attempt as table},
};
use crate::{Look as _, Unavailable, Write, curriculum::Kind};

/// Why an answer was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no such attempt of this person.
    #[error("There is no such check of yours.")]
    NotFound,
    /// It was handed in before.
    #[error("This check is handed in, so the answer was not changed. Open it again for its review.")]
    Submitted,
    /// The question or an option is not in this attempt.
    #[error("This answer does not belong to this check. Open the question again.")]
    NotInAttempt,
    /// One question, one option.
    #[error("This question takes one answer.")]
    OnlyOne,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// An answer as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The version of the question.
    pub version: &'a str,
    /// The ids of the options that are chosen; none is an answer taken back.
    pub options: &'a [String],
    /// Names this one save: sending it again changes nothing, and the same sheet with something else on it, as the
    /// browser's way back makes it, is another save.
    pub once: &'a str,
    /// What was chosen when the sheet was drawn, where it says so. A sheet on which nothing was changed since does not
    /// undo what was saved from another one meanwhile.
    pub drawn: Option<&'a [String]>,
}

/// Saves the acting person's answer to a question. Answers when it was saved.
pub async fn save_answer(write: &mut Write, id: AttemptId, sent: Sent<'_>) -> Result<Moment, SaveError> {
    let Sent { version, options, once, drawn } = sent;
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let row = row.filter(|row| write.actor().person() == Some(row.person)).ok_or(SaveError::NotFound)?;
    if row.submitted_at.is_some() {
        return Err(SaveError::Submitted);
    }
    let question = drawn_one(write, id, version).await?.ok_or(SaveError::NotInAttempt)?;
    if options.iter().any(|chosen| !question.options.iter().any(|option| option.id == *chosen)) {
        return Err(SaveError::NotInAttempt);
    }
    if options.len() > 1 && !matches!(question.kind, Kind::Multiple(_)) {
        return Err(SaveError::OnlyOne);
    }
    let last = answer::Entity::find().filter(answer::Column::Attempt.eq(id)).order_by_desc(answer::Column::At);
    let last = last.one(write.db()).await.map_err(Unavailable::from)?;
    let mut event = answer::Model {
        id: write.new_id(),
        attempt: id,
        version: version.to_owned(),
        options: serde_json::to_string(options).map_err(|error| Unavailable::unreadable("answer", error))?,
        once: once.chars().take(80).collect(),
        at: write.later_than(last.map(|last| last.at)),
    };
    let at = event.at;
    // The attempt is locked, so nobody else writes the same name meanwhile.
    let before = answer::Entity::find()
        .filter(answer::Column::Attempt.eq(id))
        .filter(answer::Column::Once.eq(event.once.as_str()))
        .one(write.db())
        .await
        .map_err(Unavailable::from)?;
    if let Some(before) = before {
        if before.version == event.version && before.options == event.options {
            return Ok(before.at);
        }
        event.once = event.id.to_string();
    } else if drawn.is_some_and(|drawn| same(drawn, options))
        && let Some(newest) = newest_of(write, id, version).await?
    {
        // Nothing was changed on this sheet, and what stands there was saved from this one or another: it stays.
        return Ok(newest.at);
    }
    answer::Entity::insert(event.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    Ok(at)
}

/// Whether the same options are chosen, in whichever order.
fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|option| other.contains(option))
}

/// The newest answer to a question of an attempt.
async fn newest_of(write: &Write, id: AttemptId, version: &str) -> Result<Option<answer::Model>, Unavailable> {
    let answers = answer::Entity::find().filter(answer::Column::Attempt.eq(id)).filter(answer::Column::Version.eq(version));
    Ok(answers.order_by_desc(answer::Column::At).one(write.db()).await?)
}
