//! The one way from a payload to a token. The signature is made elsewhere, from [`Unsigned::signing_input`].

use p256::ecdsa::signature::Verifier;

use crate::{
    base64url,
    jws::{MAX_TOKEN_BYTES, read_signature},
    keys::PublishedKey,
};

/// A token that waits for its signature.
#[derive(Debug, Clone)]
pub struct Unsigned<'k> {
    key: &'k PublishedKey,
    signing_input: String,
}

/// Why a signature cannot be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// Not 64 bytes, r then s, each in range.
    #[error("an ES256 signature is 64 bytes, r then s")]
    Form,
    /// The signature is not by the key that the header names.
    #[error("the signature does not fit the key that the token names")]
    OtherKey,
    /// Our own verifier would not read a token of this length.
    #[error("the token is longer than any verifier of ours reads")]
    TooLarge,
}

impl<'k> Unsigned<'k> {
    /// The only header that is ever written: `alg`, `kid`, `typ`.
    pub(crate) fn new(key: &'k PublishedKey, payload: &[u8]) -> Self {
        let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"JWT"}}"#, key.kid());
        Self { key, signing_input: format!("{}.{}", base64url::encode(header), base64url::encode(payload)) }
    }

    /// The bytes to sign with ES256 (ECDSA on P-256 with SHA-256) under the key that was named.
    #[must_use]
    pub fn signing_input(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The finished token, from a signature of 64 bytes.
    ///
    /// Of the two signatures that fit, the one with the low s is written, because [`verify`](crate::verify)
    /// takes no other: so a token has one spelling. And nothing leaves that would not verify.
    pub fn attach(self, signature: &[u8]) -> Result<String, AttachError> {
        let signature = read_signature(signature).map_err(|_| AttachError::Form)?;
        let signature = signature.normalize_s().unwrap_or(signature);
        let key = self.key.period().jwk.verifying_key();
        key.verify(self.signing_input(), &signature).map_err(|_| AttachError::OtherKey)?;
        let token = format!("{}.{}", self.signing_input, base64url::encode(signature.to_bytes()));
        if token.len() > MAX_TOKEN_BYTES {
            return Err(AttachError::TooLarge);
        }
        Ok(token)
    }
}
