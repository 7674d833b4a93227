//! What the pages of a program say of its certificate: that it is there, that it is on its way, and which name
//! it will carry.

use domain::{
    Look as _, accounts, credentials,
    learning::Enrolment,
    programs::{Issue, Program},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::CertificateId;

use super::force::Force;
use crate::{error::Refusal, request::Visit, routes::Route};

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
