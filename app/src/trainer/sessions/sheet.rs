//! One live session: its sheet of names and minutes, with every record that was made.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    Look as _,
    curriculum::Release,
    learning::{self, Attendee, LiveSession},
};
use leptos::prelude::*;
use types::{LiveSessionId, Moment, PersonId};

use super::{
    called_off, guide_of, name_of, newest, nth,
    people::{People, field_name, seen_name},
    state, title,
};
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    trainer::WHO,
    ui::{self, Mark, Texts},
    when,
};

/// The list of people on the page, and what is wrong with all of it.
pub(super) const LIST: &str = "sheet";

/// The sheet as it came back: what was typed, and what is wrong, in general and with single people.
#[derive(Debug, Default)]
pub(super) struct Returned {
    pub(super) sheet: Sheet,
    pub(super) people: Vec<Wrong>,
}

impl Returned {
    pub(super) fn nothing_wrong(&self) -> bool {
        self.sheet.problems.is_empty() && self.people.is_empty()
    }
}

/// What is wrong with one person, and the sheet that it has to do with: its address and the words of the link.
#[derive(Debug, Clone)]
pub(super) struct Wrong {
    pub(super) person: PersonId,
    pub(super) words: String,
    pub(super) sheet: Option<(String, String)>,
}

impl Wrong {
    pub(super) fn of(person: PersonId, words: String) -> Self {
        Self { person, words, sheet: None }
    }
}

/// The session that the address names.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<LiveSession, Refusal> {
    let id: LiveSessionId = id.parse().map_err(|_| Refusal::NotFound)?;
    learning::live_session(&visit.read(), id).await?.ok_or(Refusal::NotFound)
}

/// GET /trainer/sessions/{session}?name=…: where many people are in the program, those who have this in their name.
pub async fn session(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let session = found(&visit, &id).await?;
    let query = Form::parse(query.as_deref().unwrap_or_default());
    // Nothing else of an address gets into the forms.
    let asked = Form::of(["name", "done"].map(|field| (field, query.get(field))));
    session_with(&visit, session, Returned { sheet: Sheet::fresh(asked), ..Returned::default() }).await
}

pub(super) async fn session_with(visit: &Visit, session: LiveSession, returned: Returned) -> Result<Response, Refusal> {
    let release = newest(visit).await?;
    let people = People::of(visit, &session, &returned.sheet.form).await?;
    let now = visit.read().now();
    let recorded = people.attendees.iter().any(|attendee| !attendee.records.is_empty());
    let name = name_of(&release, &session);
    let starts = when::day_and_time(session.starts_at, &visit.site.zone);
    let module = guide_of(&release, &session).map(|(module, ..)| format!("{}, ", module.title)).unwrap_or_default();
    let trail = vec![(Some(Route::LiveSessions.to_string()), "Live sessions".to_owned()), (None, name.clone())];
    let status = if returned.nothing_wrong() { http::StatusCode::OK } else { http::StatusCode::UNPROCESSABLE_ENTITY };
    let state = match called_off(visit, &session).await? {
        Some(words) => ui::status(Mark::Fail, words),
        None => state(&session, recorded, now),
    };
    let done = (returned.sheet.form.get("done") == "written").then(|| written(visit, &people)).flatten();
    let open = session.called_off.is_none();
    let body = match (open, session.begun(now)) {
        (false, _) => ().into_any(),
        (true, false) => ui::section("Who was there", view! { <p>"You can write down who was there once it has begun."</p> }),
        (true, true) => view! { {people.search(&session)} {attendance(visit, &session, &people, &returned)} }.into_any(),
    };
    let call_off = (open && !recorded).then(|| call_off(&session, now, &returned.sheet));
    Ok(visit.page(
        Page::new(format!("{name}, {starts}: live session")).section(Section::LiveSessions).status(status),
        view! {
            {ui::head(trail, format!("Live session: {name}"), format!("{module}{starts}"))}
            {done}
            {summary(&people, &returned)}
            {ui::section("The session", ui::facts(facts(visit, &release, &session, state)))}
            {body}
            {call_off}
        },
    ))
}

fn facts(visit: &Visit, release: &Release, session: &LiveSession, state: AnyView) -> Vec<(&'static str, AnyView)> {
    let guide = guide_of(release, session).map(|(module, n, guide)| {
        let href = Route::TrainerGuide { module: &module.id, guide: &guide.slug }.to_string();
        let words = format!("The guide of {}: {}", nth(module, n), guide.title);
        ("Guide", view! { <a href=href>{words}</a> }.into_any())
    });
    let module = release.module(&session.module).map(|module| {
        let href = Route::TrainerModule { module: &module.id }.to_string();
        ("Module", view! { <a href=href>{title(release, &session.module)}</a> }.into_any())
    });
    let rows = vec![
        ("Begins", when::day_and_time(session.starts_at, &visit.site.zone).into_any()),
        ("Planned for", session.minutes.to_string().into_any()),
        ("Where", ui::linked_paragraphs(&session.place)),
        ("State", state),
    ];
    module.into_iter().chain(guide).chain(rows).collect()
}

/// What was written down last, as the records say: a link that somebody made says nothing that is not so.
fn written(visit: &Visit, people: &People) -> Option<AnyView> {
    let last = people.attendees.iter().filter_map(|attendee| attendee.records.first()).max_by_key(|record| record.at)?;
    let count = people.attendees.iter().filter(|attendee| attendee.records.first().is_some_and(|record| record.at == last.at)).count();
    let many = if count == 1 { "1\u{a0}person".to_owned() } else { format!("{count}\u{a0}people") };
    let words = format!("Written down: {many}, by {} on {}.", last.by, when::day_and_time(last.at, &visit.site.zone));
    Some(view! { <p class="notice done-word" role="status">{ui::status(Mark::Done, words)}</p> }.into_any())
}

/// What is wrong, first on the page, each leading to its field.
fn summary(people: &People, returned: &Returned) -> AnyView {
    if returned.nothing_wrong() {
        return ().into_any();
    }
    let kept = if returned.sheet.form.get("act") == "call-off" {
        "The session still stands. What you typed is still here."
    } else {
        "Nothing was written down yet. What you typed is still here."
    };
    let one = |wrong: &Wrong| {
        let name = people.attendees.iter().find(|attendee| attendee.person == wrong.person).map_or("", |attendee| attendee.name.as_str());
        (format!("#{}", field_name(wrong.person)), format!("{name}: {}", wrong.words))
    };
    let rest = returned.sheet.problems.iter().map(|(field, message)| (format!("#{field}"), message.to_owned()));
    ui::things_to_look_at(kept, returned.people.iter().map(one).chain(rest).collect())
}

fn attendance(visit: &Visit, session: &LiveSession, people: &People, returned: &Returned) -> AnyView {
    if people.attendees.is_empty() {
        return people.whole.then(nobody).into_any();
    }
    let rows = people.attendees.iter().map(|attendee| row(visit, attendee, returned)).collect_view();
    let hint = format!(
        "It was planned for {}\u{a0}minutes. Write 0 for somebody who was not there, and leave a field empty where you do not know.",
        session.minutes.0
    );
    let why = Texts {
        name: "reason",
        label: "Why, if you change a number or it was longer than planned",
        hint: "The trainee does not see it. The old record stays.",
    };
    view! {
        <form method="post" action=Route::LiveSession { session: session.id }.to_string() novalidate=true>
            {ui::section("Who was there", view! {
                {ui::hidden("act", "record")}
                {ui::hidden("name", people.part.clone())}
                <p>{hint}</p>
                {ui::problem(&returned.sheet, LIST)}
                <ul class="plain rows sheet" id=LIST>{rows}</ul>
                {ui::textarea(&returned.sheet, why)}
                {ui::button("Write this down")}
            })}
        </form>
    }
    .into_any()
}

fn nobody() -> AnyView {
    ui::section("Who was there", view! { <p>"Nobody has joined a program with this module yet, so there is nobody to write down."</p> })
}

fn row(visit: &Visit, attendee: &Attendee, returned: &Returned) -> impl IntoView + use<> {
    let name = field_name(attendee.person);
    let own = visit.actor.person() == Some(attendee.person);
    let wrong = returned.people.iter().find(|wrong| wrong.person == attendee.person);
    let error = wrong.cloned().map(|Wrong { words, sheet, .. }| {
        let sheet = sheet.map(|(href, words)| view! { " "<a href=href>{words}</a> });
        view! { <p class="err" id=format!("{name}-e")>{ui::mark(Mark::Look)}<span>{words}{sheet}</span></p> }
    });
    let (invalid, described) = (wrong.map(|_| "true"), wrong.map(|_| format!("{name}-e")));
    let field = if own {
        view! { <p class="small soft" id=name>"This is you. Another trainer writes down how long you were there."</p> }.into_any()
    } else {
        let value = value(attendee, returned);
        view! {
            <div class="field short">
                <label for=name.clone()>"Minutes"<span class="vh">{format!(" of {}", attendee.name)}</span></label>
                {ui::hidden(seen_name(attendee.person), seen(attendee, returned))}
                <input id=name.clone() name=name.clone() type="number" inputmode="numeric" min="0" max="600" value=value autocomplete="off" aria-invalid=invalid aria-describedby=described/>
            </div>
        }
        .into_any()
    };
    view! {
        <li>
            <div><p><strong>{attendee.name.clone()}</strong></p>{history(visit, attendee, own)}</div>
            {error}
            {field}
        </li>
    }
}

/// How many records of a person count as seen. A sheet that came back for another reason does not count as having shown
/// those that were made meanwhile.
fn seen(attendee: &Attendee, returned: &Returned) -> String {
    let (now, form) = (attendee.records.len().to_string(), &returned.sheet.form);
    let before = form.get(&seen_name(attendee.person));
    let told = returned.people.iter().any(|wrong| wrong.person == attendee.person);
    let untyped = form.get(&field_name(attendee.person)).trim().is_empty();
    if returned.nothing_wrong() || told || untyped || before.is_empty() { now } else { before.to_owned() }
}

/// The number in a person's field: what was typed, or else what is written down. A field that somebody emptied who saw
/// what is written down stays empty.
fn value(attendee: &Attendee, returned: &Returned) -> String {
    let now = attendee.records.first().map(|record| record.minutes.0.to_string()).unwrap_or_default();
    let typed = returned.sheet.form.get(&field_name(attendee.person));
    let seen = returned.sheet.form.get(&seen_name(attendee.person)).parse().unwrap_or(0);
    let untouched = typed.trim().is_empty() && seen < attendee.records.len();
    if returned.nothing_wrong() || untouched { now } else { typed.to_owned() }
}

/// Every record of a person, the newest first. Nobody reads here why somebody else changed their own.
fn history(visit: &Visit, attendee: &Attendee, own: bool) -> Option<AnyView> {
    let rows = attendee
        .records
        .iter()
        .map(|record| {
            let at = when::day_and_time(record.at, &visit.site.zone);
            let why = record.reason.as_ref().filter(|_| !own).map(|reason| format!(" Why: {reason}"));
            view! { <li>{format!("{}\u{a0}min, written down by {} on {at}.", record.minutes.0, record.by)}{why}</li> }
        })
        .collect_view();
    (!attendee.records.is_empty()).then(|| view! { <ul class="small soft">{rows}</ul> }.into_any())
}

fn call_off(session: &LiveSession, now: Moment, sheet: &Sheet) -> AnyView {
    let why = Texts {
        name: "why",
        label: "Why it does not take place",
        hint: if session.ends_at() <= now {
            "It is over, so trainees do not see it any more, and nobody is mailed. It cannot be undone; you can set a new session."
        } else if session.begun(now) {
            "Trainees see this until its end. Nobody is mailed, since it has begun. It cannot be undone; you can set a new session."
        } else {
            "Trainees see this, and those who may come are told by mail that it is off. It cannot be undone; you can set a new session."
        },
    };
    view! {
        <form method="post" action=Route::LiveSession { session: session.id }.to_string() novalidate=true>
            {ui::section("Call it off", view! {
                {ui::hidden("act", "call-off")}
                {ui::textarea(sheet, why)}
                <p class="row after"><button class="btn back">"Call this session off"</button></p>
            })}
        </form>
    }
    .into_any()
}
