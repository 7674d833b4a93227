//! Invitations by an officer: to take a role.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use types::{Email, InvitationId, Moment, Name, Role};

use super::{Password, SignedIn, entity::invitation as table, password, roles, sessions, sign_in, sign_up};
use crate::{
    Look, Platform, Secret, Unavailable, Write,
    accounts::Actor,
    audit::Act,
    jobs::{self, Job, Letter},
};

/// How long an invitation waits.
const WAITS: i64 = 14 * Moment::DAY;

/// An invitation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The id.
    pub id: InvitationId,
    /// Who is invited.
    pub email: Email,
    /// What the officer called them.
    pub name: Name,
    /// The role.
    pub role: Role,
    /// When it was sent.
    pub sent_at: Moment,
    /// Until when it can be accepted.
    pub until: Moment,
    /// What became of it.
    pub state: State,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits.
    Waiting,
    /// It was accepted then.
    Accepted(Moment),
    /// An officer withdrew it then.
    Withdrawn(Moment),
    /// Nobody took it in time.
    TooOld,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// Only an officer invites.
    #[error("Only a certification officer can invite people.")]
    NotAnOfficer,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why an invitation was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Unknown, accepted, withdrawn or too old.
    #[error("This invitation has been used, was withdrawn, or is too old. Ask the person who invited you for a new one.")]
    Spent,
    /// The address has no account yet, so a password is needed.
    #[error("Please choose a password.")]
    NeedsPassword,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Invites somebody to take a role.
pub async fn invite(write: &mut Write, email: &Email, name: &Name, role: Role) -> Result<InvitationId, InviteError> {
    let by = write.actor().person().filter(|_| write.actor().is(Role::Officer)).ok_or(InviteError::NotAnOfficer)?;
    let row = table::Model {
        id: write.new_id(),
        email: email.as_str().to_owned(),
        name: name.as_str().to_owned(),
        role: role.code().to_owned(),
        invited_by: by,
        created_at: write.now(),
        expires_at: write.now().plus(WAITS),
        secret_digest: None,
        accepted_at: None,
        accepted_by: None,
        withdrawn_at: None,
        withdrawn_by: None,
    };
    let id = row.id;
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("invitation.sent", id).with("role", role.code()));
    jobs::enqueue(write, &Job::Letter(Letter::Invitation { invitation: id })).await?;
    Ok(id)
}

/// Withdraws an invitation that waits. Answers whether there was one.
pub async fn withdraw(write: &mut Write, id: InvitationId) -> Result<bool, InviteError> {
    let by = write.actor().person().filter(|_| write.actor().is(Role::Officer)).ok_or(InviteError::NotAnOfficer)?;
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let Some(row) = row.filter(|row| row.accepted_at.is_none() && row.withdrawn_at.is_none()) else { return Ok(false) };
    let mut row = row.into_active_model();
    row.withdrawn_at = Set(Some(write.now()));
    row.withdrawn_by = Set(Some(by));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("invitation.withdrawn", id));
    Ok(true)
}

/// All invitations, newest first.
pub async fn invitations(look: &impl Look) -> Result<Vec<Invitation>, Unavailable> {
    let rows = table::Entity::find().order_by_desc(table::Column::CreatedAt).all(look.db()).await?;
    rows.into_iter().map(|row| read(row, look.now())).collect()
}

/// The invitation that this secret belongs to, whatever became of it.
pub async fn invitation(look: &impl Look, secret: &Secret) -> Result<Option<Invitation>, Unavailable> {
    let row = table::Entity::find().filter(table::Column::SecretDigest.eq(secret.digest())).one(look.db()).await?;
    row.map(|row| read(row, look.now())).transpose()
}

/// A fresh secret for the message; the one before it stops working.
pub async fn invitation_link(write: &mut Write, id: InvitationId) -> Result<Option<(Invitation, Secret)>, Unavailable> {
    let Some(row) = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await? else { return Ok(None) };
    let secret = write.new_secret();
    let invitation = read(row.clone(), write.now())?;
    let mut row = row.into_active_model();
    row.secret_digest = Set(Some(secret.digest()));
    row.update(write.db()).await?;
    Ok(Some((invitation, secret)))
}

/// Accepts: who has the link has the address. An address with an account takes the role with it; another
/// one needs a password and becomes an account.
pub async fn accept(
    platform: &Platform,
    secret: &Secret,
    chosen_name: Name,
    password: Option<Password>,
    browser: &str,
) -> Result<SignedIn, AcceptError> {
    let hash = match password {
        Some(password) => Some(password::hash(password, platform.ids()).await?),
        None => None,
    };
    let mut write = platform.write(&Actor::nobody()).await?;
    let row = table::Entity::find()
        .filter(table::Column::SecretDigest.eq(secret.digest()))
        .lock_exclusive()
        .one(write.db())
        .await
        .map_err(Unavailable::from)?
        .ok_or(AcceptError::Spent)?;
    let invitation = read(row.clone(), write.now())?;
    if invitation.state != State::Waiting {
        return Err(AcceptError::Spent);
    }
    let person = match sign_up::by_email(&write, &invitation.email).await? {
        Some(person) => {
            // An account that was made from the command line may have no password yet.
            if let (None, Some(hash)) = (&person.password_hash, hash) {
                sign_in::put_password(&mut write, person.id, hash).await?;
            }
            person.id
        }
        None if hash.is_none() => return Err(AcceptError::NeedsPassword),
        None => sign_up::insert(&mut write, &invitation.email, &chosen_name, hash, true).await?,
    };
    sign_up::confirm(&mut write, person).await?;
    roles::grant(&mut write, person, invitation.role).await?;
    let mut row = row.into_active_model();
    row.accepted_at = Set(Some(write.now()));
    row.accepted_by = Set(Some(person));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("invitation.accepted", invitation.id).with("person", person.to_string()));
    let secret = sessions::start(&mut write, person, browser).await?;
    write.commit().await?;
    Ok(SignedIn { person, secret })
}
fn read(row: table::Model, now: Moment) -> Result<Invitation, Unavailable> {
    let state = match (row.accepted_at, row.withdrawn_at) {
        (Some(at), _) => State::Accepted(at),
        (_, Some(at)) => State::Withdrawn(at),
        _ if row.expires_at <= now => State::TooOld,
        _ => State::Waiting,
    };
    Ok(Invitation {
        id: row.id,
        email: row.email.parse().map_err(|error| Unavailable::unreadable("invitation", error))?,
        name: row.name.parse().map_err(|error| Unavailable::unreadable("invitation", error))?,
        role: row.role.parse().map_err(|error| Unavailable::unreadable("invitation", error))?,
        sent_at: row.created_at,
        until: row.expires_at,
        state,
    })
}
