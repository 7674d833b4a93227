//! The patterns, read word by word.

use std::ops::Range;

/// A passage that may point to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands, in bytes, at the borders of letters.
    pub range: Range<usize>,
    /// What it looks like.
    pub kind: Kind,
}

/// What a passage looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A telephone number.
    Telephone,
    /// An e-mail address.
    Email,
    /// A long number, such as of a record or an account.
    Number,
    /// A date.
    Date,
    /// A title with a name.
    Name,
}

impl Kind {
    /// What it looks like, and what could stand there instead.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Telephone => "Looks like a telephone number. Leave it out.",
            Self::Email => "Looks like an e-mail address. Leave it out.",
            Self::Number => "Looks like a number that belongs to somebody. Leave it out.",
            Self::Date => "Looks like a date. The day of your entry is enough; try “an appointment”.",
            Self::Name => "Looks like a name. Try “a person” or “a colleague”.",
        }
    }
}

/// Every passage that may point to a person, in order, none overlapping another.
pub fn find(text: &str) -> Vec<Finding> {
    let words = split(text);
    let mut findings: Vec<Finding> = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let rest = words.get(n..).unwrap_or_default();
        let hit = email(rest).or_else(|| telephone(rest)).or_else(|| date(rest)).or_else(|| number(rest)).or_else(|| title(rest));
        match hit {
            Some((kind, count)) => {
                let last = rest.get(count.saturating_sub(1)).or_else(|| rest.first());
                if let (Some(first), Some(last)) = (rest.first(), last) {
                    findings.push(Finding { range: first.at..last.at + last.text.len(), kind });
                }
                n += count.max(1);
            }
            None => n += 1,
        }
    }
    findings
}

/// A word without the punctuation around it, and where it begins.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    at: usize,
    text: &'t str,
    /// Whether a full stop stood right behind it.
    stopped: bool,
}

fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let start = from;
        from += piece.len();
        let front = piece.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '+');
        let bare = front.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            let at = start + (piece.len() - front.len());
            let stopped = front.get(bare.len()..).is_some_and(|rest| rest.starts_with('.'));
            words.push(Word { at, text: bare, stopped });
        }
    }
    words
}

type Hit = Option<(Kind, usize)>;

fn email(words: &[Word<'_>]) -> Hit {
    let (local, domain) = words.first()?.text.split_once('@')?;
    (!local.is_empty() && domain.contains('.') && !domain.starts_with('.')).then_some((Kind::Email, 1))
}

/// Seven, ten or eleven digits with the marks of a telephone number between them, over up to four words.
fn telephone(words: &[Word<'_>]) -> Hit {
    for count in (1..=4).rev() {
        let Some(group) = words.get(..count) else { continue };
        if !group.iter().all(|word| word.text.chars().all(|c| c.is_ascii_digit() || "-.()+/".contains(c))) {
            continue;
        }
        let sizes: Vec<usize> =
            group.iter().flat_map(|word| word.text.split(|c: char| !c.is_ascii_digit())).map(str::len).filter(|size| *size > 0).collect();
        let shaped = match sizes.as_slice() {
            [3, 4] | [3, 3, 4] | [1, 3, 3, 4] => true,
            [10 | 11] => group.iter().all(|word| !word.text.contains('/')),
            _ => false,
        };
        if shaped {
            return Some((Kind::Telephone, count));
        }
    }
    None
}

/// `3/14`, `3/14/2026`, `2026-03-14`, `March 14`, `14 March`, `the 24th`.
fn date(words: &[Word<'_>]) -> Hit {
    let first = words.first()?.text;
    let next = words.get(1).map_or("", |word| word.text);
    if numeric_date(first) {
        return Some((Kind::Date, 1));
    }
    if is_month(first) && day(next).is_some() {
        let year = words.get(2).is_some_and(|word| is_year(word.text));
        return Some((Kind::Date, if year { 3 } else { 2 }));
    }
    if day(first).is_some() && is_month(next) {
        let year = words.get(2).is_some_and(|word| is_year(word.text));
        return Some((Kind::Date, if year { 3 } else { 2 }));
    }
    // `5th` alone may be a street; `the 24th` is a day.
    let ordinal =
        next.strip_suffix("th").or_else(|| next.strip_suffix("st")).or_else(|| next.strip_suffix("nd")).or_else(|| next.strip_suffix("rd"));
    if first.eq_ignore_ascii_case("the") && ordinal.and_then(day).is_some() {
        return Some((Kind::Date, 2));
    }
    None
}

fn numeric_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let number = |part: &str| {
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) { None } else { part.parse::<u32>().ok() }
    };
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| number(part)).collect();
    let slashes = text.contains('/');
    match numbers.as_deref() {
        Some([a, b]) => {
            slashes && (1..=12).contains(a) && (13..=31).contains(b)
                || slashes && (13..=31).contains(a) && (1..=12).contains(b)
                || slashes && parts.iter().all(|part| part.len() == 2)
        }
        Some([a, b, c]) => {
            let american = (1..=31).contains(a) && (1..=31).contains(b) && (*c >= 1900 || parts.get(2).is_some_and(|part| part.len() == 2));
            let iso = *a >= 1900 && (1..=12).contains(b) && (1..=31).contains(c);
            american || iso
        }
        _ => false,
    }
}

fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    // A small letter may be another word: to march, may I.
    text.starts_with(char::is_uppercase)
        && MONTHS.iter().any(|month| {
            let lower = text.to_lowercase();
            lower == *month || (lower.len() >= 3 && lower.len() <= 4 && month.starts_with(&lower) && lower != "may")
        })
}

fn day(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    (digits.len() <= 2).then(|| digits.parse::<u32>().ok()).flatten().filter(|day| (1..=31).contains(day))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// Six digits or more in one word, marks between them or not, or letters with five digits behind them.
fn number(words: &[Word<'_>]) -> Hit {
    let text = words.first()?.text;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks = text.chars().all(|c| c.is_ascii_digit() || "-.#/".contains(c));
    let code = digits >= 5 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    ((digits >= 6 && marks) || code).then_some((Kind::Number, 1))
}

/// `Mr. Smith`, `Dr Lee`, `Ms. Ana Ruiz`.
fn title(words: &[Word<'_>]) -> Hit {
    const TITLES: [&str; 13] = ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Rev", "Fr", "Sr", "Sra", "Judge", "Officer"];
    let first = words.first()?;
    if !TITLES.contains(&first.text) || (first.stopped && first.text.len() > 4) {
        return None;
    }
    let name =
        |word: &Word<'_>| word.text.starts_with(char::is_uppercase) && word.text.chars().all(|c| c.is_alphabetic() || "’'-.".contains(c));
    let names = words.get(1..)?.iter().take(2).take_while(|word| name(word)).count();
    // A full stop behind the first name ends the sentence, so what follows is another one.
    let names = if names == 2 && words.get(1).is_some_and(|word| word.stopped) { 1 } else { names };
    (names > 0).then_some((Kind::Name, names + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(&str, Kind)> {
        find(text).into_iter().map(|finding| (&text[finding.range], finding.kind)).collect()
    }

    #[test]
    fn what_points_to_a_person_is_found() {
        for (text, passage, kind) in [
            ("Call me at 555-0199, please", "555-0199", Kind::Telephone),
            ("her number is (212) 555-0199.", "212) 555-0199", Kind::Telephone),
            ("+1 212 555 0199 is hers", "+1 212 555 0199", Kind::Telephone),
            ("wrote to maria.d@example.org today", "maria.d@example.org", Kind::Email),
            ("SSN 123-45-6789 on the form", "123-45-6789", Kind::Number),
            ("record 00481516 was open", "00481516", Kind::Number),
            ("case AB-12345 came up", "AB-12345", Kind::Number),
            ("the hearing on 3/14 went well", "3/14", Kind::Date),
            ("since 03/14/2026", "03/14/2026", Kind::Date),
            ("on 2026-03-14", "2026-03-14", Kind::Date),
            ("in court on March 14, 2026", "March 14, 2026", Kind::Date),
            ("on 14 March we met", "14 March", Kind::Date),
            ("her hearing on the 24th.", "the 24th", Kind::Date),
            ("met Mr. Smith at the door", "Mr. Smith", Kind::Name),
            ("Dr Lee said hello", "Dr Lee", Kind::Name),
            ("with Ms. Ana Ruiz today", "Ms. Ana Ruiz", Kind::Name),
        ] {
            assert_eq!(found(text), [(passage, kind)], "{text}");
        }
    }

    #[test]
    fn ordinary_notes_are_left_alone() {
        for text in [
            "1:1 support, 1.5 h. Practiced open questions and reflecting.",
            "Group of 8 people, topic sleep. May I use this again?",
            "We called 988 together and then 211.",
            "The ratio was 1:20, and 3 of 10 came back.",
            "I may march with them in spring. On 5th Avenue they walk.",
            "Half past 2, room 104, about 90 minutes.",
            "Miss the bus once and you know why.",
            "Worked from 9-5 with 2 breaks, 1/2 of it outside.",
            "Read chapter 12 and 13.",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn findings_are_in_order_and_inside(text in ".{0,120}", digits in "[0-9 ./@-]{0,60}") {
            for text in [text.as_str(), digits.as_str()] {
                let mut end = 0;
                for finding in find(text) {
                    prop_assert!(finding.range.start >= end && finding.range.end <= text.len() && !finding.range.is_empty());
                    prop_assert!(text.get(finding.range.clone()).is_some());
                    end = finding.range.end;
                }
            }
        }
    }
}
