//! The trainee's practicum pages.

use axum::{extract::Path, response::Response};
use domain::{
    learning,
    practicum::{self, Entry, State, Unfinished},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::EntryId;

use super::{sheet, shown};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// GET /practicum
pub async fn practicum(visit: Visit) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let read = visit.read();
    let enrolments = learning::enrolments_of(&read, person).await?;
    let entries = practicum::entries_of(&read, &enrolments.iter().map(|enrolment| enrolment.id).collect::<Vec<_>>()).await?;
    let unfinished = practicum::unfinished_of(&read, person).await?;
    let view = if enrolments.is_empty() { nowhere().into_any() } else { overview(&visit, &entries, &unfinished).into_any() };
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

fn overview(visit: &Visit, entries: &[Entry], unfinished: &[Unfinished]) -> impl IntoView + use<> {
    let zone = &visit.site.zone;
    let totals = practicum::totals(entries);
    let kinds = totals
        .by_category
        .iter()
        .map(|(category, approved, waiting)| {
            let words = if waiting.0 > 0 { format!("{approved} approved, {waiting} waiting") } else { format!("{approved} approved") };
            (category.title(), view! { <span class="num">{words}</span> }.into_any())
        })
        .collect::<Vec<_>>();
    let kinds = (!kinds.is_empty()).then(|| ui::section("By kind of work", ui::facts(kinds)));
    let back = shown::came_back(totals.returned);
    let begun = unfinished.iter().filter(|one| one.entry.is_none()).map(|one| begun(one, zone)).collect_view();
    // A draft that was thrown away was never anybody else's; it is not listed.
    let mut sorted: Vec<&Entry> = entries.iter().filter(|entry| entry.was_sent() || !matches!(entry.state, State::Withdrawn(_))).collect();
    // What waits for the trainee comes first.
    sorted.sort_by_key(|entry| !entry.state.can_be_edited());
    let none = sorted.is_empty() && unfinished.is_empty();
    let rows = sorted
        .into_iter()
        .map(|entry| {
            let (href, line) = (Route::Entry { entry: entry.id }.to_string(), shown::line(entry, zone));
            view! { <li><p><a href=href>{line}</a></p>{shown::state(entry.state)}</li> }
        })
        .collect_view();
    let list = if none {
        view! { <p>"No entries yet. Your first one can be short: one thing you did, and what you practiced in it."</p> }.into_any()
    } else {
        view! { <ul class="plain rows">{begun}{rows}</ul> }.into_any()
    };
    view! {
        {ui::section("Log your hours", view! { <p class="row"><a class="btn" href=Route::NewEntry.to_string()>"Log practice hours"</a><a class="tap" href=Route::Placements.to_string()>"Your places"</a></p> })}
        {ui::section("Hours", view! {
            <dl class="sums"><div><dt>"sent by you"</dt><dd>{totals.sent.to_string()}</dd></div><div><dt>"approved"</dt><dd>{totals.approved.to_string()}</dd></div></dl>
            {back}
            <p class="small soft">"What counts for your program, and why, stands in "<a href=Route::Learn.to_string()>"your ledger"</a>"."</p>
        })}
        {kinds}
        {ui::section("Entries", list)}
    }
}

/// One that is not filled in yet, by the first of its words.
fn begun(one: &Unfinished, zone: &TimeZone) -> impl IntoView + use<> {
    const LONGEST: usize = 40;
    let note = one.fields.iter().find(|(name, _)| name == "note").map(|(_, note)| note.trim()).unwrap_or_default();
    let mut words: String = note.chars().take(LONGEST).collect();
    if note.chars().count() > LONGEST {
        words.push('…');
    }
    let words = if words.is_empty() { "no note yet".to_owned() } else { format!("“{words}”") };
    let href = Route::Unfinished { unfinished: one.id }.to_string();
    let kept = format!("Kept {}", when::day_and_time(one.kept_at, zone));
    view! { <li><p><a href=href>"Not filled in yet: "{words}</a><br/><span class="small soft">{kept}</span></p>{ui::status(Mark::NotYet, "Draft, only you see it")}</li> }
}

/// GET /practicum/{entry}: what it says and what happened to it; the form too where it may be edited.
pub async fn entry(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let entry = own(&visit, &id).await?;
    if entry.state == State::Draft {
        return sheet::of_entry(&visit, &entry).await;
    }
    let rubric = shown::rubric(&visit).await.unwrap_or_default();
    let before = practicum::sent_before(&visit.read(), &visit.actor, &entry).await?;
    let zone = &visit.site.zone;
    let line = shown::line(&entry, zone);
    let trail = vec![(Some(Route::Practicum.to_string()), "Practicum".to_owned()), (None, line.clone())];
    let action = Route::Entry { entry: entry.id }.to_string();
    let again = matches!(entry.state, State::Returned(_)).then(|| {
        ui::section(
            "Change it and send it again",
            view! {
                <p>"The version that was returned is kept beside the new one."</p>
                <p class="row"><a class="btn" href=Route::EditEntry { entry: entry.id }.to_string()>"Change this entry"</a></p>
            },
        )
    });
    let withdraw = matches!(entry.state, State::Submitted(_) | State::Returned(_)).then(|| {
        let section = ui::section("Take it back", view! {
            <p>"It stays in your list and is not counted. You can log the same time again."</p>
            <form method="post" action=action.clone()><p class="row"><button class="btn back" name="do" value="withdraw">"Take this entry back"</button></p></form>
        });
        view! { <div class="noprint">{section}</div> }
    });
    let safe = entry.content.safe_because.as_ref().map(|reason| {
        let reason = format!("Why these words are safe: “{reason}”");
        view! { <p class="small">{reason}</p> }
    });
    let learned = entry.content.learned.as_ref().map(|learned| ui::section("What you learned", shown::marked(learned.as_str())));
    let before = shown::before(&entry, &before, zone).map(|before| ui::section("Before", before));
    // What was decided stands with its mark at the head of what happened; only the waiting does not.
    let waits = matches!(entry.state, State::Submitted(_)).then(|| view! { <p>{shown::state(entry.state)}</p> });
    Ok(visit.page(
        Page::new(format!("Entry: {line}")).section(Section::Practicum),
        view! {
            {ui::head(trail, line, "")}
            {ui::section("How far it is", view! { {waits} {shown::history(&entry.rounds, rubric.as_ref(), zone)} })}
            {again}
            {ui::section("What you wrote", view! { {shown::marked(entry.content.note.as_str())} {safe} })}
            {learned}
            {ui::section("The rest of it", shown::facts(&entry))}
            {before}
            {withdraw}
        },
    ))
}

/// The visitor's own entry; a trainer reads entries in the queue.
pub(super) async fn own(visit: &Visit, id: &str) -> Result<Entry, Refusal> {
    let person = visit.person()?;
    let id: EntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    let entry = practicum::entry_for(&visit.read(), &visit.actor, id).await?;
    entry.filter(|entry| entry.person == person).ok_or(Refusal::NotFound)
}
