//! One person in one program, pinned to the program's version and the content release of that day.

use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _};
use types::{EnrolmentId, Moment, PersonId};

use super::entity::enrolment as table;
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
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Writes an enrolment. Whether the program takes people, and which release is current, is the caller's
/// to know.
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
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await?;
    write.record(Act::new("enrolment.began", id).with("program", program).with("version", version));
    Ok(id)
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
