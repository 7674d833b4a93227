//! What a trainer does with an entry: approve it, or send it back with a reason.

use sea_orm::{EntityTrait as _, QuerySelect as _};
use types::{EntryId, Note, Role};

use super::{
    Reason, State,
    entity::entry as table,
    entry::{may_see, read},
    write::{SaveError, Words, step},
};
use crate::{
    Look as _, Unavailable, Write,
    jobs::{self, Job, Letter},
};

/// Points by line of the rubric.
pub type Scores = Vec<(String, i32)>;

/// Who decided an entry, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The name of who decided.
    pub by: String,
    /// `approved`, `returned` or `withdrawn`.
    pub what: String,
}

/// Why an entry was not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// There is no such entry, or not for these eyes.
    #[error("There is no such entry.")]
    NotFound,
    /// Only a trainer decides.
    #[error("Only a trainer decides about entries.")]
    NotATrainer,
    /// Nobody decides their own.
    #[error("This entry is your own, so another trainer has to decide it.")]
    Own,
    /// It was taken back, changed and sent again since.
    #[error("The trainee changed this entry and sent it again after you opened it. Please read it as it is now, then decide.")]
    Changed,
    /// Somebody else was first.
    #[error("{} {} this entry before you.", .0.by, .0.what)]
    Decided(Decided),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Approves an entry. `read` is the version that the trainer read: no other is approved.
pub async fn approve(write: &mut Write, id: EntryId, read: i32, scores: &Scores, note: Option<&Note>) -> Result<(), DecisionError> {
    let row = to_decide(write, id, read).await?;
    let scores = serde_json::to_string(scores).map_err(|error| Unavailable::unreadable("scores", error))?;
    let words = Words { reason: None, note: note.map(ToString::to_string), scores: Some(scores) };
    decide(write, row, State::approve, words).await
}

/// Sends an entry back, with a reason and a note. `read` is the version that the trainer read.
pub async fn return_entry(
    write: &mut Write,
    id: EntryId,
    read: i32,
    reason: Reason,
    note: &Note,
    scores: &Scores,
) -> Result<(), DecisionError> {
    let row = to_decide(write, id, read).await?;
    let scores = (!scores.is_empty()).then(|| serde_json::to_string(scores).unwrap_or_default());
    let words = Words { reason: Some(reason.code().to_owned()), note: Some(note.to_string()), scores };
    decide(write, row, State::send_back, words).await
}

/// The entry, locked, where this actor may decide it.
async fn to_decide(write: &Write, id: EntryId, read: i32) -> Result<table::Model, DecisionError> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let row = row.filter(|row| may_see(write.actor(), row)).ok_or(DecisionError::NotFound)?;
    if !write.actor().is(Role::Trainer) {
        return Err(DecisionError::NotATrainer);
    }
    if write.actor().person() == Some(row.person) {
        return Err(DecisionError::Own);
    }
    if row.state == "submitted" && row.version != read {
        return Err(DecisionError::Changed);
    }
    Ok(row)
}

async fn decide(
    write: &mut Write,
    row: table::Model,
    transition: fn(State, types::Moment) -> Result<State, super::InvalidTransition>,
    words: Words,
) -> Result<(), DecisionError> {
    let id = row.id;
    let state = State::stored(&row.state, row.state_at).ok_or_else(|| Unavailable::unreadable("entry", &row.state))?;
    let Ok(next) = transition(state, write.now()) else {
        let last = read(write, row).await?.rounds.pop();
        let decided = last
            .map_or(Decided { by: "Somebody".to_owned(), what: "decided".to_owned() }, |round| Decided { by: round.by, what: round.what });
        return Err(DecisionError::Decided(decided));
    };
    match step(write, row, next, Some(words)).await {
        Ok(()) => {}
        Err(SaveError::Unavailable(error)) => return Err(error.into()),
        Err(error) => return Err(Unavailable::unreadable("entry", error).into()),
    }
    Ok(jobs::enqueue(write, &Job::Letter(Letter::EntryDecided { entry: id })).await?)
}
