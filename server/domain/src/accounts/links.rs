//! Links that work once: to confirm an address, and to choose a password.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    Select,
};
use types::{Moment, PersonId};

use super::{
    HashError,
    entity::{link, person},
    people,
};
use crate::{Look, Secret, Unavailable, Write, audit::Act};

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

/// Why a link did nothing. Which of the reasons makes it spent would help only somebody who guesses.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Unknown, used, or too old.
    #[error("This link has been used or is too old. Ask for a new one.")]
    Spent,
    /// The password that came with it.
    #[error(transparent)]
    Password(#[from] HashError),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// A fresh link for this person. Its secret is in the answer only; the database keeps the digest. One that is handed
/// out at the command line goes on record and takes the place of those before: with it somebody else may set the
/// password, and the one before may have gone to the wrong person.
pub async fn link_for(write: &mut Write, person: PersonId, purpose: Purpose) -> Result<Secret, Unavailable> {
    if purpose == Purpose::FirstPassword {
        end_those(write, person, &[purpose]).await?;
        write.record(Act::new("password-link.made", person));
    }
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
    Ok(working(secret, purposes, look.now()).one(look.db()).await?.map(|row| row.person))
}

/// Uses the link up. Answers whose it is, and nobody else changes them before this write has ended: the person is
/// held first, then the link, so that two links of one person do not wait for each other.
pub(super) async fn spend(write: &Write, secret: &Secret, purposes: &[Purpose]) -> Result<person::Model, LinkError> {
    let id = open_link(write, secret, purposes).await?.ok_or(LinkError::Spent)?;
    let person = people::held(write, id).await?.ok_or(LinkError::Spent)?;
    let row = working(secret, purposes, write.now()).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let mut row = row.ok_or(LinkError::Spent)?.into_active_model();
    row.used_at = Set(Some(write.now()));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    Ok(person)
}

/// Ends every link of this person, whatever it is for.
pub(super) async fn end(write: &Write, person: PersonId) -> Result<(), Unavailable> {
    end_those(write, person, &[Purpose::ConfirmEmail, Purpose::ResetPassword, Purpose::FirstPassword]).await
}

async fn end_those(write: &Write, person: PersonId, purposes: &[Purpose]) -> Result<(), Unavailable> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, write.now().into())
        .filter(link::Column::Person.eq(person))
        .filter(link::Column::Purpose.is_in(purposes.iter().map(|purpose| purpose.code())))
        .filter(link::Column::UsedAt.is_null())
        .exec(write.db())
        .await?;
    Ok(())
}

fn working(secret: &Secret, purposes: &[Purpose], now: Moment) -> Select<link::Entity> {
    link::Entity::find()
        .filter(link::Column::SecretDigest.eq(secret.digest()))
        .filter(link::Column::Purpose.is_in(purposes.iter().map(|purpose| purpose.code())))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now))
}
