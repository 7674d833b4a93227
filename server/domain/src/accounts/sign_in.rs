//! Signing in, and choosing a new password.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _};
use types::{Email, PersonId};

use super::{HashError, LinkError, Password, Purpose, entity::person, links, password, people, sessions, sign_up};
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
    /// It was not looked at.
    #[error(transparent)]
    Password(#[from] HashError),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The password until now was typed wrongly.
    #[error("This is not the password you have now.")]
    Wrong,
    /// The new one.
    #[error(transparent)]
    Password(#[from] HashError),
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
    let now = people::held(&write, known.id).await?;
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

/// Changes the acting person's password and ends their other sessions. Where the new password holds already, as
/// it does for a form that was sent twice, only the sessions are left to end.
pub async fn change_password(platform: &Platform, actor: &Actor, typed: String, new: Password) -> Result<(), PasswordError> {
    let Some(id) = actor.person() else { return Err(PasswordError::Wrong) };
    let known = people::stored(&platform.read(), id).await?.ok_or(PasswordError::Wrong)?;
    if password::matches(typed, known.password_hash.clone()).await? {
        let person = people::read(known.clone())?;
        let about = password::about(&[&person.chosen_name, person.name_for_certificate()], &person.email);
        let hash = password::hash(new.clone(), about, platform.ids()).await?;
        if replace(platform, actor, &known, hash).await? {
            return Ok(());
        }
    }
    let now = people::stored(&platform.read(), id).await?.and_then(|person| person.password_hash);
    if !password::matches(new.into_typed(), now).await? {
        return Err(PasswordError::Wrong);
    }
    let Some(session) = actor.session() else { return Err(PasswordError::Wrong) };
    let mut write = platform.write(actor).await?;
    // The person first and then the session, as in `replace`.
    people::held(&write, id).await?;
    if !sessions::still_holds(&write, session).await? {
        return Err(PasswordError::Wrong);
    }
    sessions::end_others(&mut write, id, Some(session)).await?;
    write.commit().await?;
    Ok(())
}

/// Puts the new hash in the place of the one that was checked. Answers whether it did: between the look and now
/// the password may have been reset, or this session ended, to keep just this visitor out.
pub(super) async fn replace(platform: &Platform, actor: &Actor, known: &person::Model, hash: String) -> Result<bool, Unavailable> {
    let Some(session) = actor.session() else { return Ok(false) };
    let mut write = platform.write(actor).await?;
    let now = people::held(&write, known.id).await?;
    if now.is_none_or(|now| now.password_hash != known.password_hash) || !sessions::still_holds(&write, session).await? {
        return Ok(false);
    }
    put_password(&mut write, known.id, hash).await?;
    sessions::end_others(&mut write, known.id, Some(session)).await?;
    jobs::enqueue(&mut write, &Job::Letter(Letter::PasswordChanged { person: known.id })).await?;
    write.commit().await?;
    Ok(true)
}

/// Takes the link from the message, or from the command line: the new password holds, every session
/// before it ends, and a new one begins. Who has the link has the address, so it is confirmed too.
pub async fn reset_password(platform: &Platform, secret: &Secret, new: Password, browser: &str) -> Result<SignedIn, LinkError> {
    const CHOOSING: &[Purpose] = &[Purpose::ResetPassword, Purpose::FirstPassword];
    let look = platform.read();
    let id = links::open_link(&look, secret, CHOOSING).await?.ok_or(LinkError::Spent)?;
    let known = people::person(&look, id).await?.ok_or(LinkError::Spent)?;
    let about = password::about(&[&known.chosen_name, known.name_for_certificate()], &known.email);
    let hash = password::hash(new, about, platform.ids()).await?;
    let mut write = platform.write(&Actor::nobody()).await?;
    links::spend(&write, secret, CHOOSING).await?;
    put_password(&mut write, id, hash).await?;
    sign_up::confirm(&mut write, id).await?;
    sessions::end_others(&mut write, id, None).await?;
    let secret = sessions::start(&mut write, id, browser).await?;
    write.commit().await?;
    Ok(SignedIn { person: id, secret })
}

/// Sets the password. Links that could set another one stop working.
pub(super) async fn put_password(write: &mut Write, id: PersonId, hash: String) -> Result<(), Unavailable> {
    let Some(row) = people::held(write, id).await? else { return Ok(()) };
    let mut row = row.into_active_model();
    row.password_hash = Set(Some(hash));
    row.update(write.db()).await?;
    links::end(write, id).await?;
    write.record(Act::new("person.password-set", id));
    Ok(())
}
