//! A status list as a signed credential: written for the issuer, read for the verifier.

use serde::Serialize;
use serde_json::Value;

use super::{BitString, DecodeError, Purpose};
use crate::{
    BaseUrl, UtcTime,
    jws::{self, TokenError},
    keys::{IssuerKeys, PublishedKey},
    signing::Unsigned,
};

/// What a status list says, before it is signed.
#[derive(Debug, Clone, Copy)]
pub struct ListDraft<'a> {
    /// Whose list it is.
    pub issuer: &'a BaseUrl,
    /// What a set bit means.
    pub purpose: Purpose,
    /// The number in the list's address.
    pub number: u32,
    /// The bits.
    pub bits: &'a BitString,
    /// When the list was made. Cut down to the second.
    pub valid_from: UtcTime,
    /// From when on nobody should rely on it. Cut down to the second.
    pub valid_until: UtcTime,
}

/// Why a list cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListDraftError {
    /// It would be out of date at once.
    #[error("a status list must go out of date later than it is made")]
    Period,
    /// The key is another issuer's, or does not sign at `valid_from`.
    #[error("the key does not sign for this issuer at this time")]
    Key,
    /// It cannot be written as JSON.
    #[error("the status list cannot be written as JSON")]
    Json,
}

/// Why a list tells nothing about a certificate. The texts are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ListError {
    #[error("The list of {0} certificates was not at hand.")]
    Missing(&'static str),
    #[error("The status list is not a token that we read.")]
    Token(#[from] TokenError),
    #[error("What was given as the status list is something else.")]
    NotAList,
    #[error("The status list was not made by this issuer.")]
    OtherIssuer,
    #[error("The status list is not signed with a key that was in use then.")]
    KeyNotInForce,
    #[error("This is not the status list that the certificate names.")]
    NotTheOneNamed,
    #[error("The status list is about something else than it should be.")]
    WrongPurpose,
    #[error("The status list does not agree with itself.")]
    Disagrees,
    #[error("The status list is too short.")]
    TooShort,
    #[error("The status list cannot be read.")]
    Unreadable,
    #[error("The status list is out of date.")]
    Stale,
    #[error("The status list is dated in the future.")]
    NotYet,
}

impl ListDraft<'_> {
    /// The list as a token that waits for its signature.
    pub fn unsigned<'k>(&self, key: &'k PublishedKey) -> Result<Unsigned<'k>, ListDraftError> {
        let (from, until) = (self.valid_from.whole_second(), self.valid_until.whole_second());
        if until <= from {
            return Err(ListDraftError::Period);
        }
        if !key.belongs_to(self.issuer) || !key.in_force_at(from) {
            return Err(ListDraftError::Key);
        }
        let id = self.issuer.status_list(self.purpose, self.number);
        let subject = format!("{id}#list");
        let payload = Payload {
            context: ["https://www.w3.org/ns/credentials/v2"],
            id: &id,
            types: ["VerifiableCredential", LIST_TYPE],
            issuer: self.issuer.did(),
            valid_from: from,
            valid_until: until,
            credential_subject: Subject {
                id: &subject,
                kind: "BitstringStatusList",
                status_purpose: self.purpose.as_str(),
                encoded_list: self.bits.encode(),
            },
            iss: self.issuer.did(),
            jti: &id,
            sub: &subject,
            nbf: from.seconds(),
            exp: until.seconds(),
        };
        let payload = serde_json::to_vec(&payload).map_err(|_| ListDraftError::Json)?;
        Ok(Unsigned::new(key, &payload))
    }
}

/// How far the clock of the one who checks may be behind the issuer's, in milliseconds. It only bears on
/// how fresh a list is, never on the certificate's own dates.
const CLOCK_DIFFERENCE: i64 = 5 * 60 * 1_000;

const LIST_TYPE: &str = "BitstringStatusListCredential";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(rename = "@context")]
    context: [&'static str; 1],
    id: &'a str,
    #[serde(rename = "type")]
    types: [&'static str; 2],
    issuer: &'a str,
    valid_from: UtcTime,
    valid_until: UtcTime,
    credential_subject: Subject<'a>,
    iss: &'a str,
    jti: &'a str,
    sub: &'a str,
    nbf: i64,
    exp: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Subject<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    status_purpose: &'static str,
    encoded_list: String,
}

/// Reads the list of this issuer with this purpose and number, and refuses every other.
pub(crate) fn read_list(token: &str, issuer: &IssuerKeys, purpose: Purpose, number: u32, now: UtcTime) -> Result<BitString, ListError> {
    let opened = jws::open(token, issuer).map_err(|error| match error {
        TokenError::KidNotPublished => ListError::OtherIssuer,
        other => ListError::Token(other),
    })?;
    let list = &opened.payload;
    let text = |pointer| list.pointer(pointer).and_then(Value::as_str);
    if !has_type(list, LIST_TYPE) || text("/credentialSubject/type") != Some("BitstringStatusList") {
        return Err(ListError::NotAList);
    }
    let did = Some(issuer.base().did());
    if text("/issuer") != did || text("/iss") != did {
        return Err(ListError::OtherIssuer);
    }
    if text("/id") != Some(&issuer.base().status_list(purpose, number)) {
        return Err(ListError::NotTheOneNamed);
    }
    if text("/credentialSubject/statusPurpose") != Some(purpose.as_str()) {
        return Err(ListError::WrongPurpose);
    }
    let date = |pointer| text(pointer).and_then(|date| UtcTime::parse(date).ok()).ok_or(ListError::Unreadable);
    let (from, until) = (date("/validFrom")?, date("/validUntil")?);
    let seconds = |name| list.get(name).and_then(Value::as_i64);
    let claims_agree = text("/jti") == text("/id")
        && text("/sub") == text("/credentialSubject/id")
        && seconds("nbf") == Some(from.seconds())
        && seconds("exp") == Some(until.seconds());
    if !claims_agree {
        return Err(ListError::Disagrees);
    }
    if !opened.key.in_force_at(from) {
        return Err(ListError::KeyNotInForce);
    }
    if now.0.saturating_add(CLOCK_DIFFERENCE) < from.0 {
        return Err(ListError::NotYet);
    }
    if now >= until {
        return Err(ListError::Stale);
    }
    let encoded = text("/credentialSubject/encodedList").ok_or(ListError::Unreadable)?;
    BitString::decode(encoded).map_err(|error| match error {
        DecodeError::TooShort => ListError::TooShort,
        _ => ListError::Unreadable,
    })
}

/// Whether `type` is an array that has this word.
pub(crate) fn has_type(credential: &Value, wanted: &str) -> bool {
    credential.get("type").and_then(Value::as_array).is_some_and(|types| types.iter().any(|t| t == wanted))
}

impl ListError {
    /// The stable code of this refusal.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "list_missing",
            Self::Token(TokenError::SignatureWrong | TokenError::SignatureMirrored) => "list_signature",
            Self::Token(_) => "list_token",
            Self::NotAList => "list_not_a_list",
            Self::OtherIssuer => "list_other_issuer",
            Self::KeyNotInForce => "list_key_not_in_force",
            Self::NotTheOneNamed => "list_not_the_one_named",
            Self::WrongPurpose => "list_wrong_purpose",
            Self::Disagrees => "list_claims",
            Self::TooShort => "list_too_short",
            Self::Unreadable => "list_unreadable",
            Self::Stale => "list_stale",
            Self::NotYet => "list_not_yet",
        }
    }
}
