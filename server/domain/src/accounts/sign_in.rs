//! Signing in, and choosing a new password.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _, QuerySelect as _};
use types::{Email, PersonId};

use super::{LinkError, Password, Purpose, entity::person, links, password, sessions, sign_up};
use crate::{
    Look as _, Platform, Secret, Unavailable, Write,
    accounts::Actor,
    audit::Act,
    jobs::{self, Job, Letter},
};

/// A session that has just begun.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// For the cookie.
    pub secret: Secret,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The address, the password, or both. They look and take the same.
    #[error("The e-mail address and the password do not belong together. Please check both.")]
    Wrong,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The password until now was typed wrongly.
    #[error("This is not your password until now.")]
    Wrong,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Signs somebody in. A session that the browser had before is ended: the new one has a new secret.
pub async fn sign_in(platform: &Platform, before: &Actor, email: &Email, typed: String, browser: &str) -> Result<SignedIn, SignInError> {
    let known = sign_up::by_email(&platform.read(), email).await?;
    let hash = known.as_ref().and_then(|person| person.password_hash.clone());
    if !password::matches(typed, hash).await? {
        return Err(SignInError::Wrong);
    }
    let Some(known) = known else { return Err(SignInError::Wrong) };
    let mut write = platform.write(before).await?;
    // Between the look and now the password may have been reset, to keep just this visitor out.
    let now = person::Entity::find_by_id(known.id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    if now.is_none_or(|now| now.password_hash != known.password_hash) {
        return Err(SignInError::Wrong);
    }
    if let Some(session) = before.session() {
        sessions::end_session(&mut write, session).await?;
    }
    let secret = sessions::start(&mut write, known.id, browser).await?;
    write.commit().await?;
    Ok(SignedIn { person: known.id, secret })
}

/// Changes the acting person's password and ends their other sessions.
pub async fn change_password(platform: &Platform, actor: &Actor, typed: String, new: Password) -> Result<(), PasswordError> {
    let Some(id) = actor.person() else { return Err(PasswordError::Wrong) };
    let known = person::Entity::find_by_id(id).one(platform.read().db()).await.map_err(Unavailable::from)?;
    if !password::matches(typed, known.and_then(|person| person.password_hash)).await? {
        return Err(PasswordError::Wrong);
    }
    let hash = password::hash(new, platform.ids()).await?;
    let mut write = platform.write(actor).await?;
    put_password(&mut write, id, hash).await?;
    sessions::end_others(&mut write, id, actor.session()).await?;
    jobs::enqueue(&mut write, &Job::Letter(Letter::PasswordChanged { person: id })).await?;
    Ok(write.commit().await?)
}

/// Takes the link from the message, or from the command line: the new password holds, every session
/// before it ends, and a new one begins. Who has the link has the address, so it is confirmed too.
pub async fn reset_password(platform: &Platform, secret: &Secret, new: Password, browser: &str) -> Result<SignedIn, LinkError> {
    let hash = password::hash(new, platform.ids()).await?;
    let mut write = platform.write(&Actor::nobody()).await?;
    let id = links::spend(&mut write, secret, &[Purpose::ResetPassword, Purpose::FirstPassword]).await?;
    put_password(&mut write, id, hash).await?;
    sign_up::confirm(&mut write, id).await?;
    sessions::end_others(&mut write, id, None).await?;
    let secret = sessions::start(&mut write, id, browser).await?;
    write.commit().await?;
    Ok(SignedIn { person: id, secret })
}

/// Sets the password. Links that could set another one stop working.
pub(super) async fn put_password(write: &mut Write, id: PersonId, hash: String) -> Result<(), Unavailable> {
    let Some(row) = person::Entity::find_by_id(id).lock_exclusive().one(write.db()).await? else { return Ok(()) };
    let mut row = row.into_active_model();
    row.password_hash = Set(Some(hash));
    row.update(write.db()).await?;
    links::end(write, id, &[Purpose::ResetPassword, Purpose::FirstPassword]).await?;
    write.record(Act::new("person.password-set", id));
    Ok(())
}
