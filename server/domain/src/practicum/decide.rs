//! What a trainer does with an entry: approve it, or return it with a reason.

use std::fmt;

use sea_orm::{EntityTrait as _, QuerySelect as _};
use types::{EntryId, Moment, Note, Role};

use super::{
    Reason, Round, State,
    entity::entry as table,
    entry::{events, may_see, round},
    state,
    write::{SaveError, Words, step},
};
use crate::{
    Look, Unavailable, Write,
    accounts::Actor,
    curriculum::Rubric,
    jobs::{self, Job, Letter},
};

/// Points by line of the rubric.
pub type Scores = Vec<(String, i32)>;

/// Who was first with an entry, and what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The name of who was first: a trainer, or the trainee who took it back.
    pub by: String,
    /// What it came to.
    pub state: State,
    /// When.
    pub at: Moment,
    /// Why it was returned.
    pub reason: Option<Reason>,
    /// Whether something was written to the trainee.
    pub has_a_word: bool,
}

impl Decided {
    /// What a round says of it; nothing where the entry was only sent.
    pub fn of(round: &Round) -> Option<Self> {
        (!round.sent()).then(|| Self {
            by: round.by.clone(),
            state: round.state,
            at: round.at,
            reason: round.reason,
            has_a_word: round.note.is_some(),
        })
    }

    /// Who was first, and with what, in a sentence. `when` stands behind it, such as ` on 1 September 2026, 2:30 pm`.
    pub fn sentence(&self, when: &str) -> String {
        let by = &self.by;
        match self.state {
            State::Withdrawn(_) => format!("{by} took this entry back{when}, so there is nothing to decide about it any more."),
            state => format!("{by} {} this entry{when}, before you.", state.word()),
        }
    }

    /// The same to whoever was first themselves.
    pub fn sentence_to_themselves(&self, when: &str) -> String {
        format!("You {} this entry{when}.", self.state.word())
    }
}

impl fmt::Display for Decided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(""))
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
    /// A level was chosen at which work is not approved.
    #[error("“{0}” cannot be approved. Return this entry instead: choose a reason, and say what would mend it.")]
    Blocked(String),
    /// Somebody else was first.
    #[error("{0}")]
    Decided(Decided),
    /// They decided it before themselves, in other words.
    #[error("{}", .0.sentence_to_themselves(""))]
    Before(Decided),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Approves an entry. `read` is the version that the trainer read: no other is approved, nor one with a level that the
/// rubric does not let pass. The same form a second time changes nothing.
pub async fn approve(
    write: &mut Write,
    id: EntryId,
    read: i32,
    rubric: Option<&Rubric>,
    scores: &Scores,
    note: Option<&Note>,
) -> Result<(), DecisionError> {
    let row = to_decide(write, id, read).await?;
    // Who was first is told before what is wrong with the form that came too late.
    let blocking = rubric.and_then(|rubric| rubric.blocking(scores)).filter(|_| row.state == state::SUBMITTED);
    if let Some(level) = blocking {
        return Err(DecisionError::Blocked(level.label.clone()));
    }
    let words = Words { reason: None, note: note.map(ToString::to_string), scores: Some(stored(scores)?) };
    decide(write, row, read, State::approve, words).await
}

fn stored(scores: &Scores) -> Result<String, Unavailable> {
    serde_json::to_string(scores).map_err(|error| Unavailable::unreadable("scores", error))
}

/// Returns an entry, with a reason and a note. `read` is the version that the trainer read. The same form a second
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
    let scores = if scores.is_empty() { None } else { Some(stored(scores)?) };
    let words = Words { reason: Some(reason.code().to_owned()), note: Some(note.to_string()), scores };
    decide(write, row, read, State::give_back, words).await
}

/// Who took this entry back, and when, for a trainer or an officer whom a link still leads there; nothing where it was
/// not taken back, or never sent.
pub async fn taken_back(look: &impl Look, actor: &Actor, id: EntryId) -> Result<Option<Decided>, Unavailable> {
    if !(actor.is(Role::Trainer) || actor.is(Role::Officer)) {
        return Ok(None);
    }
    let rounds: Vec<Round> = events(look, id).await?.into_iter().map(round).collect::<Result<_, _>>()?;
    let was_sent = rounds.iter().any(Round::sent);
    Ok(rounds.last().filter(|last| was_sent && matches!(last.state, State::Withdrawn(_))).and_then(Decided::of))
}

/// The entry, locked, where this actor may decide it.
async fn to_decide(write: &Write, id: EntryId, read: i32) -> Result<table::Model, DecisionError> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    // Who wrote about an entry while it was taken back is told so; that it was ever sent, `decide` makes sure of.
    let known = |row: &table::Model| may_see(write.actor(), row) || (row.state == state::WITHDRAWN && write.actor().is(Role::Trainer));
    let row = row.filter(known).ok_or(DecisionError::NotFound)?;
    if !write.actor().is(Role::Trainer) {
        return Err(DecisionError::NotATrainer);
    }
    if write.actor().person() == Some(row.person) {
        return Err(DecisionError::Own);
    }
    if row.state == state::SUBMITTED && row.version != read {
        return Err(DecisionError::Changed);
    }
    Ok(row)
}

async fn decide(
    write: &mut Write,
    row: table::Model,
    read: i32,
    transition: fn(State, Moment) -> Result<State, super::InvalidTransition>,
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
    let rounds: Vec<Round> = events.iter().cloned().map(round).collect::<Result<_, _>>()?;
    // What was never sent is nobody else's to know.
    let decided = rounds.last().filter(|_| rounds.iter().any(Round::sent)).and_then(Decided::of);
    let (Some(last), Some(decided)) = (events.pop(), decided) else { return Err(DecisionError::NotFound) };
    if write.actor().person() != Some(last.by_person) {
        return Err(DecisionError::Decided(decided));
    }
    let same =
        (last.version, last.reason, last.note, last.scores) == (read, words.reason.clone(), words.note.clone(), words.scores.clone());
    if same { Ok(()) } else { Err(DecisionError::Before(decided)) }
}
