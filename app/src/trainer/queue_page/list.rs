//! What waits, one row an entry, the longest wait first.

use domain::practicum::Waiting;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::{EntryId, Moment};

use super::{LATE, days_between, is_late};
use crate::{
    routes::Route,
    ui::{self, Mark},
    when,
};

pub(super) fn nav(waiting: &[Waiting], current: EntryId, now: Moment, zone: &TimeZone) -> impl IntoView + use<> {
    let rows = waiting.iter().map(|entry| row(entry, current, now, zone)).collect_view();
    view! { <nav aria-labelledby="ql"><h2 id="ql">"Waiting"</h2><ol class="qlist">{rows}</ol></nav> }
}

fn row(entry: &Waiting, current: EntryId, now: Moment, zone: &TimeZone) -> impl IntoView + use<> {
    // On a phone the list stands above the entry: the link leads past it.
    let href = format!("{}#entry", Route::QueueEntry { entry: entry.id });
    let wait = match days_between(entry.since, now, zone) {
        ..=0 => "today".to_owned(),
        1 => "since yesterday".to_owned(),
        days => format!("{days}\u{a0}days"),
    };
    let what = format!("{}, {}, {}", entry.category.title(), entry.minutes, when::short_day(entry.starts_at, zone));
    // All of them wait; a row says only what is special about its own.
    let special = [
        (entry.again, Mark::SentBack, "Sent again"),
        (entry.kept_words, Mark::Look, "Kept words we pointed to"),
        (is_late(entry.starts_at, entry.since, zone), Mark::Look, LATE),
    ];
    let special = special.into_iter().filter(|(is, ..)| *is).map(|(_, mark, words)| view! { " " {ui::status(mark, words)} });
    let special = special.collect_view();
    let name = entry.name.to_string();
    let here = (entry.id == current).then_some("true");
    view! {
        <li><a href=href aria-current=here>
            <span class="who">{name}</span>" "<span class="num small">{wait}</span>" "<span class="what">{what}</span>{special}
        </a></li>
    }
}
