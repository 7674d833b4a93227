//! Texts that people type, checked once where they come in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Why a typed text was not taken. The message is shown beside its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing but blanks.
    #[error("Please fill this in.")]
    Empty,
    /// More letters than we keep; the number is the limit.
    #[error("This is longer than we can keep. The limit is {0} letters.")]
    TooLong(usize),
    /// A letter that no keyboard makes on purpose.
    #[error("There is a hidden letter in this text that we cannot keep. Please type it again.")]
    Control,
    /// Signs alone.
    #[error("This needs at least one letter or digit.")]
    NoLetter,
    /// Not an e-mail address.
    #[error("This does not look like an e-mail address. It needs a name, an @ and a domain, like rosa@example.org.")]
    NotAnEmail,
    /// An address with letters that not every mail server takes, and that look like others.
    #[error("This address has letters that we cannot send mail to. Please write it with plain letters from a to z, digits and marks.")]
    NotPlain,
}

/// An e-mail address: trimmed, at most 254 letters, its domain in lower case.
///
/// Only its outline is checked: the message we send is what shows that it works. Letters are those of ASCII: others look
/// alike (`K` may be a Kelvin sign), come in two spellings, and are refused by many mail servers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// The address as it is written to.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the address of somebody who may be here already: by its outline, as it may have been taken before the rule of
    /// today. Whoever is new goes by that rule.
    pub fn known(text: &str) -> Result<Self, InvalidText> {
        Self::stored(text)
    }

    fn stored(text: &str) -> Result<Self, InvalidText> {
        let text = checked(text, 254, false)?;
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidText::NotAnEmail)?;
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }

    /// The form under which an account is found: all in lower case, since people do not remember which
    /// letters they made large.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl FromStr for Email {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let text = checked(text, 254, false)?;
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidText::NotAnEmail)?;
        if !text.is_ascii() {
            return Err(InvalidText::NotPlain);
        }
        let blank = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\');
        let sound = !local.is_empty()
            && local.len() <= 64
            && !text.contains(blank)
            && !local.contains(['@', '[', ']'])
            && local.split('.').all(|atom| !atom.is_empty())
            && domain.split('.').count() >= 2
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        if !sound {
            return Err(InvalidText::NotAnEmail);
        }
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }
}

/// A person's or an organization's name: trimmed, one line, at most 120 letters, of any script, and none without a letter
/// or a digit that can be seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

impl Name {
    /// Reads a name as it may have been stored before the rule of today.
    fn stored(text: &str) -> Result<Self, InvalidText> {
        checked(text, 120, false).map(Self)
    }

    /// The name as it was typed, without blanks at its ends.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let name = Self::stored(text)?;
        if name.0.chars().any(shows_nothing) {
            return Err(InvalidText::Control);
        }
        if name.0.chars().any(char::is_alphanumeric) { Ok(name) } else { Err(InvalidText::NoLetter) }
    }
}

/// A short free text of several lines: trimmed, at most 500 letters, which is
/// enough for what a trainee did and too little for a participant's story; line ends as `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Note(String);

impl Note {
    fn stored(text: &str) -> Result<Self, InvalidText> {
        text.parse()
    }

    /// The most letters a note holds.
    pub const LIMIT: usize = 500;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Note {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        checked(&text.replace("\r\n", "\n"), Self::LIMIT, true).map(Self)
    }
}

fn checked(text: &str, limit: usize, lines: bool) -> Result<String, InvalidText> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InvalidText::Empty);
    }
    if text.chars().count() > limit {
        return Err(InvalidText::TooLong(limit));
    }
    if text.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\t')) || is_hidden(c)) {
        return Err(InvalidText::Control);
    }
    Ok(text.to_owned())
}

/// Marks that turn the direction of writing or show nothing: they can make one name look like another.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters of a kind that leave no mark on the page or break the line: with them a name looks like none, or like another.
const fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180e}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

macro_rules! plain_text {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidText;

            /// Reads what is stored: a rule that came later refuses nobody who was taken before it.
            fn try_from(text: String) -> Result<Self, InvalidText> {
                Self::stored(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    )*};
}

plain_text!(Email, Name, Note);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_their_domain_lowered() {
        let email: Email = "  Rosa.Diaz@Example.ORG ".parse().unwrap();
        assert_eq!(email.as_str(), "Rosa.Diaz@example.org");
        assert_eq!(email.key(), "rosa.diaz@example.org");
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        let long = format!("a@{}.org", "x".repeat(64));
        for text in [
            "",
            "rosa",
            "a..b@example.org",
            ".a@example.org",
            "a.@example.org",
            &long,
            "rosa@",
            "@example.org",
            "rosa@example",
            "a b@example.org",
            "a@b@example.org",
            "a@-x.org",
            "<a@x.org>",
            "\u{212a}ate@x.example",
            "zoë@x.example",
            "a@bücher.example",
        ] {
            assert!(text.parse::<Email>().is_err(), "{text}");
        }
    }

    #[test]
    fn names_of_any_script_are_kept_and_hidden_marks_are_not() {
        assert_eq!("  Zoë O’Brien-李 ".parse::<Name>().unwrap().as_str(), "Zoë O’Brien-李");
        assert_eq!("Ann\u{202e}a".parse::<Name>(), Err(InvalidText::Control));
        for unseen in ["\u{3164}", "\u{2800}\u{2800}", "Ann\u{ad}a", "a\u{2028}b", "a\u{e0041}"] {
            assert_eq!(unseen.parse::<Name>(), Err(InvalidText::Control), "{unseen:?}");
        }
        assert_eq!("\u{200d}\u{fe0f}".parse::<Name>(), Err(InvalidText::NoLetter));
        for name in ["渡邉\u{e0104}花", "ᠮᠣᠩᠭᠣᠯ\u{180b}"] {
            assert_eq!(name.parse::<Name>().map(|name| name.to_string()), Ok(name.to_owned()), "marks that letters are written with");
        }
        for before in ["—", "🙂", "Ann\u{ad}a"] {
            assert!(before.parse::<Name>().is_err() && Name::try_from(before.to_owned()).is_ok(), "{before}: taken before the rule");
        }
        assert_eq!(Email::known(" Zoë@X.example").map(|email| email.key()), Ok("zoë@x.example".to_owned()), "who is here stays");
        assert!("a..b@example.org".parse::<Email>().is_err() && Email::try_from("a..b@example.org".to_owned()).is_ok());
        assert_eq!("می\u{200c}خواهم".parse::<Name>().map(|name| name.to_string()), Ok("می\u{200c}خواهم".to_owned()));
        assert_eq!("a\nb".parse::<Name>(), Err(InvalidText::Control));
        assert_eq!("a\r\nb".parse::<Note>().unwrap().as_str(), "a\nb");
        assert_eq!("x".repeat(501).parse::<Note>(), Err(InvalidText::TooLong(500)));
    }
}
