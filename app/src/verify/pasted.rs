//! What people type or paste to have it checked, read kindly: what a slip of the finger, a letter or a page did to it
//! on its way is no forgery. The call for programs is stricter.

use domain::credentials::{BaseUrl, Presented};
use types::CertificateId;

use crate::form::Form;

/// What was typed or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pasted {
    /// A number, alone or in an address of ours.
    Number {
        /// The number.
        id: CertificateId,
        /// The day that the address asks about, as it stands there.
        at: Option<String>,
    },
    /// A text that reads as a certificate, a right one or a wrong one.
    Text(String),
    /// A signed text that is not whole, or that was changed on its way.
    BrokenText,
    /// The address of a certificate of ours, with something behind the number that cannot be checked.
    TooMuch,
    /// An address, and not of one of our certificates.
    OtherAddress,
    /// Nothing that we know.
    Nothing,
}

/// Reads it.
pub(super) fn read(typed: &str, base: &BaseUrl) -> Pasted {
    let text = unquoted(typed.trim());
    if text.starts_with('{') {
        return if Presented::read(text, base).is_legible() { Pasted::Text(text.to_owned()) } else { Pasted::Nothing };
    }
    if let Some(token) = among_words(text)
        && Presented::read(&token, base).is_legible()
    {
        return Pasted::Text(token);
    }
    let joined: String = text.chars().filter(|letter| !is_blank(*letter)).collect();
    // A signed text is judged as one: a good number in it or beside it says nothing of it.
    if !joined.contains(SIGNED)
        && let Some(number) = number(text, base)
    {
        return number;
    }
    let presented = Presented::read(&joined, base);
    match presented {
        Presented::Number(number) => {
            if let Ok(id) = number.parse() {
                return Pasted::Number { id, at: None };
            }
        }
        other if other.is_legible() => return Pasted::Text(joined),
        _ => {}
    }
    let is_link = presented == Presented::OtherLink && !text.split_whitespace().any(|word| word.starts_with(SIGNED));
    if !is_link && (joined.starts_with(SIGNED) || (joined.len() >= LONG && joined.contains('.'))) {
        return Pasted::BrokenText;
    }
    // By how it begins, and by nothing in it: an address that hides ours is not ours.
    let ours = format!("{}/certificates/", base.as_str());
    if text.split_whitespace().any(|word| word.starts_with(&ours)) {
        return Pasted::TooMuch;
    }
    if text.split_whitespace().any(is_address) { Pasted::OtherAddress } else { Pasted::Nothing }
}

/// How signed texts begin.
const SIGNED: &str = "eyJ";
/// The letters of a signature of ours: two numbers of 32 bytes.
const SIGNATURE: usize = 86;
/// What may stand right before a signed text, and right behind it.
const OPENS: &str = "\"'`“‘«<([:=";
const CLOSES: &str = "\"'`”’»>)].,;:!?";
/// Nothing that people type by hand is as long, and no certificate is signed in fewer letters.
const LONG: usize = 100;
/// A number has five groups, and some words may stand around it.
const MOST_WORDS: usize = 16;
/// What stands around a text that somebody quotes.
const PAIRS: [(char, char); 7] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('«', '»'), ('<', '>')];

/// The text without one pair of quotation marks.
fn unquoted(text: &str) -> &str {
    PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close)).unwrap_or(text).trim()
}

/// The one signed text that stands among words, such as `Token: eyJ… Thank you`. Its signature says where it ends.
fn among_words(text: &str) -> Option<String> {
    let (before, signed) = text.split_at_checked(text.find(SIGNED)?)?;
    let is_free = before.chars().next_back().is_none_or(|letter| is_blank(letter) || OPENS.contains(letter));
    // In an address it is somebody else's to read.
    if !is_free || before.split(is_blank).next_back().is_some_and(is_address) {
        return None;
    }
    let (mut token, mut parts, mut signature) = (String::new(), 1, 0);
    for (at, letter) in signed.char_indices().filter(|(_, letter)| !is_blank(*letter)) {
        match letter {
            '.' => parts += 1,
            'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_' => signature += usize::from(parts == 3),
            _ => return None,
        }
        token.push(letter);
        if signature == SIGNATURE {
            let (_, after) = signed.split_at_checked(at + 1)?;
            return (ends_before(after) && parts == 3).then_some(token);
        }
    }
    None
}

/// Whether a signed text is over where this follows, and no second one comes.
fn ends_before(after: &str) -> bool {
    let mut letters = after.chars();
    let closes = letters.next().is_none_or(|letter| is_blank(letter) || CLOSES.contains(letter));
    let goes_on = after.starts_with('.') && letters.next().is_some_and(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    closes && !goes_on && !after.contains(SIGNED)
}

/// A blank, or a letter that nobody sees.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The number, with blanks and line breaks in it or words around it.
fn number(text: &str, base: &BaseUrl) -> Option<Pasted> {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    if words.len() > MOST_WORDS {
        return None;
    }
    // A number that stands in the address of somebody else is not one that was typed.
    let in_address = words.iter().any(|word| is_address(word));
    let runs = (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)));
    runs.filter_map(|(from, to)| words.get(from..to)).find_map(|run| {
        let run = run.concat();
        if in_address { of_address(&run, base) } else { alone(&run) }
    })
}

/// A word without unseen letters, and with plain hyphens: writing programs like to put in dashes.
fn plain(word: &str) -> String {
    let seen = word.chars().filter(|letter| !is_blank(*letter));
    seen.map(|letter| if matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { letter }).collect()
}

fn is_address(word: &str) -> bool {
    word.contains('/') && word.contains(['.', ':'])
}

/// A number, with what stands before it in one word: `No.`, `Number:`, `#`.
fn alone(run: &str) -> Option<Pasted> {
    let number = bare(run).rsplit([':', '.', '#', '=']).next()?;
    Some(Pasted::Number { id: number.parse().ok()?, at: None })
}

/// The number in an address of ours, and the day that the address asks about.
fn of_address(run: &str, base: &BaseUrl) -> Option<Pasted> {
    let address = without_label(bare(run));
    let Presented::Number(number) = Presented::read(address, base) else { return None };
    if !address.contains('/') {
        return None;
    }
    let (_, query) = address.split_once('?').unwrap_or_default();
    let query = query.split('#').next().unwrap_or_default();
    let at = Some(Form::parse(query).get("at").to_owned()).filter(|at| !at.is_empty());
    Some(Pasted::Number { id: number.parse().ok()?, at })
}

/// Without brackets, quotation marks and stops around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_ascii_alphanumeric())
}

/// The address behind `Certificate:`. What stands before must be a word: an address that hides ours is not ours.
fn without_label(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let Some(begin) = ["https://", "http://"].iter().filter_map(|scheme| lower.find(scheme)).min() else { return text };
    let Some((label, address)) = text.split_at_checked(begin) else { return text };
    let marks = [':', '=', '(', '<'];
    let is_label = label.ends_with(marks) && label.chars().all(|letter| letter.is_alphabetic() || marks.contains(&letter));
    if is_label { address } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "0193a5b0-0000-7000-8000-00000000000a";

    fn base() -> BaseUrl {
        BaseUrl::parse("https://train.example.org").unwrap()
    }

    fn found(at: Option<&str>) -> Pasted {
        Pasted::Number { id: NUMBER.parse().unwrap(), at: at.map(ToOwned::to_owned) }
    }

    #[test]
    fn a_number_is_read_however_it_came() {
        for typed in [
            NUMBER.to_owned(),
            NUMBER.to_uppercase(),
            format!("  {NUMBER}.\n"),
            NUMBER.replace('-', "-\r\n"),
            NUMBER.replace('-', " "),
            NUMBER.replace('-', "–"),
            NUMBER.replace('-', " – "),
            NUMBER.replace('-', "\u{2011}"),
            NUMBER.replace("-8000", "-\u{200b}8000"),
            format!("No. {NUMBER}"),
            format!("No.{NUMBER}"),
            format!("Certificate number: {NUMBER}, Jordan Avery"),
            format!("“{NUMBER}”"),
            format!("https://train.example.org/certificates/{NUMBER}"),
            format!("train.example.org/certificates/{NUMBER}.jwt"),
            format!("<https://train.example.org/certificates/{NUMBER}>"),
            format!("Certificate: https://train.example.org/certificates/{NUMBER}."),
            format!("Certificate:https://train.example.org/certificates/{NUMBER}"),
            format!("(see HTTPS://Train.example.org/certificates/{NUMBER})"),
            format!("https://train.example.org/certificates/{}", NUMBER.replace('-', "-\n")),
            format!("https://train.example.org/certificates/{NUMBER}/"),
        ] {
            assert_eq!(read(&typed, &base()), found(None), "{typed:?}");
        }
    }

    #[test]
    fn the_day_that_an_address_asks_about_is_kept() {
        let typed = format!("https://train.example.org/certificates/{NUMBER}?at=2026-10-01#top");
        assert_eq!(read(&typed, &base()), found(Some("2026-10-01")));
        assert_eq!(read(&format!("<{typed}>"), &base()), found(Some("2026-10-01")));
    }

    #[test]
    fn what_rides_on_an_address_of_ours_is_too_much() {
        for behind in ["#eyJhIjoxfQ.e30.a", "?t=eyJhIjoxfQ.e30.a", &format!("?at={}", "2".repeat(300))] {
            let typed = format!("https://train.example.org/certificates/{NUMBER}{behind}");
            assert_eq!(read(&typed, &base()), Pasted::TooMuch, "{typed}");
        }
        let hidden = format!("https://evil.test/?to=https://train.example.org/certificates/{NUMBER}#eyJhIjoxfQ.e30.a");
        assert_eq!(read(&hidden, &base()), Pasted::OtherAddress);
    }

    #[test]
    fn an_address_that_looks_like_ours_is_not_ours() {
        for typed in [
            format!("https://train.example.org.evil.test/certificates/{NUMBER}"),
            format!("https://evil.test/certificates/{NUMBER}"),
            format!("evil.test/certificates/ {NUMBER}"),
            format!("https://evil.test/?to=https://train.example.org/certificates/{NUMBER}"),
            format!("evil.test/https://train.example.org/certificates/{NUMBER}"),
            format!("https://train.example.org@evil.test/certificates/{NUMBER}"),
            "https://train.example.org/verify".to_owned(),
        ] {
            assert_eq!(read(&typed, &base()), Pasted::OtherAddress, "{typed:?}");
        }
    }

    #[test]
    fn a_signed_text_is_read_with_line_breaks_and_in_quotation_marks() {
        // {"alg":"none"} and {"a":1}: wrong, but it reads as a token.
        let token = "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.";
        for typed in [
            token.to_owned(),
            format!("\"{token}\""),
            format!("“{token}”\r\n"),
            format!("<{token}>"),
            token.replace("In0", "I\r\nn0"),
            token.replace('.', ". "),
        ] {
            assert_eq!(read(&typed, &base()), Pasted::Text(token.to_owned()), "{typed:?}");
        }
    }

    #[test]
    fn a_signed_text_is_found_among_words() {
        // {"alg":"ES256"} and {"a":1}, with a signature of the right length.
        let token = format!("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.{}", "Ab-_".repeat(22).split_at(86).0);
        for typed in [
            format!("{token}\n\nSent from my phone"),
            format!("{token} thanks"),
            format!("{token}\n-- \nPriya Nandan"),
            format!("Token: {token}."),
            format!("Token:{token}"),
            format!("Here it is ({token}), with my regards"),
            format!("Awarded 8/3/2026. {token}"),
            format!("My certificate from https://train.example.org/certificates/{NUMBER}:\n{token}"),
            format!("“{}”\r\nThank you", token.replace("In0", "I\r\nn0").replace("_Ab", "_\n  Ab")),
        ] {
            assert_eq!(read(&typed, &base()), Pasted::Text(token.clone()), "{typed:?}");
        }
        for typed in [
            format!("{token}thanks"),
            format!("{token}.more"),
            format!("{token} {token}"),
            format!("x{token} thanks"),
            format!("{token} and https://train.example.org/certificates/{NUMBER} {token}"),
            format!("{} thanks", token.split_at(token.len() - 3).0),
        ] {
            assert_eq!(read(&typed, &base()), Pasted::BrokenText, "{typed:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_judged() {
        for typed in ["eyJhbGciOiJub25lIn0.eyJhIjox", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJub25lIn0.eyJ/+joxfQ.a"] {
            assert_eq!(read(typed, &base()), Pasted::BrokenText, "{typed}");
        }
        assert_eq!(read(&format!("{}.{}", "x".repeat(80), "y".repeat(80)), &base()), Pasted::BrokenText);
        for typed in ["", "Jordan Avery", "7qk3-m9xd", "{ hello", "{}", "12/31/2026", "n/a", "a.b.c"] {
            assert_eq!(read(typed, &base()), Pasted::Nothing, "{typed}");
        }
        let document = r#"{"@context": ["https://www.w3.org/ns/credentials/v2"]}"#;
        assert_eq!(read(document, &base()), Pasted::Text(document.to_owned()));
    }
}
