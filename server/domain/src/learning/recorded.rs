//! Who wrote down that somebody was at a live session, for what a certificate rests on.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use types::{LiveSessionId, PersonId, RecordId};

use super::entity::attendance as table;
use crate::{Look, Unavailable};

/// The record in force of one person at one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The session.
    pub session: LiveSessionId,
    /// The record.
    pub record: RecordId,
    /// Who wrote it down.
    pub by: PersonId,
}

/// The records in force of this person, in the order of the sessions' ids.
pub async fn recorded(look: &impl Look, person: PersonId) -> Result<Vec<Recorded>, Unavailable> {
    let mut rows = table::Entity::find()
        .filter(table::Column::Person.eq(person))
        .order_by_asc(table::Column::Session)
        .order_by_desc(table::Column::Number)
        .all(look.db())
        .await?;
    // The highest number comes first and stays.
    rows.dedup_by_key(|row| row.session);
    Ok(rows.into_iter().map(|row| Recorded { session: row.session, record: row.id, by: row.recorded_by }).collect())
}
