//! Invitations by an officer: to take a role.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use sha2::{Digest as _, Sha256};
use types::{Email, InvitationId, Moment, Name, Role};

use super::{
    HashError, Password, SignedIn,
    entity::{invitation as table, person},
    password, people, roles, sessions, sign_in, sign_up,
};
use crate::{
    Look, Platform, Secret, Unavailable, Write,
    accounts::Actor,
    audit::Act,
    ids::hex,
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

/// Invites somebody to take a role. `once` is the mark of the sheet that this was typed on: the same sheet sent
/// twice invites once, and with something else on it, as the browser's way back makes it, it is another one.
pub async fn invite(write: &mut Write, email: &Email, name: &Name, role: Role, once: &str) -> Result<InvitationId, InviteError> {
    let by = write.actor().person().filter(|_| write.actor().is(Role::Officer)).ok_or(InviteError::NotAnOfficer)?;
    // The same sheet sent twice at once: the second waits here for the first.
    people::hold(write, by).await?;
    let mut once = sheet(once, &[email.as_str(), name.as_str(), role.code()]);
    while let Some(mark) = &once {
        let before = table::Entity::find().filter(table::Column::InvitedBy.eq(by)).filter(table::Column::Once.eq(mark));
        let Some(before) = before.one(write.db()).await.map_err(Unavailable::from)? else { break };
        let before = read(before, write.now())?;
        if matches!(before.state, State::Waiting | State::Accepted(_)) {
            return Ok(before.id);
        }
        // It came to nothing, and is wished for anew: the sheet's next use has a mark of its own, which both of two
        // that are sent at once come to.
        once = sheet(mark, &[&before.id.to_string()]);
    }
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
        once,
    };
    let id = row.id;
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("invitation.sent", id).with("role", role.code()));
    jobs::enqueue(write, &Job::Letter(Letter::Invitation { invitation: id })).await?;
    Ok(id)
}

/// A sheet and what was typed on it, in one short word. Nothing where the sheet has no mark.
fn sheet(once: &str, typed: &[&str]) -> Option<String> {
    (!once.is_empty()).then(|| hex(&Sha256::digest(format!("{}\n{once}", typed.join("\n")))))
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
    let row = by_secret(secret).one(look.db()).await?;
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
        Some(session) => sessions::is_live(&write, session).await?,
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

fn by_secret(secret: &Secret) -> Select<table::Entity> {
    table::Entity::find().filter(table::Column::SecretDigest.eq(secret.digest()))
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
