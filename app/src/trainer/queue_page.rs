//! The trainer's queue: what waits, and one entry at a time beside it.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    Look as _, accounts,
    curriculum::Rubric,
    practicum::{self, DecisionError, Entry, Scores, State},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::{EntryId, Moment, Role};

use super::WHO;
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    practicum::shown,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

mod decide;
mod hours;
pub(super) mod late;
mod list;
mod pane;

/// GET /trainer/practicum?done=…: the longest wait is opened.
pub async fn queue(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let query = Form::parse(query.as_deref().unwrap_or_default());
    let waiting = practicum::queue(&visit.read(), &visit.actor).await?;
    if let Some(first) = waiting.first() {
        return show(&visit, first.id, Sheet::default(), query.get("done")).await;
    }
    let done = done(&visit, query.get("done")).await?;
    let lede = format!("{} What trainees send comes here.", lede(&visit, 0));
    Ok(visit.page(
        Page::new("Entries to read").section(Section::Queue),
        view! {
            {ui::head(Vec::new(), "Entries to read", lede)}
            {done}
            <p class="row after"><a class="tap" href=Route::Trainees.to_string()>"See where everybody is"</a></p>
        },
    ))
}

/// GET /trainer/practicum/{entry}
pub async fn entry(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let id: EntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    show(&visit, id, Sheet::default(), "").await
}

pub(super) async fn show(visit: &Visit, id: EntryId, mut sheet: Sheet, just_done: &str) -> Result<Response, Refusal> {
    let read = visit.read();
    let entry = practicum::entry_for(&read, &visit.actor, id).await?.filter(|entry| entry.state != State::Draft);
    let Some(entry) = entry else { return late::taken_back(visit, id, &sheet.form).await };
    let rubric = shown::rubric(visit).await?;
    let decides = decides(visit, &entry);
    if !decides && !sheet.problems.is_empty() {
        return late::already(visit, &entry, &sheet.form, rubric.as_ref());
    }
    // A form with a slip in it may be about an older version too, and its sender has not read this one.
    let version = sheet.form.get("version");
    if !version.is_empty() && version.parse::<i32>() != Ok(entry.version) {
        sheet.problems.add("version", DecisionError::Changed);
    }
    let name = accounts::person(&read, entry.person).await?.ok_or(Refusal::NotFound)?.chosen_name.to_string();
    let waiting = practicum::queue(&read, &visit.actor).await?;
    let before = practicum::sent_before(&read, &visit.actor, &entry).await?;
    let if_approved = hours::if_approved(visit, &entry).await?;
    let done = done(visit, just_done).await?;
    let (trail, heading) = if matches!(entry.state, State::Submitted(_)) {
        (Vec::new(), "Entries to read")
    } else {
        (vec![(Some(Route::Queue.to_string()), "Entries to read".to_owned()), (None, name.clone())], "Practicum entry")
    };
    let class = if waiting.is_empty() { "queue one" } else { "queue" };
    let list = (!waiting.is_empty()).then(|| list::nav(&waiting, id, read.now(), &visit.site.zone));
    let pane = pane::pane(visit, &entry, &name, rubric.as_ref(), &before, if_approved);
    let form = decides.then(|| decide::form(&sheet, &entry, rubric.as_ref()));
    Ok(visit.page(
        Page::new(format!("{name}, {}: {}", entry.minutes, heading.to_lowercase())).section(Section::Queue).status(sheet.status()),
        view! {
            {ui::head(trail, heading, lede(visit, waiting.len()))}
            {done}
            {ui::error_summary_of(&sheet, "Nothing was decided yet. What you typed and chose is still here.", &decide::LABELS)}
            <div class=class>
                {list}
                <section class="entry" id="entry" aria-labelledby="eh">{pane}{form}</section>
            </div>
        },
    ))
}

/// Whether this visitor may decide this entry as it is now.
fn decides(visit: &Visit, entry: &Entry) -> bool {
    matches!(entry.state, State::Submitted(_)) && visit.actor.is(Role::Trainer) && visit.actor.person() != Some(entry.person)
}

/// How much waits. Nothing waits for an officer who is no trainer: they read what trainers read.
fn lede(visit: &Visit, waiting: usize) -> String {
    match (visit.actor.is(Role::Trainer), waiting) {
        (true, 0) => "Nothing waits for you.".to_owned(),
        (true, 1) => "One entry waits for you.".to_owned(),
        (true, many) => format!("{many} entries wait for you, the longest wait first."),
        (false, 0) => "No entry waits for a trainer.".to_owned(),
        (false, 1) => "One entry waits for a trainer. You can read what they read, and trainers decide.".to_owned(),
        (false, many) => format!("{many} entries wait for a trainer. You can read what they read, and trainers decide."),
    }
}

/// What was just decided, read from the record, and the way back to it.
async fn done(visit: &Visit, id: &str) -> Result<Option<AnyView>, Refusal> {
    let Ok(id) = id.parse::<EntryId>() else { return Ok(None) };
    let read = visit.read();
    let Some(entry) = practicum::entry_for(&read, &visit.actor, id).await? else { return Ok(None) };
    let Some(person) = accounts::person(&read, entry.person).await? else { return Ok(None) };
    let (mark, word) = match entry.state {
        State::Approved(_) => (Mark::Done, "Approved"),
        State::Returned(_) => (Mark::SentBack, "Returned"),
        _ => return Ok(None),
    };
    let words = format!("{word}: {} for {}. They are told by mail.", entry.minutes, person.chosen_name);
    let href = Route::QueueEntry { entry: id }.to_string();
    let see = view! { <a href=href>"See it"</a> };
    Ok(Some(view! { <p class="notice" role="status">{ui::status(mark, words)}" "{see}</p> }.into_any()))
}

/// How many days of the calendar lie between: none within one day, however late it is.
fn days_between(from: Moment, to: Moment, zone: &TimeZone) -> i32 {
    let day = |moment| when::in_zone(moment, zone).date();
    (day(to) - day(from)).get_days()
}

/// Whether an entry was sent so long after the work that it is worth a word.
fn is_late(work: Moment, sent: Moment, zone: &TimeZone) -> bool {
    days_between(work, sent, zone) > 14
}

const LATE: &str = "More than two weeks after the work";

/// The names of the rubric's lines in the form.
pub(super) const FIELDS: [&str; Rubric::MOST_LINES] = ["line-1", "line-2", "line-3", "line-4", "line-5", "line-6"];

/// The levels that a form gives, by line of the rubric.
pub(super) fn chosen(form: &Form, rubric: Option<&Rubric>) -> Scores {
    let lines = rubric.iter().flat_map(|rubric| &rubric.lines).zip(FIELDS);
    let given = lines.filter_map(|(line, field)| {
        let points = form.get(field).parse::<i32>().ok()?;
        line.levels.iter().any(|level| level.points == points).then(|| (line.id.clone(), points))
    });
    given.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let evening = Moment(1_788_231_600_000); // 31 August 2026, 10 pm in Chicago
        let days = |hours| days_between(evening, evening.plus(hours * Moment::HOUR), &zone);
        assert_eq!([0, 1, 2, 25, 26, 26 + 24].map(days), [0, 0, 1, 1, 2, 3]);
        assert!(!is_late(evening, evening.plus(14 * Moment::DAY), &zone));
        assert!(is_late(evening, evening.plus(14 * Moment::DAY + 2 * Moment::HOUR), &zone));
    }
}
