//! Who stands behind the entries of an enrolment, for what a certificate rests on.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use types::{EnrolmentId, EntryId, PersonId};

use super::{
    entity::{entry as table, event},
    state,
};
use crate::{Look, Unavailable};

/// An approval of an entry. There is one at most: what is approved is not decided again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// The entry.
    pub entry: EntryId,
    /// Which version of it was read and approved.
    pub version: i32,
    /// Who approved it.
    pub by: PersonId,
}

/// The approvals of an enrolment's entries, oldest first.
pub async fn approvals(look: &impl Look, of: EnrolmentId) -> Result<Vec<Approval>, Unavailable> {
    let entries = table::Entity::find().filter(table::Column::Enrolment.eq(of)).select_only().column(table::Column::Id).into_query();
    let rows = event::Entity::find()
        .filter(event::Column::Entry.in_subquery(entries))
        .filter(event::Column::What.eq(state::APPROVED))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(|row| Approval { entry: row.entry, version: row.version, by: row.by_person }).collect())
}
