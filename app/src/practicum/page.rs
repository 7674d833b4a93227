//! The trainee's practicum pages.

use axum::{extract::Path, response::Response};
use domain::{
    learning, ledger,
    practicum::{self, Entry, State},
};
use leptos::prelude::*;
use types::{EntryId, PersonId};

use super::{
    form::{self, Around},
    shown,
};
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Choice},
    when,
};

/// GET /practicum
pub async fn practicum(visit: Visit) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let read = visit.read();
    let enrolments = learning::enrolments_of(&read, person).await?;
    let entries = practicum::entries_of(&read, &enrolments.iter().map(|enrolment| enrolment.id).collect::<Vec<_>>()).await?;
    let view = if enrolments.is_empty() { nowhere().into_any() } else { overview(&visit, &entries).into_any() };
    Ok(visit.page(
        Page::new("Practicum").section(Section::Practicum),
        view! {
            {ui::head(Vec::new(), "Practicum", "Write down what you did. Leave out who it was with.")}
            {view}
        },
    ))
}

fn nowhere() -> impl IntoView {
    ui::section(
        "Before you begin",
        view! {
            <p>"Hours are logged for a program. Choose one first; then this page is where you log them."</p>
            <p class="row"><a class="btn" href=Route::Programs.to_string()>"See the programs"</a></p>
        },
    )
}

fn overview(visit: &Visit, entries: &[Entry]) -> impl IntoView + use<> {
    let zone = &visit.site.zone;
    let totals = practicum::totals(entries);
    let bars = totals
        .by_category
        .iter()
        .map(|(category, approved, waiting)| {
            let words = if waiting.0 > 0 { format!("{approved} approved, {waiting} waiting") } else { format!("{approved} approved") };
            let all = (approved.0 + waiting.0).max(1);
            view! { <div><p><strong>{category.title()}</strong>" "<span class="num">{words}</span></p>{ui::bar(all, approved.0, waiting.0)}</div> }
        })
        .collect_view();
    let bars = (!totals.by_category.is_empty()).then(|| ui::section("By kind of work", view! { <div class="domains">{bars}</div> }));
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    // What waits for the trainee comes first.
    sorted.sort_by_key(|entry| !entry.state.can_be_edited());
    let rows = sorted
        .into_iter()
        .map(|entry| {
            let (href, line) = (Route::Entry { entry: entry.id }.to_string(), shown::line(entry, zone));
            view! { <li><p><a href=href>{line}</a></p>{shown::state(entry.state)}</li> }
        })
        .collect_view();
    let list = if entries.is_empty() {
        view! { <p>"No entries yet. Your first one can be short: one thing you did, and what you practiced in it."</p> }.into_any()
    } else {
        view! { <ul class="plain rows">{rows}</ul> }.into_any()
    };
    view! {
        {ui::section("Log your hours", view! { <p class="row"><a class="btn" href=Route::NewEntry.to_string()>"Log practice hours"</a><a class="tap" href=Route::Placements.to_string()>"Your places"</a></p> })}
        {ui::section("Hours", view! {
            <dl class="sums"><div><dt>"sent by you"</dt><dd>{totals.sent.to_string()}</dd></div><div><dt>"approved"</dt><dd>{totals.approved.to_string()}</dd></div></dl>
            <p class="small soft">"What counts for your program, and why, stands in your ledger."</p>
        })}
        {bars}
        {ui::section("Entries", list)}
    }
}

/// GET /practicum/new
pub async fn new_entry(visit: Visit) -> Result<Response, Refusal> {
    let today = when::in_zone(visit.platform.now(), &visit.site.zone).date().to_string();
    let fresh = Form::of([("day", today.as_str()), ("observed", "no")]);
    let once = visit.platform.ids().secret().reveal().to_owned();
    entry_form(&visit, Sheet::fresh(fresh), None, once).await
}

/// The form, new or for an entry that may be edited, with the version that its fields are of.
pub(super) async fn entry_form(visit: &Visit, sheet: Sheet, existing: Option<(EntryId, i32)>, once: String) -> Result<Response, Refusal> {
    form_beside(visit, sheet, existing, once, None).await
}

/// The form again where the entry was changed somewhere else meanwhile: what stands there now, beside what was typed.
pub(super) async fn changed(visit: &Visit, mut sheet: Sheet, existing: Option<(EntryId, i32)>, once: String) -> Result<Response, Refusal> {
    let (id, _) = existing.ok_or(Refusal::NotFound)?;
    let newest = practicum::entry_for(&visit.read(), &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
    let why = "You changed this entry somewhere else after you opened it here. Look at both. Send this form again to keep it.";
    sheet.problems.add("note", why);
    form_beside(visit, sheet, Some((id, newest.version)), once, Some(newest)).await
}

async fn form_beside(
    visit: &Visit,
    sheet: Sheet,
    existing: Option<(EntryId, i32)>,
    once: String,
    newest: Option<Entry>,
) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let programs = programs(visit, person).await?;
    if programs.is_empty() {
        return Ok(visit.redirect(Route::Practicum));
    }
    let placements = practicum::placements_of(&visit.read(), person).await?;
    if placements.is_empty() {
        return Ok(visit.redirect(Route::Placements));
    }
    let action = existing.map_or(Route::NewEntry, |(entry, _)| Route::Entry { entry }).to_string();
    let version = existing.map(|(_, version)| version);
    let trail = vec![
        (Some(Route::Practicum.to_string()), "Practicum".to_owned()),
        (None, if existing.is_some() { "Change an entry" } else { "New entry" }.to_owned()),
    ];
    let kept = "Nothing was lost: all that you typed is still here, and nobody else can see it yet.";
    Ok(visit.page_with_islands(Page::new("Log practice hours").section(Section::Practicum).status(sheet.status()), move || {
        view! {
            {ui::head(trail, "Log practice hours", "Write what you did. Leave out who it was with.")}
            {ui::error_summary(&sheet, kept)}
            {newest.map(|newest| ui::section("What stands there now", as_kept(&newest)))}
            {form::fields(&sheet, Around { placements, programs, version, once, action })}
        }
    }))
}

/// What an entry says, to be read beside a form.
fn as_kept(entry: &Entry) -> impl IntoView + use<> {
    let learned = entry.content.learned.as_ref().map(|learned| shown::marked(learned.as_str()));
    view! { {shown::marked(entry.content.note.as_str())} {learned} {shown::facts(entry)} }
}

async fn programs(visit: &Visit, person: PersonId) -> Result<Vec<Choice>, Refusal> {
    let mut choices = Vec::new();
    for enrolment in learning::enrolments_of(&visit.read(), person).await? {
        let program = ledger::program(&visit.platform, &enrolment.release, &enrolment.program).await?;
        let title = program.map_or_else(|| enrolment.program.clone(), |program| program.title);
        choices.push(Choice::new(enrolment.id.to_string(), title));
    }
    Ok(choices)
}

/// GET /practicum/{entry}: what it says and what happened to it; the form too where it may be edited.
pub async fn entry(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let entry = own(&visit, &id).await?;
    if entry.state == State::Draft {
        let once = visit.platform.ids().secret().reveal().to_owned();
        return entry_form(&visit, Sheet::fresh(form::of(&entry)), Some((entry.id, entry.version)), once).await;
    }
    let rubric = shown::rubric(&visit).await.unwrap_or_default();
    let zone = &visit.site.zone;
    let line = shown::line(&entry, zone);
    let trail = vec![(Some(Route::Practicum.to_string()), "Practicum".to_owned()), (None, line.clone())];
    let action = Route::Entry { entry: entry.id }.to_string();
    let again = matches!(entry.state, State::Returned(_)).then(|| {
        ui::section(
            "Change it and send it again",
            view! {
                <p>"The version that came back is kept beside the new one."</p>
                <p class="row"><a class="btn" href=format!("{action}/edit")>"Change this entry"</a></p>
            },
        )
    });
    let withdraw = matches!(entry.state, State::Submitted(_) | State::Returned(_)).then(|| {
        ui::section("Take it back", view! {
            <p>"It stays in your list, and counts for nothing. You can log the same time again."</p>
            <form method="post" action=action.clone()><p class="row"><button class="btn back" name="do" value="withdraw">"Take this entry back"</button></p></form>
        })
    });
    let learned = entry.content.learned.as_ref().map(|learned| ui::section("What you learned", shown::marked(learned.as_str())));
    Ok(visit.page(
        Page::new(format!("Entry: {line}")).section(Section::Practicum),
        view! {
            {ui::head(trail, line, "")}
            {ui::section("How far it is", view! { <p>{shown::state(entry.state)}</p> {shown::history(&entry.rounds, rubric.as_ref(), zone)} })}
            {again}
            {ui::section("What you wrote", shown::marked(entry.content.note.as_str()))}
            {learned}
            {ui::section("The rest of it", shown::facts(&entry))}
            {withdraw}
        },
    ))
}

/// GET /practicum/{entry}/edit, for an entry that came back.
pub async fn edit(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let entry = own(&visit, &id).await?;
    if !entry.state.can_be_edited() {
        return Ok(visit.redirect(Route::Entry { entry: entry.id }));
    }
    let once = visit.platform.ids().secret().reveal().to_owned();
    entry_form(&visit, Sheet::fresh(form::of(&entry)), Some((entry.id, entry.version)), once).await
}

/// The visitor's own entry; a trainer reads entries in the queue.
pub(super) async fn own(visit: &Visit, id: &str) -> Result<Entry, Refusal> {
    let person = visit.person()?;
    let id: EntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    let entry = practicum::entry_for(&visit.read(), &visit.actor, id).await?;
    entry.filter(|entry| entry.person == person).ok_or(Refusal::NotFound)
}
