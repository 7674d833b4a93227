//! Accepting an invitation.

use axum::{extract::RawQuery, response::Response};
use domain::{
    Secret,
    accounts::{self, Invitation, WayIn},
};
use http::StatusCode;
use leptos::prelude::*;
use types::Role;

use super::page::{NAME, NEW_PASSWORD};
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    home,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Text},
    when,
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

/// The invitation of this link, where it can still be accepted.
pub(super) async fn waiting(visit: &Visit, secret: &Secret) -> Result<Option<Invitation>, Refusal> {
    let invitation = accounts::invitation(&visit.read(), secret).await?;
    Ok(invitation.filter(|invitation| invitation.state == accounts::InvitationState::Waiting))
}

pub(super) async fn invitation_with(visit: &Visit, mut sheet: Sheet) -> Result<Response, Refusal> {
    let token = sheet.form.get("token").to_owned();
    let Some(invitation) = waiting(visit, &Secret::from_text(token.clone())).await? else { return Ok(spent(visit)) };
    let read = visit.read();
    let way = accounts::way_in(&read, &visit.actor, &invitation).await?;
    let by = accounts::person(&read, invitation.invited_by).await?;
    if sheet.form.get("name").is_empty() && sheet.problems.is_empty() {
        sheet.form = Form::of([("token", token.clone()), ("name", invitation.name.to_string())]);
    }
    let organization = visit.site.organization.clone();
    let by = by.map_or_else(|| organization.clone(), |by| by.chosen_name.to_string());
    let lede = format!("{by} invites you to {organization}, as {}.", with_article(invitation.role));
    let until = when::day(invitation.until, &visit.site.zone);
    let (fields, labels) = fields(&sheet, way, &invitation);
    Ok(visit.page(
        Page::new("Your invitation").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "You are invited", lede)}
            {ui::error_summary_of(&sheet, "Your invitation still waits.", labels)}
            {somebody_else(visit, way, &invitation)}
            <form method="post" action=Route::AcceptInvitation.to_string() novalidate=true>
                {ui::section("Accept", view! {
                    {ui::hidden("token", token)}
                    {fields}
                    {ui::button("Accept the invitation")}
                    <p class="small soft">{format!("It waits until {until}. If you do not want it, do nothing.")}</p>
                })}
            </form>
        },
    ))
}

/// What to fill in, and the labels of what may be empty.
fn fields(sheet: &Sheet, way: WayIn, invitation: &Invitation) -> (AnyView, &'static [(&'static str, &'static str)]) {
    let email = invitation.email.to_string();
    match way {
        WayIn::New => {
            let fields = view! {
                <p>{format!("You will sign in with {email}.")}</p>
                {ui::field(sheet, Text { hint: "Any name you like.", ..NAME })}
                {ui::username(&email)}
                {ui::field(sheet, NEW_PASSWORD)}
            };
            (fields.into_any(), &[(NAME.name, NAME.label)])
        }
        WayIn::Password => {
            let fields = view! {
                <p>{format!("You have an account here with {email}. It takes this role too.")}</p>
                {ui::username(&email)}
                {ui::field(sheet, OWN_PASSWORD)}
                <p><a class="tap" href=Route::Forgot.to_string()>"I forgot my password"</a></p>
            };
            (fields.into_any(), &[])
        }
        WayIn::SignedIn => {
            (view! { <p>{format!("You are signed in with {email}. Your account takes this role too.")}</p> }.into_any(), &[])
        }
    }
}

/// A word before one person's browser becomes another one's.
fn somebody_else(visit: &Visit, way: WayIn, invitation: &Invitation) -> Option<AnyView> {
    visit.actor.person().filter(|_| way != WayIn::SignedIn)?;
    let words = format!(
        "You are signed in as {}, and this invitation is for {}. Who accepts it here is signed in with that address from then on.",
        visit.actor.name(),
        invitation.email
    );
    Some(view! { <p class="notice">{words}</p> }.into_any())
}

const fn with_article(role: Role) -> &'static str {
    match role {
        Role::Trainee => "a trainee",
        Role::Trainer => "a trainer",
        Role::Officer => "a certification officer",
    }
}

/// An invitation that can no longer be accepted, with what there is to do.
pub(super) fn spent(visit: &Visit) -> Response {
    let (accepted, to, link) = match visit.actor.person() {
        Some(_) => {
            let accepted = "If you accepted it with the account that is signed in here, go on.";
            (accepted, home::start_of(&visit.actor), "Go to your start page")
        }
        None => ("If you accepted it, just sign in.", Route::SignIn, "Sign in"),
    };
    visit.page(
        Page::new("This invitation no longer works").section(Section::SignIn).status(StatusCode::NOT_FOUND),
        view! {
            {ui::head(Vec::new(), "This invitation no longer works", "It was accepted, it was withdrawn, or it is more than two weeks old.")}
            {ui::section("Go on", view! {
                <p>{accepted}" If you did not, ask the person who invited you for a new one."</p>
                <p class="row"><a class="btn" href=to.to_string()>{link}</a></p>
            })}
        },
    )
}
