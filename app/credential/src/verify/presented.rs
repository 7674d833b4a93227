//! What people hand in to be checked, and how to find the records for it before anything is checked.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    BaseUrl,
    issuer::is_number,
    json,
    jws::{self, Jws},
    status::{StatusPosition, read_entry},
};

/// What was handed in.
///
/// A number has to be looked up first, and what is found presented as a [`Token`](Self::Token). A number
/// that is presented as it is was not found, and the report says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented<'a> {
    /// A compact JWT, or what should be one.
    Token(&'a str),
    /// The number of a certificate, alone or in its page's address.
    Number(&'a str),
    /// A link to somewhere else. It is not followed.
    OtherLink,
    /// A JSON-LD document with its proof inside, or what should be one.
    Document(&'a str),
}

/// What a token says of itself, with nothing checked. Good for finding records, for nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchecked {
    /// The number of the certificate, where the token names one of this issuer's.
    pub number: Option<String>,
    /// Its place in the status lists, where the token names one of this issuer's.
    pub status: Option<StatusPosition>,
}

impl<'a> Presented<'a> {
    /// Tells what a text is. White space around it is dropped. `http` and `https` are the same here, and
    /// the address may come without them: it is only looked up, never fetched.
    #[must_use]
    pub fn read(text: &'a str, base: &BaseUrl) -> Self {
        let text = text.trim();
        if text.starts_with('{') {
            return Self::Document(text);
        }
        if is_number(text) {
            return Self::Number(text);
        }
        if let Some(number) = number_in_address(text, base) {
            return Self::Number(number);
        }
        // No token has a slash. But its like in plain base64 has some, and is to be told that, not that it is a link.
        if text.contains('/') && !text.starts_with(TOKEN_START) { Self::OtherLink } else { Self::Token(text) }
    }

    /// Whether it reads as a certificate at all, a right one or a wrong one. What does not was cut or mistyped on its
    /// way, as far as anybody can tell, or was never meant to be one: to call it forged would be untrue.
    #[must_use]
    pub fn is_legible(self) -> bool {
        match self {
            Self::Token(token) => jws::is_legible(token),
            Self::Number(_) => true,
            Self::OtherLink => false,
            Self::Document(text) => json::read(text.as_bytes()).is_ok_and(|document| document.get("@context").is_some()),
        }
    }
}

/// More than any address of a certificate takes, with its day.
const LONGEST_PATH: usize = 200;
/// How `{"` begins in base64, and so every header of a token.
const TOKEN_START: &str = "eyJ";

/// Reads which records a token asks for. `None` where it is not a token at all.
#[must_use]
pub fn peek(token: &str, base: &BaseUrl) -> Option<Unchecked> {
    let payload = Jws::parse(token).ok()?.unchecked_payload()?;
    let number = payload.get("id").and_then(Value::as_str).and_then(|id| base.certificate_number(id));
    Some(Unchecked { number: number.map(str::to_owned), status: read_entry(payload.get("credentialStatus"), base).ok() })
}

/// SHA-256 of a token's bytes, by which the register knows the documents that it issued.
#[must_use]
pub fn token_digest(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// People write hosts in capitals, and some programs write the port that goes without saying. That is for what
/// is pasted only: what is signed is compared letter for letter.
fn number_in_address<'a>(text: &'a str, base: &BaseUrl) -> Option<&'a str> {
    let (authority, path) = without_scheme(text).split_once('/')?;
    let host = without_scheme(base.as_str());
    let usual = [":443", ":80"].iter().find_map(|port| authority.strip_suffix(port)).unwrap_or(authority);
    if !authority.eq_ignore_ascii_case(host) && !usual.eq_ignore_ascii_case(host) {
        return None;
    }
    // Nothing that is signed may ride on an address: the number would be checked, and the text beside it taken for good.
    if path.contains(char::is_whitespace) || path.contains(TOKEN_START) || path.len() > LONGEST_PATH {
        return None;
    }
    let number = path.strip_prefix("certificates/")?.split(['.', '/', '?', '#']).next()?;
    is_number(number).then_some(number)
}

fn without_scheme(url: &str) -> &str {
    match url.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") => rest,
        _ => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BaseUrlError;

    #[test]
    fn tells_numbers_links_documents_and_tokens_apart() -> Result<(), BaseUrlError> {
        let base = BaseUrl::parse("https://certify.example")?;
        let cases = [
            ("018f-2a", Presented::Number("018f-2a")),
            (" https://certify.example/certificates/018f-2a\n", Presented::Number("018f-2a")),
            ("certify.example/certificates/018f-2a.jwt", Presented::Number("018f-2a")),
            ("http://certify.example/certificates/018f-2a?at=2026", Presented::Number("018f-2a")),
            ("HTTPS://Certify.Example/certificates/018F-2a", Presented::Number("018F-2a")),
            ("https://certify.example:443/certificates/018f-2a", Presented::Number("018f-2a")),
            ("http://certify.example:80/certificates/018f-2a", Presented::Number("018f-2a")),
            ("https://certify.example:8443/certificates/018f-2a", Presented::OtherLink),
            ("https://certify.example/certificates/018f-2a.jwt eyJhIjoxfQ.e30.a", Presented::OtherLink),
            ("https://certify.example/certificates/018f-2a#eyJhIjoxfQ.e30.a", Presented::OtherLink),
            ("https://certify.example/certificates/018f-2a/\n\nor so", Presented::OtherLink),
            ("https://a@certify.example/certificates/018f-2a", Presented::OtherLink),
            ("https://certify.example/CERTIFICATES/018f-2a", Presented::OtherLink),
            ("https://certify.example.evil.test/certificates/018f-2a", Presented::OtherLink),
            ("https://evil.test/certificates/018f-2a", Presented::OtherLink),
            ("https://certify.example/status/revocation/1", Presented::OtherLink),
            ("{\"id\":1}", Presented::Document("{\"id\":1}")),
            ("a.b.c\n", Presented::Token("a.b.c")),
            ("eyJhbGciOiJFUzI1NiJ9.e30.a+b/c", Presented::Token("eyJhbGciOiJFUzI1NiJ9.e30.a+b/c")),
            ("", Presented::Token("")),
        ];
        for (text, expected) in cases {
            assert_eq!(Presented::read(text, &base), expected, "{text:?}");
        }
        Ok(())
    }

    #[test]
    fn a_document_is_json_with_a_context() -> Result<(), BaseUrlError> {
        let base = BaseUrl::parse("https://certify.example")?;
        assert!(Presented::read(r#"{"@context":[]}"#, &base).is_legible());
        for text in ["{ hello", "{}", r#"{"id":1}"#, r#"{"@context":[],"@context":[]}"#] {
            assert!(!Presented::read(text, &base).is_legible(), "{text}");
        }
        Ok(())
    }
}
