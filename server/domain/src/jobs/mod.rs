//! Work that is done after an act: mail, and what belongs to modules above the one that acted.
//!
//! A job's payload is ids only. It is enqueued in the act's own transaction, leased by one worker at a
//! time (several servers may share the queue), tried again with growing pauses, and must do no harm when
//! it runs twice. A letter that nobody took for three days is given up and left for a person, who can have
//! it tried again. Running jobs is the server's part; this module keeps the queue.

mod entity;
mod lately;
mod left;
mod queue;
#[cfg(test)]
mod tests;

pub(crate) use lately::was_enqueued;
pub use left::{Left, given_up, left, retry, take_up};
pub use queue::{Leased, Outcome, claim, enqueue, finish, open_jobs};
use serde::{Deserialize, Serialize};
use types::{CertificateId, EnrolmentId, EntryId, InvitationId, LiveSessionId, PersonId, RecordId};

/// What is to be done. Stored as JSON; a kind is taken out of this list only when none are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "kebab-case")]
pub enum Job {
    /// A message to somebody.
    Letter(Letter),
    /// A fact of this enrolment changed: where its ledger is complete and its program issues by itself,
    /// the certificate is due.
    ReviewEnrolment {
        /// The enrolment.
        enrolment: EnrolmentId,
    },
}

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum Letter {
    /// Somebody signed up: is this address theirs?
    ConfirmEmail {
        /// Who signed up.
        person: PersonId,
    },
    /// Somebody signed up with an address that has an account.
    AlreadyRegistered {
        /// Whose account it is.
        person: PersonId,
    },
    /// A link to choose a new password.
    ResetPassword {
        /// Who asked.
        person: PersonId,
    },
    /// The password was changed.
    PasswordChanged {
        /// Whose.
        person: PersonId,
    },
    /// An officer invites somebody to take a role.
    Invitation {
        /// The invitation.
        invitation: InvitationId,
    },
    /// A trainer decided a practicum entry.
    EntryDecided {
        /// The entry.
        entry: EntryId,
    },
    /// A live session was called off.
    SessionCalledOff {
        /// The session.
        session: LiveSessionId,
        /// Of somebody who may have meant to come.
        enrolment: EnrolmentId,
    },
    /// A certificate was issued.
    CertificateIssued {
        /// The certificate.
        certificate: CertificateId,
    },
    /// A certificate was suspended, given back or revoked.
    CertificateDecided {
        /// The certificate.
        certificate: CertificateId,
        /// The decision.
        event: RecordId,
    },
}
