//! Suspend, lift, revoke: each a dated record with who and why.

use credential::verify::StatusChange;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _, QuerySelect as _};
use types::{CertificateId, Moment, Note, Role};

use super::{
    Standing,
    backing::digest,
    certificate::events,
    entity::{certificate as table, event},
};
use crate::{
    Look as _, Unavailable, Write,
    audit::Act,
    jobs::{self, Job, Letter},
};

/// What can be decided about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Not in force until it is lifted.
    Suspend,
    /// The suspension ends.
    Lift,
    /// Withdrawn for good.
    Revoke,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// Only an officer, or the command line.
    #[error("only a certification officer can decide about a certificate")]
    NotAnOfficer,
    /// There is no such certificate.
    #[error("there is no certificate with this number")]
    NotFound,
    /// It is suspended already.
    #[error("it is suspended already")]
    AlreadySuspended,
    /// There is no suspension to lift.
    #[error("it is not suspended, so there is nothing to lift")]
    NotSuspended,
    /// Nothing follows a revocation.
    #[error("it was revoked, and that is for good; only a new certificate can take its place")]
    Revoked,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl Standing {
    /// The standing after a decision at this time.
    pub fn decide(self, decision: Decision, at: Moment) -> Result<Self, DecisionError> {
        match (self, decision) {
            (Self::Revoked(_), _) => Err(DecisionError::Revoked),
            (_, Decision::Revoke) => Ok(Self::Revoked(at)),
            (Self::Active, Decision::Suspend) => Ok(Self::Suspended(at)),
            (Self::Suspended(_), Decision::Suspend) => Err(DecisionError::AlreadySuspended),
            (Self::Suspended(_), Decision::Lift) => Ok(Self::Active),
            (Self::Active, Decision::Lift) => Err(DecisionError::NotSuspended),
        }
    }
}

/// Decides about a certificate.
pub async fn decide(write: &mut Write, id: CertificateId, decision: Decision, reason: &Note) -> Result<Standing, DecisionError> {
    if !(write.actor().is_operator() || write.actor().is(Role::Officer)) {
        return Err(DecisionError::NotAnOfficer);
    }
    let row =
        table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?.ok_or(DecisionError::NotFound)?;
    let before = events(write, id).await?;
    let now = write.later_than(before.last().map(|last| last.at));
    let standing = Standing::after(&before)?.decide(decision, now)?;
    let (change, act) = match decision {
        Decision::Suspend => (StatusChange::Suspended, "certificate.suspended"),
        Decision::Lift => (StatusChange::Lifted, "certificate.lifted"),
        Decision::Revoke => (StatusChange::Revoked, "certificate.revoked"),
    };
    let event_id = write.new_id();
    let record = event::Model {
        id: event_id,
        certificate: id,
        at: now,
        change: change.word().to_owned(),
        reason: reason.as_str().to_owned(),
        by_person: write.actor().decides(),
    };
    // So that the record of acts also shows which decision it was, and that its reason, its moment and its author never
    // change.
    let by = record.by_person.map_or_else(String::new, |person| person.to_string());
    let act = Act::new(act, id)
        .with("event", record.id.to_string())
        .with("reason", digest(&record.reason))
        .with("at", now.0.to_string())
        .with("by", by);
    event::Entity::insert(record.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    if decision == Decision::Revoke {
        let mut row = row.into_active_model();
        row.ended_at = Set(Some(now));
        row.update(write.db()).await.map_err(Unavailable::from)?;
    }
    write.record(act);
    jobs::enqueue(write, &Job::Letter(Letter::CertificateDecided { certificate: id, event: event_id })).await?;
    Ok(standing)
}
