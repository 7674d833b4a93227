//! Days as people read them. Which day an instant falls on depends on where the organization is.

use jiff::{Timestamp, tz::TimeZone};
use types::Moment;

/// The day of an instant in this zone: `19 November 2026`, with blanks at which no line breaks.
pub fn day(moment: Moment, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().to_zoned_datetime(zone.clone()).strftime("%-d\u{a0}%B\u{a0}%Y").to_string()
}
