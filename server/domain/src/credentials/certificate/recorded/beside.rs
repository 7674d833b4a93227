//! The columns beside a signed document repeat what it says, so that lists need not read it. Here they are held against
//! it, and against the text of what backs it: the two are under the seal of their act.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use credential::UtcTime;
use serde_json::Value;
use types::Moment;

use super::super::super::{
    backing::digest,
    entity::{certificate, document},
};

/// Whether the row of a certificate says what its first document and its backing do.
pub(super) fn repeats(row: &certificate::Model, first: &document::Model) -> bool {
    let Some(claims) = claims(&first.token) else { return false };
    let told = |pointer: &str| claims.pointer(pointer).and_then(Value::as_str);
    told("/name") == Some(row.title.as_str())
        && told("/credentialSubject/identifier/0/identityHash") == Some(row.holder.as_str())
        && told("/credentialSubject/achievement/version") == Some(row.program_version.as_str())
        && told("/credentialStatus/statusListIndex") == Some(row.status_index.to_string().as_str())
        && told("/credentialStatus/statusListCredential").is_some_and(|list| list.ends_with(&format!("/revocation/{}", row.status_list)))
        && moment(told("/awardedDate")) == Some(row.awarded_at)
        && row.evidence_digest == digest(&row.evidence)
        && backs(row)
}

/// Whether the dates of a document are those that are signed.
pub(super) fn dates(document: &document::Model) -> bool {
    let Some(claims) = claims(&document.token) else { return false };
    let told = |name: &str| moment(claims.get(name).and_then(Value::as_str));
    told("validFrom") == Some(document.valid_from) && told("validUntil") == document.valid_until
}

/// Whether what backs it is about the same person and program.
fn backs(row: &certificate::Model) -> bool {
    let Ok(evidence) = serde_json::from_str::<Value>(&row.evidence) else { return false };
    let told = |name: &str| evidence.get(name).and_then(Value::as_str);
    told("enrolment") == Some(row.enrolment.to_string().as_str())
        && told("person") == Some(row.person.to_string().as_str())
        && told("program") == Some(row.program.as_str())
        && told("version") == Some(row.program_version.as_str())
}

fn claims(token: &str) -> Option<Value> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

fn moment(text: Option<&str>) -> Option<Moment> {
    UtcTime::parse(text?).ok().map(|time| Moment(time.0))
}
