//! Entries that are not filled in yet: what was typed into the form, kept as it is until the trainee comes back.
//!
//! They are no entries: nobody else sees them, nothing counts them, and what is wrong with them is said when they are
//! sent. One that is complete becomes an entry and is gone from here in the same act.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, ModelTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use sha2::{Digest as _, Sha256};
use types::{EntryId, Moment, PersonId, UnfinishedId};

use super::{InvalidTransition, SaveError, entity::unfinished as table};
use crate::{Look, Unavailable, Write, accounts, audit::Act, ids::hex};

/// The fields of the form, in their order.
pub type Fields = Vec<(String, String)>;

/// An entry that is not filled in yet, or changes to one that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// The id.
    pub id: UnfinishedId,
    /// The entry that is being changed; `None` for a new one.
    pub entry: Option<EntryId>,
    /// How often it was kept.
    pub version: i32,
    /// What was typed.
    pub fields: Fields,
    /// When it was kept last.
    pub kept_at: Moment,
}

/// Keeps what was typed: a new one, or over one whose version was read. `once` names the sheet of paper: the same one
/// sent again with the same on it is kept once. `entry` is the entry that is being changed, with the version of it that
/// was read, where it is one.
pub async fn keep_unfinished(
    write: &mut Write,
    existing: Option<(UnfinishedId, i32)>,
    entry: Option<(EntryId, i32)>,
    fields: &Fields,
    once: &str,
) -> Result<UnfinishedId, SaveError> {
    let person = write.actor().person().ok_or(SaveError::NotFound)?;
    // The same sheet sent twice at the same moment is kept once: the second waits here for the first.
    accounts::hold(write, person).await?;
    if let Some((entry, read)) = entry {
        may_change(write, person, entry, read).await?;
    }
    let entry = entry.map(|(entry, _)| entry);
    let typed = serde_json::to_string(fields).map_err(|error| Unavailable::unreadable("form", error))?;
    let before = match (existing, entry) {
        (Some((id, _)), _) => Some(own(write, person, id).await?.ok_or(SaveError::NotFound)?),
        (None, Some(entry)) => of_entry(write, person, entry).await?,
        (None, None) => None,
    };
    if let Some(before) = before {
        let id = before.id;
        if before.fields == typed {
            return Ok(id);
        }
        if existing.is_none_or(|(_, read)| read != before.version) {
            return Err(SaveError::Changed);
        }
        let version = before.version + 1;
        let mut row = before.into_active_model();
        row.fields = Set(typed);
        row.version = Set(version);
        row.kept_at = Set(write.now());
        row.update(write.db()).await.map_err(Unavailable::from)?;
        return Ok(id);
    }
    let once = hex(&Sha256::digest(format!("{once}\n{typed}")));
    let same = table::Entity::find().filter(table::Column::Person.eq(person)).filter(table::Column::Once.eq(&once));
    if let Some(same) = same.one(write.db()).await.map_err(Unavailable::from)? {
        return Ok(same.id);
    }
    let row = table::Model { id: write.new_id(), person, entry, once, fields: typed, version: 1, kept_at: write.now() };
    let id = row.id;
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("entry.begun", id));
    Ok(id)
}

/// Throws it away. Doing so again changes nothing.
pub async fn throw_away(write: &mut Write, id: UnfinishedId) -> Result<(), SaveError> {
    let person = write.actor().person().ok_or(SaveError::NotFound)?;
    if let Some(row) = own(write, person, id).await? {
        row.delete(write.db()).await.map_err(Unavailable::from)?;
        write.record(Act::new("entry.thrown-away", id));
    }
    Ok(())
}

/// Takes away what was kept before an entry was whole, in the act that makes it so: of this entry, where it was one
/// already, and otherwise the one that was read. What was kept meanwhile and not read is not taken away with it.
pub async fn settle(write: &mut Write, entry: Option<EntryId>, read: Option<(UnfinishedId, i32)>) -> Result<(), SaveError> {
    let person = write.actor().person().ok_or(SaveError::NotFound)?;
    let row = match (entry, read) {
        (Some(entry), _) => of_entry(write, person, entry).await?,
        (None, Some((id, _))) => own(write, person, id).await?,
        (None, None) => None,
    };
    let Some(row) = row else { return Ok(()) };
    if read != Some((row.id, row.version)) {
        return Err(SaveError::Changed);
    }
    row.delete(write.db()).await.map_err(Unavailable::from)?;
    Ok(())
}

/// Takes away what was begun over an entry that is thrown away or taken back.
pub(super) async fn forget(write: &Write, entry: EntryId) -> Result<(), Unavailable> {
    table::Entity::delete_many().filter(table::Column::Entry.eq(entry)).exec(write.db()).await?;
    Ok(())
}

/// This person's, newest first.
pub async fn unfinished_of(look: &impl Look, person: PersonId) -> Result<Vec<Unfinished>, Unavailable> {
    let rows = table::Entity::find().filter(table::Column::Person.eq(person)).order_by_desc(table::Column::KeptAt).all(look.db()).await?;
    rows.into_iter().map(read).collect()
}

/// What is kept over an entry is kept over the version that was read.
async fn may_change(write: &Write, person: PersonId, id: EntryId, read: i32) -> Result<(), SaveError> {
    let (row, state) = super::write::own(write, person, id).await?;
    if !state.can_be_edited() {
        return Err(InvalidTransition(state).into());
    }
    if row.version == read { Ok(()) } else { Err(SaveError::Changed) }
}

async fn own(write: &Write, person: PersonId, id: UnfinishedId) -> Result<Option<table::Model>, Unavailable> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await?;
    Ok(row.filter(|row| row.person == person))
}

async fn of_entry(write: &Write, person: PersonId, entry: EntryId) -> Result<Option<table::Model>, Unavailable> {
    let of = table::Entity::find().filter(table::Column::Entry.eq(entry)).filter(table::Column::Person.eq(person));
    Ok(of.lock_exclusive().one(write.db()).await?)
}

fn read(row: table::Model) -> Result<Unfinished, Unavailable> {
    let fields = serde_json::from_str(&row.fields).map_err(|error| Unavailable::unreadable("form", error))?;
    Ok(Unfinished { id: row.id, entry: row.entry, version: row.version, fields, kept_at: row.kept_at })
}
