//! One live session: its sheet of names and minutes, with every record that was made.

use axum::{extract::Path, response::Response};
use domain::{
    Look as _,
    learning::{self, Attendee, LiveSession},
};
use leptos::prelude::*;
use types::{LiveSessionId, Note, PersonId};

use super::{newest, programs_with, state, title, which_of};
use crate::{
    error::Refusal,
    form::Sheet,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    trainer::WHO,
    ui::{self, Mark, Texts},
    when,
};

/// The sheet as it came back: what was typed, and what is wrong, in general and with single people.
#[derive(Debug, Default)]
pub(super) struct Returned {
    pub(super) sheet: Sheet,
    pub(super) people: Vec<(PersonId, String)>,
}

impl Returned {
    fn nothing_wrong(&self) -> bool {
        self.sheet.problems.is_empty() && self.people.is_empty()
    }
}

/// The name of a person's field in the form.
pub(super) fn field_name(person: PersonId) -> String {
    format!("minutes-{person}")
}

/// The name of the field that says how many records of a person the page showed.
pub(super) fn seen_name(person: PersonId) -> String {
    format!("seen-{person}")
}

/// The session that the address names.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<LiveSession, Refusal> {
    let id: LiveSessionId = id.parse().map_err(|_| Refusal::NotFound)?;
    learning::live_session(&visit.read(), id).await?.ok_or(Refusal::NotFound)
}

/// The people on a session's sheet.
pub(super) async fn people(visit: &Visit, session: &LiveSession) -> Result<Vec<Attendee>, Refusal> {
    let programs = programs_with(visit, &session.module).await?;
    Ok(learning::sheet(&visit.read(), session.id, &programs).await?)
}

/// GET /trainer/sessions/{session}
pub async fn session(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let session = found(&visit, &id).await?;
    session_with(&visit, session, Returned::default()).await
}

pub(super) async fn session_with(visit: &Visit, session: LiveSession, returned: Returned) -> Result<Response, Refusal> {
    let release = newest(visit).await?;
    let people = people(visit, &session).await?;
    let now = visit.read().now();
    let recorded = people.iter().any(|attendee| !attendee.records.is_empty());
    let title = title(&release, &session.module);
    let starts = when::day_and_time(session.starts_at, &visit.site.zone);
    let trail = vec![(Some(Route::LiveSessions.to_string()), "Live sessions".to_owned()), (None, title.clone())];
    let status = if returned.nothing_wrong() { http::StatusCode::OK } else { http::StatusCode::UNPROCESSABLE_ENTITY };
    let which = which_of(&release, &session).map(|which| ("Which", which.into_any()));
    let rows = vec![
        ("Begins", starts.clone().into_any()),
        ("Planned for", session.minutes.to_string().into_any()),
        ("Where", ui::paragraphs(&session.place)),
        ("State", state(&session, recorded, now)),
    ];
    let rows: Vec<_> = which.into_iter().chain(rows).collect();
    let open = session.called_off.is_none();
    let body = match (open, session.begun(now)) {
        (false, _) => ().into_any(),
        (true, false) => ui::section("Who was there", view! { <p>"You can write down who was there once it has begun."</p> }),
        (true, true) => attendance(visit, &session, &people, &returned, recorded),
    };
    let call_off = (open && !recorded).then(|| call_off(&session, &returned.sheet));
    Ok(visit.page(
        Page::new(format!("{title}, {starts}: live session")).section(Section::LiveSessions).status(status),
        view! {
            {ui::head(trail, title, "")}
            {summary(&people, &returned)}
            {ui::section("The session", ui::facts(rows))}
            {body}
            {call_off}
        },
    ))
}

/// What is wrong, first on the page, each leading to its field.
fn summary(people: &[Attendee], returned: &Returned) -> AnyView {
    if returned.people.is_empty() {
        return ui::error_summary(&returned.sheet, "Nothing was written down yet. What you typed is still here.");
    }
    let one = |(person, message): &(PersonId, String)| {
        let name = people.iter().find(|attendee| attendee.person == *person).map(|attendee| attendee.name.clone()).unwrap_or_default();
        let (href, words) = (format!("#{}", field_name(*person)), format!("{name}: {message}"));
        view! { <li><a href=href>{words}</a></li> }
    };
    let list = returned.people.iter().map(one).collect_view();
    view! {
        <section class="sec first" aria-labelledby="fix">
            <h2 id="fix">"Please look at these"</h2>
            <div class="body"><div class="notice warn flow"><p>"Nothing was written down yet. What you typed is still here."</p><ul>{list}</ul></div></div>
        </section>
    }
    .into_any()
}

fn attendance(visit: &Visit, session: &LiveSession, people: &[Attendee], returned: &Returned, recorded: bool) -> AnyView {
    if people.is_empty() {
        return ui::section(
            "Who was there",
            view! { <p>"Nobody has joined a program with this module yet, so there is nobody to write down."</p> },
        );
    }
    let rows = people.iter().map(|attendee| row(visit, attendee, returned)).collect_view();
    let reason = recorded.then(|| {
        ui::textarea(
            &returned.sheet,
            Texts {
                name: "reason",
                label: "If you change what was written down: why?",
                hint: "The trainee does not see it. The old record stays.",
                limit: Note::LIMIT,
            },
        )
    });
    let hint = format!(
        "The session was planned for {} minutes. Write 0 for somebody who was not there, and leave a field empty where you do not know.",
        session.minutes.0
    );
    view! {
        <form method="post" action=Route::LiveSession { session: session.id }.to_string() novalidate=true>
            {ui::section("Who was there", view! {
                {ui::hidden("act", "record")}
                <p>{hint}</p>
                <ul class="plain rows">{rows}</ul>
                {reason}
                {ui::button("Write this down")}
            })}
        </form>
    }
    .into_any()
}

fn row(visit: &Visit, attendee: &Attendee, returned: &Returned) -> impl IntoView + use<> {
    let name = field_name(attendee.person);
    let now = attendee.records.first().map(|record| record.minutes.0.to_string()).unwrap_or_default();
    let value = if returned.nothing_wrong() { now } else { returned.sheet.form.get(&name).to_owned() };
    let problem = returned.people.iter().find(|(person, _)| *person == attendee.person).map(|(_, message)| message.clone());
    let (invalid, described) = (problem.is_some().then_some("true"), problem.is_some().then(|| format!("{name}-e")));
    let error = problem.map(|message| view! { <p class="err" id=format!("{name}-e")>{ui::mark(Mark::Look)}<span>{message}</span></p> });
    let history = attendee
        .records
        .iter()
        .map(|record| {
            let at = when::day_and_time(record.at, &visit.site.zone);
            let why = record.reason.as_ref().map(|reason| format!(" Why: {reason}"));
            view! { <li>{format!("{} min, written down by {} on {at}.", record.minutes.0, record.by)}{why}</li> }
        })
        .collect_view();
    let history = (!attendee.records.is_empty()).then(|| view! { <ul class="small soft">{history}</ul> });
    let field = if visit.actor.person() == Some(attendee.person) {
        view! { <div id=name>{error}<p class="small soft">"This is you. Another trainer writes down how long you were there."</p></div> }
            .into_any()
    } else {
        view! {
            <div class="field short">
                <label for=name.clone()>"Minutes"<span class="vh">{format!(" of {}", attendee.name)}</span></label>
                {error}
                {ui::hidden(seen_name(attendee.person), attendee.records.len().to_string())}
                <input id=name.clone() name=name.clone() type="number" inputmode="numeric" min="0" max="600" value=value autocomplete="off" aria-invalid=invalid aria-describedby=described/>
            </div>
        }
        .into_any()
    };
    view! {
        <li>
            <div><p><strong>{attendee.name.clone()}</strong></p>{history}</div>
            {field}
        </li>
    }
}

fn call_off(session: &LiveSession, sheet: &Sheet) -> AnyView {
    view! {
        <form method="post" action=Route::LiveSession { session: session.id }.to_string() novalidate=true>
            {ui::section("Call it off", view! {
                {ui::hidden("act", "call-off")}
                {ui::textarea(sheet, Texts { name: "why", label: "Why it does not take place", hint: "Trainees see this. It cannot be undone; you can set a new session.", limit: Note::LIMIT })}
                <p class="row after"><button class="btn back">"Call this session off"</button></p>
            })}
        </form>
    }
    .into_any()
}
