//! Dates and times as people read them, in the organization's zone. A number stays on the line of its unit: the blanks
//! within a day and within a time are those at which no line breaks.

pub use domain::calendar::{day, day_and_time, in_zone};
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use types::Moment;

/// `19 Nov`, for lists that are narrow.
pub fn short_day(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-d\u{a0}%b").to_string()
}

/// The day of a record, as it was written down: `19 November 2026`.
pub fn date(date: Date) -> String {
    date.strftime("%-d\u{a0}%B\u{a0}%Y").to_string()
}

/// The time of a record, as it was written down: `2:30 pm`.
pub fn clock(time: Time) -> String {
    time.strftime("%-I:%M\u{a0}%P").to_string()
}

/// `2:30 pm`
pub fn time(moment: Moment, zone: &TimeZone) -> String {
    in_zone(moment, zone).strftime("%-I:%M\u{a0}%P").to_string()
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
        assert_eq!(day(late, &zone), "31\u{a0}August\u{a0}2026");
        assert_eq!(day_and_time(late, &TimeZone::UTC), "1\u{a0}September\u{a0}2026, 3:00\u{a0}am");
        assert_eq!(time(late, &TimeZone::UTC), "3:00\u{a0}am");
        assert_eq!(machine(late), "2026-09-01T03:00:00Z");
    }
}
