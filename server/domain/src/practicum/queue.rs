//! What waits for a trainer, the longest wait first.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use types::{EntryId, Minutes, Moment, Name, PersonId};

use super::entity::entry as table;
use crate::{
    Look, Unavailable,
    accounts::{self, Actor},
};

/// An entry that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The entry.
    pub id: EntryId,
    /// Who sent it.
    pub name: Name,
    /// Since when it waits.
    pub since: Moment,
    /// When the work began.
    pub starts_at: Moment,
    /// How long it was.
    pub minutes: Minutes,
    /// How often it was sent before.
    pub version: i32,
}

/// Every entry that waits, but for the actor's own: nobody decides those themselves.
pub async fn queue(look: &impl Look, actor: &Actor) -> Result<Vec<Waiting>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::State.eq("submitted"))
        .order_by_asc(table::Column::StateAt)
        .order_by_asc(table::Column::Id)
        .all(look.db())
        .await?;
    let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    let names = accounts::names(look, &people).await?;
    Ok(rows
        .into_iter()
        .filter(|row| actor.person() != Some(row.person))
        .filter_map(|row| {
            let name = names.get(&row.person)?.clone();
            Some(Waiting { id: row.id, name, since: row.state_at, starts_at: row.starts_at, minutes: row.minutes, version: row.version })
        })
        .collect())
}
