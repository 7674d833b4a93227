//! What there is to tell of a certificate: of now, or of a whole day.

use std::cmp::Ordering;

use domain::{
    Look as _, Read,
    credentials::{self, ListError, Report, Verdict},
};
use jiff::civil::Date;
use types::CertificateId;

use crate::{error::Refusal, request::Visit, when};

/// Of when it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Of now: no day was asked for.
    Now,
    /// Of a day that is over.
    Past,
    /// Of today, as far as it has gone.
    Today,
    /// Of a day to come.
    ToCome,
}

/// What there is to tell.
#[derive(Debug)]
pub(super) struct Told {
    /// Of when.
    pub(super) asked: Asked,
    /// The answer; of a day, the one at its end, and of today, the one of now.
    pub(super) report: Report,
    /// One answer after the other, where no single word is true of all the day; otherwise none.
    pub(super) parts: Vec<Report>,
    /// What holds now, where another day was asked for: its page may be shown to somebody who asks about today.
    pub(super) now: Option<Box<Told>>,
}

impl Told {
    /// What holds now of a number or a text.
    pub(super) async fn of_now(visit: &Visit, text: &str) -> Result<Self, Refusal> {
        let (told, faults) = Self::seen(visit, &visit.read(), text).await?;
        super::log(&faults);
        Ok(told)
    }

    /// The same in a look of one's own, with what went wrong with the lists.
    async fn seen(visit: &Visit, look: &Read, text: &str) -> Result<(Self, Vec<ListError>), Refusal> {
        let checked = credentials::check(look, &visit.issuer, &visit.site.zone, text, None).await;
        let checked = checked.map_err(|error| broken(&error))?;
        Ok((Self { asked: Asked::Now, report: checked.report, parts: Vec::new(), now: None }, checked.faults))
    }

    /// What held on a day, or will; nothing where the calendar ends before it.
    pub(super) async fn of_day(visit: &Visit, id: CertificateId, day: Date) -> Result<Option<Self>, Refusal> {
        // One look, so that every answer is of the same now.
        let look = visit.read();
        let (issuer, zone) = (&visit.issuer, &visit.site.zone);
        let answer = credentials::check_day(&look, issuer, zone, id, day).await.map_err(|error| broken(&error))?;
        let Some(answer) = answer else { return Ok(None) };
        super::log(&answer.faults);
        let asked = match day.cmp(&when::in_zone(look.now(), zone).date()) {
            Ordering::Less => Asked::Past,
            Ordering::Equal => Asked::Today,
            Ordering::Greater => Asked::ToCome,
        };
        let now = if asked == Asked::Today {
            None
        } else {
            // What is wrong with the lists was said above.
            let (now, _said) = Self::seen(visit, &look, &id.to_string()).await?;
            Some(Box::new(now))
        };
        // Of a day on which it was not in force all the time, it is never said that it was, nor that it was not.
        let mixed = |report: &Report| matches!(report.verdict, Verdict::Valid | Verdict::Unknown);
        let is_mixed = answer.reports.len() > 1 && answer.reports.iter().any(mixed);
        let parts = if is_mixed { answer.reports } else { Vec::new() };
        Ok(Some(Self { asked, report: answer.end, parts, now }))
    }
}

fn broken(error: &dyn std::error::Error) -> Refusal {
    tracing::error!(error = %error, "a certificate could not be checked");
    Refusal::Unavailable
}
