//! Who was at a live session, and for how long. Every record stays; the newest is in force, and a change
//! says why.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use types::{LiveSessionId, Minutes, Moment, Note, PersonId};

use super::{
    enrolment::enrolments_of,
    entity::{attendance as table, enrolled, history, in_force, session},
    live::{LONGEST, trainer},
};
use crate::{
    Grouped, Look, Unavailable, Write, accounts,
    audit::Act,
    jobs::{self, Job},
    programs::facts::AttendanceFact,
};

/// One person on the sheet of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The person.
    pub person: PersonId,
    /// The name they chose.
    pub name: String,
    /// What was recorded, newest first: the first record is in force. Empty where nothing was.
    pub records: Vec<Attendance>,
}

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

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// How long they were there; zero where they were not.
    pub minutes: Minutes,
    /// Why it was changed; only the first record has no reason.
    pub reason: Option<String>,
    /// Who wrote it down, by name.
    pub by: String,
    /// When.
    pub at: Moment,
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
    /// These people were at another session that runs at the same time.
    #[error(
        "This person is written down at another live session at the same time. Nobody can be at two at once. Check which one is right, and write 0 on the other sheet."
    )]
    Elsewhere(Vec<PersonId>),
    /// Somebody else wrote something down about these people meanwhile.
    #[error("Somebody else wrote this down meanwhile. Please look at it, and write what is right.")]
    Meanwhile(Vec<PersonId>),
    /// Something that was recorded is to be changed, and nobody says why.
    #[error("You change what was written down before. Please say why, in a few words.")]
    NoReason,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Writes down how long people were there, all of it or nothing. What is already recorded as it is changes
/// nothing; what differs becomes a new record, needs a reason, and needs eyes that have seen the one before.
/// Answers how many records were made.
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
    if session.called_off_at.is_some() {
        return Err(AttendanceError::CalledOff);
    }
    if session.starts_at > write.now() {
        return Err(AttendanceError::NotBegun);
    }
    if sheet.iter().any(|mark| mark.person == by) {
        return Err(AttendanceError::Own(by));
    }
    let before = table::Entity::find()
        .filter(table::Column::Session.eq(id))
        .order_by_desc(table::Column::Number)
        .all(write.db())
        .await
        .map_err(Unavailable::from)?;
    let newest_of = |person: PersonId| before.iter().find(|row| row.person == person);
    let unseen = |mark: &Mark| newest_of(mark.person).is_some_and(|row| row.number != mark.seen && row.minutes != mark.minutes);
    let meanwhile: Vec<PersonId> = sheet.iter().filter(|mark| unseen(mark)).map(|mark| mark.person).collect();
    if !meanwhile.is_empty() {
        return Err(AttendanceError::Meanwhile(meanwhile));
    }
    let differs = |mark: &&Mark| newest_of(mark.person).is_none_or(|row| row.minutes != mark.minutes);
    let coming: BTreeSet<PersonId> =
        sheet.iter().filter(differs).filter(|mark| mark.minutes > Minutes::ZERO).map(|mark| mark.person).collect();
    let elsewhere = elsewhere(write, &session, &coming).await?;
    if !elsewhere.is_empty() {
        return Err(AttendanceError::Elsewhere(elsewhere));
    }
    let mut made = 0;
    let mut seen = BTreeSet::new();
    for Mark { person, minutes, .. } in sheet.iter().copied().filter(|mark| seen.insert(mark.person)) {
        if !(Minutes::ZERO..=LONGEST).contains(&minutes) {
            return Err(AttendanceError::Minutes);
        }
        let newest = newest_of(person);
        if newest.is_some_and(|row| row.minutes == minutes) {
            continue;
        }
        if newest.is_some() && reason.is_none() {
            return Err(AttendanceError::NoReason);
        }
        let row = table::Model {
            id: write.new_id(),
            session: id,
            person,
            number: newest.map_or(0, |row| row.number) + 1,
            minutes,
            reason: newest.and(reason).map(ToString::to_string),
            recorded_by: by,
            recorded_at: write.now(),
        };
        write.record(
            Act::new(if newest.is_some() { "attendance.corrected" } else { "attendance.recorded" }, id)
                .with("person", person.to_string())
                .with("number", row.number)
                .with("minutes", minutes.0),
        );
        table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
        for enrolment in enrolments_of(write, person).await? {
            jobs::enqueue(write, &Job::ReviewEnrolment { enrolment: enrolment.id }).await?;
        }
        made += 1;
    }
    Ok(made)
}

/// Which of these people were at another session while this one ran. Two sheets that are sent at once come one
/// after the other, person by person, in the one order of their ids.
async fn elsewhere(write: &Write, this: &session::Model, people: &BTreeSet<PersonId>) -> Result<Vec<PersonId>, Unavailable> {
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
    let mut found: Vec<PersonId> =
        rows.into_iter().filter(|row| end(row.starts_at, row.planned) > this.starts_at).map(|row| row.person).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The sheet of a session: everybody enrolled in one of these programs, and whoever stands on it already,
/// by name.
pub async fn sheet(look: &impl Look, id: LiveSessionId, programs: &[String]) -> Result<Vec<Attendee>, Unavailable> {
    let enrolled = enrolled::Entity::find().filter(enrolled::Column::Program.is_in(programs.to_vec())).all(look.db()).await?;
    let records =
        history::Entity::find().filter(history::Column::Session.eq(id)).order_by_desc(history::Column::Number).all(look.db()).await?;
    let mut attendees: Vec<Attendee> = Vec::new();
    let people = enrolled
        .into_iter()
        .map(|row| (row.person, row.chosen_name))
        .chain(records.iter().map(|row| (row.person, row.person_name.clone())));
    for (person, name) in people {
        if !attendees.iter().any(|attendee| attendee.person == person) {
            let mine = records.iter().filter(|row| row.person == person);
            let records = mine
                .map(|row| Attendance {
                    minutes: row.minutes,
                    reason: row.reason.clone(),
                    by: row.recorded_by_name.clone(),
                    at: row.recorded_at,
                })
                .collect();
            attendees.push(Attendee { person, name, records });
        }
    }
    attendees.sort_by_key(|attendee| (attendee.name.to_lowercase(), attendee.person));
    Ok(attendees)
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
    let rows = in_force::Entity::find().filter(in_force::Column::Session.is_in(sessions.to_vec())).all(look.db()).await?;
    let mut found: Vec<LiveSessionId> = rows.into_iter().map(|row| row.session).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
