//! Who was at a live session, and for how long. Every record stays; the newest is in force, and a change
//! says why.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use types::{LiveSessionId, Minutes, Moment, Note, PersonId};

use super::{
    enrolment::enrolments_of,
    entity::{attendance as table, in_force, session},
    live::{LONGEST, trainer},
};
use crate::{
    Grouped, Look, Unavailable, Write, accounts,
    audit::Act,
    jobs::{self, Job},
    programs::facts::AttendanceFact,
};

/// What a trainer writes down about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The person.
    pub person: PersonId,
    /// How long they were there; zero where they were not.
    pub minutes: Minutes,
    /// How many records of this person the trainer had before them.
    pub seen: i32,
}

/// Why attendance was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AttendanceError {
    /// Only a trainer or an officer records.
    #[error("Only a trainer can write down who was there.")]
    NotATrainer,
    /// There is no such session.
    #[error("There is no such live session.")]
    NotFound,
    /// It was called off.
    #[error("This session was called off, so nobody was there.")]
    CalledOff,
    /// It has not begun.
    #[error("This session has not begun yet. You can write down who was there once it has.")]
    NotBegun,
    /// Less than none or more than ten hours.
    #[error("Minutes go from 0 to 600.")]
    Minutes,
    /// Those who lead are marked by somebody else.
    #[error("Nobody writes down their own time. Please ask another trainer.")]
    Own(PersonId),
    /// These people were there for longer than the session has been on.
    #[error("It began {ago} ago, so nobody was there for longer than that yet.")]
    Beyond {
        /// Who.
        people: Vec<PersonId>,
        /// How long ago it began, in words.
        ago: String,
    },
    /// These people were at another session that runs at the same time, each with that session.
    #[error(
        "This person is written down at another live session at the same time. Nobody can be at two at once. Check which one is right, and write 0 on the other sheet."
    )]
    Elsewhere(Vec<(PersonId, LiveSessionId)>),
    /// Somebody else wrote something down about these people meanwhile.
    #[error("Somebody else wrote this down meanwhile. Please look at it, and write what is right.")]
    Meanwhile(Vec<PersonId>),
    /// They wrote something else down about these people themselves, from another page.
    #[error("You wrote this down yourself after you opened this page. Please look at it, and write what is right.")]
    Yourself(Vec<PersonId>),
    /// Something that was recorded is to be changed, and nobody says why.
    #[error("You change what was written down before. Please say why, in a few words.")]
    NoReason,
    /// Somebody was there for longer than was planned, and nobody says why.
    #[error("It was planned for {0}, and somebody was there for longer. Please say why, in a few words.")]
    Longer(Minutes),
    /// There is a reason, and nothing that it is for.
    #[error(
        "No number that was written down changes, and nobody was there for longer than planned. So there is nothing to explain: change a number, or empty this field."
    )]
    NothingToExplain,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Writes down how long people were there, all of it or nothing. What is already recorded as it is changes
/// nothing; what differs becomes a new record, needs a reason, and needs eyes that have seen the one before. So does
/// a time beyond the plan need a reason. Answers how many records were made.
pub async fn record_attendance(
    write: &mut Write,
    id: LiveSessionId,
    sheet: &[Mark],
    reason: Option<&Note>,
) -> Result<usize, AttendanceError> {
    let by = trainer(write.actor()).ok_or(AttendanceError::NotATrainer)?;
    let session = session::Entity::find_by_id(id)
        .lock_exclusive()
        .one(write.db())
        .await
        .map_err(Unavailable::from)?
        .ok_or(AttendanceError::NotFound)?;
    takes(&session, write.now(), by, sheet)?;
    let before = table::Entity::find()
        .filter(table::Column::Session.eq(id))
        .order_by_desc(table::Column::Number)
        .all(write.db())
        .await
        .map_err(Unavailable::from)?;
    let new = new_marks(sheet, &before, by)?;
    in_time(&session, write.now(), &new)?;
    let coming: BTreeSet<PersonId> = new.iter().filter(|new| new.mark.minutes > Minutes::ZERO).map(|new| new.mark.person).collect();
    let elsewhere = elsewhere(write, &session, &coming).await?;
    if !elsewhere.is_empty() {
        return Err(AttendanceError::Elsewhere(elsewhere));
    }
    // The same form a second time: what it says is already so, and its reason stands with it.
    let is_this = |row: &table::Model| row.recorded_by == by && row.reason.as_deref() == reason.map(Note::as_str);
    let again = sheet.iter().any(|mark| newest(&before, mark.person).is_some_and(|row| row.number != mark.seen && is_this(row)));
    explained(&session, &new, reason, again)?;
    for New { mark: Mark { person, minutes, .. }, before } in &new {
        let needs_reason = before.is_some() || *minutes > session.minutes;
        let row = table::Model {
            id: write.new_id(),
            session: id,
            person: *person,
            number: before.map_or(0, |row| row.number) + 1,
            minutes: *minutes,
            reason: reason.filter(|_| needs_reason).map(ToString::to_string),
            recorded_by: by,
            recorded_at: write.now(),
        };
        write.record(
            Act::new(if before.is_some() { "attendance.corrected" } else { "attendance.recorded" }, id)
                .with("person", person.to_string())
                .with("number", row.number)
                .with("minutes", minutes.0),
        );
        table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
        for enrolment in enrolments_of(write, *person).await? {
            jobs::enqueue(write, &Job::ReviewEnrolment { enrolment: enrolment.id }).await?;
        }
    }
    Ok(new.len())
}

/// A mark that becomes a record, and the newest record before it.
struct New<'a> {
    mark: Mark,
    before: Option<&'a table::Model>,
}

/// The newest record of a person, out of those of a session with the newest first.
fn newest(before: &[table::Model], person: PersonId) -> Option<&table::Model> {
    before.iter().find(|row| row.person == person)
}

/// Whether this session takes a sheet with these marks from this person.
fn takes(session: &session::Model, now: Moment, by: PersonId, sheet: &[Mark]) -> Result<(), AttendanceError> {
    if session.called_off_at.is_some() {
        return Err(AttendanceError::CalledOff);
    }
    if session.starts_at > now {
        return Err(AttendanceError::NotBegun);
    }
    if sheet.iter().any(|mark| mark.person == by) {
        return Err(AttendanceError::Own(by));
    }
    if sheet.iter().any(|mark| !(Minutes::ZERO..=LONGEST).contains(&mark.minutes)) {
        return Err(AttendanceError::Minutes);
    }
    Ok(())
}

/// The marks that say something new, each person once. Whoever changes a record must have seen it.
fn new_marks<'a>(sheet: &[Mark], before: &'a [table::Model], by: PersonId) -> Result<Vec<New<'a>>, AttendanceError> {
    let mut once = BTreeSet::new();
    let mut new = Vec::new();
    let mut meanwhile = Vec::new();
    for mark in sheet.iter().copied().filter(|mark| once.insert(mark.person)) {
        match newest(before, mark.person) {
            Some(row) if row.minutes == mark.minutes => {}
            Some(row) if row.number != mark.seen => meanwhile.push(row),
            before => new.push(New { mark, before }),
        }
    }
    let people = |own: bool| meanwhile.iter().filter(|row| (row.recorded_by == by) == own).map(|row| row.person).collect::<Vec<_>>();
    match (people(false), people(true)) {
        (others, own) if others.is_empty() && own.is_empty() => Ok(new),
        (others, own) if others.is_empty() => Err(AttendanceError::Yourself(own)),
        (others, _) => Err(AttendanceError::Meanwhile(others)),
    }
}

/// Nobody was there for longer than the session has been on.
fn in_time(session: &session::Model, now: Moment, new: &[New<'_>]) -> Result<(), AttendanceError> {
    let passed = (now.0 - session.starts_at.0) / Moment::MINUTE;
    let people: Vec<PersonId> = new.iter().filter(|new| i64::from(new.mark.minutes.0) > passed).map(|new| new.mark.person).collect();
    if people.is_empty() {
        return Ok(());
    }
    let ago = if passed == 1 { "1\u{a0}minute".to_owned() } else { format!("{passed}\u{a0}minutes") };
    Err(AttendanceError::Beyond { people, ago })
}

/// Whether what needs a reason has one, and a reason something that it is for: words that somebody typed are never
/// dropped in silence.
fn explained(session: &session::Model, new: &[New<'_>], reason: Option<&Note>, again: bool) -> Result<(), AttendanceError> {
    let changes = new.iter().any(|new| new.before.is_some());
    let longer = new.iter().any(|new| new.mark.minutes > session.minutes);
    match reason {
        None if changes => Err(AttendanceError::NoReason),
        None if longer => Err(AttendanceError::Longer(session.minutes)),
        Some(_) if !changes && !longer && !again => Err(AttendanceError::NothingToExplain),
        _ => Ok(()),
    }
}

/// Which of these people were at another session while this one ran, and at which. Two sheets that are sent at once come
/// one after the other, person by person, in the one order of their ids.
async fn elsewhere(
    write: &Write,
    this: &session::Model,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, LiveSessionId)>, Unavailable> {
    for person in people {
        accounts::hold(write, *person).await?;
    }
    let end = |starts_at: Moment, minutes: Minutes| starts_at.plus(i64::from(minutes.0) * Moment::MINUTE);
    let rows = in_force::Entity::find()
        .filter(in_force::Column::Person.is_in(people.iter().copied()))
        .filter(in_force::Column::Session.ne(this.id))
        .filter(in_force::Column::Minutes.gt(Minutes::ZERO))
        .filter(in_force::Column::StartsAt.lt(end(this.starts_at, this.minutes)))
        .filter(in_force::Column::StartsAt.gt(this.starts_at.plus(-i64::from(LONGEST.0) * Moment::MINUTE)))
        .all(write.db())
        .await?;
    let mut found: Vec<(PersonId, LiveSessionId)> =
        rows.into_iter().filter(|row| end(row.starts_at, row.planned) > this.starts_at).map(|row| (row.person, row.session)).collect();
    found.sort_unstable();
    found.dedup_by_key(|(person, _)| *person);
    Ok(found)
}

/// Where these people were, session by session, as the newest record says: as facts, oldest first.
pub async fn attendance_facts(look: &impl Look, of: &[PersonId]) -> Result<Grouped<PersonId, AttendanceFact>, Unavailable> {
    let rows = in_force::Entity::find()
        .filter(in_force::Column::Person.is_in(of.iter().copied()))
        .order_by_asc(in_force::Column::StartsAt)
        .order_by_asc(in_force::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let fact = AttendanceFact {
                record: row.id,
                session: row.session,
                module: row.module,
                guide: row.guide,
                at: row.starts_at,
                minutes: row.minutes,
            };
            (row.person, fact)
        })
        .collect())
}

/// Which of these sessions have a record of anybody.
pub async fn recorded_sessions(look: &impl Look, sessions: &[LiveSessionId]) -> Result<Vec<LiveSessionId>, Unavailable> {
    let recorded = in_force::Entity::find().filter(in_force::Column::Session.is_in(sessions.iter().copied()));
    Ok(recorded.select_only().column(in_force::Column::Session).distinct().into_tuple().all(look.db()).await?)
}
