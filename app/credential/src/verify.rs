//! From what somebody presents to a report of six checks.
//!
//! A check is green only when it was made and passed. Each builds on the one before: where the signature
//! does not hold, there is nothing to say about dates, and the later checks say that they were not made.
//! Nothing is ever fetched; what a token points to is looked up in [`IssuerView`] or not at all.

mod claims;
mod finding;
mod period;
mod presented;
mod report;
mod standing;
mod view;

pub use presented::{Presented, Unchecked, peek, token_digest};
pub use report::{Certificate, Check, CheckName, Outcome, Report, Standing, Verdict};
pub use view::{Calendar, IssuedDocument, IssuerView, PublishedList, Register, RegisterEntry, StatusChange, StatusEvent};

use self::{
    claims::Claims,
    finding::{Finding, Findings},
};
use crate::{
    UtcTime,
    jws::{Jws, TokenError},
};

/// Checks what was presented against what is known of the issuer.
///
/// `now` is the time of the check, by which the freshness of status lists is judged. `at` is the day
/// that is asked about; for today's answer it is `now`.
#[must_use]
pub fn verify(presented: Presented<'_>, view: &IssuerView<'_>, now: UtcTime, at: UtcTime) -> Report {
    let mut found = Findings::default();
    let certificate = examine(presented, view, Times { now, at }, &mut found);
    Report::new(found, certificate, now, at)
}

/// The time of the check and the time that is asked about.
#[derive(Debug, Clone, Copy)]
struct Times {
    now: UtcTime,
    at: UtcTime,
}

/// Fills in the findings one after the other and stops at the first that leaves nothing to build on.
/// The certificate's facts come back only when the signature, the issuer and the contents all passed.
fn examine(presented: Presented<'_>, view: &IssuerView<'_>, times: Times, found: &mut Findings) -> Option<Certificate> {
    let token = match presented {
        Presented::Token(token) => token,
        Presented::Number(_) => {
            found.issuer =
                Finding::fail("not_on_record", "This issuer did not issue a certificate with this number. Check it for typing mistakes.");
            return None;
        }
        Presented::OtherLink => {
            found.issuer = Finding::fail("not_this_issuer", "This link does not lead to a certificate of this issuer.");
            return None;
        }
        Presented::Document(_) => {
            found.signature = Finding::unknown(
                "form_not_supported",
                "This is in a form that we cannot check yet. Ask the holder for the file that ends in .jwt.",
            );
            return None;
        }
    };
    let jws = Jws::parse(token).map_err(|error| found.signature = Finding::refused(error.code(), &error)).ok()?;
    if view.keys.all().is_empty() {
        let unknown = Finding::unknown("no_keys", "We do not have the issuer's keys, so we could not check this.");
        (found.signature, found.issuer) = (unknown.clone(), unknown);
        return None;
    }
    let opened = jws.open(view.keys).map_err(|error| cannot_open(&error, found)).ok()?;
    found.signature = signature_passes();

    let claims = Claims::new(&opened.payload);
    if let Some(why) = claims.not_by(view.keys.base()) {
        found.issuer = Finding::fail("not_this_issuer", why);
        return None;
    }
    let facts = match claims.facts(view.keys.base()) {
        Ok(facts) => facts,
        Err(error) => {
            found.contents = Finding::refused(error.code(), &error);
            return None;
        }
    };
    if !opened.key.in_force_at(facts.valid_from) {
        found.issuer = Finding::fail(
            "key_not_in_force",
            format!("The issuer did not use this key on {}, the day of the certificate.", view.calendar.day(facts.valid_from)),
        );
        return None;
    }
    found.issuer =
        Finding::pass(format!("{} signed it, with a key that was in use on {}.", facts.issuer_name, view.calendar.day(facts.valid_from)));
    let replaced_on = match view.register.document(token, facts.valid_from) {
        Ok(replaced_on) => replaced_on,
        Err(error) => {
            found.contents = Finding::refused(error.code(), &error);
            return None;
        }
    };
    found.contents = Finding::pass("All its parts agree with each other.");

    found.period = period::check(&facts, replaced_on, times, view.calendar);
    let (status, standing) = standing::check(claims.status(), view, times);
    found.status = status;
    Some(facts.into_certificate(standing))
}

fn signature_passes() -> Finding {
    Finding::pass("The signature fits. Nothing was changed since it was signed.")
}

/// Tells apart a key that is not the issuer's, a signature that does not hold, and signed nonsense.
fn cannot_open(error: &TokenError, found: &mut Findings) {
    match error {
        TokenError::KidNotPublished => {
            found.signature = Finding::unknown(
                "kid_not_published",
                "We could not check the signature, because the key it names is not one of this issuer's.",
            );
            found.issuer = Finding::refused(error.code(), error);
        }
        TokenError::Payload(_) => {
            found.signature = signature_passes();
            found.contents = Finding::refused(error.code(), error);
        }
        _ => found.signature = Finding::refused(error.code(), error),
    }
}
