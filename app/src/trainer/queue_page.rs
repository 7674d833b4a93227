//! The trainer's queue: what waits, and one entry at a time beside it.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    Look as _, accounts,
    curriculum::Rubric,
    practicum::{self, Entry, Reason, State, Waiting},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::{EntryId, Moment, Role};

use super::WHO;
use crate::{
    error::{Refusal, came_late},
    form::{Form, Sheet},
    practicum::shown,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Choice, Mark, Texts},
    when,
};

/// GET /trainer/practicum?done=…: the longest wait is opened.
pub async fn queue(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let query = Form::parse(query.as_deref().unwrap_or_default());
    let waiting = practicum::queue(&visit.read(), &visit.actor).await?;
    if let Some(first) = waiting.first() {
        show(&visit, first.id, Sheet::default(), query.get("done")).await
    } else {
        let done = done(&visit, query.get("done")).await?;
        Ok(visit.page(
            Page::new("Entries to read").section(Section::Queue),
            view! {
                {ui::head(Vec::new(), "Entries to read", "Nothing waits for you. A trainee sees at once what you decided.")}
                {done}
            },
        ))
    }
}

/// GET /trainer/practicum/{entry}
pub async fn entry(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let id: EntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    show(&visit, id, Sheet::default(), "").await
}

pub(super) async fn show(visit: &Visit, id: EntryId, sheet: Sheet, just_done: &str) -> Result<Response, Refusal> {
    let read = visit.read();
    let entry = practicum::entry_for(&read, &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
    if entry.state == State::Draft {
        return Err(Refusal::NotFound);
    }
    let name = accounts::person(&read, entry.person).await?.ok_or(Refusal::NotFound)?.chosen_name.to_string();
    let waiting = practicum::queue(&read, &visit.actor).await?;
    let rubric = shown::rubric(visit).await?;
    let done = done(visit, just_done).await?;
    let lede = match waiting.len() {
        _ if !visit.actor.is(Role::Trainer) => "Trainers decide about entries. You can read what they read.".to_owned(),
        0 => "Nothing else waits for you.".to_owned(),
        1 => "One entry waits for you.".to_owned(),
        many => format!("{many} entries wait for you, the longest first."),
    };
    let own = visit.actor.person() == Some(entry.person);
    let decide = (matches!(entry.state, State::Submitted(_)) && visit.actor.is(Role::Trainer) && !own)
        .then(|| decide(&sheet, &entry, rubric.as_ref()));
    let list = list(&waiting, id, read.now(), &visit.site.zone);
    let pane = pane(visit, &entry, &name, rubric.as_ref());
    Ok(visit.page(
        Page::new(format!("{name}, {}: entries to read", entry.minutes)).section(Section::Queue).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Entries to read", lede)}
            {done}
            {ui::error_summary(&sheet, "Nothing was decided yet. What you typed is still here.")}
            <div class="queue">
                {list}
                <section class="entry" id="entry" aria-labelledby="eh">{pane}{decide}</section>
            </div>
        },
    ))
}

/// The answer where it was decided already: who, what, and the words that were typed.
pub(super) fn came_after(visit: &Visit, form: &Form, taken_back: bool, why: String) -> Response {
    let title = if taken_back { "This entry was taken back" } else { "This was decided in the meantime" };
    let page = Page::new(title).section(Section::Queue);
    came_late(visit, page, why, form, &["feedback", "mend"], (Route::Queue, "See what waits for you"))
}

/// What was just decided, read from the record.
async fn done(visit: &Visit, id: &str) -> Result<Option<AnyView>, Refusal> {
    let Ok(id) = id.parse::<EntryId>() else { return Ok(None) };
    let read = visit.read();
    let Some(entry) = practicum::entry_for(&read, &visit.actor, id).await? else { return Ok(None) };
    let Some(person) = accounts::person(&read, entry.person).await? else { return Ok(None) };
    let (mark, word) = match entry.state {
        State::Approved(_) => (Mark::Done, "Approved"),
        State::Returned(_) => (Mark::SentBack, "Sent back"),
        _ => return Ok(None),
    };
    let words = format!("{word}: {} for {}. They are told by mail.", entry.minutes, person.chosen_name);
    Ok(Some(view! { <p class="notice" role="status">{ui::status(mark, words)}</p> }.into_any()))
}

fn list(waiting: &[Waiting], current: EntryId, now: Moment, zone: &TimeZone) -> impl IntoView + use<> {
    let rows = waiting
        .iter()
        .map(|entry| {
            // On a phone the list stands above the entry: the link leads past it.
            let href = format!("{}#entry", Route::QueueEntry { entry: entry.id });
            let days = (now.0 - entry.since.0) / Moment::DAY;
            let wait = match days {
                0 => "today".to_owned(),
                1 => "1 day".to_owned(),
                days => format!("{days} days"),
            };
            let state = if entry.version > 1 { ui::status(Mark::SentBack, "Sent again, or changed") } else { ui::status(Mark::Waiting, "Waiting") };
            let (name, what) = (entry.name.to_string(), format!("{}, {}", entry.minutes, when::short_day(entry.starts_at, zone)));
            let here = (entry.id == current).then_some("true");
            view! { <li><a href=href aria-current=here><span class="who">{name}</span><span class="num small">{wait}</span><span class="what">{what}</span>{state}</a></li> }
        })
        .collect_view();
    view! { <nav aria-labelledby="ql"><h2 id="ql">"Waiting"</h2><ol class="qlist">{rows}</ol></nav> }
}

fn pane(visit: &Visit, entry: &Entry, name: &str, rubric: Option<&Rubric>) -> impl IntoView + use<> {
    let zone = &visit.site.zone;
    let heading = format!("{name}, {}, {}", when::day(entry.starts_at, zone), entry.minutes);
    let sent = entry.rounds.iter().rev().find(|round| round.what == "submitted").map(|round| {
        let late = round.at.0 - entry.starts_at.0 > 14 * Moment::DAY;
        let late = late.then(|| ui::status(Mark::Look, "More than two weeks after the work"));
        view! { <p class="small soft">"Sent "{when::day_and_time(round.at, zone)}". "{late}</p> }
    });
    let safe = entry.content.safe_because.as_ref().map(|reason| {
        let reason = reason.to_string();
        let name = name.to_owned();
        view! { <div class="notice"><p><strong>{name}" kept words that we pointed to. "</strong>"Reason given: “"{reason}"”"</p></div> }
    });
    let learned = entry.content.learned.as_ref().map(|learned| view! { <h3>"What they learned"</h3> {shown::marked(learned.as_str())} });
    let history = (entry.rounds.len() > 1 || !matches!(entry.state, State::Submitted(_)))
        .then(|| view! { <div class="flow"><h3>"What happened so far"</h3>{shown::history(&entry.rounds, rubric, zone)}</div> });
    let wrote = format!("What {name} wrote");
    view! {
        <div class="flow"><h2 id="eh" class="big">{heading}</h2>{sent}{shown::facts(entry)}</div>
        <div class="flow"><h3>{wrote}</h3>{shown::marked(entry.content.note.as_str())}{safe}{learned}</div>
        {history}
    }
}

fn decide(sheet: &Sheet, entry: &Entry, rubric: Option<&Rubric>) -> impl IntoView + use<> {
    let action = Route::QueueEntry { entry: entry.id }.to_string();
    let lines = rubric.map(|rubric| {
        let lines = rubric
            .lines
            .iter()
            .enumerate()
            .map(|(n, line)| {
                let field = FIELDS.get(n).copied().unwrap_or("line");
                let (title, hint) = (line.title.clone(), line.hint.clone());
                let levels = line
                    .levels
                    .iter()
                    .rev()
                    .enumerate()
                    .map(|(m, level)| {
                        let (points, label, anchor) = (level.points.to_string(), level.label.clone(), level.anchor.clone());
                        let checked = sheet.form.has(field, &points);
                        let id = if m == 0 { field.to_owned() } else { format!("{field}-{m}") };
                        view! { <label class="opt"><input id=id type="radio" name=field value=points checked=checked/>" "<span><b>{label}</b>" "<span class="small soft">{anchor}</span></span></label> }
                    })
                    .collect_view();
                let described = sheet.problems.of(field).map_or_else(|| format!("{field}-h"), |_| format!("{field}-h {field}-e"));
                view! { <fieldset aria-describedby=described><legend>{title}</legend><p class="hint" id=format!("{field}-h")>{hint}</p>{ui::problem(sheet, field)}<div class="inline-opts">{levels}</div></fieldset> }
            })
            .collect_view();
        let title = rubric.title.clone();
        view! { <div class="rubric"><h3>{title}</h3>{lines}</div> }
    });
    let reasons = std::iter::once(Choice::new("", "Choose a reason"))
        .chain(Reason::ALL.iter().map(|reason| Choice::new(reason.code(), reason.title())))
        .collect();
    let approve = format!("Approve {}", entry.minutes);
    view! {
        <form method="post" action=action novalidate=true id="version">
            {ui::hidden("version", entry.version.to_string())}
            {lines}
            <div class="decide">
                <div class="flow">
                    <h3>"Approve"</h3>
                    {ui::textarea(sheet, Texts { name: "feedback", label: "A word to them (optional)", hint: "They see this. Nobody else does.", limit: 500 })}
                    <p class="row"><button class="btn" name="do" value="approve">{approve}</button></p>
                </div>
                <div class="flow">
                    <h3>"Or send it back"</h3>
                    {ui::select(sheet, "reason", "Reason", "Needed when you send an entry back", reasons)}
                    {ui::textarea(sheet, Texts { name: "mend", label: "What would mend it", hint: "One thing is enough. They see it.", limit: 500 })}
                    <p class="row"><button class="btn back" name="do" value="return">"Return with this reason"</button></p>
                </div>
            </div>
        </form>
    }
}

/// The names of the rubric's lines in the form.
pub(super) const FIELDS: [&str; 6] = ["line-1", "line-2", "line-3", "line-4", "line-5", "line-6"];
