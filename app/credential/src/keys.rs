//! The issuer's public keys and the dates they were in force.
//!
//! A did:web document says which keys an issuer has today and nothing of yesterday. So the history is
//! kept here: old keys stay, with the time that they signed in, and "was it valid on that day" can be
//! answered for ever. Private keys are unknown to this crate.

mod jwk;
mod published;

pub use jwk::{JwkError, PublicJwk};
pub use published::{ReadKeysError, did_document, jwks, read_jwks};

use crate::{BaseUrl, UtcTime};

/// An issuer with all its public keys, present and past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKeys {
    base: BaseUrl,
    keys: Vec<PublishedKey>,
}

/// A key and the time in which it signs, as the caller keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPeriod {
    /// The public half.
    pub jwk: PublicJwk,
    /// When it began to sign.
    pub in_force_from: UtcTime,
    /// The first instant at which it signs no more; `None` while it is in use.
    pub in_force_until: Option<UtcTime>,
}

/// A public key under the name that tokens use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedKey {
    kid: String,
    thumbprint: String,
    period: KeyPeriod,
}

/// Why keys do not make a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyHistoryError {
    /// One key stands there twice, so a token's `kid` would not name exactly one entry.
    #[error("a key stands twice in the history")]
    Twice,
    /// A key goes out of use before it comes into use.
    #[error("a key in the history ends before it begins")]
    EndsBeforeItBegins,
}

impl IssuerKeys {
    /// The history of one issuer. Each key gets its name, `did:web:HOST#THUMBPRINT`, here.
    pub fn new(base: BaseUrl, periods: impl IntoIterator<Item = KeyPeriod>) -> Result<Self, KeyHistoryError> {
        let mut keys: Vec<PublishedKey> = Vec::new();
        for period in periods {
            if period.in_force_until.is_some_and(|until| until < period.in_force_from) {
                return Err(KeyHistoryError::EndsBeforeItBegins);
            }
            let thumbprint = period.jwk.thumbprint();
            if keys.iter().any(|key| key.thumbprint == thumbprint) {
                return Err(KeyHistoryError::Twice);
            }
            keys.push(PublishedKey { kid: format!("{}#{thumbprint}", base.did()), thumbprint, period });
        }
        Ok(Self { base, keys })
    }

    /// The address of the issuer.
    #[must_use]
    pub const fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Every key, in the order given.
    #[must_use]
    pub fn all(&self) -> &[PublishedKey] {
        &self.keys
    }

    /// The key with exactly this name. Names are compared whole: no prefix, no path, no other host.
    #[must_use]
    pub fn find(&self, kid: &str) -> Option<&PublishedKey> {
        self.keys.iter().find(|key| key.kid == kid)
    }

    /// The key that signs at this time: of several, the one that began last.
    #[must_use]
    pub fn in_force_at(&self, time: UtcTime) -> Option<&PublishedKey> {
        self.keys.iter().filter(|key| key.in_force_at(time)).max_by_key(|key| key.period.in_force_from)
    }
}

impl PublishedKey {
    /// The name in a token's header: `did:web:HOST#THUMBPRINT`.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The RFC 7638 thumbprint, the last part of `/keys/{thumbprint}`.
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// The key and its dates.
    #[must_use]
    pub const fn period(&self) -> &KeyPeriod {
        &self.period
    }

    /// Whether this is a key of the issuer at this address.
    #[must_use]
    pub fn belongs_to(&self, issuer: &BaseUrl) -> bool {
        self.kid.strip_prefix(issuer.did()).is_some_and(|rest| rest.starts_with('#'))
    }

    /// The algorithms that this key may be used with. A token's own word for it counts for nothing.
    #[must_use]
    pub const fn algorithms(&self) -> &'static [&'static str] {
        &["ES256"]
    }

    /// Whether the key signed at this time. Tokens know whole seconds only, so the beginning is taken
    /// to the second: what is signed right after a key is made belongs to it.
    #[must_use]
    pub fn in_force_at(&self, time: UtcTime) -> bool {
        let begun = self.period.in_force_from.whole_second() <= time;
        begun && self.period.in_force_until.is_none_or(|until| time < until)
    }
}
