//! Compact JWS, read strictly.
//!
//! A signature library answers one question, whether bytes fit a key. Everything around that is decided
//! here: one spelling for each token, no field in the header that could change what is checked or with
//! which key, and only a key of the issuer. Each refusal has its own code.

use p256::ecdsa::{Signature, signature::Verifier};
use serde_json::{Map, Value};

use crate::{
    base64url::{self, Base64Error},
    json::{self, JsonError},
    keys::{IssuerKeys, PublishedKey},
};

/// The longest token that is read at all.
pub const MAX_TOKEN_BYTES: usize = 256 * 1024;

/// A token in its form, with nothing checked yet: not the key, not the signature, not the contents.
pub(crate) struct Jws<'a> {
    alg: String,
    kid: String,
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// A token whose signature is right, by a key of the issuer. The contents are read, not yet judged.
pub(crate) struct Opened<'k> {
    pub(crate) payload: Value,
    pub(crate) key: &'k PublishedKey,
}

/// Why a token cannot be opened. The texts are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    /// Longer than [`MAX_TOKEN_BYTES`].
    #[error("This is too long to be a certificate.")]
    TooLarge,
    /// Not three parts with two dots between them.
    #[error("This is not the whole signed text of a certificate. Open the file that ends in .jwt, and copy all that is in it.")]
    Segments,
    /// One of the three parts is not canonical base64url.
    #[error("This is not spelled as a certificate is: {0}.")]
    Base64(#[from] Base64Error),
    /// The header is not an object that we read.
    #[error("The start of the token cannot be read: {0}.")]
    Header(JsonError),
    /// The header is JSON, yet not an object.
    #[error("The start of the token cannot be read.")]
    HeaderNotObject,
    /// The header brings or points to a key.
    #[error("It brings a key of its own, in the field “{name}”. The key must come from the issuer.")]
    OwnKey {
        /// The header's field.
        name: &'static str,
        /// The code of this refusal.
        code: &'static str,
    },
    /// The header asks for processing that certificates never need.
    #[error("It asks to be checked in a way that we do not use, in the field “{name}”.")]
    Processing {
        /// The header's field.
        name: &'static str,
        /// The code of this refusal.
        code: &'static str,
    },
    /// The header has a field that we do not know.
    #[error("The start of the token has a field that does not belong there.")]
    UnknownMember,
    /// `typ` is there and is neither `JWT` nor `vc+jwt`.
    #[error("It says that it is something other than a certificate.")]
    Type,
    /// `alg` is missing or not a text.
    #[error("It does not say how it was signed.")]
    NoAlgorithm,
    /// `alg` is `none`.
    #[error("It says that it is not signed at all.")]
    Unsigned,
    /// `alg` is an HMAC, which anybody who has the public key could make.
    #[error("It is signed with a shared password. Anybody could have made it from the public key.")]
    Hmac,
    /// `alg` is not in the key's own list.
    #[error("It says that it was signed in a way that the issuer's key is not for.")]
    AlgorithmNotForKey,
    /// `kid` is missing or not a text.
    #[error("It does not say which key signed it.")]
    NoKid,
    /// `kid` is not exactly the name of a key of the issuer.
    #[error("It names a key that this issuer never published.")]
    KidNotPublished,
    /// The signature is not 64 bytes of two numbers in range.
    #[error("The signature is not of the right kind.")]
    SignatureForm,
    /// The signature is the mirror image of a right one: nobody but a forger writes it so.
    #[error("The signature is not written in its one proper form. The token was changed after it was signed.")]
    SignatureMirrored,
    /// The signature does not fit.
    #[error("The signature does not fit. The certificate was changed, or somebody else made it.")]
    SignatureWrong,
    /// What was signed is not JSON that we read.
    #[error("The contents cannot be read: {0}.")]
    Payload(JsonError),
}

impl<'a> Jws<'a> {
    pub(crate) fn parse(token: &'a str) -> Result<Self, TokenError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::TooLarge);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Segments)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Segments)?;
        if payload.contains('.') {
            return Err(TokenError::Segments);
        }
        let header = json::read(&base64url::decode(header)?).map_err(TokenError::Header)?;
        let (alg, kid) = read_header(header.as_object().ok_or(TokenError::HeaderNotObject)?)?;
        let payload = base64url::decode(payload)?;
        let signature = base64url::decode(signature)?;
        Ok(Self { alg, kid, signed, payload, signature })
    }

    /// What the payload says, with nothing checked: good for finding records, for nothing else.
    pub(crate) fn unchecked_payload(&self) -> Option<Value> {
        json::read(&self.payload).ok()
    }

    pub(crate) fn open<'k>(&self, issuer: &'k IssuerKeys) -> Result<Opened<'k>, TokenError> {
        let key = issuer.find(&self.kid).ok_or(TokenError::KidNotPublished)?;
        if !key.algorithms().contains(&self.alg.as_str()) {
            return Err(TokenError::AlgorithmNotForKey);
        }
        let signature = read_signature(&self.signature)?;
        if signature.normalize_s().is_some() {
            return Err(TokenError::SignatureMirrored);
        }
        let verifying = key.period().jwk.verifying_key();
        verifying.verify(self.signed.as_bytes(), &signature).map_err(|_| TokenError::SignatureWrong)?;
        let payload = json::read(&self.payload).map_err(TokenError::Payload)?;
        Ok(Opened { payload, key })
    }
}

/// Parses and opens in one step, where no check stands in between.
pub(crate) fn open<'k>(token: &str, issuer: &'k IssuerKeys) -> Result<Opened<'k>, TokenError> {
    Jws::parse(token)?.open(issuer)
}

/// Whether a text has the three parts of a token and each of them says something, be it right or wrong. What was cut
/// short or mistyped in copying is no token: of that, nothing can be said.
pub(crate) fn is_legible(token: &str) -> bool {
    let mut parts = token.split('.').map(base64url::decode_loosely);
    let (Some(Some(header)), Some(Some(payload)), Some(Some(signature)), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let [header, payload] = [header, payload].map(|part| json::read(&part));
    if [&header, &payload].iter().any(|read| matches!(read, Err(JsonError::NotJson))) {
        return false;
    }
    // How long the others are, the one who wrote them knows.
    let is_ours = header.is_ok_and(|header| header.get("alg").is_some_and(|alg| alg == "ES256"));
    token.len() <= MAX_TOKEN_BYTES && (!is_ours || signature.len() == SIGNATURE_BYTES || is_der(&signature))
}

/// Whether it reads as a signature in the form that other programs write: a sequence (`0x30`), its length, and numbers
/// (`0x02`) in it. It is wrong here, and whole.
fn is_der(signature: &[u8]) -> bool {
    matches!(signature, [0x30, length, rest @ ..] if usize::from(*length) == rest.len() && matches!(rest, [0x02, _, _, _, _, _, ..]))
}

/// An ES256 signature: two numbers of 32 bytes.
const SIGNATURE_BYTES: usize = 64;

pub(crate) fn read_signature(bytes: &[u8]) -> Result<Signature, TokenError> {
    Signature::from_slice(bytes).map_err(|_| TokenError::SignatureForm)
}

/// Header members that name or carry a key.
const OWN_KEY: [(&str, &str); 6] = [
    ("jwk", "header_jwk"),
    ("jku", "header_jku"),
    ("x5u", "header_x5u"),
    ("x5c", "header_x5c"),
    ("x5t", "header_x5t"),
    ("x5t#S256", "header_x5t"),
];

/// Header members that change how a token is processed. `b64` before `crit`, which must name it.
const PROCESSING: [(&str, &str); 3] = [("b64", "header_b64"), ("zip", "header_zip"), ("crit", "header_crit")];

fn read_header(header: &Map<String, Value>) -> Result<(String, String), TokenError> {
    if let Some((name, code)) = OWN_KEY.into_iter().find(|(name, _)| header.contains_key(*name)) {
        return Err(TokenError::OwnKey { name, code });
    }
    if let Some((name, code)) = PROCESSING.into_iter().find(|(name, _)| header.contains_key(*name)) {
        return Err(TokenError::Processing { name, code });
    }
    if header.keys().any(|name| !matches!(name.as_str(), "alg" | "kid" | "typ")) {
        return Err(TokenError::UnknownMember);
    }
    if header.get("typ").is_some_and(|typ| typ != "JWT" && typ != "vc+jwt") {
        return Err(TokenError::Type);
    }
    let text = |name| header.get(name).and_then(Value::as_str);
    let alg = text("alg").ok_or(TokenError::NoAlgorithm)?;
    if alg.eq_ignore_ascii_case("none") {
        return Err(TokenError::Unsigned);
    }
    if alg.starts_with("HS") {
        return Err(TokenError::Hmac);
    }
    let kid = text("kid").ok_or(TokenError::NoKid)?;
    Ok((alg.to_owned(), kid.to_owned()))
}

impl TokenError {
    /// The stable code of this refusal.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "token_too_large",
            Self::Segments => "token_segments",
            Self::Base64(error) => error.code(),
            Self::Header(error) | Self::Payload(error) => error.code(),
            Self::HeaderNotObject => "header_not_object",
            Self::OwnKey { code, .. } | Self::Processing { code, .. } => code,
            Self::UnknownMember => "header_member",
            Self::Type => "header_typ",
            Self::NoAlgorithm => "alg_missing",
            Self::Unsigned => "alg_none",
            Self::Hmac => "alg_hmac",
            Self::AlgorithmNotForKey => "alg_not_for_key",
            Self::NoKid => "kid_missing",
            Self::KidNotPublished => "kid_not_published",
            Self::SignatureForm => "signature_form",
            Self::SignatureMirrored => "signature_mirrored",
            Self::SignatureWrong => "signature_wrong",
        }
    }
}
