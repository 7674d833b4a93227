//! Accepting an invitation.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _, QuerySelect as _};
use types::Name;

use super::{
    HashError, Password, SignedIn,
    entity::person,
    invitations::{Invitation, State, by_secret, invitation, read},
    password, people, roles, sessions, sign_in, sign_up,
};
use crate::{Look, Platform, Secret, Unavailable, accounts::Actor, audit::Act};

/// How somebody comes in who holds an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayIn {
    /// The address has no account that anybody has been in: they choose a name and a password.
    New,
    /// The address has an account: its password shows that it is theirs.
    Password,
    /// They are signed in with that account.
    SignedIn,
}

/// Why an invitation was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Unknown, accepted, withdrawn or too old.
    #[error("This invitation has been used, was withdrawn, or is too old. Ask the person who invited you for a new one.")]
    Spent,
    /// The address has no account that anybody has been in, so a password is needed.
    #[error("Please choose a password.")]
    NeedsPassword,
    /// The address has an account, and it has another password.
    #[error("This is not the password of your account here.")]
    Wrong,
    /// The password that they chose.
    #[error(transparent)]
    Password(#[from] HashError),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// How this visitor comes in by the invitation.
pub async fn way_in(look: &impl Look, actor: &Actor, invitation: &Invitation) -> Result<WayIn, Unavailable> {
    Ok(way(actor, sign_up::by_email(look, &invitation.email).await?.as_ref()))
}

fn way(actor: &Actor, known: Option<&person::Model>) -> WayIn {
    match known.filter(|person| person.password_hash.is_some()) {
        Some(person) if actor.person() == Some(person.id) => WayIn::SignedIn,
        Some(_) => WayIn::Password,
        None => WayIn::New,
    }
}

/// Accepts: who has the link has the address. An address with an account takes the role with it, and the link
/// alone signs nobody in to it: they are signed in already, or `typed` is its password. Another address needs a
/// password and becomes an account, under the name that they chose or were invited by. Answers the session that
/// begins; none where they were signed in with the account.
pub async fn accept(
    platform: &Platform,
    actor: &Actor,
    secret: &Secret,
    chosen_name: Option<Name>,
    typed: String,
    browser: &str,
) -> Result<Option<SignedIn>, AcceptError> {
    let look = platform.read();
    let invitation = invitation(&look, secret).await?.filter(|invitation| invitation.state == State::Waiting).ok_or(AcceptError::Spent)?;
    let known = sign_up::by_email(&look, &invitation.email).await?;
    let way = way(actor, known.as_ref());
    let stored = known.and_then(|person| person.password_hash);
    let name = chosen_name.unwrap_or_else(|| invitation.name.clone());
    let new = match way {
        WayIn::SignedIn => None,
        WayIn::Password => {
            if !password::matches(typed, stored.clone()).await? {
                return Err(AcceptError::Wrong);
            }
            None
        }
        WayIn::New if typed.is_empty() => return Err(AcceptError::NeedsPassword),
        WayIn::New => {
            let password = Password::parse(&typed).map_err(HashError::from)?;
            Some(password::hash(password, password::about(&[&name], &invitation.email), platform.ids()).await?)
        }
    };
    let mut write = platform.write(actor).await?;
    let row = by_secret(secret).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?.ok_or(AcceptError::Spent)?;
    if read(row.clone(), write.now())?.state != State::Waiting {
        return Err(AcceptError::Spent);
    }
    let person = sign_up::held_by_email(&write, &invitation.email).await?;
    let still_in = match actor.session() {
        Some(session) => sessions::still_holds(&write, session).await?,
        None => false,
    };
    if way == WayIn::SignedIn && !still_in {
        return Err(AcceptError::Wrong);
    }
    // Between the look and now the account may have come to have a password, or another one.
    if person.as_ref().and_then(|person| person.password_hash.as_ref()) != stored.as_ref() {
        return Err(AcceptError::Wrong);
    }
    let id = match person {
        Some(person) => person.id,
        None => sign_up::insert(&mut write, &invitation.email, &name, false).await?,
    };
    if let Some(hash) = new {
        people::call(&write, id, &name).await?;
        sign_in::put_password(&mut write, id, hash).await?;
    }
    sign_up::confirm(&mut write, id).await?;
    roles::grant_by(&mut write, id, invitation.role, Some(row.invited_by)).await?;
    let mut row = row.into_active_model();
    row.accepted_at = Set(Some(write.now()));
    row.accepted_by = Set(Some(id));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("invitation.accepted", invitation.id).with("person", id.to_string()));
    let session = match way {
        WayIn::SignedIn => None,
        WayIn::New | WayIn::Password => {
            if let Some(before) = actor.session() {
                sessions::end_session(&mut write, before).await?;
            }
            Some(SignedIn { person: id, secret: sessions::start(&mut write, id, browser).await? })
        }
    };
    write.commit().await?;
    Ok(session)
}
