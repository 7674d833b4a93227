//! The forms of live sessions.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum::Release,
    learning::{self, AttendanceError, CallOffError, LiveSession, Mark, NewSession, ScheduleError},
};
use jiff::civil::{Date, Time};
use types::{LiveSessionId, Minutes, Note};

use super::{
    newest, page,
    sheet::{self, Returned},
};
use crate::{
    error::{Refusal, came_late},
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    trainer::WHO,
};

/// POST /trainer/sessions: sets one.
pub async fn schedule(visit: Visit, form: Form) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let mut problems = Problems::default();
    let release = newest(&visit).await?;
    let id: LiveSessionId = match form.get("once") {
        "" => visit.platform.ids().id(visit.platform.now()),
        drawn => drawn.parse().map_err(|_| Refusal::BadRequest("This form is not whole. Open the page and send it again.".to_owned()))?,
    };
    let chosen = chosen(&release, form.get("module"));
    if chosen.is_none() {
        problems.add("module", "Please choose a live session.");
    }
    let date = read::<Date>(&form, "date", "Please give the day. It goes like 2026-11-19.", &mut problems);
    let time = read::<Time>(&form, "time", "Please give the time of day. It goes like 14:30.", &mut problems);
    let starts_at = date
        .zip(time)
        .and_then(|(date, time)| learning::at_local(date, time, &visit.site.zone).map_err(|error| problems.add("time", error)).ok());
    let minutes = read::<i32>(&form, "minutes", "Please give the minutes as a whole number, such as 120.", &mut problems).map(Minutes);
    if minutes.is_some_and(|minutes| !(learning::SHORTEST..=learning::LONGEST).contains(&minutes)) {
        problems.add("minutes", ScheduleError::Length);
    }
    let place: Option<Note> = form.take("place", &mut problems);
    let (Some(chosen), Some(starts_at), Some(minutes), Some(place), true) = (chosen, starts_at, minutes, place, problems.is_empty()) else {
        return page::sessions_with(&visit, Sheet { form, problems }).await;
    };
    let (module, guide) = chosen;
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::schedule(&mut write, NewSession { id, module, guide, starts_at, minutes, place }).await {
        Ok(_) => {
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done=session", Route::LiveSessions)))
        }
        Err(error) => {
            // One connection writes: it is given back before the page reads.
            drop(write);
            match error {
                ScheduleError::NotATrainer => return Err(Refusal::Forbidden(error.to_string())),
                ScheduleError::Unavailable(error) => return Err(error.into()),
                ScheduleError::Length => problems.add("minutes", error),
                ScheduleError::FarAway => problems.add("date", error),
            }
            page::sessions_with(&visit, Sheet { form, problems }).await
        }
    }
}

/// The module and the guide that a choice such as `m03/live-1` names. A module that has guides is no choice by
/// itself: which of its sessions somebody was at could never be told afterwards.
fn chosen(release: &Release, value: &str) -> Option<(String, Option<String>)> {
    let (module, slug) = value.split_once('/').map_or((value, None), |(module, slug)| (module, Some(slug)));
    let module = release.module(module)?;
    match slug {
        None => module.guides.is_empty().then(|| (module.id.clone(), None)),
        Some(slug) => module.guides.iter().find(|guide| guide.slug == slug).map(|guide| (module.id.clone(), Some(guide.id.clone()))),
    }
}

/// Reads a field in the form that browsers send it in.
fn read<T: std::str::FromStr>(form: &Form, field: &'static str, message: &'static str, problems: &mut Problems) -> Option<T> {
    let value = form.get(field).trim().parse().ok();
    if value.is_none() {
        problems.add(field, message);
    }
    value
}

/// POST /trainer/sessions/{session}: `act` says which of its forms.
pub async fn session(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let session = sheet::found(&visit, &id).await?;
    match form.get("act") {
        "record" => record(visit, session, form).await,
        "call-off" => call_off(visit, session, form).await,
        _ => Err(Refusal::BadRequest("We do not know what this form asks for. Open the session and try again.".to_owned())),
    }
}

async fn record(visit: Visit, session: LiveSession, form: Form) -> Result<Response, Refusal> {
    let mut returned = Returned { sheet: Sheet::fresh(form), people: Vec::new() };
    let mut marks: Vec<Mark> = Vec::new();
    for attendee in sheet::people(&visit, &session).await? {
        let typed = returned.sheet.form.get(&sheet::field_name(attendee.person)).trim().to_owned();
        match typed.parse::<i32>() {
            _ if typed.is_empty() => {}
            Ok(number) if (0..=learning::LONGEST.0).contains(&number) => {
                let seen = returned.sheet.form.get(&sheet::seen_name(attendee.person)).parse().unwrap_or(0);
                marks.push(Mark { person: attendee.person, minutes: Minutes(number), seen });
            }
            _ => returned.people.push((attendee.person, "Minutes are a whole number from 0 to 600.".to_owned())),
        }
    }
    let reason: Option<Note> = returned.sheet.form.take_if_any("reason", &mut returned.sheet.problems);
    if !returned.people.is_empty() || !returned.sheet.problems.is_empty() {
        return sheet::session_with(&visit, session, returned).await;
    }
    let mut write = visit.platform.write(&visit.actor).await?;
    let Err(error) = learning::record_attendance(&mut write, session.id, &marks, reason.as_ref()).await else {
        write.commit().await?;
        return Ok(visit.redirect(format!("{}?done=recorded", Route::LiveSession { session: session.id })));
    };
    drop(write);
    match error {
        AttendanceError::NotATrainer => Err(Refusal::Forbidden(error.to_string())),
        AttendanceError::NotFound => Err(Refusal::NotFound),
        AttendanceError::CalledOff | AttendanceError::NotBegun => Err(Refusal::Conflict(error.to_string())),
        AttendanceError::Unavailable(error) => Err(error.into()),
        AttendanceError::Meanwhile(ref people) | AttendanceError::Elsewhere(ref people) => {
            returned.people.extend(people.iter().map(|person| (*person, error.to_string())));
            sheet::session_with(&visit, session, returned).await
        }
        AttendanceError::Own(person) => {
            returned.people.push((person, error.to_string()));
            sheet::session_with(&visit, session, returned).await
        }
        AttendanceError::Minutes | AttendanceError::NoReason => {
            returned.sheet.problems.add("reason", error);
            sheet::session_with(&visit, session, returned).await
        }
    }
}

async fn call_off(visit: Visit, session: LiveSession, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let Some(why) = form.take::<Note>("why", &mut problems) else {
        return sheet::session_with(&visit, session, Returned { sheet: Sheet { form, problems }, people: Vec::new() }).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::call_off(&mut write, session.id, why).await {
        Ok(()) => write.commit().await?,
        Err(error @ CallOffError::NotATrainer) => return Err(Refusal::Forbidden(error.to_string())),
        Err(CallOffError::NotFound) => return Err(Refusal::NotFound),
        Err(error @ (CallOffError::Already | CallOffError::TookPlace)) => {
            drop(write);
            let page = Page::new("This session cannot be called off any more").section(Section::LiveSessions);
            let on = (Route::LiveSession { session: session.id }, "See the session");
            return Ok(came_late(&visit, page, error.to_string(), &form, &["why"], on));
        }
        Err(CallOffError::Unavailable(error)) => return Err(error.into()),
    }
    Ok(visit.redirect(format!("{}?done=called-off", Route::LiveSessions)))
}
