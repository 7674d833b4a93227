//! What a verifier knows of the issuer beforehand. The caller gathers it from its own records, or from
//! addresses that follow from the issuer's; never from an address that a token supplies.

use super::token_digest;
use crate::{UtcTime, keys::IssuerKeys, status::Purpose};

/// All that certificates of one issuer are checked against.
#[derive(Debug, Clone, Copy)]
pub struct IssuerView<'a> {
    /// The issuer, with its keys of today and of the past.
    pub keys: &'a IssuerKeys,
    /// The status lists at hand: for each number that may be needed, one of either purpose. Which number
    /// a token needs, [`peek`](super::peek) tells.
    pub lists: &'a [PublishedList<'a>],
    /// What the issuer's own register says of the certificate.
    pub register: Register<'a>,
    /// On whose calendar the report names days.
    pub calendar: Calendar<'a>,
}

/// How a report writes the day of an instant. Which day it is depends on the clock of whoever reads, so that
/// the caller says.
#[derive(Clone, Copy)]
pub struct Calendar<'a>(pub &'a dyn Fn(UtcTime) -> String);

impl Calendar<'_> {
    pub(super) fn day(&self, time: UtcTime) -> String {
        (self.0)(time)
    }
}

impl Default for Calendar<'_> {
    /// Days in UTC.
    fn default() -> Self {
        Self(&UtcTime::day_in_words)
    }
}

impl std::fmt::Debug for Calendar<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Calendar").field(&self.day(UtcTime(0))).finish()
    }
}

/// A status list, signed, as it is published.
#[derive(Debug, Clone, Copy)]
pub struct PublishedList<'a> {
    /// What it is about.
    pub purpose: Purpose,
    /// The number in its address.
    pub number: u32,
    /// The token.
    pub token: &'a str,
}

/// The issuer's register, where the one who checks can read it.
#[derive(Debug, Clone, Copy)]
pub enum Register<'a> {
    /// There is no access to it: somebody else checks, or the check is made offline.
    NotAtHand,
    /// It was asked for the certificate that the token names and has none.
    NotFound,
    /// What it has under the number that the token names.
    Found(&'a RegisterEntry),
}

/// What the register has on one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Every document that was issued under the number: the first, and each renewal.
    pub documents: Vec<IssuedDocument>,
    /// Everything that was decided about it since, in order.
    pub history: Vec<StatusEvent>,
}

/// One document that was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuedDocument {
    /// [`token_digest`] of the issued bytes.
    pub digest: [u8; 32],
    /// Its `validFrom`.
    pub valid_from: UtcTime,
}

/// A decision about a certificate, with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusEvent {
    /// From when on it holds.
    pub at: UtcTime,
    /// What was decided.
    pub change: StatusChange,
}

/// What can be decided about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusChange {
    /// Not in force until it is lifted.
    Suspended,
    /// The suspension ended.
    Lifted,
    /// Withdrawn for good; nothing after it counts.
    Revoked,
    /// A word that this program does not know, of a newer one perhaps. From then on nothing can be said, unless
    /// it is revoked: what was not understood never counts as nothing.
    NotUnderstood,
}

impl StatusChange {
    /// The word that is stored; empty for one that is not ours.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Lifted => "lifted",
            Self::Revoked => "revoked",
            Self::NotUnderstood => "",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn stored(word: &str) -> Self {
        [Self::Suspended, Self::Lifted, Self::Revoked].into_iter().find(|change| change.word() == word).unwrap_or(Self::NotUnderstood)
    }
}

/// Why a token with a right signature is not what the register has. The texts are for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum RegisterError {
    #[error("The issuer's register has no certificate with this number.")]
    NotOnRecord,
    #[error("This is not a document that the issuer's register has under this number.")]
    NotAsIssued,
}

impl Register<'_> {
    /// Finds the document among those issued; answers when a newer one took its place, if one did.
    pub(super) fn document(self, token: &str, valid_from: UtcTime) -> Result<Option<UtcTime>, RegisterError> {
        let entry = match self {
            Self::NotAtHand => return Ok(None),
            Self::NotFound => return Err(RegisterError::NotOnRecord),
            Self::Found(entry) => entry,
        };
        let digest = token_digest(token);
        if !entry.documents.iter().any(|document| document.digest == digest) {
            return Err(RegisterError::NotAsIssued);
        }
        Ok(entry.documents.iter().map(|document| document.valid_from).filter(|newer| *newer > valid_from).min())
    }

    pub(super) fn history(&self) -> Option<&[StatusEvent]> {
        match self {
            Self::Found(entry) => Some(&entry.history),
            Self::NotAtHand | Self::NotFound => None,
        }
    }
}

impl PublishedList<'_> {
    pub(super) fn is(&self, purpose: Purpose, number: u32) -> bool {
        self.purpose == purpose && self.number == number
    }
}

impl RegisterError {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::NotOnRecord => "not_on_record",
            Self::NotAsIssued => "not_as_issued",
        }
    }
}
