//! Certificates: issue, standing, keys, and checking what somebody presents.
//!
//! Only this module signs. There is at most one certificate in force an enrolment; it is issued from a
//! ledger that was read again inside the issuing transaction, and the issued bytes never change.
//! Suspension, lifting and revocation are dated records with a reason. How a certificate is written and
//! checked is the crate `credential`'s to know. To check needs no private key: what the database holds is enough.

mod backing;
mod certificate;
mod check;
mod decisions;
mod entity;
mod issue;
mod issuer;
mod keys;
mod lists;
#[cfg(test)]
mod tests;

pub use backing::digest as evidence_digest;
pub use certificate::{
    Certificate, Event, Evidence, Standing, certificate, certificates, events, evidence, had_one, is_known, newest_document, of_enrolment,
};
pub use check::{Checked, Day, check, check_day};
pub use credential::{BaseUrl, Presented, Report, UtcTime, Verdict};

pub use decisions::{Decision, DecisionError, decide};
pub use issue::{IssueError, review};
pub use issuer::{Issuer, IssuerError, fixed_address};
pub use keys::{KeyError, history, rotate};
pub use lists::{ListError, signed_list};

/// The words of the certificate format that pages need.
pub mod format {
    pub use credential::{
        JsonError,
        document::AchievementKind,
        keys::{did_document, jwks},
        read_json,
        status::Purpose,
        verify::{Certificate as Facts, Check, CheckName, Outcome, StatusChange},
    };
}
