//! What the page says of a certificate, in words.

use domain::credentials::{
    Report, UtcTime, Verdict,
    format::{Check, CheckName, Outcome},
};
use jiff::tz::TimeZone;
use types::Moment;

use super::told::{Asked, Told};
use crate::{ui::Mark, when};

/// What is told, and where and by whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// What is told.
    pub(super) told: &'a Told,
    /// On whose calendar.
    pub(super) zone: &'a TimeZone,
    /// Whose certificates are checked here.
    pub(super) organization: &'a str,
}

/// A verdict in a few words, its mark, and the class of its frame.
type Heading = (&'static str, Mark, &'static str);

/// What to do where not all of a day is the same.
pub(super) const COMPARE: &str = "Compare the times with the hours that you ask about.";

/// The code of what is unknown only because its day is still to come.
pub(super) const AT_IN_FUTURE: &str = "at_in_future";

impl Words<'_> {
    /// The verdict.
    pub(super) fn heading(self) -> Heading {
        let Told { asked, report, parts, .. } = self.told;
        if !parts.is_empty() {
            return self.heading_in_part();
        }
        match (report.verdict, asked) {
            (Verdict::Valid, Asked::Now) => ("Valid now", Mark::Done, "verdict"),
            (Verdict::Valid, Asked::Today) => ("Valid today so far", Mark::Done, "verdict"),
            (Verdict::Valid, _) => ("Valid on that day", Mark::Done, "verdict"),
            (Verdict::Unknown, _) if is_to_come(report) => ("Not known yet", Mark::Unknown, "verdict dunno"),
            (Verdict::Unknown, _) => ("Could not tell", Mark::Unknown, "verdict dunno"),
            (verdict, asked) => (refused(verdict, *asked, is_replaced(report)), Mark::Fail, "verdict bad"),
        }
    }

    fn heading_in_part(self) -> Heading {
        match self.told.asked {
            _ if self.is_unclear() => ("Could not tell for all of that day", Mark::Unknown, "verdict dunno"),
            // What holds now is said first, and then what held before.
            Asked::Today if self.told.report.verdict == Verdict::Revoked => ("Revoked today", Mark::Fail, "verdict bad"),
            Asked::Today if self.told.report.verdict == Verdict::Suspended => ("Suspended today", Mark::Fail, "verdict bad"),
            Asked::ToCome if self.is_suspended_now() => ("Not known yet", Mark::Unknown, "verdict dunno"),
            Asked::Today => ("In force for part of the day so far", Mark::Look, "verdict dunno"),
            Asked::Now | Asked::Past | Asked::ToCome => ("In force for part of that day", Mark::Look, "verdict dunno"),
        }
    }

    /// One sentence under the verdict.
    pub(super) fn sentence(self) -> String {
        let Told { asked, report, parts, .. } = self.told;
        let day = self.day(report.at);
        if !parts.is_empty() {
            return self.sentence_in_part(&day);
        }
        match (report.verdict, asked) {
            (Verdict::Valid, Asked::Now) => format!("Genuine, and in force now, {}.", self.moment(report.at)),
            (Verdict::Valid, Asked::Today) => {
                format!("Genuine, and in force on {day}, from the beginning of the day until now, {}.", self.time(report.at))
            }
            (Verdict::Valid, _) => format!("Genuine, and in force on {day}."),
            (Verdict::Invalid, _) => "This is not a certificate that we issued, or it was changed. Do not rely on it.".to_owned(),
            (Verdict::Unknown, Asked::ToCome) if is_to_come(report) && self.is_suspended_now() => {
                format!("Genuine, but suspended now. If that is not lifted, it will not be in force on {day}.")
            }
            (Verdict::Unknown, _) if is_to_come(report) => {
                format!("Genuine. If nothing changes, it will be in force on {day}. It may still be suspended or revoked before then.")
            }
            (Verdict::Unknown, _) => "Not everything could be checked. This is not a yes, and it is not a no.".to_owned(),
            (Verdict::NotYetValid, _) => self.sentence_not_yet(&day),
            (Verdict::Revoked | Verdict::Suspended | Verdict::Expired, _) => {
                format!("Genuine, but {}. {}", self.reason(), self.consequence(&day))
            }
        }
    }

    fn sentence_in_part(self, day: &str) -> String {
        match self.told.asked {
            _ if self.is_unclear() => {
                format!("Genuine, but of a part of {day} we could not tell whether it was in force. The times are below.")
            }
            Asked::ToCome if self.is_suspended_now() => format!("Genuine, but suspended now. What can be known of {day} is below."),
            Asked::ToCome => {
                format!("Genuine. If nothing changes, it will be in force on {day} for a part of the day only. The times are below.")
            }
            Asked::Today if matches!(self.told.report.verdict, Verdict::Revoked | Verdict::Suspended) => {
                format!(
                    "Genuine, but {}, and not in force now. On {day} it was in force for a part of the day only. The times are below.",
                    self.reason()
                )
            }
            Asked::Today => format!("Genuine, but so far it was in force on {day} for a part of the day only. The times are below."),
            Asked::Now | Asked::Past => format!("Genuine, but on {day} it was in force for a part of the day only. The times are below."),
        }
    }

    fn sentence_not_yet(self, day: &str) -> String {
        let begins = self.told.report.certificate.as_ref().map(|facts| {
            let begins = if facts.valid_from > self.told.report.checked_at { "begins" } else { "began" };
            format!(" It {begins} on {}.", self.on(facts.valid_from))
        });
        let begins = begins.unwrap_or_default();
        match self.told.asked {
            Asked::Now | Asked::Today => format!("Genuine, but not in force yet.{begins}"),
            Asked::Past => format!("Genuine, but on {day} it was not in force yet.{begins}"),
            Asked::ToCome => format!("Genuine, but on {day} it will not be in force yet.{begins}"),
        }
    }

    /// Why it is not in force.
    pub(super) fn reason(self) -> String {
        let report = &self.told.report;
        let facts = report.certificate.as_ref();
        let since = facts.and_then(|facts| facts.status_since).map(|since| self.on(since));
        let until = facts.and_then(|facts| facts.valid_until);
        match (report.verdict, since, until) {
            (Verdict::Revoked, Some(since), _) => format!("revoked on {since}"),
            (Verdict::Revoked, None, _) => "revoked".to_owned(),
            (Verdict::Suspended, Some(since), _) if self.told.asked == Asked::Past => format!("suspended on {since}"),
            (Verdict::Suspended, Some(since), _) => format!("suspended since {since}"),
            (Verdict::Suspended, None, _) => "suspended".to_owned(),
            (_, _, Some(until)) if !is_replaced(report) => {
                let ends = if until > report.checked_at { "ends" } else { "ended" };
                format!("it {ends} on {}", self.on(until))
            }
            _ => "a newer one with the same number took its place".to_owned(),
        }
    }

    /// What follows from it.
    fn consequence(self, day: &str) -> String {
        let is_suspended = self.told.report.verdict == Verdict::Suspended;
        let lifted = if is_suspended { " A suspension can be lifted again." } else { "" };
        match self.told.asked {
            Asked::Now => format!("It is not in force now.{lifted}"),
            Asked::Today if is_suspended => format!("So far it was not in force on {day}.{lifted}"),
            Asked::Today => format!("It is not in force on {day}."),
            Asked::Past => format!("It was not in force on {day}."),
            Asked::ToCome => format!("It will not be in force on {day}."),
        }
    }

    /// What held in each part of a day, one line for each.
    pub(super) fn parts(self) -> Vec<String> {
        let Told { asked, parts, .. } = self.told;
        let lines = parts.iter().enumerate().map(|(n, part)| {
            let from = if n == 0 { "the beginning of the day".to_owned() } else { self.time(part.at) };
            let until = if *asked == Asked::Today && n + 1 == parts.len() { " until now" } else { "" };
            format!("From {from}{until}: {}.", self.part(part))
        });
        lines.collect()
    }

    fn part(self, part: &Report) -> &'static str {
        match (part.verdict, self.told.asked) {
            (Verdict::Unknown, Asked::ToCome) if is_to_come(part) && self.is_suspended_now() => {
                "suspended, unless that is lifted before then"
            }
            (Verdict::Unknown, _) if is_to_come(part) => "in force, if nothing changes",
            (Verdict::Valid, _) => "in force",
            (Verdict::Invalid, _) => "not genuine",
            (Verdict::Revoked, _) => "revoked",
            (Verdict::Suspended, _) => "suspended",
            (Verdict::NotYetValid, _) => "not in force yet",
            (Verdict::Expired, _) => "not in force any more",
            (Verdict::Unknown, _) => "we could not tell",
        }
    }

    /// What to do now, where it is not simply good.
    pub(super) fn advice(self) -> Option<String> {
        let Told { asked, report, parts, .. } = self.told;
        let organization = self.organization;
        if let Some(advice) = self.advice_since() {
            return Some(advice);
        }
        let to_come = matches!(asked, Asked::ToCome);
        if to_come && (is_to_come(report) || parts.iter().any(is_to_come)) {
            let now = self.moment(report.checked_at);
            return Some(format!("At {organization} it is now {now}. Ask again on that day. For now, leave the day empty."));
        }
        if !parts.is_empty() {
            return Some(format!("{COMPARE} {organization} answers questions about this record."));
        }
        Some(match report.verdict {
            Verdict::Valid => return None,
            Verdict::Invalid => "Ask the person for the number of their certificate, and check that. If it fails too, ask the organization that they name, by a telephone number or an address that you know from elsewhere.".to_owned(),
            Verdict::Revoked | Verdict::Suspended => format!("Talk with the person first: they may have appealed, or hold a newer certificate. {organization} answers questions about this record. We do not show reasons here."),
            Verdict::Expired if is_replaced(report) => "Look at the newer one.".to_owned(),
            Verdict::Expired if to_come => "It may be renewed before then. Ask again on that day.".to_owned(),
            Verdict::NotYetValid | Verdict::Expired => "Ask the person whether they hold another certificate.".to_owned(),
            Verdict::Unknown if waits_for(report) == "form_not_supported" => {
                "Ask the person for the address of their certificate’s page, or for the file that ends in .jwt, and check that.".to_owned()
            }
            Verdict::Unknown => format!("Try again in a few minutes. If it is urgent, ask {organization}, and write down who answered, and when."),
        })
    }

    /// Over the checks: of which instant they are, where not all of the day is the same.
    pub(super) fn over_the_checks(self) -> &'static str {
        match self.told.asked {
            Asked::Past if self.told.parts.is_empty() => "Six checks, for that day",
            _ if self.told.parts.is_empty() => "Six checks",
            Asked::Now | Asked::Today => "Six checks, as of now",
            Asked::Past | Asked::ToCome => "Six checks, at the end of that day",
        }
    }

    /// On whose clock days and times are told.
    pub(super) fn clock(self) -> String {
        let place = self.zone.iana_name().and_then(|name| name.rsplit('/').next()).map(|place| place.replace('_', " "));
        let place = place.unwrap_or_else(|| self.zone_at(self.told.report.checked_at));
        format!("Days and times are those of {} ({place}).", self.organization)
    }

    /// Whether of a part nothing could be told, and not only because it is still to come.
    fn is_unclear(self) -> bool {
        self.told.parts.iter().any(|part| part.verdict == Verdict::Unknown && !is_to_come(part))
    }

    /// Whether it is suspended now, where a day to come is asked about.
    fn is_suspended_now(self) -> bool {
        self.told.now.as_ref().is_some_and(|now| now.report.verdict == Verdict::Suspended)
    }

    /// `19 November 2026`
    pub(super) fn day(self, time: UtcTime) -> String {
        when::day(Moment(time.0), self.zone)
    }

    /// `19 November 2026, 2:30 pm EST`
    pub(super) fn moment(self, time: UtcTime) -> String {
        format!("{}\u{a0}{}", when::day_and_time(Moment(time.0), self.zone), self.zone_at(time))
    }

    /// `2:30 pm EST`
    fn time(self, time: UtcTime) -> String {
        format!("{}\u{a0}{}", when::time(Moment(time.0), self.zone), self.zone_at(time))
    }

    fn zone_at(self, time: UtcTime) -> String {
        when::in_zone(Moment(time.0), self.zone).strftime("%Z").to_string()
    }

    /// The day of an instant, and its time too where it is on the very day that is told of.
    fn on(self, time: UtcTime) -> String {
        if self.day(time) == self.day(self.told.report.at) { self.moment(time) } else { self.day(time) }
    }
}

fn refused(verdict: Verdict, asked: Asked, replaced: bool) -> &'static str {
    let another_day = matches!(asked, Asked::Past | Asked::ToCome);
    match verdict {
        // A day to come changes nothing about that.
        Verdict::Revoked if asked == Asked::Past => "Revoked by then",
        Verdict::Revoked => "Revoked",
        Verdict::Suspended if another_day => "Suspended on that day",
        Verdict::Suspended => "Suspended",
        Verdict::NotYetValid if another_day => "Not in force yet on that day",
        Verdict::NotYetValid => "Not in force yet",
        Verdict::Expired if replaced => "Replaced by a newer one",
        Verdict::Expired if another_day => "Expired by then",
        Verdict::Expired => "Expired",
        Verdict::Invalid | Verdict::Unknown | Verdict::Valid => "Not genuine",
    }
}

/// Whether nobody can know it, because it is still to come.
fn is_to_come(report: &Report) -> bool {
    report.verdict == Verdict::Unknown && waits_for(report) == AT_IN_FUTURE
}

fn is_replaced(report: &Report) -> bool {
    report.checks.iter().any(|check| check.code == "replaced")
}

/// The code of the check that could not be made; those after it were not even tried.
fn waits_for(report: &Report) -> &'static str {
    let of_note = |check: &&Check| check.outcome == Outcome::Unknown && check.name != CheckName::Log && check.code != "not_checked";
    report.checks.iter().find(of_note).map_or("", |check| check.code)
}
