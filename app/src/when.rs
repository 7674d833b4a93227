//! Dates and times as people read them, in the organization's zone.

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use types::Moment;

/// The instant in the calendar of a zone.
pub fn in_zone(moment: Moment, zone: &TimeZone) -> ZonedDateTime {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().to_zoned_datetime(zone.clone())
}

pub use domain::calendar::day;

/// `19 Nov`, for lists that are narrow.
pub fn short_day(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-d %b").to_string()
}

/// `19 November 2026, 2:30 pm`
pub fn day_and_time(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-d %B %Y, %-I:%M %P").to_string()
}

/// `2:30 pm`
pub fn time(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-I:%M %P").to_string()
}

/// The machine's form of an instant, for `<time datetime>`.
pub fn machine(moment: Moment) -> String {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_day_where_the_organization_is() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let late = Moment(1_788_231_600_000); // 1 September 2026, 03:00 UTC
        assert_eq!(day(late, &zone), "31 August 2026");
        assert_eq!(day_and_time(late, &TimeZone::UTC), "1 September 2026, 3:00 am");
        assert_eq!(time(late, &TimeZone::UTC), "3:00 am");
        assert_eq!(machine(late), "2026-09-01T03:00:00Z");
    }
}
