//! The account pages. Each draws from what was typed, so the same page comes back when something is wrong.

use axum::{extract::RawQuery, response::Response};
use domain::{
    Secret,
    accounts::{self, Purpose},
};
use leptos::prelude::*;

use crate::{
    error::Refusal,
    form::{self, Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Text},
};

pub(super) const EMAIL: Text =
    Text { name: "email", label: "E-mail address", hint: "", kind: "email", autocomplete: "email", width: "mid" };
pub(super) const NAME: Text = Text {
    name: "name",
    label: "The name we call you by",
    hint: "Any name you like. You can give the name for your certificate later.",
    kind: "",
    autocomplete: "nickname",
    width: "mid",
};
pub(super) const NEW_PASSWORD: Text = Text {
    name: "password",
    label: "A password",
    hint: "At least 10 letters. Three or four words that do not belong together work well.",
    kind: "password",
    autocomplete: "new-password",
    width: "mid",
};

/// GET /signup?program=…
pub async fn sign_up(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let query = Form::parse(query.as_deref().unwrap_or_default());
    Ok(sign_up_with(&visit, &Sheet::fresh(Form::of([("program", query.get("program"))]))))
}

/// A page on the way to an account, which does not lose the program that somebody came for.
pub(crate) fn for_program(page: Route<'_>, program: &str) -> String {
    if program.is_empty() { page.to_string() } else { format!("{page}?program={}", form::encode(program)) }
}

pub(super) fn sign_up_with(visit: &Visit, sheet: &Sheet) -> Response {
    visit.page(
        Page::new("Make an account").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Make an account", "A name and an address are all we ask. You need no diploma, no diagnosis and no money to begin.")}
            {already_in(visit)}
            {ui::error_summary_of(sheet, "Nothing was sent yet. What you typed is still here.", &[label(NAME), label(EMAIL)])}
            <form method="post" action=Route::SignUp.to_string() novalidate=true>
                {ui::section("About you", view! {
                    {ui::hidden("program", sheet.form.get("program").to_owned())}
                    {ui::field(sheet, NAME)}
                    {ui::field(sheet, Text { hint: "We send you one message to see that it is yours.", ..EMAIL })}
                    {ui::button("Make my account")}
                    <p>"You have one already? "<a href=Route::SignIn.to_string()>"Sign in"</a></p>
                })}
            </form>
        },
    )
}

/// GET /signup/sent?program=…
pub async fn sign_up_sent(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let query = Form::parse(query.as_deref().unwrap_or_default());
    let again = for_program(Route::SignUp, query.get("program"));
    Ok(sent(&visit, "We sent a message to the address you gave. Open the link in it to go on. It works for three days.", again))
}

/// GET /forgot/sent
pub async fn forgot_sent(visit: Visit) -> Result<Response, Refusal> {
    Ok(sent(
        &visit,
        "If the address has an account here, a message is on its way to it. The link in it works for one hour.",
        Route::Forgot.to_string(),
    ))
}

fn sent(visit: &Visit, lede: &'static str, again: String) -> Response {
    let outbox = visit.site.demo_outbox.is_some().then(|| {
        view! { <p>"This is a demonstration, so no mail leaves it. "<a href=Route::Outbox.to_string()>"Read the message here"</a></p> }
    });
    visit.page(
        Page::new("Look in your mail").section(Section::SignIn),
        view! {
            {ui::head(Vec::new(), "Look in your mail", lede)}
            {ui::section("Nothing came?", view! {
                <p>"Look among the unwanted mail first. Then wait five minutes, and ask again."</p>
                {outbox}
                <p class="row"><a class="tap" href=again>"Type the address again"</a></p>
            })}
        },
    )
}

/// GET /confirm?token=…: looking uses nothing up, since mail programs look too.
pub async fn confirm(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let sheet = Sheet::fresh(Form::parse(query.as_deref().unwrap_or_default()));
    confirm_with(&visit, sheet).await
}

pub(super) async fn confirm_with(visit: &Visit, mut sheet: Sheet) -> Result<Response, Refusal> {
    let token = sheet.form.get("token").to_owned();
    let read = visit.read();
    let Some(id) = accounts::open_link(&read, &Secret::from_text(token.clone()), &[Purpose::ConfirmEmail]).await? else {
        return Ok(spent(visit));
    };
    // Who has confirmed by another link has chosen a password, and this one is to set no second.
    let Some(person) = accounts::person(&read, id).await?.filter(|person| !person.email_confirmed) else {
        return Ok(spent(visit));
    };
    if sheet.problems.is_empty() {
        sheet.form = Form::of([("token", token.clone()), ("name", person.chosen_name.to_string())]);
    }
    let lede = format!("{} is yours. Choose a password, and your account is ready.", person.email);
    Ok(visit.page(
        Page::new("Confirm your address").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "One last step", lede)}
            {ui::error_summary_of(&sheet, "Your account is not ready yet. What you typed is still here, but for the password.", &[label(NAME)])}
            <form method="post" action=Route::Confirm.to_string() novalidate=true>
                {ui::section("Your account", view! {
                    {ui::hidden("token", token)}
                    {ui::field(&sheet, NAME)}
                    {ui::username(&person.email)}
                    {ui::field(&sheet, NEW_PASSWORD)}
                    {ui::button("Keep this and go on")}
                })}
            </form>
        },
    ))
}

/// A link that no longer works, with the way to a new one.
pub(super) fn spent(visit: &Visit) -> Response {
    visit.page(
        Page::new("This link is used up").section(Section::SignIn).status(http::StatusCode::NOT_FOUND),
        view! {
            {ui::head(Vec::new(), "This link is used up", "It has been used, or it is too old. That is no harm: you can have a new one.")}
            {ui::section("Go on", view! {
                <p class="row"><a class="btn" href=Route::Forgot.to_string()>"Send me a new link"</a><a class="tap" href=Route::SignIn.to_string()>"Sign in"</a></p>
            })}
        },
    )
}

/// For somebody who is signed in and asks for a page of those who are not.
fn already_in(visit: &Visit) -> Option<AnyView> {
    visit.actor.person()?;
    let (who, on) = (format!("You are signed in as {}. ", visit.actor.name()), crate::home::start_of(&visit.actor).to_string());
    Some(view! { <p class="notice">{who}<a href=on>"Go on"</a>", or use the form for another account."</p> }.into_any())
}

/// The name of a field in a form, and its label.
pub(super) fn label(text: Text) -> (&'static str, &'static str) {
    (text.name, text.label)
}

/// GET /login?back=…
pub async fn sign_in(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let sheet = Sheet::fresh(Form::parse(query.as_deref().unwrap_or_default()));
    Ok(sign_in_with(&visit, &sheet))
}

pub(super) fn sign_in_with(visit: &Visit, sheet: &Sheet) -> Response {
    let back = sheet.form.get("back").to_owned();
    // Whoever was on the page of a program and turns out to have no account.
    let program = back.strip_prefix(&format!("{}/", Route::Programs)).unwrap_or_default();
    let sign_up = for_program(Route::SignUp, program);
    let lede = if back.is_empty() { "Welcome back." } else { "Please sign in. Then you come right to the page you asked for." };
    visit.page(
        Page::new("Sign in").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Sign in", lede)}
            {already_in(visit)}
            {ui::error_summary_of(sheet, "You are not signed in yet.", &[label(EMAIL)])}
            <form method="post" action=Route::SignIn.to_string() novalidate=true>
                {ui::section("Your account", view! {
                    {ui::hidden("back", back)}
                    {ui::field(sheet, Text { autocomplete: "username", ..EMAIL })}
                    {ui::field(sheet, Text { name: "password", label: "Password", kind: "password", autocomplete: "current-password", width: "mid", hint: "" })}
                    <p class="row after"><button class="btn">"Sign in"</button><a class="tap" href=Route::Forgot.to_string()>"I forgot my password"</a></p>
                    <p>"New here? "<a href=sign_up>"Make an account"</a></p>
                })}
            </form>
        },
    )
}

/// GET /forgot
pub async fn forgot(visit: Visit) -> Result<Response, Refusal> {
    Ok(forgot_with(&visit, &Sheet::default()))
}

pub(super) fn forgot_with(visit: &Visit, sheet: &Sheet) -> Response {
    visit.page(
        Page::new("Choose a new password").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Choose a new password", "Give your address, and we send you a link. Nothing of your work is lost.")}
            {ui::error_summary_of(sheet, "No message was sent yet.", &[label(EMAIL)])}
            <form method="post" action=Route::Forgot.to_string() novalidate=true>
                {ui::section("Your address", view! { {ui::field(sheet, EMAIL)} {ui::button("Send me a link")} })}
            </form>
        },
    )
}

/// GET /reset?token=…
pub async fn reset(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let sheet = Sheet::fresh(Form::parse(query.as_deref().unwrap_or_default()));
    let secret = Secret::from_text(sheet.form.get("token"));
    reset_with(&visit, &sheet, &secret).await
}

pub(super) async fn reset_with(visit: &Visit, sheet: &Sheet, secret: &Secret) -> Result<Response, Refusal> {
    let read = visit.read();
    let known = accounts::open_link(&read, secret, &[Purpose::ResetPassword, Purpose::FirstPassword]).await?;
    let person = match known {
        Some(id) => accounts::person(&read, id).await?,
        None => None,
    };
    let Some(person) = person else { return Ok(spent(visit)) };
    let token = sheet.form.get("token").to_owned();
    let lede = if person.has_password {
        format!("For {}. Every browser that was signed in to your account is signed out by this.", person.email)
    } else {
        format!("For {}. Then your account is ready, and you are signed in.", person.email)
    };
    Ok(visit.page(
        Page::new("Choose a password").section(Section::SignIn).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Choose a password", lede)}
            {ui::error_summary(sheet, "Your password is not changed yet.")}
            <form method="post" action=Route::Reset.to_string() novalidate=true>
                {ui::section("Your password", view! { {ui::hidden("token", token)} {ui::username(&person.email)} {ui::field(sheet, NEW_PASSWORD)} {ui::button("Keep this password")} })}
            </form>
        },
    ))
}
