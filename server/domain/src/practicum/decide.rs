//! What a trainer does with an entry: approve it, or send it back with a reason.

use std::fmt;

use sea_orm::{EntityTrait as _, QuerySelect as _};
use types::{EntryId, Note, Role};

use super::{
    Reason, State,
    entity::entry as table,
    entry::{events, may_see},
    write::{SaveError, Words, step},
};
use crate::{
    Look as _, Unavailable, Write,
    jobs::{self, Job, Letter},
};

/// Points by line of the rubric.
pub type Scores = Vec<(String, i32)>;

/// Who was first with an entry, and what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The name of who was first: a trainer, or the trainee who took it back.
    pub by: String,
    /// `approved`, `returned` or `withdrawn`.
    pub what: String,
}

impl fmt::Display for Decided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = &self.by;
        match self.what.as_str() {
            "withdrawn" => write!(f, "{by} took this entry back, so there is nothing to decide about it any more."),
            "returned" => write!(f, "{by} sent this entry back before you."),
            what => write!(f, "{by} {what} this entry before you."),
        }
    }
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
    #[error("{0}")]
    Decided(Decided),
    /// They decided it before themselves, in other words.
    #[error("You decided this entry before. The trainee sees what you wrote then.")]
    Before,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Approves an entry. `read` is the version that the trainer read: no other is approved. The same form a second time
/// changes nothing.
pub async fn approve(write: &mut Write, id: EntryId, read: i32, scores: &Scores, note: Option<&Note>) -> Result<(), DecisionError> {
    let row = to_decide(write, id, read).await?;
    let scores = serde_json::to_string(scores).map_err(|error| Unavailable::unreadable("scores", error))?;
    let words = Words { reason: None, note: note.map(ToString::to_string), scores: Some(scores) };
    decide(write, row, read, State::approve, words).await
}

/// Sends an entry back, with a reason and a note. `read` is the version that the trainer read. The same form a second
/// time changes nothing.
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
    decide(write, row, read, State::send_back, words).await
}

/// The entry, locked, where this actor may decide it.
async fn to_decide(write: &Write, id: EntryId, read: i32) -> Result<table::Model, DecisionError> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    // Who wrote about an entry while it was taken back is told so; that it was ever sent, `decide` makes sure of.
    let known = |row: &table::Model| may_see(write.actor(), row) || (row.state == "withdrawn" && write.actor().is(Role::Trainer));
    let row = row.filter(known).ok_or(DecisionError::NotFound)?;
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
    read: i32,
    transition: fn(State, types::Moment) -> Result<State, super::InvalidTransition>,
    words: Words,
) -> Result<(), DecisionError> {
    let id = row.id;
    let state = State::stored(&row.state, row.state_at).ok_or_else(|| Unavailable::unreadable("entry", &row.state))?;
    let Ok(next) = transition(state, write.now()) else {
        return came_after(write, id, read, &words).await;
    };
    match step(write, row, next, Some(words)).await {
        Ok(()) => {}
        Err(SaveError::Unavailable(error)) => return Err(error.into()),
        Err(error) => return Err(Unavailable::unreadable("entry", error).into()),
    }
    Ok(jobs::enqueue(write, &Job::Letter(Letter::EntryDecided { entry: id })).await?)
}

/// What somebody is told whose decision came after another: nothing where it is their own form once more.
async fn came_after(write: &Write, id: EntryId, read: i32, words: &Words) -> Result<(), DecisionError> {
    let mut events = events(write, id).await?;
    // What was never sent is nobody else's to know.
    if !events.iter().any(|event| event.what == "submitted") {
        return Err(DecisionError::NotFound);
    }
    let Some(last) = events.pop() else { return Err(DecisionError::NotFound) };
    if write.actor().person() != Some(last.by_person) {
        return Err(DecisionError::Decided(Decided { by: last.by_name, what: last.what }));
    }
    let same =
        (last.version, last.reason, last.note, last.scores) == (read, words.reason.clone(), words.note.clone(), words.scores.clone());
    if same { Ok(()) } else { Err(DecisionError::Before) }
}
