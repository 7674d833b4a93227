//! The places where a trainee practices.

use axum::response::Response;
use domain::practicum::{self, NewPlacement, Placement, Setting, SupervisorKind};
use jiff::Span;
use leptos::prelude::*;
use types::Name;

use crate::{
    error::Refusal,
    form::{self, Form, Problems, Sheet, given},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Choice, Text},
    when,
};

/// GET /practicum/placements
pub async fn places(visit: Visit) -> Result<Response, Refusal> {
    with(&visit, Sheet::default()).await
}

async fn with(visit: &Visit, sheet: Sheet) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let places = practicum::placements_of(&visit.read(), person).await?;
    // Nothing is chosen beforehand: a record says what somebody meant, not what stood first in a list.
    let choose = || std::iter::once(Choice::new("", "Choose one"));
    let settings = choose().chain(Setting::ALL.iter().map(|setting| Choice::new(setting.code(), setting.title()))).collect();
    let kinds = choose().chain(SupervisorKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.title()))).collect();
    let first = places
        .is_empty()
        .then(|| view! { <p class="notice">"Before your first entry, say where you practice. Then you log your hours."</p> });
    let trail = vec![(Some(Route::Practicum.to_string()), "Practicum".to_owned()), (None, "Your places".to_owned())];
    Ok(visit.page(
        Page::new("Your places").section(Section::Practicum).status(sheet.status()),
        view! {
            {ui::head(trail, "Your places", "Where you practice, with whom, and since when. Hours before that day do not count.")}
            {ui::error_summary_of(&sheet, "The place was not added yet. What you typed is still here.", &LABELS)}
            {first}
            {(!places.is_empty()).then(|| ui::section("So far", list(&places)))}
            <form method="post" action=Route::Placements.to_string() novalidate=true>
                {ui::section("Add a place", view! {
                    {ui::field(&sheet, Text { name: "organization", label: "The organization", hint: "Its own name. Never the name or home of a person you support.", kind: "", autocomplete: "organization", width: "mid" })}
                    {ui::select(&sheet, "setting", "What kind of place", "", settings)}
                    {ui::field(&sheet, Text { name: "supervisor", label: "Who supervises you there", hint: "", kind: "", autocomplete: "off", width: "mid" })}
                    {ui::select(&sheet, "supervisor-kind", "What kind of supervisor", "", kinds)}
                    {ui::field(&sheet, Text { name: "from", label: "Your first day there", hint: "", kind: "date", autocomplete: "off", width: "short" })}
                    {ui::button("Add this place")}
                })}
            </form>
        },
    ))
}

/// The labels of the fields of which something may be said that could be said of others.
const LABELS: [(&str, &str); 2] = [("organization", "The organization"), ("supervisor", "Who supervises you there")];

fn list(places: &[Placement]) -> AnyView {
    let rows = places
        .iter()
        .map(|place| {
            let name = place.organization.to_string();
            let rest = format!("{}, with {}, since {}", place.setting.title(), place.supervisor, when::date(place.from));
            view! { <li><p><strong>{name}</strong><br/><span class="small soft">{rest}</span></p></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> <p class="row"><a class="btn second" href=Route::NewEntry.to_string()>"Log practice hours"</a></p> }.into_any()
}

/// POST /practicum/placements
pub async fn add(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let mut problems = Problems::default();
    let organization: Option<Name> = form.take("organization", &mut problems);
    let setting: Option<Setting> =
        form.get("setting").parse().map_err(|_| problems.add("setting", "Please choose what kind of place it is.")).ok();
    let supervisor: Option<Name> = form.take("supervisor", &mut problems);
    let supervisor_kind: Option<SupervisorKind> = form
        .get("supervisor-kind")
        .parse()
        .map_err(|_| problems.add("supervisor-kind", "Please choose what kind of supervisor it is."))
        .ok();
    let from = given(form::day(form.get("from")), "from", "Please choose the day.", &mut problems);
    let today = when::in_zone(visit.platform.now(), &visit.site.zone).date();
    if from.is_some_and(|from| from > today.saturating_add(Span::new().days(31))) {
        problems.add("from", "This day is more than a month ahead. Please look at the year.");
    }
    let (Some(organization), Some(setting), Some(supervisor), Some(supervisor_kind), Some(from)) =
        (organization, setting, supervisor, supervisor_kind, from)
    else {
        return with(&visit, Sheet { form, problems }).await;
    };
    if !problems.is_empty() {
        return with(&visit, Sheet { form, problems }).await;
    }
    let is_first = practicum::placements_of(&visit.read(), person).await?.is_empty();
    let mut write = visit.platform.write(&visit.actor).await?;
    practicum::add_placement(&mut write, &NewPlacement { organization, setting, supervisor, supervisor_kind, from }, &visit.site.zone)
        .await?;
    write.commit().await?;
    let on = if is_first { Route::NewEntry } else { Route::Placements };
    Ok(visit.redirect(format!("{on}?done=place")))
}
