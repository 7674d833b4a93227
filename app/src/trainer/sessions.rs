//! Live sessions: planned by a trainer, and who was there.

use axum::{extract::Path, response::Response};
use domain::{
    Look as _, curriculum,
    learning::{self, AttendanceError, LiveSession, NewSession, ScheduleError},
};
use jiff::civil::{Date, Time};
use leptos::prelude::*;
use types::{LiveSessionId, Minutes, Note, PersonId, Role};

use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Choice, Mark, Text, Texts},
    when,
};

const WHO: &[Role] = &[Role::Trainer, Role::Officer];

/// GET /trainer/sessions
pub async fn sessions(visit: Visit) -> Result<Response, Refusal> {
    with(&visit, Sheet::default()).await
}

async fn with(visit: &Visit, sheet: Sheet) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let read = visit.read();
    let (ahead, past) = (learning::sessions_after(&read, read.now()).await?, learning::sessions_before(&read, read.now(), 30).await?);
    let recorded = learning::recorded_sessions(&read, &past.iter().map(|session| session.id).collect::<Vec<_>>()).await?;
    let modules = modules(visit).await?;
    let row = |session: &LiveSession| {
        let title = modules
            .iter()
            .find(|module| module.value == session.module)
            .map_or_else(|| session.module.clone(), |module| module.words.clone());
        let time = format!("{}, {}", when::day_and_time(session.starts_at, &visit.site.zone), session.minutes);
        let href = Route::LiveSession { session: session.id }.to_string();
        let state = if session.called_off.is_some() {
            ui::status(Mark::NotYet, "Called off")
        } else if recorded.contains(&session.id) {
            ui::status(Mark::Done, "Written down who was there")
        } else if session.begun(read.now()) {
            ui::status(Mark::Look, "Who was there?")
        } else {
            ui::status(Mark::Waiting, "Planned")
        };
        view! { <li><p><a href=href><strong>{title}</strong></a><br/><span class="small soft">{time}</span></p>{state}</li> }
    };
    let list = |sessions: &[LiveSession], empty: &'static str| {
        if sessions.is_empty() {
            view! { <p>{empty}</p> }.into_any()
        } else {
            let rows = sessions.iter().map(row).collect_view();
            view! { <ul class="plain rows">{rows}</ul> }.into_any()
        }
    };
    let (ahead, past) = (list(&ahead, "None is planned."), list(&past, "None has been yet."));
    let once = sheet.form.get("once").parse().unwrap_or_else(|_| visit.platform.ids().id::<LiveSessionId>(read.now()));
    let schedule = visit.actor.is(Role::Trainer).then(|| form(&sheet, modules.clone(), once));
    Ok(visit.page(
        Page::new("Live sessions").section(Section::LiveSessions).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Live sessions", "Plan one, then write down who was there and for how long.")}
            {ui::error_summary(&sheet, "The session was not planned yet. What you typed is still here.")}
            {ui::section("Planned", ahead)}
            {ui::section("Past", past)}
            {schedule}
        },
    ))
}

fn form(sheet: &Sheet, modules: Vec<Choice>, once: LiveSessionId) -> AnyView {
    view! {
        <form method="post" action=Route::LiveSessions.to_string() novalidate=true>
            {ui::once_field(once)}
            {ui::section("Plan a session", view! {
                {ui::select(sheet, "module", "Module", "", modules)}
                {ui::field(sheet, Text { name: "day", label: "Day", kind: "date", hint: "", autocomplete: "off", width: "short" })}
                {ui::field(sheet, Text { name: "start", label: "Start", kind: "time", hint: "On the clock of the organization", autocomplete: "off", width: "short" })}
                {ui::field(sheet, Text { name: "minutes", label: "Minutes", kind: "number", hint: "From 15 to 600", autocomplete: "off", width: "short" })}
                {ui::textarea(sheet, Texts { name: "place", label: "Where, and how to join by telephone", hint: "Trainees see this.", limit: Note::LIMIT })}
                {ui::button("Plan this session")}
            })}
        </form>
    }
    .into_any()
}

async fn modules(visit: &Visit) -> Result<Vec<Choice>, Refusal> {
    let Some(digest) = curriculum::current(&visit.read()).await? else { return Ok(Vec::new()) };
    let release = curriculum::release(&visit.platform, &digest).await?;
    Ok(release.map(|release| release.modules.iter().map(|module| Choice::new(&module.id, &module.title)).collect()).unwrap_or_default())
}

/// POST /trainer/sessions
pub async fn schedule(visit: Visit, form: Form) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let mut problems = Problems::default();
    let id: LiveSessionId =
        form.get("once").parse().map_err(|_| Refusal::BadRequest("The form did not arrive whole. Please send it again.".to_owned()))?;
    let known = modules(&visit).await?;
    let module = Some(form.get("module").to_owned()).filter(|module| known.iter().any(|choice| choice.value == *module));
    if module.is_none() {
        problems.add("module", "Please choose a module.");
    }
    let day: Option<Date> = form.get("day").parse().map_err(|_| problems.add("day", "Please choose a day, like 2026-12-01.")).ok();
    let start: Option<Time> = form.get("start").parse().map_err(|_| problems.add("start", "Please give the time, like 18:00.")).ok();
    let minutes: Option<i32> =
        form.get("minutes").parse().map_err(|_| problems.add("minutes", "Please give the minutes as a number, like 90.")).ok();
    let place: Option<Note> = form.take("place", &mut problems);
    let (Some(module), Some(day), Some(start), Some(minutes), Some(place)) = (module, day, start, minutes, place) else {
        return with(&visit, Sheet { form, problems }).await;
    };
    let Ok(starts_at) = learning::at_local(day, start, &visit.site.zone) else {
        problems.add("start", "The clocks are changed at this hour. Please choose a time a little later.");
        return with(&visit, Sheet { form, problems }).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::schedule(&mut write, NewSession { id, module, starts_at, minutes: Minutes(minutes), place }).await {
        Ok(_) => write.commit().await?,
        Err(error @ ScheduleError::NotATrainer) => return Err(Refusal::Forbidden(error.to_string())),
        Err(error @ ScheduleError::Length) => {
            problems.add("minutes", error);
            return with(&visit, Sheet { form, problems }).await;
        }
        Err(error @ ScheduleError::FarAway) => {
            problems.add("day", error);
            return with(&visit, Sheet { form, problems }).await;
        }
        Err(ScheduleError::Unavailable(error)) => return Err(error.into()),
    }
    Ok(visit.redirect(Route::LiveSessions))
}

/// GET /trainer/sessions/{session}
pub async fn session(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    roster(&visit, &id, Sheet::default()).await
}

async fn roster(visit: &Visit, id: &str, sheet: Sheet) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let id: LiveSessionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let read = visit.read();
    let session = learning::live_session(&read, id).await?.ok_or(Refusal::NotFound)?;
    let zone = &visit.site.zone;
    let programs: Vec<String> = learning::enrolled(&read).await?.into_iter().map(|enrolled| enrolled.enrolment.program).collect();
    let attendees = learning::sheet(&read, id, &programs).await?;
    let corrected = attendees.iter().any(|attendee| !attendee.records.is_empty());
    let rows = attendees
        .iter()
        .map(|attendee| {
            let field = format!("m-{}", attendee.person);
            let recorded = attendee.records.first().map(|record| record.minutes.0.to_string()).unwrap_or_default();
            let typed = sheet.form.get(&field);
            let value = if typed.is_empty() { recorded } else { typed.to_owned() };
            let history = attendee
                .records
                .iter()
                .map(|record| {
                    let words = format!("{}, written on {}", record.minutes, when::day_and_time(record.at, zone));
                    let reason = record.reason.clone().map(|reason| format!(": {reason}"));
                    view! { <li class="small soft">{words}{reason}</li> }
                })
                .collect_view();
            let name = attendee.name.clone();
            view! { <li><div><label for=field.clone()><strong>{name}</strong></label><ul class="plain">{history}</ul></div><div class="field short"><input id=field.clone() name=field.clone() type="number" min="0" max="600" value=value autocomplete="off" aria-label=format!("Minutes for {}", attendee.name)/></div></li> }
        })
        .collect_view();
    let begun = session.begun(read.now()) && session.called_off.is_none();
    let form = if !begun {
        ui::section("Who is there", view! { <p>"You can write down who was there once the session has begun."</p> })
    } else if attendees.is_empty() {
        ui::section("Who was there", view! { <p>"Nobody is in a program yet."</p> })
    } else {
        let reason = corrected.then(|| {
            ui::field(
                &sheet,
                Text {
                    name: "reason",
                    label: "Why you change what was written down",
                    hint: "Needed only where a number changes. It stays beside the old one.",
                    kind: "",
                    autocomplete: "off",
                    width: "",
                },
            )
        });
        view! {
            <form method="post" action=Route::LiveSession { session: id }.to_string() novalidate=true>
                {ui::section("Who was there, and for how many minutes", view! {
                    <p class="hint">"Leave a line empty where you do not know. Zero means that they were not there."</p>
                    {ui::problem(&sheet, "minutes")}
                    <ul class="plain rows" id="minutes">{rows}</ul>
                    {reason}
                    {ui::button("Write it down")}
                })}
            </form>
        }
        .into_any()
    };
    let title = modules(visit)
        .await?
        .into_iter()
        .find(|module| module.value == session.module)
        .map_or_else(|| session.module.clone(), |module| module.words);
    let time = format!("{}, {}", when::day_and_time(session.starts_at, zone), session.minutes);
    let trail = vec![(Some(Route::LiveSessions.to_string()), "Live sessions".to_owned()), (None, title.clone())];
    Ok(visit.page(
        Page::new(format!("{title}: live session")).section(Section::LiveSessions).status(sheet.status()),
        view! {
            {ui::head(trail, title, time)}
            {ui::error_summary(&sheet, "Nothing was written down yet. What you typed is still here.")}
            {ui::section("Where", ui::paragraphs(&session.place))}
            {form}
        },
    ))
}

/// POST /trainer/sessions/{session}
pub async fn record(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let session: LiveSessionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut problems = Problems::default();
    let mut lines = Vec::new();
    for (field, value) in form.fields().filter(|(_, value)| !value.trim().is_empty()) {
        let Some(person) = field.strip_prefix("m-").and_then(|person| person.parse::<PersonId>().ok()) else { continue };
        match value.trim().parse::<i32>() {
            Ok(minutes) => lines.push((person, Minutes(minutes))),
            Err(_) => problems.add("minutes", format!("“{value}” is not a number of minutes.")),
        }
    }
    let reason: Option<Note> = form.take_if_any("reason", &mut problems);
    if !problems.is_empty() {
        return roster(&visit, &id, Sheet { form, problems }).await;
    }
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::record_attendance(&mut write, session, &lines, reason.as_ref()).await {
        Ok(_) => write.commit().await?,
        Err(AttendanceError::NotFound) => return Err(Refusal::NotFound),
        Err(AttendanceError::Unavailable(error)) => return Err(error.into()),
        Err(error @ AttendanceError::NotATrainer) => return Err(Refusal::Forbidden(error.to_string())),
        Err(error @ AttendanceError::NoReason) => {
            problems.add("reason", error);
            return roster(&visit, &id, Sheet { form, problems }).await;
        }
        Err(error @ AttendanceError::Minutes) => {
            problems.add("minutes", error);
            return roster(&visit, &id, Sheet { form, problems }).await;
        }
        Err(error) => return Err(Refusal::Conflict(error.to_string())),
    }
    Ok(visit.redirect(Route::LiveSession { session }))
}
