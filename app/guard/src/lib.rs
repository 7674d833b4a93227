//! Finds detail in a text that may point to a person: telephone numbers, addresses, long numbers, dates, a
//! title with a name. It only points; a person decides. Pure and small, so that the browser can look while
//! somebody writes and the server looks always.
//!
//! The patterns follow the kinds of identifier that the Safe Harbor of 45 CFR 164.514(b)(2) takes out of a
//! text, as far as a few words beside each other can show them. What is not found may still point to
//! somebody: the words beside the field say so.

use std::ops::Range;

mod dates;
mod known;
mod names;
mod numbers;
mod people;
mod places;
#[cfg(test)]
mod tests;
mod words;

use words::{Word, split};

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
    /// An address on the web.
    Web,
    /// A long number, such as of a record or an account.
    Number,
    /// A date.
    Date,
    /// A date with what happens on it.
    Event,
    /// A name.
    Name,
    /// Somebody's initials.
    Initials,
    /// A street.
    Place,
    /// An age so high that few people share it.
    Age,
    /// A fact about somebody's health.
    Health,
}

impl Kind {
    /// What it looks like, and what could stand there instead.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Telephone => "Looks like a telephone number. Leave it out.",
            Self::Email => "Looks like an e-mail address. Leave it out.",
            Self::Web => "Looks like a web address. Leave it out.",
            Self::Number => "Looks like a number that belongs to somebody. Leave it out.",
            Self::Date => "Looks like a date. The day of your entry is enough.",
            Self::Event => "A date and an event together. Try “an appointment”.",
            Self::Name => "Looks like a name. Try “a person” or “a colleague”.",
            Self::Initials => "Looks like initials. Try “a person”.",
            Self::Place => "Looks like a place. Try “an office in town”.",
            Self::Age => "Few people are that old. Try “an older person”.",
            Self::Health => "Tells about a person’s health. Write what you did instead.",
        }
    }
}

/// Every passage that may point to a person, in order, none overlapping another.
pub fn find(text: &str) -> Vec<Finding> {
    let words = split(text);
    let mut findings = Vec::new();
    let mut n = 0;
    while let Some(first) = words.get(n) {
        let around = Around { before: n.checked_sub(1).and_then(|n| words.get(n)), words: words.get(n..).unwrap_or_default() };
        let Some((kind, count)) = hit(&around) else {
            n += 1;
            continue;
        };
        let last = words.get(n + count.saturating_sub(1)).unwrap_or(first);
        let start = if kind == Kind::Telephone { first.at - first.bracket } else { first.at };
        let end = last.at + if kind == Kind::Name { last.without_possessive().len() } else { last.text.len() };
        findings.push(Finding { range: start..end, kind });
        n += count.max(1);
    }
    findings
}

/// The rest of the text from one word on, and the word before it.
struct Around<'t, 'w> {
    before: Option<&'w Word<'t>>,
    words: &'w [Word<'t>],
}

/// What stands here, and how many words it takes.
type Hit = Option<(Kind, usize)>;

/// The first pattern that fits. A number that is a date is called a date, so dates come before numbers.
fn hit(around: &Around<'_, '_>) -> Hit {
    numbers::address(around)
        .or_else(|| dates::event(around))
        .or_else(|| people::age(around))
        .or_else(|| places::street(around))
        .or_else(|| numbers::telephone(around))
        .or_else(|| dates::date(around))
        .or_else(|| numbers::number(around))
        .or_else(|| names::titled(around))
        .or_else(|| names::initials(around))
        .or_else(|| names::introduced(around))
        .or_else(|| people::health(around))
}
