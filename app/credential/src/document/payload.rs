//! The payload of a certificate's token: the credential itself, and beside it the claims of a JWT that
//! repeat it. The order of the members is the order of these structs.

use serde::Serialize;
use serde_json::Value;

use super::{Draft, DraftError};
use crate::{UtcTime, status::Purpose};

/// The first two contexts of every certificate, in this order. Nothing is fetched from them.
pub(crate) const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// The types of every certificate.
pub(crate) const TYPES: [&str; 2] = ["VerifiableCredential", "OpenBadgeCredential"];

pub(super) fn write(draft: &Draft) -> Result<Vec<u8>, DraftError> {
    let base = &draft.issuer.base;
    let achievement = &draft.achievement;
    let id = base.certificate(&draft.number);
    let list = base.status_list(Purpose::Revocation, draft.status.list);
    let payload = Payload {
        context: CONTEXTS,
        id: &id,
        types: TYPES,
        name: &achievement.name,
        issuer: Profile {
            id: base.did(),
            types: ["Profile"],
            name: &draft.issuer.name,
            url: base.as_str(),
            email: draft.issuer.email.as_deref(),
        },
        awarded_date: draft.awarded,
        valid_from: draft.valid_from,
        valid_until: draft.valid_until,
        credential_subject: Subject {
            id: &draft.subject,
            types: ["AchievementSubject"],
            identifier: identifiers(draft),
            achievement: AchievementObject {
                id: &achievement.id,
                types: ["Achievement"],
                achievement_type: achievement.kind.word(),
                name: &achievement.name,
                version: achievement.version.as_deref(),
                description: &achievement.description,
                criteria: Criteria { narrative: &achievement.criteria },
                result_description: draft.hours.iter().map(|hours| hours.description(&achievement.id)).collect(),
            },
            result: draft.hours.iter().map(|hours| hours.result(&achievement.id)).collect(),
        },
        credential_status: StatusEntry {
            id: format!("{list}#{}", draft.status.index),
            kind: "BitstringStatusListEntry",
            status_purpose: Purpose::Revocation.as_str(),
            status_list_index: draft.status.index.to_string(),
            status_list_credential: &list,
        },
        iss: base.did(),
        jti: &id,
        sub: &draft.subject,
        nbf: draft.valid_from.seconds(),
        exp: draft.valid_until.map(UtcTime::seconds),
    };
    serde_json::to_vec(&payload).map_err(|_| DraftError::Json)
}

fn identifiers(draft: &Draft) -> Vec<IdentityObject<'_>> {
    let kind = "IdentityObject";
    let name = IdentityObject { kind, hashed: false, identity_hash: &draft.holder, identity_type: "name", salt: None };
    let email = draft.email.as_ref().map(|email| IdentityObject {
        kind,
        hashed: true,
        identity_hash: &email.hash,
        identity_type: "emailAddress",
        salt: Some(&email.salt),
    });
    [Some(name), email].into_iter().flatten().collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(rename = "@context")]
    context: [&'static str; 2],
    id: &'a str,
    #[serde(rename = "type")]
    types: [&'static str; 2],
    name: &'a str,
    issuer: Profile<'a>,
    awarded_date: UtcTime,
    valid_from: UtcTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<UtcTime>,
    credential_subject: Subject<'a>,
    credential_status: StatusEntry<'a>,
    iss: &'a str,
    jti: &'a str,
    sub: &'a str,
    nbf: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
}

#[derive(Serialize)]
struct Profile<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    types: [&'static str; 1],
    name: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

#[derive(Serialize)]
struct Subject<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    types: [&'static str; 1],
    identifier: Vec<IdentityObject<'a>>,
    achievement: AchievementObject<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    result: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IdentityObject<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    hashed: bool,
    identity_hash: &'a str,
    identity_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AchievementObject<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    types: [&'static str; 1],
    achievement_type: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    description: &'a str,
    criteria: Criteria<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    result_description: Vec<Value>,
}

#[derive(Serialize)]
struct Criteria<'a> {
    narrative: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusEntry<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    status_purpose: &'static str,
    status_list_index: String,
    status_list_credential: &'a str,
}
