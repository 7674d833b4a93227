//! Accepting an invitation.

use axum::{extract::RawQuery, response::Response};
use domain::{
    Secret,
    accounts::{self, WayIn},
};
use leptos::prelude::*;

use super::page::{NAME, NEW_PASSWORD, spent};
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Text},
};

const OWN_PASSWORD: Text = Text {
    name: "password",
    label: "The password of your account",
    hint: "",
    kind: "password",
    autocomplete: "current-password",
    width: "mid",
};

/// GET /invitation?token=…
pub async fn invitation(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let sheet = Sheet::fresh(Form::parse(query.as_deref().unwrap_or_default()));
    invitation_with(&visit, sheet).await
}

pub(super) async fn invitation_with(visit: &Visit, mut sheet: Sheet) -> Result<Response, Refusal> {
    let token = sheet.form.get("token").to_owned();
    let invitation = accounts::invitation(&visit.read(), &Secret::from_text(token.clone())).await?;
    let Some(invitation) = invitation.filter(|invitation| invitation.state == accounts::InvitationState::Waiting) else {
        return Ok(spent(visit));
    };
    let way = accounts::way_in(&visit.read(), &visit.actor, &invitation).await?;
    if sheet.form.get("name").is_empty() && sheet.problems.is_empty() {
        sheet.form = Form::of([("token", token.clone()), ("name", invitation.name.to_string())]);
    }
    let lede = format!("{} invites you to take part as: {}.", visit.site.organization, invitation.role.title().to_lowercase());
    let fields = match way {
        WayIn::New => view! {
            {ui::field(&sheet, NAME)}
            {ui::field(&sheet, NEW_PASSWORD)}
        }
        .into_any(),
        WayIn::Password => view! {
            <p>{format!("You have an account here with {}. It takes this role too.", invitation.email)}</p>
            {ui::field(&sheet, OWN_PASSWORD)}
            <p><a class="tap" href=Route::Forgot.to_string()>"I forgot my password"</a></p>
        }
        .into_any(),
        WayIn::SignedIn => {
            view! { <p>{format!("You are signed in with {}. Your account takes this role too.", invitation.email)}</p> }.into_any()
        }
    };
    Ok(visit.page(
        Page::new("Your invitation").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "You are invited", lede)}
            {ui::error_summary(&sheet, "Your invitation still waits.")}
            <form method="post" action=Route::AcceptInvitation.to_string() novalidate=true>
                {ui::section("Accept", view! {
                    {ui::hidden("token", token)}
                    {fields}
                    {ui::button("Accept the invitation")}
                })}
            </form>
        },
    ))
}
