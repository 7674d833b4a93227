//! The cast: one issuer with two keys, one stranger, one certificate, and its status lists.
//!
//! The keys were made for these tests from the words below; ES256 signatures by `p256` are
//! deterministic, so every token comes out the same each time.

use std::error::Error;

use credential::{
    BaseUrl, UtcTime,
    document::{Achievement, AchievementKind, Draft, HashedEmail, Issuer},
    keys::{IssuerKeys, KeyPeriod, PublicJwk},
    signing::Unsigned,
    status::{BitString, ListDraft, MIN_BITS, Purpose, StatusPosition},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub(crate) type Made<T> = Result<T, Box<dyn Error>>;

/// When the issuer began, with the old key.
pub(crate) const BEGUN: &str = "2024-01-01T00:00:00Z";
/// When the new key took over.
pub(crate) const ROTATED: &str = "2026-01-01T00:00:00Z";
/// When the certificate was issued.
pub(crate) const ISSUED: &str = "2026-11-02T15:00:00Z";
/// When it ends.
pub(crate) const ENDS: &str = "2028-11-02T15:00:00Z";
/// When most checks are made.
pub(crate) const NOW: &str = "2026-11-23T12:00:00Z";

/// The certificate's number.
pub(crate) const NUMBER: &str = "019ab2c4-7d10-7c3e-9a55-3f1de0c5a7b2";
/// Its place in the lists.
pub(crate) const POSITION: StatusPosition = StatusPosition { list: 3, index: 94_567 };

pub(crate) struct World {
    pub(crate) issuer: IssuerKeys,
    pub(crate) signer: SigningKey,
    pub(crate) old_signer: SigningKey,
    pub(crate) stranger: SigningKey,
}

pub(crate) fn time(text: &str) -> Made<UtcTime> {
    Ok(UtcTime::parse(text)?)
}

pub(crate) fn base() -> Made<BaseUrl> {
    Ok(BaseUrl::parse("https://certify.example")?)
}

pub(crate) fn jwk(key: &SigningKey) -> Made<PublicJwk> {
    Ok(PublicJwk::from_sec1(key.verifying_key().to_encoded_point(false).as_bytes())?)
}

fn key_from(words: &str) -> Made<SigningKey> {
    Ok(SigningKey::from_slice(&Sha256::digest(words))?)
}

impl World {
    pub(crate) fn new() -> Made<Self> {
        let signer = key_from("alongside: the new key of the tests")?;
        let old_signer = key_from("alongside: the old key of the tests")?;
        let stranger = key_from("alongside: somebody else's key")?;
        let (begun, rotated) = (time(BEGUN)?, time(ROTATED)?);
        let old = KeyPeriod { jwk: jwk(&old_signer)?, in_force_from: begun, in_force_until: Some(rotated) };
        let new = KeyPeriod { jwk: jwk(&signer)?, in_force_from: rotated, in_force_until: None };
        let issuer = IssuerKeys::new(base()?, [old, new])?;
        Ok(Self { issuer, signer, old_signer, stranger })
    }

    pub(crate) fn draft(&self) -> Made<Draft> {
        Ok(Draft {
            issuer: Issuer {
                base: self.issuer.base().clone(),
                name: "Example Peer Certification Board".to_owned(),
                email: Some("registry@certify.example".to_owned()),
            },
            number: NUMBER.to_owned(),
            subject: "urn:uuid:3a9d7f0e-6a3d-4a56-9b1e-2d1c5a0b7f44".to_owned(),
            holder: "Amina Štefánková-O’Neil".to_owned(),
            email: Some(HashedEmail::new("amina@mail.example", "q2Yw7rLx9TnB4vKd")),
            achievement: Achievement {
                id: "https://certify.example/programs/model-aligned-2026".to_owned(),
                kind: AchievementKind::Certification,
                name: "Certified Peer Support Specialist".to_owned(),
                description: "Met the training, practicum, examination and ethics requirements.".to_owned(),
                criteria: "60 hours of training, 120 hours of practicum, the examination.".to_owned(),
                version: Some("2026.1".to_owned()),
            },
            awarded: time(ISSUED)?,
            valid_from: time(ISSUED)?,
            valid_until: Some(time(ENDS)?),
            status: POSITION,
            hours: Vec::new(),
        })
    }

    /// Signs as `domain::credentials` does, with the key in force at `when`.
    pub(crate) fn sign(&self, unsigned: Unsigned<'_>, when: UtcTime) -> Made<String> {
        let signer = if when < time(ROTATED)? { &self.old_signer } else { &self.signer };
        let signature: Signature = signer.sign(unsigned.signing_input());
        Ok(unsigned.attach(&signature.to_bytes())?)
    }

    pub(crate) fn issue(&self, draft: &Draft) -> Made<String> {
        let key = self.issuer.in_force_at(draft.valid_from).ok_or("no key in force")?;
        self.sign(draft.unsigned(key)?, draft.valid_from)
    }

    /// The certificate of the cast, as issued.
    pub(crate) fn token(&self) -> Made<String> {
        self.issue(&self.draft()?)
    }

    /// A list made an hour before [`NOW`], good for a day, with these bits set.
    pub(crate) fn list(&self, purpose: Purpose, set: &[u32]) -> Made<String> {
        let made = UtcTime(time(NOW)?.0 - 3_600_000);
        let mut bits = BitString::new(MIN_BITS)?;
        for index in set {
            bits.set(*index, true)?;
        }
        let draft = ListDraft {
            issuer: self.issuer.base(),
            purpose,
            number: POSITION.list,
            bits: &bits,
            valid_from: made,
            valid_until: UtcTime(made.0 + 86_400_000),
        };
        let key = self.issuer.in_force_at(made).ok_or("no key in force")?;
        self.sign(draft.unsigned(key)?, made)
    }
}

/// The header and the payload of a token, as JSON.
pub(crate) fn parts(token: &str) -> Made<(Value, Value)> {
    let mut segments = token.split('.');
    let mut next = || -> Made<Value> {
        let segment = segments.next().ok_or("a segment is missing")?;
        Ok(serde_json::from_slice(&crate::forge::unbase64(segment)?)?)
    };
    Ok((next()?, next()?))
}
