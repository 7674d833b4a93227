//! Reading a TOML text field by field, so that all that is wrong with it comes out at once, each with its
//! place, and a key that nobody asked for is wrong too.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt,
    ops::{Range, RangeInclusive},
    str::FromStr,
};

use jiff::civil::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use types::Minutes;

use super::Place;

/// What is wrong with a program's file, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProgramError {
    /// Where.
    pub place: Place,
    /// What, and how to mend it.
    pub message: String,
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.place.line, self.place.column, self.message)
    }
}

/// The text being read, and what was found wrong with it so far.
pub(super) struct Reader<'t> {
    text: &'t str,
    errors: RefCell<Vec<ProgramError>>,
}

impl<'t> Reader<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, errors: RefCell::new(Vec::new()) }
    }

    pub(super) fn wrong(&self, place: Place, message: impl fmt::Display) {
        self.errors.borrow_mut().push(ProgramError { place, message: message.to_string() });
    }

    /// What was found wrong, in the order of the file.
    pub(super) fn errors(self) -> Vec<ProgramError> {
        let mut errors = self.errors.into_inner();
        errors.sort();
        errors.dedup();
        errors
    }

    pub(super) fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset.min(self.text.len())).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place { line, column }
    }

    pub(super) fn section<'a>(&'a self, table: &'a DeTable<'t>, span: Range<usize>) -> Section<'a, 't> {
        Section { reader: self, table, place: self.place(span.start), seen: RefCell::default() }
    }
}

/// A table of the text. Whoever has read it says [`Section::done`], so that leftovers are found.
pub(super) struct Section<'a, 't> {
    reader: &'a Reader<'t>,
    table: &'a DeTable<'t>,
    pub(super) place: Place,
    seen: RefCell<BTreeSet<&'static str>>,
}

impl<'a, 't> Section<'a, 't> {
    pub(super) fn wrong(&self, key: &str, message: impl fmt::Display) {
        let place = self.table.get(key).map_or(self.place, |value| self.reader.place(value.span().start));
        self.reader.wrong(place, message);
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.seen.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn needed(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'t>>> {
        let value = self.value(key);
        if value.is_none() {
            self.reader.wrong(self.place, format!("`{key}` is missing"));
        }
        value
    }

    fn read<T>(&self, key: &'static str, value: Option<&'a Spanned<DeValue<'t>>>, what: &str, take: impl Fn(&DeValue<'t>) -> Option<T>) -> Option<T> {
        let value = value?;
        let taken = take(value.get_ref());
        if taken.is_none() {
            self.wrong(key, format!("`{key}` must be {what}"));
        }
        taken
    }

    /// A text with something in it.
    pub(super) fn text(&self, key: &'static str) -> String {
        self.read(key, self.needed(key), "a text with something in it", full_text).unwrap_or_default()
    }

    /// As [`Section::text`], or nothing.
    pub(super) fn text_if_any(&self, key: &'static str) -> Option<String> {
        self.read(key, self.value(key), "a text with something in it", full_text)
    }

    /// A text that is a word of a list.
    pub(super) fn word<T: FromStr>(&self, key: &'static str, what: &str) -> Option<T> {
        self.read(key, self.needed(key), what, |value| value.as_str()?.parse().ok())
    }

    /// Texts, none of them empty.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        let list = |value: &DeValue<'t>| value.as_array()?.iter().map(|item| full_text(item.get_ref())).collect();
        self.read(key, self.value(key), "a list of texts", list).unwrap_or_default()
    }

    /// Words of a list.
    pub(super) fn words<T: FromStr>(&self, key: &'static str, what: &str) -> Vec<T> {
        let list = |value: &DeValue<'t>| value.as_array()?.iter().map(|item| item.get_ref().as_str()?.parse().ok()).collect();
        self.read(key, self.value(key), what, list).unwrap_or_default()
    }

    /// A whole number within bounds.
    pub(super) fn number<N: TryFrom<i64> + Default>(&self, key: &'static str, bounds: RangeInclusive<i64>) -> N {
        self.read(key, self.needed(key), &within(&bounds), |value| whole(value, &bounds)).unwrap_or_default()
    }

    /// As [`Section::number`], or nothing.
    pub(super) fn number_if_any<N: TryFrom<i64>>(&self, key: &'static str, bounds: RangeInclusive<i64>) -> Option<N> {
        self.read(key, self.value(key), &within(&bounds), |value| whole(value, &bounds))
    }

    /// A length of time, written in minutes.
    pub(super) fn minutes(&self, key: &'static str) -> Minutes {
        Minutes(self.number(key, 0..=MOST_MINUTES))
    }

    /// As [`Section::minutes`], or nothing.
    pub(super) fn minutes_if_any(&self, key: &'static str) -> Option<Minutes> {
        self.number_if_any(key, 0..=MOST_MINUTES).map(Minutes)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &'static str, default: bool) -> bool {
        self.read(key, self.value(key), "true or false", DeValue::as_bool).unwrap_or(default)
    }

    /// A day: `2026-11-23`, with or without quotes.
    pub(super) fn day_if_any(&self, key: &'static str) -> Option<Date> {
        self.read(key, self.value(key), "a day such as 2026-11-23", |value| match value {
            DeValue::Datetime(day) => day.to_string().parse().ok(),
            other => other.as_str()?.parse().ok(),
        })
    }

    /// As [`Section::day_if_any`], but it must be there.
    pub(super) fn day(&self, key: &'static str) -> Date {
        if self.needed(key).is_none() { Date::default() } else { self.day_if_any(key).unwrap_or_default() }
    }

    /// A table within this one.
    pub(super) fn section(&self, key: &'static str) -> Option<Section<'a, 't>> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(key, format!("`{key}` must be a table"));
        }
        Some(self.reader.section(table?, value.span()))
    }

    /// The tables of `[[key]]`.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Section<'a, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let tables = value.get_ref().as_array().map(|list| {
            list.iter().map(|item| item.get_ref().as_table().map(|table| self.reader.section(table, item.span()))).collect::<Option<Vec<_>>>()
        });
        if let Some(Some(tables)) = tables {
            return tables;
        }
        self.wrong(key, format!("`{key}` must be written as [[{key}]]"));
        Vec::new()
    }

    /// Whole numbers.
    pub(super) fn numbers(&self, key: &'static str) -> Vec<i32> {
        let list = |value: &DeValue<'t>| value.as_array()?.iter().map(|item| whole(item.get_ref(), &(0..=MOST_MINUTES))).collect();
        self.read(key, self.value(key), "a list of whole numbers", list).unwrap_or_default()
    }

    /// A table within this one whose keys are words of a list and whose values are minutes: `ADV = 60`.
    pub(super) fn minutes_by<K: FromStr>(&self, key: &'static str, what: &str) -> Vec<(K, Minutes)> {
        let Some(section) = self.section(key) else { return Vec::new() };
        let minutes = |value: &DeValue<'t>| whole(value, &(0..=MOST_MINUTES)).map(Minutes);
        section.known_keys(what).filter_map(|(key, value)| {
            let minutes = minutes(value.get_ref());
            if minutes.is_none() {
                self.reader.wrong(self.reader.place(value.span().start), "this must be a number of minutes");
            }
            Some((key, minutes?))
        }).collect()
    }

    /// The tables within this one, whose keys are words of a list: `P7 = { least = 360 }`.
    pub(super) fn tables<K: FromStr>(&self, what: &str) -> Vec<(K, Section<'a, 't>)> {
        self.known_keys(what).filter_map(|(key, value)| {
            let table = value.get_ref().as_table();
            if table.is_none() {
                self.reader.wrong(self.reader.place(value.span().start), "this must be a table such as { least = 60 }");
            }
            Some((key, self.reader.section(table?, value.span())))
        }).collect()
    }

    fn known_keys<K: FromStr>(&self, what: &str) -> impl Iterator<Item = (K, &'a Spanned<DeValue<'t>>)> {
        let reader = self.reader;
        self.table.iter().filter_map(move |(key, value)| {
            let known = key.get_ref().parse().ok();
            if known.is_none() {
                reader.wrong(reader.place(key.span().start), format!("`{}` is not {what}", key.get_ref()));
            }
            Some((known?, value))
        })
    }

    /// Says that all was read: what is left over is a mistake, most often in the writing of a key.
    pub(super) fn done(self) {
        let seen = self.seen.into_inner();
        for key in self.table.keys().filter(|key| !seen.contains(key.get_ref().as_ref())) {
            let known = seen.iter().copied().collect::<Vec<_>>().join(", ");
            let place = self.reader.place(key.span().start);
            self.reader.wrong(place, format!("`{}` is not known here; what can stand here is: {known}", key.get_ref()));
        }
    }
}

/// Ten thousand hours.
const MOST_MINUTES: i64 = 600_000;

fn full_text(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}

fn whole<N: TryFrom<i64>>(value: &DeValue<'_>, bounds: &RangeInclusive<i64>) -> Option<N> {
    let integer = value.as_integer()?;
    let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| bounds.contains(number))?;
    N::try_from(number).ok()
}

fn within(bounds: &RangeInclusive<i64>) -> String {
    format!("a whole number from {} to {}", bounds.start(), bounds.end())
}
