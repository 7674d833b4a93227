//! What one check found, and what follows from it for the whole.

use std::{borrow::Cow, fmt};

use super::report::{CheckName, Outcome, Verdict};

/// The result of one check.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) outcome: Outcome,
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
    /// What the whole can be at best; `None` where the check stands in the way of nothing.
    pub(super) at_best: Option<Verdict>,
}

/// The six checks. Each begins as not made; the log, as one that the issuer does not have.
#[derive(Debug, Clone)]
pub(super) struct Findings {
    pub(super) signature: Finding,
    pub(super) issuer: Finding,
    pub(super) contents: Finding,
    pub(super) period: Finding,
    pub(super) status: Finding,
    log: Finding,
}

impl Finding {
    pub(super) fn pass(message: impl Into<Cow<'static, str>>) -> Self {
        Self { outcome: Outcome::Pass, code: "ok", message: message.into(), at_best: None }
    }

    pub(super) fn unknown(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { outcome: Outcome::Unknown, code, message: message.into(), at_best: Some(Verdict::Unknown) }
    }

    /// A failure that makes the certificate invalid.
    pub(super) fn fail(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::fail_with(Verdict::Invalid, code, message)
    }

    /// A failure with the text of its error.
    pub(super) fn refused(code: &'static str, error: &impl fmt::Display) -> Self {
        Self::fail(code, error.to_string())
    }

    /// A failure that leads to a verdict of its own.
    pub(super) fn fail_with(verdict: Verdict, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { outcome: Outcome::Fail, code, message: message.into(), at_best: Some(verdict) }
    }
}

impl Default for Findings {
    fn default() -> Self {
        let not_made = Finding::unknown(NOT_CHECKED, "Not checked, because another check did not pass.");
        let no_log = Finding {
            at_best: None,
            ..Finding::unknown("not_published", "This issuer does not publish a public log, so there is none to check.")
        };
        Self {
            signature: not_made.clone(),
            issuer: not_made.clone(),
            contents: not_made.clone(),
            period: not_made.clone(),
            status: not_made,
            log: no_log,
        }
    }
}

/// The code of a check that waited for another one.
const NOT_CHECKED: &str = "not_checked";

impl Findings {
    /// The checks in the order in which they are shown.
    pub(super) fn into_named(mut self) -> [(CheckName, Finding); 6] {
        self.say_what_they_waited_for();
        [
            (CheckName::Signature, self.signature),
            (CheckName::Issuer, self.issuer),
            (CheckName::Contents, self.contents),
            (CheckName::Period, self.period),
            (CheckName::Status, self.status),
            (CheckName::Log, self.log),
        ]
    }

    /// Where none of those that others build on failed, it was one that could not be made.
    fn say_what_they_waited_for(&mut self) {
        let Self { signature, issuer, contents, period, status, .. } = self;
        if [&*signature, &*issuer, &*contents].iter().any(|finding| finding.outcome == Outcome::Fail) {
            return;
        }
        for finding in [signature, issuer, contents, period, status] {
            if finding.code == NOT_CHECKED {
                finding.message = "Not checked, because an earlier check could not be made.".into();
            }
        }
    }
}
