//! The answer of a verification, in the form that `POST /api/v1/verify` documents.

use std::{borrow::Cow, fmt};

use serde::Serialize;

use super::finding::Findings;
use crate::{UtcTime, document::AchievementKind};

/// Six checks, one verdict, and the certificate's facts where they can be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The whole in one word.
    pub verdict: Verdict,
    /// When the check was made.
    pub checked_at: UtcTime,
    /// The time that the answer is about.
    pub at: UtcTime,
    /// The checks, always all six, always in the same order.
    pub checks: [Check; 6],
    /// What the certificate says. Absent unless the signature, the issuer and the contents passed, so
    /// never there in an invalid one: facts that nobody vouches for are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

/// The whole in one word: the first of these, in this order, that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Not a certificate of this issuer, or changed.
    Invalid,
    /// Withdrawn for good.
    Revoked,
    /// Not in force for now.
    Suspended,
    /// Its time has not begun.
    NotYetValid,
    /// Its time is over, or a newer document took its place.
    Expired,
    /// Something could not be checked.
    Unknown,
    /// Genuine and in force.
    Valid,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which one.
    pub name: CheckName,
    /// What came of it.
    pub outcome: Outcome,
    /// A word for programs that does not change: `ok`, or the reason.
    pub code: &'static str,
    /// A sentence for people. Its wording may change.
    pub message: Cow<'static, str>,
}

/// The six checks, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// The token is well formed and its signature fits.
    Signature,
    /// The key is the issuer's and was in force on the day of signing.
    Issuer,
    /// The parts agree with each other, and with the register where there is one.
    Contents,
    /// The time asked about lies within its dates.
    Period,
    /// Neither revoked nor suspended.
    Status,
    /// It stands in a public log.
    Log,
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Made, and in order.
    Pass,
    /// Made, and not in order.
    Fail,
    /// Not made, or without a result.
    Unknown,
}

/// What a genuine certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// Its `id`, which is the address of its page.
    pub id: String,
    /// The holder's name.
    pub holder: String,
    /// The name of the credential.
    pub credential: String,
    /// Whether somebody decided on it. For pages: the documented answer does not hold it.
    #[serde(skip)]
    pub kind: Option<AchievementKind>,
    /// What it stands for, in the issuer's words. For pages, too.
    #[serde(skip)]
    pub description: Option<String>,
    /// The name of the issuer.
    pub issuer: String,
    /// When it was first awarded.
    pub awarded_date: UtcTime,
    /// When this document begins to hold.
    pub valid_from: UtcTime,
    /// When it ends, where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<UtcTime>,
    /// Whether it was in force at the time asked about, dates aside.
    pub status: Standing,
    /// Since when it is revoked or suspended, where the issuer's own register was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_since: Option<UtcTime>,
}

/// What the issuer has said about a certificate since it was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Could not be found out.
    Unknown,
    /// Nothing stands against it.
    Active,
    /// Not in force for now.
    Suspended,
    /// Withdrawn for good.
    Revoked,
}

impl Report {
    pub(super) fn new(found: Findings, certificate: Option<Certificate>, now: UtcTime, at: UtcTime) -> Self {
        let found = found.into_named();
        let verdict = found.iter().filter_map(|(_, finding)| finding.at_best).min().unwrap_or(Verdict::Valid);
        let checks = found.map(|(name, finding)| Check { name, outcome: finding.outcome, code: finding.code, message: finding.message });
        let certificate = certificate.filter(|_| verdict != Verdict::Invalid);
        Self { verdict, checked_at: now, at, checks, certificate }
    }
}

impl Verdict {
    /// The word in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Revoked => "revoked",
            Self::Suspended => "suspended",
            Self::NotYetValid => "not_yet_valid",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
            Self::Valid => "valid",
        }
    }
}

impl CheckName {
    /// The word in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Contents => "contents",
            Self::Period => "period",
            Self::Status => "status",
            Self::Log => "log",
        }
    }
}

impl Outcome {
    /// The word in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
