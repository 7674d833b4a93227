//! What an entry says.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};
use types::{Category, Domain, InvalidText, Minutes, Moment, Note, PlacementId};

use super::{Band, Format, Hours};
use crate::calendar;

/// What an entry says: what the trainee did, never who it was with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Where.
    pub placement: PlacementId,
    /// When.
    pub when: When,
    /// What kind of work took most of the time.
    pub category: Category,
    /// The domain it counts under; one, so that no minute counts twice.
    pub domain: Domain,
    /// Whether it was work with people.
    pub direct: bool,
    /// How it was done.
    pub format: Format,
    /// On what terms.
    pub hours: Hours,
    /// How many people took part.
    pub people: Band,
    /// What the trainee did and practiced.
    pub note: Note,
    /// What the trainee learned.
    pub learned: Option<Note>,
    /// Whether the supervisor watched.
    pub observed: bool,
    /// Why words that look as if they point to a person do not.
    pub safe_because: Option<Note>,
}

impl Content {
    /// The same hours, without a word of what was done.
    pub(super) fn without_words(self) -> Result<Self, InvalidText> {
        let note = "The words of this draft were thrown away.".parse()?;
        Ok(Self { note, learned: None, safe_because: None, ..self })
    }

    /// Whether words stand in it that look as if they point to a person, with a reason why they do not.
    pub fn kept_words(&self) -> bool {
        let points = |text: &Note| !guard::find(text.as_str()).is_empty();
        self.safe_because.is_some() && std::iter::once(&self.note).chain(&self.learned).any(points)
    }
}

/// When it was, on the clock of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub day: Date,
    /// When it began.
    pub start: Time,
    /// When it ended.
    pub end: Time,
}

/// Why a time cannot be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// It ends before it begins, or at once.
    #[error("The end, {}, is not after the start, {}. {}", calendar::clock(*.end), calendar::clock(*.start), guess(*.start, *.end))]
    EndsFirst {
        /// When it is said to have begun.
        start: Time,
        /// When it is said to have ended.
        end: Time,
    },
    /// It lies ahead.
    #[error("This time has not been yet. Log it when it is done.")]
    Ahead,
    /// The clocks were changed just then.
    #[error("The clocks were changed at this hour. Please choose a time a little later.")]
    NoSuchTime,
}

/// What may have been meant: the other half of the day, or the next one.
fn guess(start: Time, end: Time) -> String {
    match end.checked_add(12.hours()).ok().filter(|afternoon| *afternoon > start) {
        Some(afternoon) => format!("Did you mean {}?", calendar::clock(afternoon)),
        None => "If it went past midnight, log each day on its own.".to_owned(),
    }
}

/// The instants of a time on the clock of a zone, and the minutes between them as they really passed. An end at
/// midnight is the end of the day.
pub fn moments(when: When, zone: &TimeZone, now: Moment) -> Result<(Moment, Moment, Minutes), WhenError> {
    let at = |day: Date, time: Time| {
        let zoned = day.to_datetime(time).to_zoned_datetime(zone.clone()).map_err(|_| WhenError::NoSuchTime)?;
        // A time that the clocks skipped is moved by the calendar; nobody worked at it.
        if zoned.time() == time { Ok(Moment(zoned.timestamp().as_millisecond())) } else { Err(WhenError::NoSuchTime) }
    };
    let last = if when.end == Time::midnight() { when.day.tomorrow().map_err(|_| WhenError::Ahead)? } else { when.day };
    if last == when.day && when.end <= when.start {
        return Err(WhenError::EndsFirst { start: when.start, end: when.end });
    }
    // Said of the far future, too, where the calendar of a zone ends.
    let today = zone.to_datetime(Timestamp::from_millisecond(now.0).map_err(|_| WhenError::NoSuchTime)?).date();
    if when.day > today {
        return Err(WhenError::Ahead);
    }
    let (start, end) = (at(when.day, when.start)?, at(last, when.end)?);
    if end > now {
        return Err(WhenError::Ahead);
    }
    Ok((start, end, Minutes(i32::try_from((end.0 - start.0) / Moment::MINUTE).unwrap_or(i32::MAX))))
}

/// The stored form of what an entry says.
#[derive(Serialize, Deserialize)]
struct Stored {
    placement: PlacementId,
    day: String,
    start: String,
    end: String,
    category: Category,
    domain: Domain,
    direct: bool,
    format: String,
    hours: String,
    people: String,
    note: Note,
    learned: Option<Note>,
    observed: bool,
    safe_because: Option<Note>,
}

impl Content {
    pub(super) fn to_stored(&self) -> String {
        let stored = Stored {
            placement: self.placement,
            day: self.when.day.to_string(),
            start: self.when.start.strftime("%H:%M").to_string(),
            end: self.when.end.strftime("%H:%M").to_string(),
            category: self.category,
            domain: self.domain,
            direct: self.direct,
            format: self.format.code().to_owned(),
            hours: self.hours.code().to_owned(),
            people: self.people.code().to_owned(),
            note: self.note.clone(),
            learned: self.learned.clone(),
            observed: self.observed,
            safe_because: self.safe_because.clone(),
        };
        // Strings and flags always make JSON.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    pub(super) fn from_stored(text: &str) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        Some(Self {
            placement: stored.placement,
            when: When { day: stored.day.parse().ok()?, start: stored.start.parse().ok()?, end: stored.end.parse().ok()? },
            category: stored.category,
            domain: stored.domain,
            direct: stored.direct,
            format: stored.format.parse().ok()?,
            hours: stored.hours.parse().ok()?,
            people: stored.people.parse().ok()?,
            note: stored.note,
            learned: stored.learned,
            observed: stored.observed,
            safe_because: stored.safe_because,
        })
    }
}
