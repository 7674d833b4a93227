//! The form of an entry as a page: fresh, half filled in, of an entry that may be changed, or come back with what is
//! wrong.

use axum::{extract::Path, response::Response};
use domain::{
    learning, ledger,
    practicum::{self, Entry, Format, Hours, State, Unfinished},
};
use leptos::prelude::*;
use types::{Category, Domain, EntryId, PersonId, UnfinishedId};

use super::{
    form::{self, Around},
    page::own,
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

/// What a form is of, each with the version that its fields were read from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Of {
    /// The entry that is being changed.
    pub(super) entry: Option<(EntryId, i32)>,
    /// What was kept before it was filled in.
    pub(super) unfinished: Option<(UnfinishedId, i32)>,
}

impl Of {
    /// Where the form is sent.
    fn action(self) -> Route<'static> {
        match (self.entry, self.unfinished) {
            (Some((entry, _)), _) => Route::Entry { entry },
            (None, Some((unfinished, _))) => Route::Unfinished { unfinished },
            (None, None) => Route::NewEntry,
        }
    }
}

/// GET /practicum/new
pub async fn new_entry(visit: Visit) -> Result<Response, Refusal> {
    let today = when::in_zone(visit.platform.now(), &visit.site.zone).date().to_string();
    let fresh = Form::of([("day", today.as_str()), ("observed", "no")]);
    drawn(&visit, Sheet::fresh(fresh), Of::default(), once(&visit)).await
}

/// GET /practicum/unfinished/{unfinished}
pub async fn unfinished(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let id: UnfinishedId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mine = practicum::unfinished_of(&visit.read(), person).await?;
    let one = mine.into_iter().find(|one| one.id == id).ok_or(Refusal::NotFound)?;
    if let Some(entry) = one.entry {
        return Ok(visit.redirect(Route::EditEntry { entry }));
    }
    drawn(&visit, Sheet::fresh(Form::of(one.fields)), Of { entry: None, unfinished: Some((one.id, one.version)) }, once(&visit)).await
}

/// GET /practicum/{entry}/edit, for an entry that was returned.
pub async fn edit(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let entry = own(&visit, &id).await?;
    if !entry.state.can_be_edited() {
        return Ok(visit.redirect(Route::Entry { entry: entry.id }));
    }
    of_entry(&visit, &entry).await
}

/// The form of an entry that may be changed: as far as somebody has changed it already.
pub(super) async fn of_entry(visit: &Visit, entry: &Entry) -> Result<Response, Refusal> {
    let begun = practicum::unfinished_of(&visit.read(), entry.person).await?.into_iter().find(|one| one.entry == Some(entry.id));
    let of = Of { entry: Some((entry.id, entry.version)), unfinished: begun.as_ref().map(|one| (one.id, one.version)) };
    let form = begun.map_or_else(|| form::of(entry), |one| Form::of(one.fields));
    drawn(visit, Sheet::fresh(form), of, once(visit)).await
}

fn once(visit: &Visit) -> String {
    visit.platform.ids().secret().reveal().to_owned()
}

/// The form with these values, and what is wrong with them.
pub(super) async fn drawn(visit: &Visit, mut sheet: Sheet, of: Of, once: String) -> Result<Response, Refusal> {
    sheet.problems.in_the_order_of(&form::ORDER);
    beside(visit, sheet, of, once, None).await
}

/// The form again where what it is of was changed somewhere else meanwhile: what stands there now, beside what was
/// typed.
pub(super) async fn changed(visit: &Visit, mut sheet: Sheet, mut of: Of, once: String) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let why = "You changed this entry somewhere else after you opened it here. Look at both. Send this form again to keep it.";
    sheet.problems.add("note", why);
    let read = visit.read();
    let mine = practicum::unfinished_of(&read, person).await?;
    let is_it = |one: &&Unfinished| {
        of.unfinished.is_some_and(|(id, _)| one.id == id) || (one.entry.is_some() && one.entry == of.entry.map(|(id, _)| id))
    };
    let half = mine.iter().find(is_it);
    let whole = match of.entry {
        Some((id, _)) => practicum::entry_for(&read, &visit.actor, id).await?,
        None => None,
    };
    of.unfinished = half.map(|half| (half.id, half.version));
    of.entry = whole.as_ref().map(|whole| (whole.id, whole.version));
    let now = match (half, whole) {
        (Some(half), _) => as_typed(half),
        (None, Some(whole)) => as_kept(&whole),
        (None, None) => return Err(Refusal::NotFound),
    };
    beside(visit, sheet, of, once, Some(now)).await
}

async fn beside(visit: &Visit, sheet: Sheet, of: Of, once: String, now: Option<AnyView>) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let programs = programs(visit, person).await?;
    if programs.is_empty() {
        return Ok(visit.redirect(Route::Practicum));
    }
    let placements = practicum::placements_of(&visit.read(), person).await?;
    if placements.is_empty() {
        return Ok(visit.redirect(Route::Placements));
    }
    let entry = match of.entry {
        Some((id, _)) => practicum::entry_for(&visit.read(), &visit.actor, id).await?,
        None => None,
    };
    let never_sent = entry.as_ref().is_some_and(|entry| entry.state == State::Draft);
    let returned = entry.as_ref().and_then(|entry| returned(visit, entry));
    let (title, here) = if of.entry.is_some() { ("Change this entry", "Change an entry") } else { ("Log practice hours", "New entry") };
    let trail = vec![(Some(Route::Practicum.to_string()), "Practicum".to_owned()), (None, here.to_owned())];
    let kept = "Nothing was lost: all that you typed is still here, and nobody else can see it yet.";
    let action = of.action().to_string();
    Ok(visit.page_with_islands(Page::new(title).section(Section::Practicum).status(sheet.status()), move || {
        view! {
            {ui::head(trail, title, "Write what you did. Leave out who it was with.")}
            {ui::error_summary_of(&sheet, kept, &form::LABELS)}
            {returned}
            {now.map(|now| ui::section("What stands there now", now))}
            {form::fields(&sheet, Around { placements, programs, of, once, action, never_sent })}
        }
    }))
}

/// Why an entry that is being changed was returned.
fn returned(visit: &Visit, entry: &Entry) -> Option<AnyView> {
    let is_returned = |state: State| matches!(state, State::Returned(_));
    let last = entry.rounds.iter().rev().find(|round| is_returned(round.state)).filter(|_| is_returned(entry.state))?;
    Some(ui::section("Why it was returned", shown::history(std::slice::from_ref(last), None, &visit.site.zone)))
}

/// What an entry says, to be read beside a form.
fn as_kept(entry: &Entry) -> AnyView {
    let learned = entry.content.learned.as_ref().map(|learned| shown::marked(learned.as_str()));
    view! { {shown::marked(entry.content.note.as_str())} {learned} {shown::facts(entry)} }.into_any()
}

/// What stands in one that is not filled in, to be read beside a form.
fn as_typed(one: &Unfinished) -> AnyView {
    let form = Form::of(one.fields.clone());
    let said = |name: &'static str| form.get(name).to_owned();
    let title = |name: &'static str, words: Option<&'static str>| words.map_or_else(|| said(name), ToOwned::to_owned);
    let rows = [
        ("Day", said("day")),
        ("Start", said("start")),
        ("End", said("end")),
        ("Kind of work", title("category", said("category").parse().ok().map(Category::title))),
        ("Domain", title("domain", said("domain").parse().ok().map(Domain::title))),
        ("How", title("format", said("format").parse().ok().map(Format::title))),
        ("On what terms", title("hours", said("hours").parse().ok().map(Hours::title))),
        ("With the people you support", said("direct")),
        ("How many people", said("people")),
        ("Watched by the supervisor", said("observed")),
    ];
    let facts = ui::facts(rows.into_iter().filter(|(_, said)| !said.is_empty()).map(|(name, said)| (name, said.into_any())).collect());
    let words = one.fields.iter().filter(|(name, text)| ["note", "learned", "safe"].contains(&name.as_str()) && !text.trim().is_empty());
    let words = words.map(|(_, text)| shown::marked(text)).collect_view();
    view! { {words} {facts} }.into_any()
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
