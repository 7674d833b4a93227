//! All live sessions, and the form that schedules one.

use axum::response::Response;
use domain::{
    Look as _,
    curriculum::{Guide, Module, Release},
    learning::{self, LiveSession},
};
use leptos::prelude::*;
use types::{LiveSessionId, Note};

use super::{newest, nth, state, title, which_of};
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    trainer::WHO,
    ui::{self, Choice, Text, Texts},
    when,
};

/// So many sessions of the past are listed.
const PAST: u64 = 60;

/// GET /trainer/sessions
pub async fn sessions(visit: Visit) -> Result<Response, Refusal> {
    let fresh = Form::of([("minutes", "120")]);
    sessions_with(&visit, Sheet::fresh(fresh)).await
}

pub(super) async fn sessions_with(visit: &Visit, sheet: Sheet) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let read = visit.read();
    let release = newest(visit).await?;
    let to_come = learning::sessions_after(&read, read.now()).await?;
    let past = learning::sessions_before(&read, read.now(), PAST).await?;
    let ids: Vec<LiveSessionId> = past.iter().map(|session| session.id).collect();
    let recorded = learning::recorded_sessions(&read, &ids).await?;
    let list = |sessions: &[LiveSession], none: &'static str| {
        if sessions.is_empty() {
            return view! { <p>{none}</p> }.into_any();
        }
        let rows = sessions.iter().map(|session| row(visit, &release, session, recorded.contains(&session.id))).collect_view();
        view! { <ul class="plain rows">{rows}</ul> }.into_any()
    };
    Ok(visit.page(
        Page::new("Live sessions").section(Section::LiveSessions).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Live sessions", "Set one, lead it, and write down who was there and for how long. Trainees see it as soon as you set it.")}
            {ui::error_summary(&sheet, "No session was set yet. What you typed is still here.")}
            {ui::section("To come", list(&to_come, "None is set."))}
            {ui::section("Begun or over", list(&past, "None yet."))}
            {form(visit, &release, &sheet)}
        },
    ))
}

fn row(visit: &Visit, release: &Release, session: &LiveSession, recorded: bool) -> impl IntoView + use<> {
    let href = Route::LiveSession { session: session.id }.to_string();
    let starts = when::day_and_time(session.starts_at, &visit.site.zone);
    let state = state(session, recorded, visit.platform.now());
    let which = which_of(release, session).map(|which| view! { {which}<br/> });
    view! {
        <li>
            <p><a href=href>{title(release, &session.module)}<span class="vh">{format!(", {starts}")}</span></a><br/>{which}
            <time datetime=when::machine(session.starts_at)>{starts.clone()}</time>{format!(", {}", session.minutes)}</p>
            <p>{state}</p>
        </li>
    }
}

/// What can be set for a module: each of its sessions, or the module itself where it has no guides.
fn choices(module: &Module) -> Vec<Choice> {
    if module.guides.is_empty() {
        return vec![Choice::new(module.id.clone(), module.title.clone())];
    }
    let one = |(n, guide): (usize, &Guide)| {
        let words = format!("{}: live {}, {}", module.title, nth(module, n), guide.title);
        Choice::new(format!("{}/{}", module.id, guide.slug), words)
    };
    module.guides.iter().enumerate().map(one).collect()
}

fn form(visit: &Visit, release: &Release, sheet: &Sheet) -> AnyView {
    let sessions = std::iter::once(Choice::new("", "Choose a live session")).chain(release.modules.iter().flat_map(choices)).collect();
    // Drawn with the form: the same form sent twice sets one session.
    let once = match sheet.form.get("once") {
        "" => visit.platform.ids().id::<LiveSessionId>(visit.platform.now()).to_string(),
        drawn => drawn.to_owned(),
    };
    let zone = visit.site.zone.iana_name().unwrap_or("UTC").replace('_', " ");
    view! {
        <form method="post" action=Route::LiveSessions.to_string() novalidate=true>
            {ui::section("Set a session", view! {
                {ui::once_field(once)}
                {ui::select(sheet, "module", "Module and live session", "Each one counts once for a trainee.", sessions)}
                {ui::field(sheet, Text { name: "date", label: "Day", hint: "One that is over already can be put down too.", kind: "date", autocomplete: "off", width: "short" })}
                {ui::field(sheet, Text { name: "time", label: "It begins at", hint: "", kind: "time", autocomplete: "off", width: "short" })}
                <p class="small soft">{format!("Days and times are those of {zone}.")}</p>
                {ui::field(sheet, Text { name: "minutes", label: "Minutes, breaks not counted", hint: "From 15 to 600", kind: "number", autocomplete: "off", width: "short" })}
                {ui::textarea(sheet, Texts { name: "place", label: "Where it is, or how to call in", hint: "Trainees of this module see it. A telephone number helps those without a computer.", limit: Note::LIMIT })}
                {ui::button("Set this session")}
            })}
        </form>
    }
    .into_any()
}
