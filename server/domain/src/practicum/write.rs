//! What a trainee does with an entry: keep, send, take back.

use jiff::tz::TimeZone;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use sha2::{Digest as _, Sha256};
use types::{EnrolmentId, EntryId, Minutes, Moment, PersonId};

use super::{
    Content, InvalidTransition, State, WhenError,
    content::moments,
    entity::{entry as table, event, version},
    placement::placement,
    safe, state, unfinished,
};
use crate::{
    Look as _, Unavailable, Write, accounts,
    audit::Act,
    ids::hex,
    jobs::{self, Job},
    learning,
};

/// Why an entry was not kept or sent.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no such entry, place or enrolment of this person.
    #[error("There is no such entry of yours.")]
    NotFound,
    /// The time cannot be.
    #[error(transparent)]
    When(#[from] WhenError),
    /// Another entry of theirs covers part of that time.
    #[error("You have another entry for part of this time. Change one of the two, so that no minute counts twice.")]
    Overlap(EntryId),
    /// The work was before the first day at the place.
    #[error("This was before your first day at this place, so it cannot count. Change the day, or choose the place where you were.")]
    BeforePlacement,
    /// Words look as if they point to a person, and nothing says that they do not.
    #[error("Some words could point to a person. Change them, or say why they are safe.")]
    Identifying {
        /// In the note.
        note: Vec<guard::Finding>,
        /// In what was learned.
        learned: Vec<guard::Finding>,
    },
    /// What stands in it is newer than what was read.
    #[error("You changed this entry somewhere else after you opened it here.")]
    Changed,
    /// It is in no state for that.
    #[error(transparent)]
    State(#[from] InvalidTransition),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Keeps a draft: a new one, or a new version of one that may be edited, whose newest version was read. `once` names the sheet of paper:
/// sending the same one again is the same entry, and sending it with something else on it, as the browser's way
/// back makes it, is another. What was sent already stays as it is where the same form comes a second time.
pub async fn save_draft(
    write: &mut Write,
    enrolment: EnrolmentId,
    existing: Option<(EntryId, i32)>,
    content: &Content,
    zone: &TimeZone,
    once: &str,
) -> Result<EntryId, SaveError> {
    let person = write.actor().person().ok_or(SaveError::NotFound)?;
    // The same sheet sent twice at the same moment is one entry: the second waits here for the first.
    accounts::hold(write, person).await?;
    let place = placement(write, content.placement).await?.filter(|(owner, _)| *owner == person);
    let enrolled = learning::enrolments_of(write, person).await?.iter().any(|known| known.id == enrolment);
    if place.is_none() || !enrolled {
        return Err(SaveError::NotFound);
    }
    let (starts_at, ends_at, minutes) = moments(content.when, zone, write.now())?;
    if let Some((id, read)) = existing {
        let (row, state) = own(write, person, id).await?;
        let same = row.enrolment == enrolment && newest(write, &row).await?.content == content.to_stored();
        if same && (matches!(state, State::Submitted(_)) || (state.can_be_edited() && row.version != read)) {
            return Ok(id);
        }
        if !state.can_be_edited() {
            return Err(InvalidTransition(state).into());
        }
        if row.version != read {
            return Err(SaveError::Changed);
        }
        let number = row.version + 1;
        let mut row = row.into_active_model();
        row.enrolment = Set(enrolment);
        row.version = Set(number);
        row.starts_at = Set(starts_at);
        row.ends_at = Set(ends_at);
        row.minutes = Set(minutes);
        row.update(write.db()).await.map_err(Unavailable::from)?;
        add_version(write, id, number, content, starts_at, minutes).await?;
        return Ok(id);
    }
    let once = sheet(once, enrolment, content);
    let same = table::Entity::find().filter(table::Column::Person.eq(person)).filter(table::Column::Once.eq(&once));
    if let Some(same) = same.one(write.db()).await.map_err(Unavailable::from)? {
        return Ok(same.id);
    }
    let row = table::Model {
        id: write.new_id(),
        person,
        enrolment,
        once,
        state: State::Draft.word().to_owned(),
        state_at: write.now(),
        version: 1,
        starts_at,
        ends_at,
        minutes,
        created_at: write.now(),
    };
    let id = row.id;
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    add_version(write, id, 1, content, starts_at, minutes).await?;
    write.record(Act::new("entry.kept", id));
    Ok(id)
}

/// The name of a sheet of paper with what stands on it, and for which program.
fn sheet(once: &str, enrolment: EnrolmentId, content: &Content) -> String {
    hex(&Sha256::digest(format!("{once}\n{enrolment}\n{}", content.to_stored())))
}

/// Sends an entry to the trainers. Words that look as if they point to a person need a reason why not, given for
/// these words.
pub async fn submit(write: &mut Write, id: EntryId) -> Result<(), SaveError> {
    let person = write.actor().person().ok_or(SaveError::NotFound)?;
    // Two entries sent at the same moment look at each other one after the other.
    accounts::hold(write, person).await?;
    let (row, state) = own(write, person, id).await?;
    if matches!(state, State::Submitted(_)) {
        return Ok(());
    }
    let next = state.submit(write.now())?;
    let content = newest(write, &row).await?.content;
    let content = Content::from_stored(&content).ok_or_else(|| Unavailable::unreadable("entry", "its version"))?;
    let (note, learned) = safe::unexplained(write, id, &content).await?;
    if !(note.is_empty() && learned.is_empty()) {
        return Err(SaveError::Identifying { note, learned });
    }
    if placement(write, content.placement).await?.is_some_and(|(_, place)| row.starts_at < place.from_at) {
        return Err(SaveError::BeforePlacement);
    }
    if let Some(other) = overlapping(write, person, &row).await? {
        return Err(SaveError::Overlap(other));
    }
    step(write, row, next, None).await
}

/// Takes an entry back before it was approved. Doing so again changes nothing.
pub async fn withdraw(write: &mut Write, id: EntryId) -> Result<(), SaveError> {
    end(write, id, |_| true).await
}

/// Throws away a draft that was never sent, and its words for good. Doing so again changes nothing.
pub async fn discard(write: &mut Write, id: EntryId) -> Result<(), SaveError> {
    end(write, id, |state| state == State::Draft).await?;
    // Of an entry that was sent and taken back there are words too, and those stay: somebody may have read them.
    let sent = event::Entity::find().filter(event::Column::Entry.eq(id)).filter(event::Column::What.eq(state::SUBMITTED));
    if sent.one(write.db()).await.map_err(Unavailable::from)?.is_some() {
        return Ok(());
    }
    for row in version::Entity::find().filter(version::Column::Entry.eq(id)).all(write.db()).await.map_err(Unavailable::from)? {
        let content = Content::from_stored(&row.content).ok_or_else(|| Unavailable::unreadable("entry", "its version"))?;
        let without = content.without_words().map_err(|error| Unavailable::unreadable("entry", error))?;
        let mut row = row.into_active_model();
        row.content = Set(without.to_stored());
        row.update(write.db()).await.map_err(Unavailable::from)?;
    }
    // The sheet that it came from makes another draft, if it is sent once more.
    if let Some(row) = table::Entity::find_by_id(id).one(write.db()).await.map_err(Unavailable::from)? {
        let mut row = row.into_active_model();
        row.once = Set(id.to_string());
        row.update(write.db()).await.map_err(Unavailable::from)?;
    }
    Ok(())
}

/// Ends an entry that is in such a state, with what was begun over it.
async fn end(write: &mut Write, id: EntryId, may: impl FnOnce(State) -> bool) -> Result<(), SaveError> {
    let person = write.actor().person().ok_or(SaveError::NotFound)?;
    // The person first and then the entry, as in every act about one's entries.
    accounts::hold(write, person).await?;
    let (row, state) = own(write, person, id).await?;
    if matches!(state, State::Withdrawn(_)) {
        return Ok(());
    }
    if !may(state) {
        return Err(InvalidTransition(state).into());
    }
    let next = state.withdraw(write.now())?;
    unfinished::forget(write, id).await?;
    step(write, row, next, None).await
}

/// What a trainer wrote with a decision.
pub(super) struct Words {
    pub(super) reason: Option<String>,
    pub(super) note: Option<String>,
    pub(super) scores: Option<String>,
}

/// Puts an entry into its next state, with the event that says so.
pub(super) async fn step(write: &mut Write, row: table::Model, next: State, words: Option<Words>) -> Result<(), SaveError> {
    let (id, enrolment, number) = (row.id, row.enrolment, row.version);
    let words = words.unwrap_or(Words { reason: None, note: None, scores: None });
    let by_person = write.actor().person().ok_or(SaveError::NotFound)?;
    let last = event::Entity::find().filter(event::Column::Entry.eq(id)).order_by_desc(event::Column::At);
    let last = last.one(write.db()).await.map_err(Unavailable::from)?;
    let at = write.later_than(last.map(|last| last.at));
    let record = event::Model {
        id: write.new_id(),
        entry: id,
        version: number,
        what: next.word().to_owned(),
        at,
        by_person,
        by_name: write.actor().name().to_owned(),
        reason: words.reason,
        note: words.note,
        scores: words.scores,
    };
    event::Entity::insert(record.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    let mut row = row.into_active_model();
    row.state = Set(next.word().to_owned());
    row.state_at = Set(at);
    row.update(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new(act(next), id).with("version", number));
    jobs::enqueue(write, &Job::ReviewEnrolment { enrolment }).await?;
    Ok(())
}

const fn act(state: State) -> &'static str {
    match state {
        State::Draft => "entry.kept",
        State::Submitted(_) => "entry.submitted",
        State::Approved(_) => "entry.approved",
        State::Returned(_) => "entry.returned",
        State::Withdrawn(_) => "entry.withdrawn",
    }
}

/// An entry of this person, which nobody else changes before this write has ended, and how far it is.
pub(super) async fn own(write: &Write, person: PersonId, id: EntryId) -> Result<(table::Model, State), SaveError> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let row = row.filter(|row| row.person == person).ok_or(SaveError::NotFound)?;
    let state = State::stored(&row.state, row.state_at).ok_or_else(|| Unavailable::unreadable("entry", &row.state))?;
    Ok((row, state))
}

/// The newest version of an entry.
async fn newest(write: &Write, row: &table::Model) -> Result<version::Model, Unavailable> {
    let newest = version::Entity::find_by_id((row.id, row.version)).one(write.db()).await?;
    newest.ok_or_else(|| Unavailable::unreadable("entry", "its version is gone"))
}

async fn add_version(
    write: &Write,
    id: EntryId,
    number: i32,
    content: &Content,
    starts_at: Moment,
    minutes: Minutes,
) -> Result<(), Unavailable> {
    let row = version::Model { entry: id, number, content: content.to_stored(), at: write.now(), starts_at, minutes };
    version::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await?;
    Ok(())
}

/// Another entry of the same person, sent or approved, that covers part of the same time.
async fn overlapping(write: &Write, person: PersonId, row: &table::Model) -> Result<Option<EntryId>, Unavailable> {
    Ok(table::Entity::find()
        .filter(table::Column::Person.eq(person))
        .filter(table::Column::Id.ne(row.id))
        .filter(table::Column::State.is_in([state::SUBMITTED, state::APPROVED]))
        .filter(table::Column::StartsAt.lt(row.ends_at))
        .filter(table::Column::EndsAt.gt(row.starts_at))
        .one(write.db())
        .await?
        .map(|other| other.id))
}
