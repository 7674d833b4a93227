//! Where a trainer's day begins: what waits for them. An officer who is no trainer sees what waits for the trainers.

use std::sync::Arc;

use axum::response::Response;
use domain::{
    Look as _,
    curriculum::Release,
    learning::{self, LiveSession},
    practicum,
};
use leptos::prelude::*;
use types::{LiveSessionId, Moment, Role};

use super::{WHO, sessions, trainees};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// Sessions of so many weeks back are asked about; older ones stand in the list.
const WEEKS: i64 = 4;

/// GET /trainer
pub async fn start(visit: Visit) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let waiting = practicum::queue(&visit.read(), &visit.actor).await?;
    let oldest = waiting.iter().map(|entry| entry.since).min();
    let live = Live::of(&visit).await?;
    let stuck = trainees::standings(&visit).await?.into_iter().filter(|row| row.standing.stuck.is_some()).count();
    let lede = match (waiting.is_empty() && live.open.is_empty(), visit.actor.is(Role::Trainer)) {
        (true, true) => "Nothing waits for you.",
        (true, false) => "Nothing waits.",
        (false, true) => "What waits for you, the oldest first.",
        (false, false) => "What waits, the oldest first.",
    };
    Ok(visit.page(
        Page::new("Today").section(Section::Today),
        view! {
            {ui::head(Vec::new(), "Today", lede)}
            {ui::section("Practicum entries", entries(&visit, waiting.len(), oldest))}
            {ui::section("Live sessions", live.shown(&visit))}
            {ui::section("Trainees", view! {
                <p>{match stuck {
                    0 => "Nobody seems to be stuck.".to_owned(),
                    1 => "One person may want to be asked how it goes.".to_owned(),
                    some => format!("{some} people may want to be asked how it goes."),
                }}</p>
                <p class="row"><a class="tap" href=Route::Trainees.to_string()>"See where everybody is"</a></p>
            })}
        },
    ))
}

fn entries(visit: &Visit, waiting: usize, oldest: Option<Moment>) -> AnyView {
    // Trainers decide about entries; officers read them.
    let decides = visit.actor.is(Role::Trainer);
    let Some(oldest) = oldest else {
        let words = if decides { "All are read" } else { "No entry waits for a trainer" };
        return view! { <p>{ui::status(Mark::Done, words)}</p> }.into_any();
    };
    let (words, since, read) = match waiting {
        1 => ("One entry waits".to_owned(), ", since ", "Read the entry"),
        many => (format!("{many} entries wait"), ", the longest since ", "Read the entries"),
    };
    let class = if decides { "btn" } else { "btn second" };
    view! {
        <p>{ui::status(Mark::Waiting, words)}{since}{when::day(oldest, &visit.site.zone)}"."</p>
        <p class="row"><a class=class href=Route::Queue.to_string()>{read}</a></p>
    }
    .into_any()
}

/// The live sessions of today: those that wait for a word on who was there, and the one that is on or comes next.
struct Live {
    release: Option<Arc<Release>>,
    open: Vec<LiveSession>,
    next: Option<LiveSession>,
    now: Moment,
}

impl Live {
    async fn of(visit: &Visit) -> Result<Self, Refusal> {
        let read = visit.read();
        let now = read.now();
        let release = match sessions::newest(visit).await {
            Ok(release) => Some(release),
            // Nothing is published yet, so nothing can have been set either.
            Err(Refusal::NotFound) => None,
            Err(error) => return Err(error),
        };
        let past = learning::sessions_before(&read, now, 60).await?;
        let recorded = learning::recorded_sessions(&read, &past.iter().map(|session| session.id).collect::<Vec<LiveSessionId>>()).await?;
        let takes_place = |session: &LiveSession| session.called_off.is_none();
        let (on, over): (Vec<LiveSession>, Vec<LiveSession>) =
            past.into_iter().filter(takes_place).partition(|session| session.ends_at() > now);
        let unsaid = |session: &LiveSession| session.starts_at > now.plus(-WEEKS * 7 * Moment::DAY) && !recorded.contains(&session.id);
        // The list comes with the newest first.
        let open = over.into_iter().rev().filter(unsaid).collect();
        let to_come = learning::sessions_after(&read, now).await?.into_iter().find(takes_place);
        Ok(Self { release, open, next: on.into_iter().next_back().or(to_come), now })
    }

    /// `Self-help and mutual aid, 25 Nov, 11:10 pm`
    fn called(&self, visit: &Visit, session: &LiveSession) -> String {
        let title = self.release.as_ref().map_or_else(|| session.module.clone(), |release| sessions::title(release, &session.module));
        let zone = &visit.site.zone;
        format!("{title}, {}, {}", when::short_day(session.starts_at, zone), when::time(session.starts_at, zone))
    }

    fn shown(&self, visit: &Visit) -> AnyView {
        let row = |session: &LiveSession| {
            let href = Route::LiveSession { session: session.id }.to_string();
            let called = self.called(visit, session);
            let words = format!("{called}: nobody is written down yet");
            view! { <li><p>{ui::status(Mark::Look, words)}</p><a class="tap" href=href>"Write down who was there"<span class="vh">{format!(": {called}")}</span></a></li> }
        };
        let rows = self.open.iter().map(row).collect_view();
        let rows = (!self.open.is_empty()).then(|| view! { <ul class="plain rows">{rows}</ul> });
        let next = self.next.as_ref().map_or_else(
            || view! { <p>"No session is set."</p> }.into_any(),
            |session| {
                let href = Route::LiveSession { session: session.id }.to_string();
                let words = if session.begun(self.now) { "On now: " } else { "The next one: " };
                view! { <p>{words}<a href=href>{self.called(visit, session)}</a>"."</p> }.into_any()
            },
        );
        view! {
            {rows}
            {next}
            <p class="row"><a class="tap" href=Route::LiveSessions.to_string()>"All live sessions"</a></p>
        }
        .into_any()
    }
}
