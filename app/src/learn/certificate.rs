//! What the pages of a program say of its certificate: that it is there, that it is on its way, and which name
//! it will carry.

use domain::{
    Look as _, accounts,
    credentials::{self, Certificate, Standing},
    learning::Enrolment,
    programs::{Issue, Program},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::{CertificateId, Moment};

use crate::{error::Refusal, request::Visit, routes::Route, when};

/// What has become of the certificate of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Got {
    /// There was none so far.
    Nothing,
    /// It is there, and so it stands.
    Certificate(CertificateId, Force),
    /// It was revoked.
    Revoked,
}

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
    fn of(certificate: &Certificate, now: Moment) -> Self {
        match (certificate.standing, certificate.valid_until) {
            (Standing::Suspended(since), _) => Self::Suspended(since),
            (_, Some(until)) if until <= now => Self::Ended(until),
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
                format!("Your certificate is suspended since {}.", when::day(since, zone)),
                "Whoever checks it is told that it is not in force. Ask the people who run this site why, and tell them how you see it. A suspension can be lifted again.",
            ),
            Self::Ended(on) => (
                format!("Your certificate ended on {}.", when::day(on, zone)),
                "Whoever checks it is told so, and still sees when it was in force. What you did stays written down here.",
            ),
        }
    }
}

/// What has become of the certificate of this enrolment.
pub(super) async fn of(visit: &Visit, enrolment: &Enrolment) -> Result<Got, Refusal> {
    let read = visit.read();
    if let Some(certificate) = credentials::of_enrolment(&read, enrolment.id).await? {
        return Ok(Got::Certificate(certificate.id, Force::of(&certificate, read.now())));
    }
    Ok(if credentials::had_one(&read, enrolment.id).await? { Got::Revoked } else { Got::Nothing })
}

/// That it is there, and the way to it: the one next step of a page, beside the double line.
pub(super) fn there(certificate: CertificateId, force: Force, zone: &TimeZone) -> AnyView {
    let (how, what) = force.words(zone);
    let href = Route::Certificate { certificate }.to_string();
    view! {
        <div class="next flow">
            <p><strong>{how}</strong>" "{what}</p>
            <div class="row"><a class="btn" href=href>"See your certificate"</a></div>
        </div>
    }
    .into_any()
}

/// What happens once everything is met and there is no certificate.
pub(super) fn on_its_way(program: &Program, got: Got) -> &'static str {
    if got == Got::Revoked {
        return "You have met everything. Your certificate was revoked, and no other one is made by itself. Please ask the people who run this site.";
    }
    match program.issue {
        Issue::Automatic => "You have met everything. Your certificate of completion is being made, and we write to you when it is there.",
        Issue::Officer => "You have met everything. A certification officer now looks at your record and decides.",
    }
}

/// Which name it will carry, as long as that can be changed.
pub(super) async fn name(visit: &Visit, enrolment: &Enrolment, got: Got) -> Result<Option<AnyView>, Refusal> {
    if got != Got::Nothing {
        return Ok(None);
    }
    let person = accounts::person(&visit.read(), enrolment.person).await?;
    Ok(person.map(|person| {
        let name = person.name_for_certificate().to_string();
        let account = Route::Account.to_string();
        view! {
            <p>
                "Your certificate will carry the name "<strong>{name}</strong>". Should it be another one? "
                <a href=account>"Change it in your account"</a>
                " before your last step: a certificate keeps the name that it was issued with."
            </p>
        }
        .into_any()
    }))
}
