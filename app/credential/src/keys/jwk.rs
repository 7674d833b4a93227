//! One public P-256 key in the forms of RFC 7517 and RFC 7638.

use std::collections::BTreeMap;

use p256::{EncodedPoint, FieldBytes, ecdsa::VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::base64url;

/// A public P-256 key: a point that lies on the curve, never a private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicJwk(VerifyingKey);

/// Why something is not a public P-256 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwkError {
    /// Another kind of key, or another curve.
    #[error("the key is not an elliptic-curve key on P-256")]
    NotP256,
    /// It has the member `d`: somebody is about to publish a secret.
    #[error("the key is a private key; only its public half belongs here")]
    Private,
    /// A coordinate is missing, misspelt or of the wrong length, or the point is not on the curve.
    #[error("the key's coordinates do not name a point on the curve")]
    Coordinates,
}

impl PublicJwk {
    /// Reads the SEC1 form, compressed or not.
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, JwkError> {
        VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| JwkError::Coordinates)
    }

    /// Reads a JWK. Members that do not bear on the key itself are passed over.
    pub fn from_json(jwk: &Value) -> Result<Self, JwkError> {
        let member = |name| jwk.get(name).and_then(Value::as_str);
        if jwk.get("d").is_some() {
            return Err(JwkError::Private);
        }
        if member("kty") != Some("EC") || member("crv") != Some("P-256") {
            return Err(JwkError::NotP256);
        }
        let point = EncodedPoint::from_affine_coordinates(
            &coordinate(member("x")).ok_or(JwkError::Coordinates)?,
            &coordinate(member("y")).ok_or(JwkError::Coordinates)?,
            false,
        );
        Self::from_sec1(point.as_bytes())
    }

    /// The JWK with its required members only.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (x, y) = self.coordinates();
        json!({"kty": "EC", "crv": "P-256", "x": x, "y": y})
    }

    /// The RFC 7638 thumbprint (SHA-256, base64url).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let (x, y) = self.coordinates();
        thumbprint(&BTreeMap::from([("kty", "EC"), ("crv", "P-256"), ("x", &x), ("y", &y)]))
    }

    pub(crate) const fn verifying_key(&self) -> &VerifyingKey {
        &self.0
    }

    /// x and y in base64url. An uncompressed point is one byte of form, then 32 of each.
    fn coordinates(&self) -> (String, String) {
        let point = self.0.to_encoded_point(false);
        let text = |bytes: Option<&FieldBytes>| base64url::encode(bytes.copied().unwrap_or_default());
        (text(point.x()), text(point.y()))
    }
}

fn coordinate(text: Option<&str>) -> Option<FieldBytes> {
    let bytes: [u8; 32] = base64url::decode(text?).ok()?.try_into().ok()?;
    Some(bytes.into())
}

/// RFC 7638, section 3: the required members in order of their names, no white space. The values are
/// words and base64url, which JSON writes without escapes.
fn thumbprint(required: &BTreeMap<&str, &str>) -> String {
    let members: Vec<String> = required.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
    base64url::encode(Sha256::digest(format!("{{{}}}", members.join(","))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 7515, appendix A.3.
    fn example() -> Value {
        json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        })
    }

    #[test]
    fn the_thumbprint_is_that_of_the_rfc() {
        let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        let required = BTreeMap::from([("kty", "RSA"), ("e", "AQAB"), ("n", n)]);
        assert_eq!(thumbprint(&required), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    #[test]
    fn a_key_comes_back_as_it_was_written() -> Result<(), JwkError> {
        let key = PublicJwk::from_json(&example())?;
        assert_eq!(key.to_json(), example());
        assert_eq!(key.thumbprint(), "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
        Ok(())
    }

    #[test]
    fn refuses_what_is_not_a_public_p256_key() {
        let with = |name: &str, value: Value| {
            let mut jwk = example();
            jwk.as_object_mut().map(|members| members.insert(name.to_owned(), value));
            PublicJwk::from_json(&jwk)
        };
        assert_eq!(with("d", json!("AAAA")), Err(JwkError::Private));
        assert_eq!(with("kty", json!("oct")), Err(JwkError::NotP256));
        assert_eq!(with("crv", json!("P-384")), Err(JwkError::NotP256));
        assert_eq!(with("x", json!("AAAA")), Err(JwkError::Coordinates));
        assert_eq!(with("x", Value::Null), Err(JwkError::Coordinates));
        let swapped = example().get("y").cloned().unwrap_or_default();
        assert_eq!(with("x", swapped), Err(JwkError::Coordinates));
    }
}
