//! People as the other modules see them.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    sea_query::LockType,
};
use types::{Email, Moment, Name, PersonId};

use super::entity;
use crate::{Look, Unavailable, Write, audit::Act};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// Where messages go.
    pub email: Email,
    /// Whether the address was shown to be theirs.
    pub email_confirmed: bool,
    /// The name they chose to be called by.
    pub chosen_name: Name,
    /// The name for the certificate, where they gave one.
    pub certificate_name: Option<Name>,
    /// Whether they chose a password: until then nobody has been in the account.
    pub has_password: bool,
    /// When the account was made.
    pub created_at: Moment,
}

impl Person {
    /// The name that a certificate carries: the one given for it, or else the chosen one.
    pub fn name_for_certificate(&self) -> &Name {
        self.certificate_name.as_ref().unwrap_or(&self.chosen_name)
    }
}

/// The names after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// To be called by.
    pub chosen: Name,
    /// For the certificate; `None` takes the chosen one.
    pub certificate: Option<Name>,
}

/// The person with this id.
pub async fn person(look: &impl Look, id: PersonId) -> Result<Option<Person>, Unavailable> {
    stored(look, id).await?.map(read).transpose()
}

/// The names that these people chose.
pub async fn names(look: &impl Look, of: &[PersonId]) -> Result<HashMap<PersonId, Name>, Unavailable> {
    let mut of = of.to_vec();
    of.sort_unstable();
    of.dedup();
    let mut names = HashMap::with_capacity(of.len());
    // Each is one parameter of the question, and databases take many thousands.
    for some in of.chunks(5_000) {
        let people = entity::person::Entity::find().filter(entity::person::Column::Id.is_in(some.iter().copied())).all(look.db()).await?;
        for person in people {
            let person = read(person)?;
            names.insert(person.id, person.chosen_name);
        }
    }
    Ok(names)
}

/// Lets nobody else who asks for the same go on before this write has ended: for what concerns all records of
/// one person, such as that no minute is sent twice.
pub(crate) async fn hold(write: &Write, id: PersonId) -> Result<(), Unavailable> {
    held(write, id).await.map(drop)
}

/// The stored row, which nobody else changes before this write has ended. Rows elsewhere that name the person may still
/// be written meanwhile, so that two acts about two people do not wait for each other in a ring.
pub(super) async fn held(write: &Write, id: PersonId) -> Result<Option<entity::person::Model>, Unavailable> {
    Ok(entity::person::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(write.db()).await?)
}

/// The stored row as it is now.
pub(super) async fn stored(look: &impl Look, id: PersonId) -> Result<Option<entity::person::Model>, Unavailable> {
    Ok(entity::person::Entity::find_by_id(id).one(look.db()).await?)
}

/// Whether there is any account, confirmed or not.
pub async fn anybody(look: &impl Look) -> Result<bool, Unavailable> {
    Ok(entity::person::Entity::find().limit(1).one(look.db()).await?.is_some())
}

/// Sets what an account is called that nobody has been in yet: whoever asked for it may have typed anything.
pub(super) async fn call(write: &Write, id: PersonId, name: &Name) -> Result<(), Unavailable> {
    let Some(row) = held(write, id).await? else { return Ok(()) };
    let mut row = row.into_active_model();
    row.chosen_name = Set(name.as_str().to_owned());
    row.update(write.db()).await?;
    Ok(())
}

/// Changes the acting person's own names. A certificate that was issued keeps the name it was issued with.
pub async fn rename(write: &mut Write, names: Renamed) -> Result<(), Unavailable> {
    let Some(id) = write.actor().person() else { return Ok(()) };
    let Some(row) = held(write, id).await? else { return Ok(()) };
    let mut row = row.into_active_model();
    row.chosen_name = Set(names.chosen.into());
    row.certificate_name = Set(names.certificate.map(Into::into));
    row.update(write.db()).await?;
    write.record(Act::new("person.renamed", id));
    Ok(())
}

pub(super) fn read(row: entity::person::Model) -> Result<Person, Unavailable> {
    let name = |text: String| Name::try_from(text).map_err(|error| Unavailable::unreadable("name", error));
    Ok(Person {
        id: row.id,
        email: row.email.try_into().map_err(|error| Unavailable::unreadable("e-mail address", error))?,
        email_confirmed: row.email_confirmed_at.is_some(),
        chosen_name: name(row.chosen_name)?,
        certificate_name: row.certificate_name.map(name).transpose()?,
        has_password: row.password_hash.is_some(),
        created_at: row.created_at,
    })
}
