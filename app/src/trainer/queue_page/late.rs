//! The answer to a form, or to a link, that came too late: who was first, with what and when, and all that was typed
//! and chosen.

use axum::response::Response;
use domain::{
    curriculum::Rubric,
    practicum::{self, Decided, DecisionError, Entry, Reason, State},
};
use http::StatusCode;
use leptos::prelude::*;
use types::EntryId;

use super::chosen;
use crate::{
    error::Refusal,
    form::Form,
    practicum::shown,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui, when,
};

/// Somebody else decided this entry before, or its trainee took it back.
pub(crate) fn decided(visit: &Visit, id: EntryId, form: &Form, rubric: Option<&Rubric>, decided: &Decided) -> Response {
    let why = format!("{}{}", sentence(visit, decided), reason(decided));
    if matches!(decided.state, State::Withdrawn(_)) {
        // What it said is its trainee's alone again, so there is nothing to see.
        return page(visit, "This entry was taken back", why, StatusCode::CONFLICT, typed(form, rubric), None);
    }
    page(visit, "This was decided in the meantime", why, StatusCode::CONFLICT, typed(form, rubric), Some(id))
}

/// They decided it themselves before, in other words.
pub(crate) fn before(visit: &Visit, id: EntryId, form: &Form, rubric: Option<&Rubric>, decided: &Decided) -> Response {
    let told = if decided.has_a_word { " The trainee sees what you wrote then." } else { "" };
    let why = format!("{}{}{told}", decided.sentence_to_themselves(&on(visit, decided)), reason(decided));
    page(visit, "You decided this entry before", why, StatusCode::CONFLICT, typed(form, rubric), Some(id))
}

/// A form with something wrong in it, about an entry that is not theirs to decide, or no longer.
pub(super) fn already(visit: &Visit, entry: &Entry, form: &Form, rubric: Option<&Rubric>) -> Result<Response, Refusal> {
    if visit.actor.person() == Some(entry.person) {
        return Err(Refusal::Forbidden(DecisionError::Own.to_string()));
    }
    let last = entry.rounds.last().and_then(Decided::of).ok_or(Refusal::NotFound)?;
    let own = entry.rounds.last().is_some_and(|round| Some(round.by_person) == visit.actor.person());
    Ok(if own { before(visit, entry.id, form, rubric, &last) } else { decided(visit, entry.id, form, rubric, &last) })
}

/// An entry that cannot be read: where it was taken back, that is said, and otherwise nothing.
pub(super) async fn taken_back(visit: &Visit, id: EntryId, form: &Form) -> Result<Response, Refusal> {
    let taken_back = practicum::taken_back(&visit.read(), &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
    let rubric = shown::rubric(visit).await?;
    let typed = typed(form, rubric.as_ref());
    let status = if typed.is_some() { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND };
    Ok(page(visit, "This entry was taken back", sentence(visit, &taken_back), status, typed, None))
}

fn reason(decided: &Decided) -> String {
    decided.reason.map(|reason| format!(" The reason: {}.", reason.title())).unwrap_or_default()
}

fn sentence(visit: &Visit, decided: &Decided) -> String {
    decided.sentence(&on(visit, decided))
}

fn on(visit: &Visit, decided: &Decided) -> String {
    format!(" on {}", when::day_and_time(decided.at, &visit.site.zone))
}

fn page(visit: &Visit, title: &'static str, why: String, status: StatusCode, typed: Option<AnyView>, entry: Option<EntryId>) -> Response {
    let entry = entry.map(|entry| {
        let href = Route::QueueEntry { entry }.to_string();
        view! { <a class="tap" href=href>"See the entry"</a> }
    });
    visit.page(
        Page::new(title).section(Section::Queue).status(status),
        view! {
            {ui::head(Vec::new(), title, why)}
            {typed}
            {ui::section("Next", view! { <p class="row"><a class="btn" href=Route::Queue.to_string()>"See what waits for you"</a>{entry}</p> })}
        },
    )
}

/// What was typed and chosen, so that it is not lost; nothing where nothing was.
fn typed(form: &Form, rubric: Option<&Rubric>) -> Option<AnyView> {
    let texts: Vec<&str> = ["feedback", "mend"].into_iter().map(|field| form.get(field).trim()).filter(|text| !text.is_empty()).collect();
    let reason = form.get("reason").parse::<Reason>().ok();
    let levels = shown::levels(&chosen(form, rubric), rubric);
    if texts.is_empty() && reason.is_none() && levels.is_none() {
        return None;
    }
    let texts = texts.into_iter().map(|text| view! { <blockquote class="kept">{ui::paragraphs(text)}</blockquote> }).collect_view();
    let reason = reason.map(|reason| view! { <p>{format!("Reason: {}", reason.title())}</p> });
    let body = view! { <p>"It was not sent. Copy it if you want to keep it."</p> {texts} {reason} {levels} };
    Some(ui::section("What you typed and chose", body))
}
