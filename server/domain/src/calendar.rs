//! Days and times as people read them. Which they are of an instant depends on where the organization is. The blanks
//! within a day and within a time are those at which no line breaks.

use jiff::{Timestamp, ZonedDateTime, civil::Time, tz::TimeZone};
use types::Moment;

/// The instant in the calendar of a zone.
pub fn in_zone(moment: Moment, zone: &TimeZone) -> ZonedDateTime {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().to_zoned_datetime(zone.clone())
}

/// The day of an instant in this zone: `19 November 2026`.
pub fn day(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-d\u{a0}%B\u{a0}%Y").to_string()
}

/// `19 November 2026, 2:30 pm`
pub fn day_and_time(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-d\u{a0}%B\u{a0}%Y, %-I:%M\u{a0}%P").to_string()
}

/// `2:30 pm`
pub fn clock(time: Time) -> String {
    time.strftime("%-I:%M\u{a0}%P").to_string()
}
