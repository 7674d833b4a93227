//! Links that work once: to confirm an address, and to choose a password.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};
use types::{Moment, PersonId};

use super::entity::link;
use crate::{Look, Secret, Unavailable, Write};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To show that the address is theirs. Three days.
    ConfirmEmail,
    /// To choose a password anew. One hour.
    ResetPassword,
    /// To choose the first password of an account made at the command line. Seven days.
    FirstPassword,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm",
            Self::ResetPassword => "reset",
            Self::FirstPassword => "first",
        }
    }

    const fn lasts(self) -> i64 {
        match self {
            Self::ConfirmEmail => 3 * Moment::DAY,
            Self::ResetPassword => Moment::HOUR,
            Self::FirstPassword => 7 * Moment::DAY,
        }
    }
}

/// A link that does not work. Which of the reasons it is would help only somebody who guesses.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Unknown, used, or too old.
    #[error("This link has been used or is too old. Ask for a new one.")]
    Spent,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// A fresh link for this person. Its secret is in the answer only; the database keeps the digest.
pub async fn link_for(write: &mut Write, person: PersonId, purpose: Purpose) -> Result<Secret, Unavailable> {
    let secret = write.new_secret();
    let row = link::Model {
        id: write.new_id(),
        person,
        purpose: purpose.code().to_owned(),
        secret_digest: secret.digest(),
        created_at: write.now(),
        expires_at: write.now().plus(purpose.lasts()),
        used_at: None,
    };
    link::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await?;
    Ok(secret)
}

/// Whose link this is, while it works. Looking does not use it up: mail programs look too.
pub async fn open_link(look: &impl Look, secret: &Secret, purposes: &[Purpose]) -> Result<Option<PersonId>, Unavailable> {
    Ok(find(look, secret, purposes).await?.map(|row| row.person))
}

/// Uses the link up.
pub(super) async fn spend(write: &mut Write, secret: &Secret, purposes: &[Purpose]) -> Result<PersonId, LinkError> {
    let row = find(write, secret, purposes).await?.ok_or(LinkError::Spent)?;
    let person = row.person;
    let mut row = row.into_active_model();
    row.used_at = Set(Some(write.now()));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    Ok(person)
}

/// Ends every link of this person for these purposes.
pub(super) async fn end(write: &Write, person: PersonId, purposes: &[Purpose]) -> Result<(), Unavailable> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, write.now().into())
        .filter(link::Column::Person.eq(person))
        .filter(link::Column::Purpose.is_in(purposes.iter().map(|purpose| purpose.code())))
        .filter(link::Column::UsedAt.is_null())
        .exec(write.db())
        .await?;
    Ok(())
}

async fn find(look: &impl Look, secret: &Secret, purposes: &[Purpose]) -> Result<Option<link::Model>, Unavailable> {
    Ok(link::Entity::find()
        .filter(link::Column::SecretDigest.eq(secret.digest()))
        .filter(link::Column::Purpose.is_in(purposes.iter().map(|purpose| purpose.code())))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(look.now()))
        .lock_exclusive()
        .one(look.db())
        .await?)
}
