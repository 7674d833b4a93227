//! Invitations by an officer: to take a role.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use sha2::{Digest as _, Sha256};
use types::{Email, InvitationId, Moment, Name, PersonId, Role};

use super::{entity::invitation as table, people, roles, sign_up};
use crate::{
    Look, Secret, Unavailable, Write,
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
    /// The officer who invites.
    pub invited_by: PersonId,
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
    /// There is no such invitation.
    #[error("There is no such invitation.")]
    NotFound,
    /// Who has this address has the role.
    #[error("{0} is here with this address, and has this role already.")]
    Here(Name),
    /// An invitation of this address to this role waits.
    #[error("An invitation to this role waits for an answer from this address. Withdraw it first if you want to send another.")]
    Waits,
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
    if let Some(here) = sign_up::by_email(write, email).await?
        && roles::of(write, here.id).await?.contains(&role)
    {
        return Err(InviteError::Here(here.chosen_name.try_into().map_err(|error| Unavailable::unreadable("account", error))?));
    }
    if waits(write, email, role).await? {
        return Err(InviteError::Waits);
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

/// Whether somebody with this address is asked for this role and has not answered.
async fn waits(write: &Write, email: &Email, role: Role) -> Result<bool, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Role.eq(role.code()))
        .filter(table::Column::AcceptedAt.is_null())
        .filter(table::Column::WithdrawnAt.is_null())
        .filter(table::Column::ExpiresAt.gt(write.now()))
        .all(write.db())
        .await?;
    Ok(rows.iter().any(|row| Email::known(&row.email).is_ok_and(|waiting| waiting.key() == email.key())))
}

/// A sheet and what was typed on it, in one short word. Nothing where the sheet has no mark.
fn sheet(once: &str, typed: &[&str]) -> Option<String> {
    (!once.is_empty()).then(|| hex(&Sha256::digest(format!("{}\n{once}", typed.join("\n")))))
}

/// Withdraws an invitation that waits. Answers whether it still did.
pub async fn withdraw(write: &mut Write, id: InvitationId) -> Result<bool, InviteError> {
    let by = write.actor().person().filter(|_| write.actor().is(Role::Officer)).ok_or(InviteError::NotAnOfficer)?;
    let row = table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let row = row.ok_or(InviteError::NotFound)?;
    if row.accepted_at.is_some() || row.withdrawn_at.is_some() {
        return Ok(false);
    }
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

pub(super) fn by_secret(secret: &Secret) -> Select<table::Entity> {
    table::Entity::find().filter(table::Column::SecretDigest.eq(secret.digest()))
}

pub(super) fn read(row: table::Model, now: Moment) -> Result<Invitation, Unavailable> {
    let state = match (row.accepted_at, row.withdrawn_at) {
        (Some(at), _) => State::Accepted(at),
        (_, Some(at)) => State::Withdrawn(at),
        _ if row.expires_at <= now => State::TooOld,
        _ => State::Waiting,
    };
    Ok(Invitation {
        id: row.id,
        email: row.email.try_into().map_err(|error| Unavailable::unreadable("invitation", error))?,
        name: row.name.try_into().map_err(|error| Unavailable::unreadable("invitation", error))?,
        role: row.role.parse().map_err(|error| Unavailable::unreadable("invitation", error))?,
        invited_by: row.invited_by,
        sent_at: row.created_at,
        until: row.expires_at,
        state,
    })
}
