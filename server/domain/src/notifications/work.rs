//! Letters about a trainee's work. They say that something was decided and where to read it, never what was
//! written: a letter may be read by somebody else.

use jiff::tz::TimeZone;
use types::{CertificateId, EnrolmentId, EntryId, LiveSessionId, RecordId};

use super::{Link, Message};
use crate::{
    Look as _, Platform, Unavailable, accounts, calendar,
    credentials::{self, Standing},
    learning,
    practicum::{self, State},
    programs,
};

pub(super) async fn decided(platform: &Platform, organization: &str, id: EntryId) -> Result<Option<Message>, Unavailable> {
    let read = platform.read();
    let Some(entry) = practicum::entry(&read, id).await? else { return Ok(None) };
    let Some(person) = accounts::person(&read, entry.person).await? else { return Ok(None) };
    let about = format!("An entry of {} in your practicum at {organization}", entry.minutes);
    let has_a_word = entry.rounds.last().is_some_and(|round| round.note.is_some());
    let (subject, words) = match entry.state {
        State::Approved(_) if has_a_word => {
            ("Your entry was approved", format!("{about} was approved, and your trainer wrote a word to you. You can read it here:"))
        }
        State::Approved(_) => ("Your entry was approved", format!("{about} was approved. You can read it here:")),
        State::Returned(_) => (
            "Your entry was returned",
            format!(
                "{about} was returned to you with a reason. Nothing is lost: read the reason, change what is asked, and send it again:"
            ),
        ),
        _ => return Ok(None),
    };
    Ok(Some(Message {
        to: person.email,
        subject: subject.to_owned(),
        before: vec![format!("Hello {},", person.chosen_name), words],
        link: Some(Link::Entry(id)),
        after: Vec::new(),
    }))
}

pub(super) async fn called_off(
    platform: &Platform,
    organization: &str,
    zone: &TimeZone,
    id: LiveSessionId,
    enrolment: EnrolmentId,
) -> Result<Option<Message>, Unavailable> {
    let read = platform.read();
    // What should have begun by now comes too late for whoever went there.
    let Some(session) = learning::live_session(&read, id).await?.filter(|session| !session.begun(read.now())) else { return Ok(None) };
    let Some(enrolment) = learning::enrolment(&read, enrolment).await? else { return Ok(None) };
    let Some(person) = accounts::person(&read, enrolment.person).await? else { return Ok(None) };
    let programs = programs::programs_of(platform, &enrolment.release).await?;
    let module = programs.iter().find(|program| program.id == enrolment.program).and_then(|program| program.module(&session.module));
    let about = module.map_or_else(String::new, |module| format!(" about “{}”", module.title));
    let when = calendar::day_and_time(session.starts_at, zone);
    Ok(Some(Message {
        to: person.email,
        subject: "A live session does not take place".to_owned(),
        before: vec![
            format!("Hello {},", person.chosen_name),
            format!("The live session{about} at {organization} on {when} was called off. Why, and when the next ones are, stands here:"),
        ],
        link: Some(Link::LiveSessions { program: enrolment.program }),
        after: Vec::new(),
    }))
}

pub(super) async fn issued(platform: &Platform, organization: &str, id: CertificateId) -> Result<Option<Message>, Unavailable> {
    let read = platform.read();
    let Some(certificate) = credentials::certificate(&read, id).await? else { return Ok(None) };
    let Some(person) = accounts::person(&read, certificate.person).await? else { return Ok(None) };
    Ok(Some(Message {
        to: person.email,
        subject: "Your certificate is here".to_owned(),
        before: vec![
            format!("Hello {},", person.chosen_name),
            format!(
                "You have met every requirement, and {organization} has issued your certificate: {}. Anybody you give this address to can check it:",
                certificate.title
            ),
        ],
        link: Some(Link::Certificate(id)),
        after: vec!["It is yours. Print it, share it, take it with you.".to_owned()],
    }))
}

/// What was decided about a certificate: whose it is shall not learn that from somebody who checks it. Nothing where
/// something else was decided since: that has a letter of its own.
pub(super) async fn standing(
    platform: &Platform,
    organization: &str,
    zone: &TimeZone,
    id: CertificateId,
    event: RecordId,
) -> Result<Option<Message>, Unavailable> {
    let read = platform.read();
    let newest = credentials::events(&read, id).await?.pop();
    let Some(newest) = newest.filter(|newest| newest.id == event) else { return Ok(None) };
    let Some(certificate) = credentials::certificate(&read, id).await? else { return Ok(None) };
    let Some(person) = accounts::person(&read, certificate.person).await? else { return Ok(None) };
    let (title, day) = (&certificate.title, calendar::day(newest.at, zone));
    let ended = certificate.ended_by(read.now());
    let (subject, words) = match (certificate.standing, ended) {
        (Standing::Suspended(_), _) => (
            "Your certificate has been suspended",
            format!(
                "{organization} suspended your certificate on {day}: {title}. Whoever checks it is told that it is not in force. A suspension can be lifted again."
            ),
        ),
        (Standing::Revoked(_), _) => (
            "Your certificate has been revoked",
            format!(
                "{organization} revoked your certificate on {day}: {title}. Whoever checks it is told that it is not in force any more. What you did stays written down in your ledger."
            ),
        ),
        (Standing::Active, None) => (
            "Your certificate is in force again",
            format!("{organization} lifted the suspension of your certificate on {day}: {title}. It is in force again."),
        ),
        (Standing::Active, Some(until)) => (
            "The suspension of your certificate was lifted",
            format!(
                "{organization} lifted the suspension of your certificate on {day}: {title}. It is not in force all the same, since it ended on {}.",
                calendar::day(until, zone)
            ),
        ),
    };
    let ask =
        (certificate.standing != Standing::Active).then(|| format!("Ask {organization} for the reason, and tell them how you see it."));
    Ok(Some(Message {
        to: person.email,
        subject: subject.to_owned(),
        before: vec![format!("Hello {},", person.chosen_name), format!("{words} What is told of it stands here:")],
        link: Some(Link::Certificate(id)),
        after: ask.into_iter().collect(),
    }))
}
