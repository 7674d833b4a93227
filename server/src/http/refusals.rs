//! Draws every refusal as a page with the visitor's own way on.

use std::{any::Any, error::Error as _};

use app::{
    error::{self, Refusal},
    form::{self, Form, is_form},
    request::Visit,
    site::App,
    verify::api,
};
use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{Method, StatusCode, Uri};
use http_body_util::LengthLimitError;

use super::{limits::Limits, router::BODY_LIMIT};

/// Takes the refusal that an answer carries and draws its page. What is sent is read here, before any handler runs: one
/// that asks for no form would otherwise take a body of any length, or half a one.
pub(super) async fn draw(State((app, limits)): State<(App, Limits)>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    // Kept until it is clear that whoever sent the form is signed in.
    let mut typed = None;
    let body = if !is_readable(parts.uri.path()) {
        Err(Refusal::NotFound)
    } else if parts.method == Method::POST && !parts.uri.path().starts_with(CALLS) {
        let whole = tokio::time::timeout(limits.request_time(), whole(body)).await.unwrap_or(Err(Refusal::TooSlow));
        whole.map(|bytes| {
            typed = is_form(&parts.headers).then(|| bytes.clone());
            Body::from(bytes)
        })
    } else {
        Ok(body)
    };
    let response = match body {
        Ok(body) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => refusal.into_response(),
    };
    let refusal = match response.extensions().get::<Refusal>() {
        Some(refusal) => refusal.clone(),
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => Refusal::NotFound,
        None if response.status() == StatusCode::REQUEST_TIMEOUT => Refusal::TooSlow,
        None => return response,
    };
    match Visit::begin(app, &asked).await {
        Ok(visit) => {
            let typed = typed.filter(|_| matches!(refusal, Refusal::SignIn { .. }));
            let kept = typed.and_then(|bytes| error::signed_out(&visit, &Form::parse(&String::from_utf8_lossy(&bytes))));
            kept.unwrap_or_else(|| error::page(&visit, &refusal))
        }
        // The database is away: there is no knowing who asks, so the page is the plainest there is.
        Err(refusal) => plain(&refusal),
    }
}

/// Where islands call: what is too long for them is answered in their own form.
const CALLS: &str = "/api/fn/";

/// All that is sent, where that is no more than a form may be.
async fn whole(body: Body) -> Result<Bytes, Refusal> {
    if body.size_hint().lower() > BODY_LIMIT as u64 {
        return Err(Refusal::TooLarge);
    }
    axum::body::to_bytes(body, BODY_LIMIT).await.map_err(|error| {
        let too_large = error.source().is_some_and(<dyn std::error::Error>::is::<LengthLimitError>);
        if too_large { Refusal::TooLarge } else { Refusal::half() }
    })
}

/// Whether an address can be one of ours: text, and without the one sign that `PostgreSQL` keeps in no text.
fn is_readable(path: &str) -> bool {
    let encoded = path.replace('+', "%2B");
    !form::decode(&encoded).contains(['\0', char::REPLACEMENT_CHARACTER])
}

/// What no route knows. Programs are told in their own form.
pub(super) async fn not_found(uri: Uri) -> Response {
    if uri.path().starts_with("/api/v1/") { api::no_such_call() } else { Refusal::NotFound.into_response() }
}

/// A fault of ours that no handler of a page caught.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    log(panic);
    plain(&Refusal::Unavailable)
}

/// The same where programs ask.
pub(super) fn panicked_for_a_program(panic: Box<dyn Any + Send + 'static>) -> Response {
    log(panic);
    api::broken()
}

/// What took too long, told to a program in its own form.
pub(super) async fn in_time_for_a_program(response: Response) -> Response {
    if response.status() == StatusCode::REQUEST_TIMEOUT { api::too_slow() } else { response }
}

fn log(panic: Box<dyn Any + Send + 'static>) {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = words.unwrap_or("without words"), "a handler panicked");
}

fn plain(refusal: &Refusal) -> Response {
    let text = "Something broke on our side. It is not your fault. What we said was saved is saved. Please try again in a minute.\n\nIf life is at risk, call 911. To talk to someone, call or text 988.\n";
    (refusal.status(), text).into_response()
}
