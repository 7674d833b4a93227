//! Checking what somebody presents, with everything at hand that the issuer itself knows.
//!
//! Only what the database holds is needed for it: what cannot be signed just now makes an answer "unknown" at
//! most, and what is withdrawn says so without any list.

use credential::{
    Calendar, IssuerView, Presented, Report, UtcTime,
    keys::IssuerKeys,
    status::Purpose,
    verify::{IssuedDocument, PublishedList, Register, RegisterEntry, StatusEvent, peek, token_digest},
};
use jiff::{civil::Date, tz::TimeZone};
use types::{CertificateId, Moment};

use super::{
    Issuer, ListError,
    certificate::{documents, events},
    entity::document,
    keys::{self, KeyError},
    lists,
};
use crate::{Look, Unavailable, calendar};

/// The answer to a question about a certificate.
#[derive(Debug)]
pub struct Checked {
    /// The six checks and their verdict.
    pub report: Report,
    /// Lists that could not be had, through a fault of ours: for the log.
    pub faults: Vec<ListError>,
}

/// The answer for a whole day; for today, as far as it has gone.
#[derive(Debug)]
pub struct Day {
    /// At the beginning of the day, and at each instant of it at which the answer became another, in order.
    /// Never empty.
    pub reports: Vec<Report>,
    /// At its last instant; of today, now.
    pub end: Report,
    /// Lists that could not be had, through a fault of ours: for the log.
    pub faults: Vec<ListError>,
}

/// Checks a token, a number or an address: the six checks and their verdict. `at` is the instant that is
/// asked about; now where there is none. Days are named on the calendar of `zone`.
pub async fn check(look: &impl Look, issuer: &Issuer, zone: &TimeZone, text: &str, at: Option<Moment>) -> Result<Checked, KeyError> {
    let at = at.unwrap_or(look.now());
    let known = Known::of(look, issuer, text, at).await?;
    Ok(Checked { report: known.report(look.now(), at, zone), faults: known.faults })
}

/// Checks a certificate for a whole day where the organization is. Nothing where the calendar has no such day.
pub async fn check_day(look: &impl Look, issuer: &Issuer, zone: &TimeZone, id: CertificateId, day: Date) -> Result<Option<Day>, KeyError> {
    let Some((first, last)) = ends(day, zone) else { return Ok(None) };
    let now = look.now();
    // What is still to come of today is not a part of the answer.
    let last = if (first..=last).contains(&now) { now } else { last };
    let number = id.to_string();
    let known = Known::of(look, issuer, &number, first).await?;
    let mut reports: Vec<Report> = Vec::new();
    for at in known.turns(first, last) {
        let report = known.report(now, at, zone);
        if reports.last().is_none_or(|before| before.verdict != report.verdict) {
            reports.push(report);
        }
    }
    // Of now, the signed lists are asked too, which may know less or more than the register.
    let end = known.report(now, last, zone);
    if reports.last().is_none_or(|before| before.verdict != end.verdict) {
        reports.push(end.clone());
    }
    Ok(Some(Day { reports, end, faults: known.faults }))
}

/// The first instant of a day, and its last millisecond.
fn ends(day: Date, zone: &TimeZone) -> Option<(Moment, Moment)> {
    let begins = |day: Date| Some(Moment(day.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond()));
    Some((begins(day)?, begins(day.tomorrow().ok()?)?.plus(-1)))
}

/// All that is known here of what was presented.
struct Known<'t> {
    presented: Presented<'t>,
    /// Every document under the number that was asked for, oldest first; empty where a text was presented.
    documents: Vec<document::Model>,
    keys: IssuerKeys,
    lists: Vec<(Purpose, u32, String)>,
    entry: Option<RegisterEntry>,
    faults: Vec<ListError>,
}

impl<'t> Known<'t> {
    async fn of(look: &impl Look, issuer: &Issuer, text: &'t str, at: Moment) -> Result<Self, KeyError> {
        let presented = Presented::read(text, issuer.base());
        let documents = match presented {
            Presented::Number(number) => match number.parse::<CertificateId>() {
                Ok(id) => documents(look, id).await?,
                Err(_) => Vec::new(),
            },
            _ => Vec::new(),
        };
        let keys = keys::history(look, issuer.base()).await?;
        let mut known = Self { presented, documents, keys, lists: Vec::new(), entry: None, faults: Vec::new() };
        let Presented::Token(token) = known.presented_at(at) else { return Ok(known) };
        let Some(asked) = peek(token, issuer.base()) else { return Ok(known) };
        if let Some(number) = asked.number {
            known.entry = register(look, &number).await?;
        }
        for purpose in [Purpose::Revocation, Purpose::Suspension] {
            let Some(number) = asked.status.map(|position| position.list) else { continue };
            match lists::list(look, issuer, &known.keys, purpose, number).await {
                Ok(token) => known.lists.push((purpose, number, token)),
                // A list that is not there stays missing; the check says that it could not tell.
                Err(ListError::NotFound) => {}
                Err(ListError::Unavailable(error)) => return Err(error.into()),
                // So does one that cannot be signed: whether the private key is at hand is no visitor's business.
                Err(error) => known.faults.push(error),
            }
        }
        Ok(known)
    }

    /// What is checked at this time. A number is looked up first: what is checked is the newest of its documents
    /// that had begun by then, or its first.
    fn presented_at(&self, at: Moment) -> Presented<'_> {
        let begun = self.documents.iter().rev().find(|document| document.valid_from <= at);
        begun.or(self.documents.first()).map_or(self.presented, |document| Presented::Token(&document.token))
    }

    fn report(&self, now: Moment, at: Moment, zone: &TimeZone) -> Report {
        let lists: Vec<PublishedList<'_>> =
            self.lists.iter().map(|(purpose, number, token)| PublishedList { purpose: *purpose, number: *number, token }).collect();
        let register = self.entry.as_ref().map_or(Register::NotFound, Register::Found);
        let day = |time: UtcTime| calendar::day(Moment(time.0), zone);
        let view = IssuerView { keys: &self.keys, lists: &lists, register, calendar: Calendar(&day) };
        credential::verify(self.presented_at(at), &view, UtcTime(now.0), UtcTime(at.0))
    }

    /// The first of these instants, and every one up to the last at which something about the certificate changes:
    /// a document begins or ends, or something was decided.
    fn turns(&self, first: Moment, last: Moment) -> Vec<Moment> {
        let dates = self.documents.iter().flat_map(|document| [Some(document.valid_from), document.valid_until]).flatten();
        let decided = self.entry.iter().flat_map(|entry| &entry.history).map(|event| Moment(event.at.0));
        let within = dates.chain(decided).filter(|at| (first..=last).contains(at));
        let mut turns: Vec<Moment> = within.chain([first]).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }
}

/// What the register has under a number as tokens write it, letter for letter.
async fn register(look: &impl Look, number: &str) -> Result<Option<RegisterEntry>, Unavailable> {
    let Some(id) = number.parse::<CertificateId>().ok().filter(|id| id.to_string() == number) else { return Ok(None) };
    let documents: Vec<IssuedDocument> = documents(look, id)
        .await?
        .into_iter()
        .map(|row| IssuedDocument { digest: token_digest(&row.token), valid_from: UtcTime(row.valid_from.0) })
        .collect();
    // No certificate is without its first document: they are written in one act.
    if documents.is_empty() {
        return Ok(None);
    }
    let history = events(look, id).await?.into_iter().map(|event| StatusEvent { at: UtcTime(event.at.0), change: event.change });
    Ok(Some(RegisterEntry { documents, history: history.collect() }))
}
