//! What holds now, beside what is told of a day that is over.

use domain::credentials::Verdict;

use super::{
    told::{Asked, Told},
    words::{COMPARE, Words},
};

impl Words<'_> {
    /// Whether it is in force now, on the page of a day that is over: a holder can show the page of a good day after a
    /// bad one, and the page of a bad day is unfair to a certificate that was given back. It says when, since pages are
    /// printed.
    pub(super) fn since(self) -> Option<String> {
        let Told { asked: Asked::Past, report, parts, now: Some(now) } = self.told else { return None };
        let is_said = match report.verdict {
            // For good: nothing that came later takes it back.
            Verdict::Revoked | Verdict::Invalid => true,
            Verdict::Expired => now.report.verdict == Verdict::Expired,
            _ => false,
        };
        if is_said && parts.is_empty() {
            return None;
        }
        let moment = self.moment(now.report.checked_at);
        match now.report.verdict {
            Verdict::Valid => Some(format!("Now, {moment}, it is in force.")),
            Verdict::Revoked | Verdict::Suspended | Verdict::Expired => {
                Some(format!("Now, {moment}, it is not in force: {}.", Words { told: now, ..self }.reason()))
            }
            Verdict::Unknown => Some(format!("Now, {moment}, we could not tell whether it is in force.")),
            Verdict::Invalid => Some("What we have under its number now is not genuine.".to_owned()),
            Verdict::NotYetValid => None,
        }
    }

    /// What to do where the day was good and now is not, or the other way round: what is so now counts.
    pub(super) fn advice_since(self) -> Option<String> {
        let Told { asked: Asked::Past, report, parts, now: Some(now) } = self.told else { return None };
        let of_now = || Words { told: now, ..self }.advice();
        match (report.verdict, now.report.verdict) {
            (Verdict::Invalid, _) => None,
            (_, Verdict::Revoked | Verdict::Suspended) if !parts.is_empty() => of_now().map(|advice| format!("{COMPARE} {advice}")),
            _ if !parts.is_empty() => None,
            (Verdict::Valid, _) | (_, Verdict::Revoked | Verdict::Suspended) => of_now(),
            (Verdict::Suspended, Verdict::Valid) => Some(format!("{} answers questions about this record.", self.organization)),
            _ => None,
        }
    }
}
