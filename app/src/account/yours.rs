//! The account of whoever is signed in: names, password, and where they are signed in.

use axum::response::Response;
use domain::accounts::{self, Person, Session};
use leptos::prelude::*;

use super::page::{NEW_PASSWORD, label};
use crate::{
    error::Refusal,
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Text},
    when,
};

const CHOSEN: Text = Text {
    name: "chosen-name",
    label: "The name we call you by",
    hint: "Your trainers and the certification officers see it.",
    kind: "",
    autocomplete: "nickname",
    width: "mid",
};
const FOR_CERTIFICATE: Text = Text {
    name: "certificate-name",
    label: "The name for your certificate (optional)",
    hint: "Where you need another one there, such as the name on an identity card. A certificate keeps the name it was issued with.",
    kind: "",
    autocomplete: "name",
    width: "mid",
};

/// GET /account
pub async fn account(visit: Visit) -> Result<Response, Refusal> {
    account_with(&visit, None).await
}

/// The account page, with the form that came back in place of what is stored.
pub(super) async fn account_with(visit: &Visit, returned: Option<Sheet>) -> Result<Response, Refusal> {
    let id = visit.person()?;
    let read = visit.read();
    let person = accounts::person(&read, id).await?.ok_or(Refusal::NotFound)?;
    let sessions = accounts::sessions(&read, id).await?;
    let stored = Form::of([
        ("chosen-name", person.chosen_name.to_string()),
        ("certificate-name", person.certificate_name.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]);
    let sheet = returned.unwrap_or_else(|| Sheet::fresh(stored));
    Ok(visit
        .page(Page::new("Your account").section(Section::Account).status(sheet.status()), account_view(visit, &sheet, &person, sessions)))
}

fn account_view(visit: &Visit, sheet: &Sheet, person: &Person, sessions: Vec<Session>) -> impl IntoView + use<> {
    let action = Route::Account.to_string();
    let roles = visit.actor.roles().iter().map(|role| role.title()).collect::<Vec<_>>().join(", ");
    let email = person.email.to_string();
    let sessions = sessions.into_iter().map(|session| session_row(visit, session)).collect_view();
    view! {
        {ui::head(Vec::new(), "Your account", "Your names, your password, and the places where you are signed in.")}
        {ui::error_summary_of(sheet, "Nothing is changed yet. What you typed is still here, but for passwords.", &[label(CHOSEN), label(FOR_CERTIFICATE)])}
        {ui::section("You", ui::facts(vec![("E-mail address", email.into_any()), ("Here as", roles.into_any())]))}
        <form method="post" action=action.clone() novalidate=true>
            {ui::section("Your names", view! {
                {ui::hidden("act", "names")}
                {ui::field(sheet, CHOSEN)}
                {ui::field(sheet, FOR_CERTIFICATE)}
                {ui::button("Keep these names")}
            })}
        </form>
        <form method="post" action=action.clone() novalidate=true>
            {ui::section("Password", view! {
                {ui::hidden("act", "password")}
                {ui::username(&person.email)}
                {ui::field(sheet, Text { name: "old-password", label: "Your password now", kind: "password", autocomplete: "current-password", width: "mid", hint: "" })}
                {ui::field(sheet, Text { label: "Your new password", ..NEW_PASSWORD })}
                {ui::button("Change my password")}
            })}
        </form>
        {ui::section("Where you are signed in", view! { <ul class="plain rows">{sessions}</ul> })}
        <form method="post" action=Route::SignOut.to_string()>
            {ui::section("Sign out", view! { <p>"On this browser. Your work stays as it is."</p> <p class="row"><button class="btn second">"Sign out"</button></p> })}
        </form>
    }
}

fn session_row(visit: &Visit, session: Session) -> impl IntoView + use<> {
    let here = visit.actor.session() == Some(session.id);
    let since = when::day_and_time(session.since, &visit.site.zone);
    let words = format!("{}, since {since}", session.browser);
    let end = (!here).then(|| {
        view! {
            <form method="post" action=Route::Account.to_string()>
                {ui::hidden("act", "end-session")}
                {ui::hidden("session", session.id.to_string())}
                <button class="btn second">"Sign out there"<span class="vh">": "{words.clone()}</span></button>
            </form>
        }
    });
    view! { <li><p>{words.clone()}{here.then_some(" (this browser)")}</p>{end}</li> }
}
