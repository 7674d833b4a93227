//! What a report says to a person.

use domain::credentials::{
    Report, Verdict,
    format::{Check, CheckName, Outcome},
};

use crate::ui::Mark;

/// The verdict in a few words, its mark, and the class of its frame.
pub(super) fn verdict(report: &Report, today: bool) -> (&'static str, Mark, &'static str) {
    match report.verdict {
        Verdict::Valid if today => ("Valid today", Mark::Done, "verdict"),
        Verdict::Valid => ("Valid on that day", Mark::Done, "verdict"),
        Verdict::Invalid => ("Not genuine", Mark::Fail, "verdict bad"),
        Verdict::Revoked => ("Revoked", Mark::Fail, "verdict bad"),
        Verdict::Suspended => ("Suspended", Mark::Fail, "verdict bad"),
        Verdict::NotYetValid => ("Not in force yet", Mark::Fail, "verdict bad"),
        Verdict::Expired => ("Expired", Mark::Fail, "verdict bad"),
        Verdict::Unknown => ("Could not tell", Mark::Unknown, "verdict dunno"),
    }
}

/// The same for a day on which it was in force for a part only.
pub(super) const IN_PART: (&str, Mark, &str) = ("In force for part of that day", Mark::Look, "verdict dunno");

/// The sentence under it.
pub(super) fn sentence_in_part(day: &str) -> String {
    format!("Genuine, but on {day} it was in force for a part of the day only. The times are below.")
}

/// What to do about it.
pub(super) const ADVICE_IN_PART: &str =
    "Compare the times with the hours that you ask about. The organization answers questions about this record.";

/// What held in a part of a day, in words behind a time.
pub(super) fn part(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "in force",
        Verdict::Invalid => "not genuine",
        Verdict::Revoked => "withdrawn",
        Verdict::Suspended => "suspended",
        Verdict::NotYetValid => "not in force yet",
        Verdict::Expired => "not in force any more",
        Verdict::Unknown => "we could not tell",
    }
}

/// One sentence under the verdict. `day` is the day that is asked about.
pub(super) fn sentence(report: &Report, day: &str) -> String {
    match report.verdict {
        Verdict::Valid => format!("Genuine, and in force on {day}."),
        Verdict::Invalid => "This is not a certificate that we issued, or it was changed. Do not rely on it.".to_owned(),
        Verdict::Revoked => format!("Genuine, but it was withdrawn. It was not in force on {day}."),
        Verdict::Suspended => format!("Genuine, but it was not in force on {day}. A suspension can be lifted again."),
        Verdict::NotYetValid => format!("Genuine, but on {day} it was not in force yet."),
        Verdict::Expired => format!("Genuine, but on {day} its time was over."),
        Verdict::Unknown => "Not everything could be checked. This is not a yes, and it is not a no.".to_owned(),
    }
}

/// What to do now, where it is not simply good.
pub(super) fn advice(report: &Report) -> Option<&'static str> {
    match report.verdict {
        Verdict::Valid => None,
        Verdict::Invalid => Some(
            "Ask the person for the address of their certificate’s page and open it here. If it still fails, ask the organization that they name.",
        ),
        Verdict::Revoked | Verdict::Suspended => Some(
            "Talk with the person first: they may have appealed, or hold a newer certificate. The organization answers questions about this record. We do not show reasons here.",
        ),
        Verdict::NotYetValid | Verdict::Expired => Some("Ask the person whether they hold a newer certificate."),
        Verdict::Unknown => Some(match unknown(report) {
            "at_in_future" => "Nobody can know this yet. Ask again on that day. For today, leave the day empty.",
            "form_not_supported" => {
                "Ask the person for the address of their certificate’s page, or for the file that ends in .jwt, and check that."
            }
            _ => "Try again in a few minutes. If it is urgent, ask the organization by telephone, and write down who answered, and when.",
        }),
    }
}

/// The code of the check that could not be made; those after it were not even tried.
fn unknown(report: &Report) -> &'static str {
    let of_note = |check: &&Check| check.outcome == Outcome::Unknown && check.name != CheckName::Log && check.code != "not_checked";
    report.checks.iter().find(of_note).map_or("", |check| check.code)
}

/// The name of a check.
pub(super) fn name(check: CheckName) -> &'static str {
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
/// certificate.
pub(super) fn outcome(check: &Check) -> (Mark, &'static str) {
    match check.outcome {
        Outcome::Unknown if check.name == CheckName::Log => (Mark::NotYet, "None is kept"),
        Outcome::Pass => (Mark::Done, "Pass"),
        Outcome::Fail => (Mark::Fail, "Fail"),
        Outcome::Unknown => (Mark::Unknown, "Could not tell"),
    }
}
