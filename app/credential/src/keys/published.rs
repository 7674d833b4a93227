//! How keys are published: `did.json` for the world, and a JWK set that also tells the history.

use serde_json::{Value, json};

use super::{IssuerKeys, JwkError, KeyHistoryError, KeyPeriod, PublicJwk, PublishedKey};
use crate::{BaseUrl, BaseUrlError, UtcTime, json as strict};

/// Why a text is not the key history of an issuer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadKeysError {
    /// Not JSON, or not an object with `issuer` and `keys`.
    #[error("this is not a list of issuer keys; get it from the issuer's /.well-known/jwks.json")]
    NotKeys,
    /// The member `issuer` is not a public address.
    #[error("the issuer in the list of keys: {0}")]
    Issuer(#[from] BaseUrlError),
    /// One of the keys.
    #[error("a key in the list: {0}")]
    Key(#[from] JwkError),
    /// A key without the dates it was in force, or with dates that cannot be read.
    #[error("a key in the list does not say when it was in force")]
    Dates,
    /// A key's `kid` is not the one that follows from the issuer and the key.
    #[error("a key in the list does not belong to the issuer that the list names")]
    OtherIssuer,
    /// The keys do not make a history.
    #[error("{0}")]
    History(#[from] KeyHistoryError),
}

/// `/.well-known/did.json`. Old keys stay in it: a certificate that they signed must remain checkable
/// by verifiers that know nothing but this document.
#[must_use]
pub fn did_document(issuer: &IssuerKeys) -> Value {
    let did = issuer.base().did();
    let methods: Vec<Value> = issuer
        .all()
        .iter()
        .map(|key| json!({"id": key.kid(), "type": "JsonWebKey", "controller": did, "publicKeyJwk": key.to_jwk()}))
        .collect();
    let kids: Vec<&str> = issuer.all().iter().map(PublishedKey::kid).collect();
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": kids,
    })
}

/// `/.well-known/jwks.json`: a JWK set (RFC 7517). Two members more than the RFC names, which other
/// readers pass over, make it the file with which certificates are checked offline: the `issuer`, and
/// with each key the time it was in force.
#[must_use]
pub fn jwks(issuer: &IssuerKeys) -> Value {
    let keys: Vec<Value> = issuer
        .all()
        .iter()
        .map(|key| {
            let mut jwk = key.to_jwk();
            let period = key.period();
            if let Some(members) = jwk.as_object_mut() {
                members.insert("inForceFrom".to_owned(), json!(period.in_force_from));
                members.extend(period.in_force_until.map(|until| ("inForceUntil".to_owned(), json!(until))));
            }
            jwk
        })
        .collect();
    json!({"issuer": issuer.base().as_str(), "keys": keys})
}

/// Reads what [`jwks`] writes.
pub fn read_jwks(text: &str) -> Result<IssuerKeys, ReadKeysError> {
    let set = strict::read(text.as_bytes()).map_err(|_| ReadKeysError::NotKeys)?;
    let base = set.get("issuer").and_then(Value::as_str).ok_or(ReadKeysError::NotKeys)?;
    let keys = set.get("keys").and_then(Value::as_array).ok_or(ReadKeysError::NotKeys)?;
    let periods = keys.iter().map(read_period).collect::<Result<Vec<_>, _>>()?;
    let issuer = IssuerKeys::new(BaseUrl::parse(base)?, periods)?;
    let named = keys.iter().map(|key| key.get("kid").and_then(Value::as_str));
    if !named.eq(issuer.all().iter().map(|key| Some(key.kid()))) {
        return Err(ReadKeysError::OtherIssuer);
    }
    Ok(issuer)
}

impl PublishedKey {
    /// `/keys/{thumbprint}`: the single bare JWK.
    #[must_use]
    pub fn to_jwk(&self) -> Value {
        let mut jwk = self.period.jwk.to_json();
        if let Some(members) = jwk.as_object_mut() {
            members.insert("kid".to_owned(), json!(self.kid));
            members.insert("alg".to_owned(), json!("ES256"));
            members.insert("use".to_owned(), json!("sig"));
        }
        jwk
    }
}

fn read_period(key: &Value) -> Result<KeyPeriod, ReadKeysError> {
    let date = |name| match key.get(name) {
        Some(Value::String(text)) => UtcTime::parse(text).map(Some).map_err(|_| ReadKeysError::Dates),
        Some(_) => Err(ReadKeysError::Dates),
        None => Ok(None),
    };
    Ok(KeyPeriod {
        jwk: PublicJwk::from_json(key)?,
        in_force_from: date("inForceFrom")?.ok_or(ReadKeysError::Dates)?,
        in_force_until: date("inForceUntil")?,
    })
}
