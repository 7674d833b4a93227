//! Whether a certificate is in force, told to whose it is.

use domain::credentials::{Certificate, Standing};
use jiff::tz::TimeZone;
use types::Moment;

use crate::when;

/// Whether a certificate is in force now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Force {
    /// It is.
    Now,
    /// Not since then, until it is lifted.
    Suspended(Moment),
    /// Not since then: its time is over.
    Ended(Moment),
}

impl Force {
    /// At this moment.
    pub(super) fn of(certificate: &Certificate, now: Moment) -> Self {
        match (certificate.standing, certificate.ended_by(now)) {
            (Standing::Suspended(since), _) => Self::Suspended(since),
            (_, Some(on)) => Self::Ended(on),
            _ => Self::Now,
        }
    }

    /// How it stands, and what that means to whose it is.
    pub(super) fn words(self, zone: &TimeZone) -> (String, &'static str) {
        match self {
            Self::Now => (
                "Your certificate is there.".to_owned(),
                "It has a page of its own, which is yours to share. Anybody who has its address can check it.",
            ),
            Self::Suspended(since) => (
                format!("Your certificate has been suspended since {}.", when::day(since, zone)),
                "Whoever checks it is told that it is not in force. Ask the people who run this site why, and tell them how you see it. A suspension can be lifted again.",
            ),
            Self::Ended(on) => (
                format!("Your certificate ended on {}.", when::day(on, zone)),
                "Whoever checks it is told so, and still sees when it was in force. What you did stays written down here.",
            ),
        }
    }
}
