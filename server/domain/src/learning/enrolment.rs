//! One person in one program, pinned to the program's version and the content release of that day.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{LockType, OnConflict},
};
use types::{EnrolmentId, Moment, PersonId, Role};

use super::entity::{enrolled, enrolment as table};
use crate::{Look, Unavailable, Write, audit::Act};

/// An enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The id.
    pub id: EnrolmentId,
    /// Who.
    pub person: PersonId,
    /// The program's id, such as `foundations-2026`.
    pub program: String,
    /// The version of the program they are pinned to, such as `2026.1`.
    pub program_version: String,
    /// The digest of the content release they are pinned to.
    pub release: String,
    /// Since when.
    pub enrolled_at: Moment,
}

/// An enrolment that goes on, with the name of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// The name the person chose.
    pub name: String,
}

/// Why nobody was enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// Only a trainee enrolls, and only themselves.
    #[error("Only a trainee can join a program. Ask the office to make you one.")]
    NotATrainee,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// There is no such enrolment, or it is somebody else's: the two look the same.
#[derive(Debug, thiserror::Error)]
pub enum NotYours {
    /// No enrolment of the acting person's.
    #[error("You are not in this program.")]
    NotFound,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Enrolls the acting person, pinned to this version and this release. Doing so again changes nothing: the
/// first enrolment stands, with what it is pinned to. That the program is offered is the caller's to know.
pub async fn enrol(write: &mut Write, program: &str, version: &str, release: &str) -> Result<EnrolmentId, EnrolError> {
    let person = write.actor().person().filter(|_| write.actor().is(Role::Trainee)).ok_or(EnrolError::NotATrainee)?;
    if let Some(enrolment) = enrolment_in(write, person, program).await? {
        return Ok(enrolment.id);
    }
    Ok(insert_enrolment(write, person, program, version, release).await?)
}

/// The enrolment with this id, whosever it is. Pages look through [`enrolment_in`].
pub async fn enrolment(look: &impl Look, id: EnrolmentId) -> Result<Option<Enrolment>, Unavailable> {
    Ok(table::Entity::find_by_id(id).one(look.db()).await?.map(read))
}

/// This person's enrolment in this program.
pub async fn enrolment_in(look: &impl Look, person: PersonId, program: &str) -> Result<Option<Enrolment>, Unavailable> {
    Ok(table::Entity::find()
        .filter(table::Column::Person.eq(person))
        .filter(table::Column::Program.eq(program))
        .filter(table::Column::EndedAt.is_null())
        .one(look.db())
        .await?
        .map(read))
}

/// This person's enrolments, oldest first.
pub async fn enrolments_of(look: &impl Look, person: PersonId) -> Result<Vec<Enrolment>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Person.eq(person))
        .filter(table::Column::EndedAt.is_null())
        .order_by_asc(table::Column::EnrolledAt)
        .order_by_asc(table::Column::Program)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Everybody who is in a program, by name.
pub async fn enrolled(look: &impl Look) -> Result<Vec<Enrolled>, Unavailable> {
    let rows = enrolled::Entity::find()
        .order_by_asc(enrolled::Column::ChosenName)
        .order_by_asc(enrolled::Column::EnrolledAt)
        .order_by_asc(enrolled::Column::Program)
        .all(look.db())
        .await?;
    let read = |row: enrolled::Model| Enrolled {
        name: row.chosen_name,
        enrolment: Enrolment {
            id: row.id,
            person: row.person,
            program: row.program,
            program_version: row.program_version,
            release: row.release,
            enrolled_at: row.enrolled_at,
        },
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Writes an enrolment, or finds the one that stands. Whether the program takes people, and which release
/// is current, is the caller's to know.
pub async fn insert_enrolment(
    write: &mut Write,
    person: PersonId,
    program: &str,
    version: &str,
    release: &str,
) -> Result<EnrolmentId, Unavailable> {
    let row = table::Model {
        id: write.new_id(),
        person,
        program: program.to_owned(),
        program_version: version.to_owned(),
        release: release.to_owned(),
        enrolled_at: write.now(),
        ended_at: None,
    };
    let id = row.id;
    // The unique index decides between two posts of the same form.
    let once = OnConflict::new().do_nothing().to_owned();
    let written = table::Entity::insert(row.into_active_model().reset_all()).on_conflict(once).exec_without_returning(write.db()).await?;
    if written == 0 {
        let standing = enrolment_in(write, person, program).await?;
        return standing
            .map(|enrolment| enrolment.id)
            .ok_or_else(|| Unavailable::unreadable("enrolment", "it was ended while it was made"));
    }
    write.record(Act::new("enrolment.began", id).with("program", program).with("version", version));
    Ok(id)
}

/// The acting person's own enrolment, locked: the first thing that an act about it does.
pub(super) async fn own_enrolment(write: &Write, id: EnrolmentId) -> Result<Enrolment, NotYours> {
    let enrolment = locked_enrolment(write, id).await?;
    enrolment.filter(|enrolment| write.actor().person() == Some(enrolment.person)).ok_or(NotYours::NotFound)
}

/// The enrolment with this id, whosever it is, locked until the act is over. Nothing where it was ended.
pub async fn locked_enrolment(write: &Write, id: EnrolmentId) -> Result<Option<Enrolment>, Unavailable> {
    let found = table::Entity::find_by_id(id).filter(table::Column::EndedAt.is_null());
    Ok(found.lock(LockType::NoKeyUpdate).one(write.db()).await?.map(read))
}

fn read(row: table::Model) -> Enrolment {
    Enrolment {
        id: row.id,
        person: row.person,
        program: row.program,
        program_version: row.program_version,
        release: row.release,
        enrolled_at: row.enrolled_at,
    }
}
