//! Refusals as pages: what could not be done, why, and the way on.

use axum::response::{IntoResponse, Response};
use domain::Unavailable;
use http::StatusCode;
use leptos::prelude::*;

use crate::{
    form::{self, Form},
    request::Visit,
    routes::Route,
    shell::Page,
    ui,
};

/// Why a request is not answered with what it asked for. Becomes a page in [`page`].
#[derive(Debug, Clone)]
pub enum Refusal {
    /// Nobody is signed in: off to sign in, and back here afterwards.
    SignIn {
        /// Where to go back to.
        back: String,
    },
    /// There is no such thing, or it is somebody else's: the two look the same.
    NotFound,
    /// It can be seen, and this person may not do that.
    Forbidden(String),
    /// It is no longer in the state for that.
    Conflict(String),
    /// The form cannot be read at all.
    BadRequest(String),
    /// The form came from another site.
    OtherOrigin,
    /// More was sent than we take.
    TooLarge,
    /// Too many tries; so many seconds until the next.
    TooOften(u32),
    /// It did not come whole, or was not done, in the time that a request may take.
    TooSlow,
    /// Our fault. The cause is logged where it happened.
    Unavailable,
}

impl From<Unavailable> for Refusal {
    fn from(error: Unavailable) -> Self {
        tracing::error!(error = %error, "a request failed");
        Self::Unavailable
    }
}

impl Refusal {
    /// What was sent broke off before its end.
    pub fn half() -> Self {
        Self::BadRequest("The form did not arrive whole. Please send it again.".to_owned())
    }

    /// The status that goes with it.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) | Self::OtherOrigin => StatusCode::FORBIDDEN,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unavailable => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The bare answer, which carries the refusal for the layer that draws its page.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws a refusal as a page, with the visitor's own way on.
pub fn page(visit: &Visit, refusal: &Refusal) -> Response {
    if let Refusal::SignIn { back } = refusal {
        return visit.redirect(format!("{}?back={}", Route::SignIn, crate::form::encode(back)));
    }
    let (title, text) = words(refusal);
    let heading = title.clone();
    let on = if visit.actor.person().is_some() { "Go to your start page" } else { "Go to the first page" };
    let mut response = visit.page(
        Page::new(title).status(refusal.status()),
        view! {
            <div class="head">
                <h1>{heading}</h1>
                <p class="lede">{text}</p>
            </div>
            <section class="sec first wide">
                <div class="body row">
                    <a class="btn" href=start(visit)>{on}</a>
                    <a class="tap" href=Route::Help.to_string()>"Get help now"</a>
                </div>
            </section>
        },
    );
    if let Refusal::TooOften(seconds) = refusal
        && let Ok(value) = seconds.to_string().parse()
    {
        response.headers_mut().insert(http::header::RETRY_AFTER, value);
    }
    response
}

/// The page for a form that came too late for what it asks: why, and the words that were typed into these fields, so
/// that they are not lost.
pub(crate) fn came_late(visit: &Visit, page: Page, why: String, form: &Form, fields: &[&str], on: (Route<'_>, &'static str)) -> Response {
    let typed: Vec<&str> = fields.iter().map(|field| form.get(field).trim()).filter(|text| !text.is_empty()).collect();
    let kept = (!typed.is_empty())
        .then(|| ui::section("What you typed", view! { <p>"It was not sent. Copy it if you want to keep it."</p> {quoted(&typed)} }));
    let (href, words) = (on.0.to_string(), on.1);
    let title = page.title().to_owned();
    visit.page(
        page.status(StatusCode::CONFLICT),
        view! {
            {ui::head(Vec::new(), title, why)}
            {kept}
            {ui::section("Next", view! { <p class="row"><a class="btn" href=href>{words}</a></p> })}
        },
    )
}

fn quoted(typed: &[&str]) -> AnyView {
    typed.iter().map(|text| view! { <blockquote class="kept">{ui::paragraphs(text)}</blockquote> }).collect_view().into_any()
}

/// What a form says about itself, and nobody typed or chose. `drawn`, what was chosen when a question was drawn, is not
/// among it: whoever takes back every choice sends nothing else.
const UNTYPED: [&str; 13] =
    ["act", "do", "go", "once", "version", "kept", "kept-version", "enrolment", "digest", "token", "session", "invitation", "username"];

/// The page for a form that came from somebody who was signed out meanwhile: it holds what they typed and chose until
/// they are back. Nothing where nothing would be lost, or where a password would lie about; then they just sign in.
pub fn signed_out(visit: &Visit, form: &Form) -> Option<Response> {
    let is_theirs = |name: &str| !UNTYPED.contains(&name) && !name.starts_with("seen-");
    let typed: Vec<&str> =
        form.fields().filter(|(name, value)| is_theirs(name) && !value.trim().is_empty()).map(|(_, value)| value).collect();
    if typed.is_empty() || form.fields().any(|(name, _)| name.ends_with("password")) {
        return None;
    }
    let action = form::own_path(&visit.path)?.to_owned();
    // What was chosen or is a number goes along; what was written is shown too.
    let written: Vec<&str> = typed.into_iter().map(str::trim).filter(|text| text.contains(char::is_whitespace)).collect();
    let written = (!written.is_empty()).then(|| ui::section("What you wrote", quoted(&written)));
    let fields = form.fields().map(|(name, value)| ui::hidden(name, value)).collect_view();
    Some(visit.page(
        Page::new("You were signed out").status(StatusCode::UNAUTHORIZED),
        view! {
            {ui::head(Vec::new(), "You were signed out", "Nothing is sent yet, and what you typed and chose is still here.")}
            {ui::section("First", view! {
                <p>"Signing in opens in a new tab, so that this page stays as it is."</p>
                <p class="row"><a class="btn" href=Route::SignIn.to_string() target="_blank" rel="noopener">"Sign in (new tab)"</a></p>
            })}
            {ui::section("Then", view! {
                <form method="post" action=action>
                    {fields}
                    <p>"Come back to this tab and send it again."</p>
                    <p class="row after"><button class="btn second">"Send it again"</button></p>
                </form>
            })}
            {written}
        },
    ))
}

fn words(refusal: &Refusal) -> (String, String) {
    let (title, text) = match refusal {
        Refusal::SignIn { .. } | Refusal::NotFound => (
            "We could not find this page",
            "The address may be mistyped, or the page may belong to somebody else. Nothing of yours was changed.".to_owned(),
        ),
        Refusal::Forbidden(why) => ("You may not do this here", why.clone()),
        Refusal::Conflict(why) => ("This cannot be done any more", why.clone()),
        Refusal::BadRequest(why) => ("We could not read this form", why.clone()),
        Refusal::OtherOrigin => (
            "This form came from another site",
            "To keep you safe we only take forms from our own pages. Open the page here and send it again.".to_owned(),
        ),
        Refusal::TooLarge => {
            ("This is more than we can take", "The form holds more text than fits. Go back, shorten it, and send it again.".to_owned())
        }
        Refusal::TooOften(seconds) => {
            ("Please wait a moment", format!("There were many tries in a short time. Please try again in {seconds} seconds."))
        }
        Refusal::TooSlow => {
            ("This took too long", "We cannot tell whether it was taken. Look at the page it is about before you send it again.".to_owned())
        }
        Refusal::Unavailable => (
            "Something broke on our side",
            "It is not your fault. What we said was saved is saved. Please try again in a minute.".to_owned(),
        ),
    };
    (title.to_owned(), text)
}

fn start(visit: &Visit) -> String {
    crate::home::start_of(&visit.actor).to_string()
}
