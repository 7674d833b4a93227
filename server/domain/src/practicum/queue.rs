//! What waits for a trainer, the longest wait first.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use types::{Category, EntryId, Minutes, Moment, Name, PersonId};

use super::{
    Content,
    entity::{entry as table, event, version},
    state,
};
use crate::{
    Grouped, Look, Unavailable,
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
    /// What kind of work took most of the time.
    pub category: Category,
    /// It was returned before, and sent again.
    pub again: bool,
    /// Words stand in it that look as if they point to a person, with a reason why they do not.
    pub kept_words: bool,
}

/// Every entry that waits, but for the actor's own: nobody decides those themselves. The rows are read before what
/// they say: one that is decided or taken back meanwhile waits no more.
pub async fn queue(look: &impl Look, actor: &Actor) -> Result<Vec<Waiting>, Unavailable> {
    let waiting = table::Entity::find().filter(table::Column::State.eq(state::SUBMITTED));
    let which = || waiting.clone().select_only().column(table::Column::Id).into_query();
    let rows = waiting.clone().order_by_asc(table::Column::StateAt).order_by_asc(table::Column::Id).all(look.db()).await?;
    let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    let names = accounts::names(look, &people).await?;
    let versions = version::Entity::find().filter(version::Column::Entry.in_subquery(which())).all(look.db()).await?;
    let mut versions: HashMap<(EntryId, i32), version::Model> =
        versions.into_iter().map(|version| ((version.entry, version.number), version)).collect();
    let sent = event::Entity::find().filter(event::Column::What.eq(state::SUBMITTED));
    let sent = sent.filter(event::Column::Entry.in_subquery(which())).all(look.db()).await?;
    let sent: Grouped<EntryId, Moment> = sent.into_iter().map(|event| (event.entry, event.at)).collect();
    rows.into_iter()
        .filter(|row| actor.person() != Some(row.person))
        .filter_map(|row| {
            let name = names.get(&row.person)?.clone();
            let version = versions.remove(&(row.id, row.version))?;
            let again = sent.of(&row.id).len() > 1;
            Some(read(&row, name, &version, again))
        })
        .collect()
}

fn read(row: &table::Model, name: Name, version: &version::Model, again: bool) -> Result<Waiting, Unavailable> {
    let content = Content::from_stored(&version.content).ok_or_else(|| Unavailable::unreadable("entry", "its version"))?;
    Ok(Waiting {
        id: row.id,
        name,
        since: row.state_at,
        starts_at: row.starts_at,
        minutes: row.minutes,
        category: content.category,
        again,
        kept_words: content.kept_words(),
    })
}
