//! Roles as dated grants.

use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::OnConflict};
use types::{Name, PersonId, Role};

use super::entity::{grant, person};
use crate::{Look, Unavailable, Write, audit::Act};

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
    let row = grant::ActiveModel {
        id: Set(write.new_id()),
        person: Set(to),
        role: Set(role.code().to_owned()),
        granted_at: Set(write.now()),
        granted_by: Set(write.actor().person()),
        ended_at: Set(None),
        ended_by: Set(None),
    };
    let written =
        grant::Entity::insert(row).on_conflict(OnConflict::new().do_nothing().to_owned()).exec_without_returning(write.db()).await?;
    if written > 0 {
        write.record(Act::new("role.granted", to).with("role", role.code()));
    }
    Ok(())
}

/// Everybody who holds a role, by name.
pub async fn members(look: &impl Look) -> Result<Vec<Member>, Unavailable> {
    let grants = grant::Entity::find().filter(grant::Column::EndedAt.is_null()).all(look.db()).await?;
    let people = person::Entity::find().filter(person::Column::EndedAt.is_null()).order_by_asc(person::Column::ChosenName);
    people
        .all(look.db())
        .await?
        .into_iter()
        .map(|row| {
            let id = row.id;
            let roles = grants.iter().filter(|grant| grant.person == id).filter_map(|grant| grant.role.parse().ok()).collect();
            let email = row.email.clone();
            Ok(Member { id, name: super::people::read(row)?.chosen_name, email, roles })
        })
        .collect()
}
