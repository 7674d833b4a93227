//! Times and durations as whole numbers, the same on every database.

use std::{fmt, ops};

use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
///
/// A number rather than a database's own type: it sorts, compares and round-trips alike on `SQLite` and
/// `PostgreSQL`. Calendars and zones are the business of whoever shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
pub struct Moment(pub i64);

impl Moment {
    /// One second, in the unit of a [`Moment`].
    pub const SECOND: i64 = 1_000;
    /// One minute, in the unit of a [`Moment`].
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// One hour, in the unit of a [`Moment`].
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Twenty-four hours, in the unit of a [`Moment`].
    pub const DAY: i64 = 24 * Self::HOUR;

    /// This instant moved by so many milliseconds, held at the ends of the range.
    #[must_use]
    pub const fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// This instant cut down to the whole second, for formats that know no less.
    #[must_use]
    pub const fn whole_second(self) -> Self {
        Self(self.0.div_euclid(Self::SECOND) * Self::SECOND)
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }
}

/// A length of time in whole minutes. Sums are exact; nothing is rounded before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
pub struct Minutes(pub i32);

impl Minutes {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many whole hours.
    #[must_use]
    pub const fn hours(hours: i32) -> Self {
        Self(hours.saturating_mul(60))
    }

    /// What is left of `self` after `other`, never below zero.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }
}

impl ops::Add for Minutes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::AddAssign for Minutes {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, ops::Add::add)
    }
}

/// As people say it: `1 h 30 min`, `2 h`, `45 min`, with blanks at which no line breaks.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes}\u{a0}min"),
            (hours, 0) => write!(f, "{hours}\u{a0}h"),
            (hours, minutes) => write!(f, "{hours}\u{a0}h\u{a0}{minutes}\u{a0}min"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_said_as_people_say_them() {
        let said = [0, 45, 60, 90, 7200].map(|minutes| Minutes(minutes).to_string().replace('\u{a0}', " "));
        assert_eq!(said, ["0 min", "45 min", "1 h", "1 h 30 min", "120 h"]);
    }

    #[test]
    fn a_moment_is_cut_downward_also_before_1970() {
        assert_eq!(Moment(-1).whole_second(), Moment(-1000));
        assert_eq!(Moment(1999).whole_second(), Moment(1000));
    }
}
