//! Where a trainer's day begins: what waits for them.

use axum::response::Response;
use domain::{
    Look as _,
    learning::{self, LiveSession},
    practicum,
};
use leptos::prelude::*;
use types::{LiveSessionId, Moment};

use super::{WHO, trainees};
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
    let read = visit.read();
    let now = read.now();
    let waiting = practicum::queue(&read, &visit.actor).await?;
    let oldest = waiting.iter().map(|entry| entry.since).min();
    let past = learning::sessions_before(&read, now, 60).await?;
    let recorded = learning::recorded_sessions(&read, &past.iter().map(|session| session.id).collect::<Vec<LiveSessionId>>()).await?;
    let recent = |session: &LiveSession| session.called_off.is_none() && session.starts_at > now.plus(-WEEKS * 7 * Moment::DAY);
    let open: Vec<LiveSession> = past.into_iter().filter(|session| recent(session) && !recorded.contains(&session.id)).collect();
    let next = learning::sessions_after(&read, now).await?.into_iter().find(|session| session.called_off.is_none());
    let stuck = trainees::standings(&visit).await?.into_iter().filter(|(standing, _)| standing.stuck.is_some()).count();
    let nothing = waiting.is_empty() && open.is_empty();
    let lede = if nothing { "Nothing waits for you." } else { "What waits for you, the oldest first." };
    Ok(visit.page(
        Page::new("Today").section(Section::Today),
        view! {
            {ui::head(Vec::new(), "Today", lede)}
            {ui::section("Practicum entries", entries(&visit, waiting.len(), oldest))}
            {ui::section("Live sessions", sessions(&visit, &open, next.as_ref()))}
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
    let Some(oldest) = oldest else {
        return view! { <p>{ui::status(Mark::Done, "All are read")}</p> }.into_any();
    };
    let words = if waiting == 1 { "One entry waits".to_owned() } else { format!("{waiting} entries wait") };
    let since = when::day(oldest, &visit.site.zone);
    view! {
        <p>{ui::status(Mark::Waiting, words)}", the longest since "{since}"."</p>
        <p class="row"><a class="btn" href=Route::Queue.to_string()>"Read the entries"</a></p>
    }
    .into_any()
}

fn sessions(visit: &Visit, open: &[LiveSession], next: Option<&LiveSession>) -> AnyView {
    let rows = open
        .iter()
        .map(|session| {
            let href = Route::LiveSession { session: session.id }.to_string();
            let on = when::day_and_time(session.starts_at, &visit.site.zone);
            view! { <li><p>{ui::status(Mark::Look, format!("The session of {on}: nobody is written down yet"))}</p><a class="tap" href=href>"Write down who was there"<span class="vh">{format!(" on {on}")}</span></a></li> }
        })
        .collect_view();
    let rows = (!open.is_empty()).then(|| view! { <ul class="plain rows">{rows}</ul> });
    let next = next.map_or_else(
        || view! { <p>"No session is set."</p> }.into_any(),
        |session| view! { <p>"The next one: "<time datetime=when::machine(session.starts_at)>{when::day_and_time(session.starts_at, &visit.site.zone)}</time>"."</p> }.into_any(),
    );
    view! {
        {rows}
        {next}
        <p class="row"><a class="tap" href=Route::LiveSessions.to_string()>"All live sessions"</a></p>
    }
    .into_any()
}
