//! Roles as dated grants.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::OnConflict,
};
use types::{Email, Name, PersonId, Role};

use super::{
    Actor,
    entity::{grant, person},
    sign_up,
};
use crate::{Grouped, Look, Unavailable, Write, audit::Act};

/// A person and the roles they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub id: PersonId,
    /// The name they chose.
    pub name: Name,
    /// Where messages go.
    pub email: String,
    /// The roles.
    pub roles: Vec<Role>,
}

/// Gives a person a role. Giving it again changes nothing. Whoever calls this has seen to the right:
/// an invitation that was accepted, a confirmed sign-up, or the command line.
pub async fn grant(write: &mut Write, to: PersonId, role: Role) -> Result<(), Unavailable> {
    let by = write.actor().person();
    grant_by(write, to, role, by).await
}

/// Gives a person a role by the word of somebody else than who acts now: an officer invited them before.
pub(super) async fn grant_by(write: &mut Write, to: PersonId, role: Role, by: Option<PersonId>) -> Result<(), Unavailable> {
    let row = grant::ActiveModel {
        id: Set(write.new_id()),
        person: Set(to),
        role: Set(role.code().to_owned()),
        granted_at: Set(write.now()),
        granted_by: Set(by),
        ended_at: Set(None),
        ended_by: Set(None),
    };
    let written =
        grant::Entity::insert(row).on_conflict(OnConflict::new().do_nothing().to_owned()).exec_without_returning(write.db()).await?;
    if written > 0 {
        let act = Act::new("role.granted", to).with("role", role.code());
        write.record(match by {
            Some(by) => act.with("by", by.to_string()),
            None => act,
        });
    }
    Ok(())
}

/// The roles that this person holds.
pub(super) async fn of(look: &impl Look, person: PersonId) -> Result<Vec<Role>, Unavailable> {
    let held = grant::Entity::find().filter(grant::Column::Person.eq(person)).filter(grant::Column::EndedAt.is_null());
    Ok(held.all(look.db()).await?.into_iter().filter_map(|grant| grant.role.parse().ok()).collect())
}

/// The command line, as it acts for the certification officer with this address; nothing where there is no such
/// officer.
pub async fn operator_for(look: &impl Look, officer: &Email) -> Result<Option<Actor>, Unavailable> {
    let Some(person) = sign_up::by_email(look, officer).await? else { return Ok(None) };
    let officer = of(look, person.id).await?.contains(&Role::Officer);
    Ok(officer.then(|| Actor::operator_for(person.id)))
}

/// Everybody who holds a role, by name.
pub async fn members(look: &impl Look) -> Result<Vec<Member>, Unavailable> {
    let held = grant::Entity::find().filter(grant::Column::EndedAt.is_null());
    let holders = held.clone().select_only().column(grant::Column::Person).into_query();
    let grants = held.all(look.db()).await?;
    let mut roles: Grouped<PersonId, Role> =
        grants.into_iter().filter_map(|grant| Some((grant.person, grant.role.parse().ok()?))).collect();
    person::Entity::find()
        .filter(person::Column::EndedAt.is_null())
        .filter(person::Column::Id.in_subquery(holders))
        .order_by_asc(person::Column::ChosenName)
        .all(look.db())
        .await?
        .into_iter()
        .map(|row| {
            let (id, email) = (row.id, row.email.clone());
            Ok(Member { id, name: super::people::read(row)?.chosen_name, email, roles: roles.take(&id) })
        })
        .collect()
}
