//! The places where a trainee practises.

use axum::response::Response;
use domain::practicum::{self, NewPlacement, Placement, Setting, SupervisorKind};
use jiff::civil::Date;
use leptos::prelude::*;
use types::Name;

use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Choice, Text},
};

/// GET /practicum/placements
pub async fn places(visit: Visit) -> Result<Response, Refusal> {
    with(&visit, Sheet::default()).await
}

async fn with(visit: &Visit, sheet: Sheet) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let places = practicum::placements_of(&visit.read(), person).await?;
    let settings = Setting::ALL.iter().map(|setting| Choice::new(setting.code(), setting.title())).collect();
    let kinds = SupervisorKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.title())).collect();
    let trail = vec![(Some(Route::Practicum.to_string()), "Practicum".to_owned()), (None, "Your places".to_owned())];
    Ok(visit.page(
        Page::new("Your places").section(Section::Practicum).status(sheet.status()),
        view! {
            {ui::head(trail, "Your places", "Where you practice, with whom, and since when. Hours before that day do not count.")}
            {ui::error_summary(&sheet, "The place was not added yet. What you typed is still here.")}
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

fn list(places: &[Placement]) -> AnyView {
    let rows = places
        .iter()
        .map(|place| {
            let name = place.organization.to_string();
            let rest = format!("{}, with {}, since {}", place.setting.title(), place.supervisor, place.from.strftime("%-d %B %Y"));
            view! { <li><p><strong>{name}</strong><br/><span class="small soft">{rest}</span></p></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> <p class="row"><a class="btn second" href=Route::NewEntry.to_string()>"Log practice hours"</a></p> }.into_any()
}

/// POST /practicum/placements
pub async fn add(visit: Visit, form: Form) -> Result<Response, Refusal> {
    visit.person()?;
    let mut problems = Problems::default();
    let organization: Option<Name> = form.take("organization", &mut problems);
    let setting: Option<Setting> = form.take("setting", &mut problems);
    let supervisor: Option<Name> = form.take("supervisor", &mut problems);
    let supervisor_kind: Option<SupervisorKind> = form.take("supervisor-kind", &mut problems);
    let from: Option<Date> = form.get("from").parse().map_err(|_| problems.add("from", "Please choose a day, like 2026-09-14.")).ok();
    let (Some(organization), Some(setting), Some(supervisor), Some(supervisor_kind), Some(from)) =
        (organization, setting, supervisor, supervisor_kind, from)
    else {
        return with(&visit, Sheet { form, problems }).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    practicum::add_placement(&mut write, &NewPlacement { organization, setting, supervisor, supervisor_kind, from }, &visit.site.zone)
        .await?;
    write.commit().await?;
    Ok(visit.redirect(format!("{}?done=place", Route::Placements)))
}
