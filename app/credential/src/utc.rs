//! Times as certificates write them: RFC 3339, never without a zone.
//!
//! By hand, and held against `jiff` in the tests. A date in a certificate has one spelling, and what it means must
//! not change with a library: `jiff` reads many more (small letters, a space for the `T`, leap seconds, the name of
//! a zone in brackets), each of which would have to be refused here before it is asked, and its instants end a day
//! before those of RFC 3339 do.

use std::fmt;

use serde::{Serialize, Serializer};

/// An instant: milliseconds since 1970-01-01T00:00:00Z. Shown and serialised as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(pub i64);

/// Why a text is not a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The day is there, the zone is not, so it names no instant.
    #[error("the date has no time zone")]
    NoZone,
    /// Not of the form `2026-11-02T15:00:00Z`, or a day that does not exist.
    #[error("the date cannot be read")]
    Unreadable,
}

impl UtcTime {
    /// The first instant that RFC 3339 can write.
    pub const MIN: Self = Self(-62_167_219_200_000);
    /// The last instant that RFC 3339 can write, to the millisecond.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// Reads RFC 3339: `2026-11-02T15:00:00Z`, `2026-11-02T10:00:00.250-05:00`.
    ///
    /// Capital `T` and `Z` only, a zone always, no leap second. What is finer than a millisecond is
    /// cut off.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let mut cursor = Cursor(text.as_bytes());
        let day = cursor.day().ok_or(DateError::Unreadable)?;
        if cursor.0.is_empty() {
            return Err(DateError::NoZone);
        }
        let time = cursor.time().ok_or(DateError::Unreadable)?;
        if cursor.0.is_empty() {
            return Err(DateError::NoZone);
        }
        let offset = cursor.offset().ok_or(DateError::Unreadable)?;
        if !cursor.0.is_empty() {
            return Err(DateError::Unreadable);
        }
        let instant = Self(day * DAY + time - offset);
        if instant < Self::MIN || instant > Self::MAX {
            return Err(DateError::Unreadable);
        }
        Ok(instant)
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// This instant cut down to the second: `nbf` and `exp` know no less.
    #[must_use]
    pub const fn whole_second(self) -> Self {
        Self(self.seconds() * SECOND)
    }

    /// The calendar day in UTC, such as `2026-11-02`.
    #[must_use]
    pub fn day(self) -> String {
        let (year, month, day) = civil(self.held().0.div_euclid(DAY));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The calendar day in UTC as people read it, such as `2 November 2026`.
    #[must_use]
    pub fn day_in_words(self) -> String {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let (year, month, day) = civil(self.held().0.div_euclid(DAY));
        let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
        format!("{day} {month} {year}")
    }

    /// This instant, held within what RFC 3339 can write.
    fn held(self) -> Self {
        self.clamp(Self::MIN, Self::MAX)
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.held().0.rem_euclid(DAY);
        let (hour, minute) = (rest / HOUR, rest / MINUTE % 60);
        let (second, milli) = (rest / SECOND % 60, rest % SECOND);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}", self.day())?;
        if milli != 0 {
            write!(f, ".{milli:03}")?;
        }
        f.write_str("Z")
    }
}

impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What is left to read of a date. Each step takes its bytes or answers `None`.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// `2026-11-02` as days since 1970-01-01.
    fn day(&mut self) -> Option<i64> {
        let year = self.number(4)?;
        self.byte(b'-')?;
        let month = self.number(2)?;
        self.byte(b'-')?;
        let day = self.number(2)?;
        let exists = (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
        exists.then(|| days_since_1970(year, month, day))
    }

    /// `T15:00:00.250` as milliseconds since midnight.
    fn time(&mut self) -> Option<i64> {
        self.byte(b'T')?;
        let hour = self.number(2)?;
        self.byte(b':')?;
        let minute = self.number(2)?;
        self.byte(b':')?;
        let second = self.number(2)?;
        let milli = match self.byte(b'.') {
            Some(()) => self.fraction()?,
            None => 0,
        };
        let exists = hour < 24 && minute < 60 && second < 60;
        exists.then_some(hour * HOUR + minute * MINUTE + second * SECOND + milli)
    }

    /// `Z`, `+02:00` or `-05:00`, as milliseconds ahead of UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.byte(b'Z').is_some() {
            return Some(0);
        }
        let sign = match self.byte(b'+') {
            Some(()) => 1,
            None => self.byte(b'-').map(|()| -1)?,
        };
        let hour = self.number(2)?;
        self.byte(b':')?;
        let minute = self.number(2)?;
        (hour < 24 && minute < 60).then_some(sign * (hour * HOUR + minute * MINUTE))
    }

    /// One to nine digits after the point, as milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let length = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        if !(1..=9).contains(&length) {
            return None;
        }
        self.0 = rest;
        let padded = digits.iter().copied().chain([b'0', b'0']).take(3);
        Some(padded.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    fn number(&mut self, length: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(length)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.0 = rest;
        Some(digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }

    fn byte(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == wanted).then(|| self.0 = rest)
    }
}

const fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days between 1970-01-01 and a day of the Gregorian calendar. Years are counted from March, so that
/// the leap day is the last day of its year.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The year, month and day of a number of days since 1970-01-01.
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_rfc_3339_allows() {
        let same = ["2026-11-02T15:00:00Z", "2026-11-02T10:00:00-05:00", "2026-11-02T15:00:00.0004Z"];
        for text in same {
            assert_eq!(UtcTime::parse(text), Ok(UtcTime(1_793_631_600_000)), "{text}");
        }
        assert_eq!(UtcTime::parse("1969-12-31T23:59:59.9Z"), Ok(UtcTime(-100)));
    }

    #[test]
    fn a_date_without_a_zone_names_no_instant() {
        for text in ["2026-11-02", "2026-11-02T15:00:00", "2026-11-02T15:00:00.25"] {
            assert_eq!(UtcTime::parse(text), Err(DateError::NoZone), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_strictly_a_date() {
        let wrong = [
            "",
            "now",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-11-02t15:00:00Z",
            "2026-11-02T15:00:00z",
            "2026-11-02 15:00:00Z",
            "2026-11-02T24:00:00Z",
            "2026-11-02T15:00:60Z",
            "2026-11-02T15:00Z",
            "2026-11-02T15:00:00.Z",
            "2026-11-02T15:00:00+0200",
            "2026-11-02T15:00:00+24:00",
            "2026-11-02T15:00:00Z ",
            "+2026-11-02T15:00:00Z",
            "2026-11-02T15:00:00.1234567890Z",
            "9999-12-31T23:59:59-01:00",
            "2026-11-02T15:00:00Z[UTC]",
        ];
        for text in wrong {
            assert_eq!(UtcTime::parse(text), Err(DateError::Unreadable), "{text}");
        }
    }

    proptest! {
        #[test]
        fn another_library_reads_and_writes_the_same(millis in UtcTime::MIN.0..=253_402_207_200_000) {
            let ours = UtcTime(millis).to_string();
            let theirs: jiff::Timestamp = ours.parse()?;
            prop_assert_eq!(theirs.as_millisecond(), millis);
            let whole = jiff::Timestamp::from_second(UtcTime(millis).seconds())?.to_string();
            prop_assert_eq!(UtcTime(millis).whole_second().to_string(), whole);
            prop_assert_eq!(UtcTime::parse(&ours), Ok(UtcTime(millis)));
        }

        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in "\\PC{0,40}") {
            let _ = UtcTime::parse(&text);
        }
    }
}
