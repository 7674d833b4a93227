//! The six checks, one by one.

use domain::credentials::format::{Check, CheckName, Outcome};
use leptos::prelude::*;

use super::words::{AT_IN_FUTURE, Words};
use crate::ui::{self, Mark};

/// What was checked and what came of it, and when.
pub(super) fn checks(words: Words<'_>) -> AnyView {
    let report = &words.told.report;
    let rows = report.checks.iter().map(|check| {
        let (mark, word) = outcome(check);
        let message = check.message.to_string();
        view! { <li><h3>{name(check.name)}</h3>{ui::status(mark, word)}<p>{message}</p></li> }
    });
    let rows = rows.collect_view();
    let checked = format!("Checked on {}. Your browser does not keep this page.", words.moment(report.checked_at));
    ui::section(words.over_the_checks(), view! { <ul class="checks">{rows}</ul> <p class="small soft after">{checked}</p> })
}

/// The name of a check.
fn name(check: CheckName) -> &'static str {
    match check {
        CheckName::Signature => "Signature",
        CheckName::Issuer => "Issuer",
        CheckName::Contents => "Contents",
        CheckName::Period => "Period",
        CheckName::Status => "Status",
        CheckName::Log => "Public log",
    }
}

/// The outcome of a check in a word, with its mark. A public log that nobody keeps is not a doubt about this
/// certificate, and what was not tried is no riddle.
fn outcome(check: &Check) -> (Mark, &'static str) {
    match (check.outcome, check.code) {
        (Outcome::Unknown, _) if check.name == CheckName::Log => (Mark::NotYet, "None is kept"),
        (Outcome::Unknown, "not_checked") => (Mark::NotYet, "Not checked"),
        (Outcome::Unknown, AT_IN_FUTURE) => (Mark::Unknown, "Not known yet"),
        (Outcome::Pass, _) => (Mark::Done, "Pass"),
        (Outcome::Fail, _) => (Mark::Fail, "Fail"),
        (Outcome::Unknown, _) => (Mark::Unknown, "Could not tell"),
    }
}
