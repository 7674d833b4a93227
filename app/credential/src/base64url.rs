//! Base64url as tokens need it: one text for one value, so that no byte of a token can be changed
//! without changing what it says.

use base64::{
    DecodeError, Engine, alphabet,
    engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD},
};

/// Why a text is not canonical, unpadded base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Base64Error {
    /// It ends in `=`, which compact tokens never do.
    #[error("a part of the token is padded with “=”")]
    Padded,
    /// The unused bits of the last letter are not zero: another text for the same value.
    #[error("a part of the token is not written in its one proper form")]
    NotCanonical,
    /// A letter or a length that base64url does not have.
    #[error("a part of the token has letters that do not belong there")]
    NotBase64Url,
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, Base64Error> {
    if text.contains('=') {
        return Err(Base64Error::Padded);
    }
    URL_SAFE_NO_PAD.decode(text).map_err(|error| match error {
        DecodeError::InvalidLastSymbol(..) => Base64Error::NotCanonical,
        _ => Base64Error::NotBase64Url,
    })
}

/// Reads a text that may set the unused bits of its last letter: to see what it says, and to believe none of it.
pub(crate) fn decode_loosely(text: &str) -> Option<Vec<u8>> {
    const LOOSE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));
    LOOSE.decode(text).ok()
}

impl Base64Error {
    /// The stable code of this refusal.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Padded => "base64_padded",
            Self::NotCanonical => "base64_not_canonical",
            Self::NotBase64Url => "base64_invalid",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_one_value() {
        assert_eq!(decode("Zg"), Ok(vec![b'f']));
        assert_eq!(decode("Zh"), Err(Base64Error::NotCanonical));
        assert_eq!(decode("Zg=="), Err(Base64Error::Padded));
        for text in ["Z", "Zg\n", " Zg", "Z+/_", "Zé"] {
            assert_eq!(decode(text), Err(Base64Error::NotBase64Url), "{text:?}");
            assert_eq!(decode_loosely(text), None, "{text:?}");
        }
        assert_eq!(decode_loosely("Zh"), Some(vec![b'f']));
        assert_eq!(decode_loosely("Zg=="), None);
    }
}
