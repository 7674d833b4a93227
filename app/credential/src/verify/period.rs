//! Whether the time asked about lies within the certificate's dates.

use super::{claims::Facts, finding::Finding, report::Verdict};
use crate::UtcTime;

/// The first instant counts, the last does not: `exp` is the time on or after which a token is no more
/// to be accepted (RFC 7519). A document that a renewal replaced is over when the newer one begins.
pub(super) fn check(facts: &Facts, replaced_on: Option<UtcTime>, at: UtcTime) -> Finding {
    if at < facts.valid_from {
        let message = format!("It begins on {}, later than the time asked about.", facts.valid_from.day_in_words());
        return Finding::fail_with(Verdict::NotYetValid, "not_yet_valid", message);
    }
    if let Some(until) = facts.valid_until.filter(|until| at >= *until) {
        let message = format!("It ended on {}.", until.day_in_words());
        return Finding::fail_with(Verdict::Expired, "expired", message);
    }
    if let Some(replaced_on) = replaced_on.filter(|replaced_on| at >= *replaced_on) {
        let day = replaced_on.day_in_words();
        let message = format!("A newer document with the same number took its place on {day}. Ask for that one.");
        return Finding::fail_with(Verdict::Expired, "replaced", message);
    }
    let begun = facts.valid_from.day_in_words();
    Finding::pass(match facts.valid_until {
        Some(until) => format!("It runs from {begun} to {}, and the time asked about lies within.", until.day_in_words()),
        None => format!("It began on {begun} and has no end date."),
    })
}
