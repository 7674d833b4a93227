//! All live sessions, and the form that schedules one.

use axum::{extract::RawQuery, response::Response};
use domain::{
    Look as _,
    curriculum::{Guide, Module, Release},
    learning::{self, LiveSession},
};
use leptos::prelude::*;
use types::LiveSessionId;

use super::{name_of, newest, nth, people::People, state, title, which_of};
use crate::{
    error::Refusal,
    form::{Form, Sheet, encode},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    trainer::WHO,
    ui::{self, Choice, Mark, Text, Texts},
    when,
};

/// So many sessions of the past are listed.
const PAST: u64 = 60;
/// What is asked for as the place.
const PLACE: &str = "Where it is, or how to call in";

/// The address of the form with this session of a module chosen in it.
pub(in crate::trainer) fn set_href(module: &Module, guide: &Guide) -> String {
    format!("{}?module={}#set", Route::LiveSessions, encode(&value_of(module, guide)))
}

/// What stands for a module's session in the form: `m03/live-1`.
fn value_of(module: &Module, guide: &Guide) -> String {
    format!("{}/{}", module.id, guide.slug)
}

/// GET /trainer/sessions?module=…: with this session chosen in the form, and as long as its guide says.
/// GET /trainer/sessions?done=…: with what was just set or called off.
pub async fn sessions(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let query = Form::parse(query.as_deref().unwrap_or_default());
    let release = newest(&visit).await?;
    let chosen = query.get("module");
    // A loop, since closures over both lifetimes are not general enough for a handler.
    let mut minutes = String::new();
    for module in &release.modules {
        if let Some(guide) = module.guides.iter().find(|guide| value_of(module, guide) == chosen) {
            minutes = guide.minutes.0.to_string();
        }
    }
    let fresh = Form::of([("module", chosen.to_owned()), ("minutes", minutes)]);
    let done = done(&visit, &release, query.get("done")).await?;
    draw(&visit, &Sheet::fresh(fresh), done).await
}

/// The page with a form that came back.
pub(super) async fn sessions_with(visit: &Visit, sheet: Sheet) -> Result<Response, Refusal> {
    draw(visit, &sheet, None).await
}

async fn draw(visit: &Visit, sheet: &Sheet, done: Option<AnyView>) -> Result<Response, Refusal> {
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
    let lede = "Set one, lead it, and write down who was there and for how long. Trainees see it as soon as you set it.";
    Ok(visit.page(
        Page::new("Live sessions").section(Section::LiveSessions).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Live sessions", lede)}
            {done}
            {ui::error_summary_of(sheet, "No session was set yet. What you typed is still here.", &[("place", PLACE)])}
            <p class="row"><a class="tap" href="#set">"Set a session"</a></p>
            {ui::section("To come", list(&to_come, "None is set."))}
            {form(visit, &release, sheet)}
            {ui::section("Begun or over", list(&past, "None yet."))}
        },
    ))
}

/// What was just set or called off, as the record says: a link that somebody made says nothing that is not so.
async fn done(visit: &Visit, release: &Release, id: &str) -> Result<Option<AnyView>, Refusal> {
    let Ok(id) = id.parse::<LiveSessionId>() else { return Ok(None) };
    let Some(session) = learning::live_session(&visit.read(), id).await? else { return Ok(None) };
    let what = format!("“{}”, {}", name_of(release, &session), when::day_and_time(session.starts_at, &visit.site.zone));
    let words = if let Some(off) = &session.called_off {
        let told = match (session.begun(off.at), session.ends_at() <= off.at) {
            (false, _) => "Trainees see why, and those who may come are told by mail.",
            (true, false) => "Trainees see why until its end.",
            (true, true) => "It was over, so trainees do not see it.",
        };
        format!("The session is called off: {what}. {told}")
    } else if People::of(visit, &session, &Form::default()).await?.enrolled == 0 {
        format!("The session is set: {what}. Nobody is in a program with this module yet.")
    } else {
        format!("The session is set: {what}. Trainees of this module see it. Nobody is mailed.")
    };
    Ok(Some(view! { <p class="notice done-word" role="status">{ui::status(Mark::Done, words)}</p> }.into_any()))
}

fn row(visit: &Visit, release: &Release, session: &LiveSession, recorded: bool) -> impl IntoView + use<> {
    let href = Route::LiveSession { session: session.id }.to_string();
    let starts = when::day_and_time(session.starts_at, &visit.site.zone);
    let state = state(session, recorded, visit.platform.now());
    let which = which_of(release, session);
    // Two sessions of one module may begin at the same time.
    let apart = which.as_ref().map_or_else(|| format!(", {starts}"), |which| format!(", {starts}, {which}"));
    let which = which.map(|which| view! { <p>{which}</p> });
    view! {
        <li>
            <div>
                <p><a href=href>{title(release, &session.module)}<span class="vh">{apart}</span></a></p>
                {which}
                <p><time datetime=when::machine(session.starts_at)>{starts}</time>{format!(", {}", session.minutes)}</p>
            </div>
            <p>{state}</p>
        </li>
    }
}

/// What can be set for a module: each of its sessions, or the module itself where it has no guides.
fn choices(module: &Module) -> Vec<Choice> {
    if module.guides.is_empty() {
        return vec![Choice::new(module.id.clone(), "The whole module")];
    }
    let one = |(n, guide): (usize, &Guide)| {
        let which = nth(module, n).replace('\u{a0}', " ").replacen('s', "S", 1);
        Choice::new(value_of(module, guide), format!("{which}: {} ({} min)", guide.title, guide.minutes.0))
    };
    module.guides.iter().enumerate().map(one).collect()
}

/// The choice of a session, under the name of its module: a list that folds down cuts off what is long.
fn which(release: &Release, sheet: &Sheet) -> AnyView {
    let group = |(n, module): (usize, &Module)| {
        let options = choices(module)
            .into_iter()
            .map(|choice| {
                let selected = sheet.form.has("module", &choice.value);
                view! { <option value=choice.value selected=selected>{choice.words}</option> }
            })
            .collect_view();
        view! { <optgroup label=format!("Module {}: {}", n + 1, module.title)>{options}</optgroup> }
    };
    let groups = release.modules.iter().enumerate().map(group).collect_view();
    let wrong = sheet.problems.of("module").is_some();
    let (invalid, described) = (wrong.then_some("true"), if wrong { "module-h module-e" } else { "module-h" });
    view! {
        <div class="field">
            <label for="module">"Module and live session"</label>
            <p class="hint" id="module-h">"Each one counts once for a trainee. Its guide says for how many minutes it is planned."</p>
            {ui::problem(sheet, "module")}
            <select id="module" name="module" autocomplete="off" aria-invalid=invalid aria-describedby=described>
                <option value="">"Choose a live session"</option>
                {groups}
            </select>
        </div>
    }
    .into_any()
}

fn form(visit: &Visit, release: &Release, sheet: &Sheet) -> AnyView {
    // Drawn with the form: the same form sent twice sets one session.
    let once = match sheet.form.get("once") {
        "" => visit.platform.ids().id::<LiveSessionId>(visit.platform.now()).to_string(),
        drawn => drawn.to_owned(),
    };
    let zone = visit.site.zone.iana_name().unwrap_or("UTC").replace('_', " ");
    let short = Text { autocomplete: "off", width: "short", ..Text::default() };
    let day = Text { name: "date", label: "Day", hint: "One that is over already can be put down too.", kind: "date", ..short };
    let time = Text { name: "time", label: "It begins at", kind: "time", ..short };
    let minutes = Text {
        name: "minutes",
        label: "Minutes, breaks not counted",
        hint: "From 15 to 600. Left empty, they are those of its guide.",
        kind: "number",
        ..short
    };
    let hint = "Trainees of this module see it. A telephone number helps those without a computer.";
    let place = Texts { name: "place", label: PLACE, hint };
    view! {
        <form method="post" action=Route::LiveSessions.to_string() novalidate=true id="set">
            {ui::section("Set a session", view! {
                {ui::once_field(once)}
                {which(release, sheet)}
                {ui::field(sheet, day)}
                {ui::field(sheet, time)}
                <p class="small soft">{format!("Days and times are those of {zone}.")}</p>
                {ui::field(sheet, minutes)}
                {ui::textarea(sheet, place)}
                {ui::button("Set this session")}
            })}
        </form>
    }
    .into_any()
}
