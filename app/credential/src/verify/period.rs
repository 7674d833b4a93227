//! Whether the time asked about lies within the certificate's dates.

use super::{Times, claims::Facts, finding::Finding, report::Verdict, view::Calendar};
use crate::UtcTime;

/// The first instant counts, the last does not: `exp` is the time on or after which a token is no more
/// to be accepted (RFC 7519). A document that a renewal replaced is over when the newer one begins.
pub(super) fn check(facts: &Facts, replaced_on: Option<UtcTime>, times: Times, calendar: Calendar<'_>) -> Finding {
    let Times { now, at } = times;
    if at < facts.valid_from {
        let message = format!("It begins on {}, later than the time asked about.", calendar.day(facts.valid_from));
        return Finding::fail_with(Verdict::NotYetValid, "not_yet_valid", message);
    }
    if let Some(until) = facts.valid_until.filter(|until| at >= *until) {
        let ends = if until > now { "ends" } else { "ended" };
        let message = format!("It {ends} on {}.", calendar.day(until));
        return Finding::fail_with(Verdict::Expired, "expired", message);
    }
    if let Some(replaced_on) = replaced_on.filter(|replaced_on| at >= *replaced_on) {
        let takes = if replaced_on > now { "takes" } else { "took" };
        let day = calendar.day(replaced_on);
        let message = format!("A newer document with the same number {takes} its place on {day}. Ask for that one.");
        return Finding::fail_with(Verdict::Expired, "replaced", message);
    }
    let begun = calendar.day(facts.valid_from);
    Finding::pass(match facts.valid_until {
        Some(until) => format!("It runs from {begun} to {}, and the time asked about lies within.", calendar.day(until)),
        None if facts.valid_from > now => format!("It begins on {begun} and has no end date."),
        None => format!("It began on {begun} and has no end date."),
    })
}
