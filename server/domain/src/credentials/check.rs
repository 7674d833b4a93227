//! Checking what somebody presents, with everything at hand that the issuer itself knows.

use credential::{
    Calendar, IssuerView, Presented, Report, UtcTime,
    status::Purpose,
    verify::{IssuedDocument, PublishedList, Register, RegisterEntry, StatusChange, StatusEvent, peek, token_digest},
};
use jiff::tz::TimeZone;
use types::{CertificateId, Moment};

use super::{
    Issuer, ListError,
    certificate::{certificate, documents, events},
    keys,
    lists::signed_list,
};
use crate::{Look, Unavailable, calendar};

/// Checks a token, a number or an address: the six checks and their verdict. `at` is the instant that is
/// asked about; now where there is none. Days are named on the calendar of `zone`.
pub async fn check(look: &impl Look, issuer: &Issuer, zone: &TimeZone, text: &str, at: Option<Moment>) -> Result<Report, ListError> {
    let now = UtcTime(look.now().0);
    let at = at.map_or(now, |at| UtcTime(at.0));
    let presented = Presented::read(text, issuer.base());
    // A number is looked up first, and its newest document is what is checked.
    let found = match presented {
        Presented::Number(number) => newest(look, number).await?,
        _ => None,
    };
    let presented = found.as_deref().map_or(presented, Presented::Token);
    let keys = keys::history(look, issuer.base()).await?;
    let asked = match presented {
        Presented::Token(token) => peek(token, issuer.base()),
        _ => None,
    };
    let entry = match asked.as_ref().and_then(|asked| asked.number.as_deref()) {
        Some(number) => register(look, number).await?,
        None => None,
    };
    let number = asked.as_ref().and_then(|asked| asked.status).map(|position| position.list);
    let mut tokens = Vec::new();
    for purpose in [Purpose::Revocation, Purpose::Suspension] {
        if let Some(number) = number {
            match signed_list(look, issuer, purpose, number).await {
                Ok(token) => tokens.push((purpose, number, token)),
                // A list that is not there stays missing; the check says that it could not tell.
                Err(ListError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let lists: Vec<PublishedList<'_>> =
        tokens.iter().map(|(purpose, number, token)| PublishedList { purpose: *purpose, number: *number, token }).collect();
    let register = entry.as_ref().map_or(Register::NotFound, Register::Found);
    let day = |time: UtcTime| calendar::day(Moment(time.0), zone);
    let view = IssuerView { keys: &keys, lists: &lists, register, calendar: Calendar(&day) };
    Ok(credential::verify(presented, &view, now, at))
}

async fn newest(look: &impl Look, number: &str) -> Result<Option<String>, Unavailable> {
    match number.parse::<CertificateId>() {
        Ok(id) if id.to_string() == number => super::newest_document(look, id).await,
        _ => Ok(None),
    }
}

async fn register(look: &impl Look, number: &str) -> Result<Option<RegisterEntry>, Unavailable> {
    let Some(id) = number.parse::<CertificateId>().ok().filter(|id| id.to_string() == number) else { return Ok(None) };
    if certificate(look, id).await?.is_none() {
        return Ok(None);
    }
    let documents = documents(look, id)
        .await?
        .into_iter()
        .map(|row| IssuedDocument { digest: token_digest(&row.token), valid_from: UtcTime(row.valid_from.0) });
    let history = events(look, id).await?.into_iter().filter_map(|event| {
        let change = match event.change.as_str() {
            "suspended" => StatusChange::Suspended,
            "lifted" => StatusChange::Lifted,
            "revoked" => StatusChange::Revoked,
            _ => return None,
        };
        Some(StatusEvent { at: UtcTime(event.at.0), change })
    });
    Ok(Some(RegisterEntry { documents: documents.collect(), history: history.collect() }))
}
