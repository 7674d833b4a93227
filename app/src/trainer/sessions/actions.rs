//! The forms of live sessions.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum::{Guide, Module, Release},
    learning::{self, CallOffError, LiveSession, NewSession, ScheduleError},
};
use types::{LiveSessionId, Minutes, Note};

use super::{
    called_off, newest, page, programs_with, record,
    sheet::{self, Returned},
};
use crate::{
    error::{Refusal, came_late},
    form::{self, Form, Problems, Sheet, given},
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
    let date = given(form::day(form.get("date")), "date", "Please choose the day.", &mut problems);
    let time = given(form::time_of_day(form.get("time")), "time", "Please choose when it begins.", &mut problems);
    let starts_at = date
        .zip(time)
        .and_then(|(date, time)| learning::at_local(date, time, &visit.site.zone).map_err(|error| problems.add("time", error)).ok());
    let minutes = match (form.get("minutes").trim(), &chosen) {
        // A session is as long as its guide where nothing else is said; and which it is was asked for above.
        ("", None) => None,
        ("", Some((_, guide))) => given(guide.map(|guide| guide.minutes), "minutes", MINUTES, &mut problems),
        (typed, _) => given(typed.parse().ok().map(Minutes), "minutes", MINUTES, &mut problems),
    };
    if minutes.is_some_and(|minutes| !(learning::SHORTEST..=learning::LONGEST).contains(&minutes)) {
        problems.add("minutes", ScheduleError::Length);
    }
    let place: Option<Note> = form.take("place", &mut problems);
    let (Some(chosen), Some(starts_at), Some(minutes), Some(place), true) = (chosen, starts_at, minutes, place, problems.is_empty()) else {
        return page::sessions_with(&visit, Sheet { form, problems }).await;
    };
    let (module, guide) = (chosen.0.id.clone(), chosen.1.map(|guide| guide.id.clone()));
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::schedule(&mut write, NewSession { id, module, guide, starts_at, minutes, place }).await {
        Ok(id) => {
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done={id}", Route::LiveSessions)))
        }
        Err(error) => {
            // One connection writes: it is given back before the page reads.
            drop(write);
            match error {
                ScheduleError::NotATrainer => return Err(Refusal::Forbidden(error.to_string())),
                ScheduleError::Unavailable(error) => return Err(error.into()),
                ScheduleError::Length => problems.add("minutes", error),
                ScheduleError::FarAway | ScheduleError::LongAgo => problems.add("date", error),
                ScheduleError::Already => problems.add("place", error),
            }
            page::sessions_with(&visit, Sheet { form, problems }).await
        }
    }
}

const MINUTES: &str = "Please give the minutes as a whole number, such as 120.";

/// The module and the guide that a choice such as `m03/live-1` names. A module that has guides is no choice by
/// itself: which of its sessions somebody was at could never be told afterwards.
fn chosen<'a>(release: &'a Release, value: &str) -> Option<(&'a Module, Option<&'a Guide>)> {
    let (module, slug) = value.split_once('/').map_or((value, None), |(module, slug)| (module, Some(slug)));
    let module = release.module(module)?;
    match slug {
        None => module.guides.is_empty().then_some((module, None)),
        Some(slug) => module.guides.iter().find(|guide| guide.slug == slug).map(|guide| (module, Some(guide))),
    }
}

/// POST /trainer/sessions/{session}: `act` says which of its forms.
pub async fn session(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let session = sheet::found(&visit, &id).await?;
    match form.get("act") {
        "record" => record::record(&visit, session, form).await,
        "call-off" => call_off(&visit, session, form).await,
        _ => Err(Refusal::BadRequest("We do not know what this form asks for. Open the session and try again.".to_owned())),
    }
}

async fn call_off(visit: &Visit, session: LiveSession, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    if form.get("why").trim().is_empty() {
        problems.add("why", "Please say why it does not take place.");
    }
    let Some(why) = form.take::<Note>("why", &mut problems) else {
        let took_place = !learning::recorded_sessions(&visit.read(), &[session.id]).await?.is_empty();
        if session.called_off.is_some() || took_place {
            // Its page has no form for that any more.
            return too_late(visit, session.id, &form).await;
        }
        return sheet::session_with(visit, session, Returned { sheet: Sheet { form, problems }, ..Returned::default() }).await;
    };
    let programs = programs_with(visit, &session.module).await?;
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::call_off(&mut write, session.id, why, &programs).await {
        Ok(()) => write.commit().await?,
        Err(error @ CallOffError::NotATrainer) => return Err(Refusal::Forbidden(error.to_string())),
        Err(CallOffError::NotFound) => return Err(Refusal::NotFound),
        Err(CallOffError::Already | CallOffError::TookPlace) => {
            drop(write);
            return too_late(visit, session.id, &form).await;
        }
        Err(CallOffError::Unavailable(error)) => return Err(error.into()),
    }
    Ok(visit.redirect(format!("{}?done={}", Route::LiveSessions, session.id)))
}

/// The page for a session that somebody else called off before, who and why; or at which somebody was.
async fn too_late(visit: &Visit, id: LiveSessionId, form: &Form) -> Result<Response, Refusal> {
    let session = sheet::found(visit, &id.to_string()).await?;
    let why = called_off(visit, &session).await?.unwrap_or_else(|| CallOffError::TookPlace.to_string());
    let page = Page::new("This session cannot be called off any more").section(Section::LiveSessions);
    Ok(came_late(visit, page, why, form, &["why"], (Route::LiveSession { session: id }, "See the session")))
}
