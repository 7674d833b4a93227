//! Draws every refusal as a page with the visitor's own way on.

use std::any::Any;

use app::{
    error::{self, Refusal},
    form::Form,
    request::Visit,
    site::App,
    verify::api,
};
use axum::{
    body::{Body, HttpBody as _},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{Method, StatusCode, Uri, header, request::Parts};

use super::{limits::Limits, router::BODY_LIMIT};

/// Takes the refusal that an answer carries and draws its page.
pub(super) async fn draw(State((app, limits)): State<(App, Limits)>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    // Kept until it is clear that whoever sent the form is signed in.
    let mut typed = None;
    let body = if is_form(&parts, &body) {
        match tokio::time::timeout(limits.request_time(), axum::body::to_bytes(body, BODY_LIMIT)).await {
            Ok(Ok(bytes)) => {
                typed = Some(bytes.clone());
                Some(Body::from(bytes))
            }
            Ok(Err(_)) => Some(Body::empty()),
            Err(_) => None,
        }
    } else {
        Some(body)
    };
    let response = match body {
        Some(body) => next.run(Request::from_parts(parts, body)).await,
        None => Refusal::TooSlow.into_response(),
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

/// Whether this is a form on its way in, no longer than forms may be.
fn is_form(parts: &Parts, body: &Body) -> bool {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    parts.method == Method::POST
        && kind.starts_with("application/x-www-form-urlencoded")
        && body.size_hint().upper().and_then(|most| usize::try_from(most).ok()).is_some_and(|most| most <= BODY_LIMIT)
}

/// What no route knows. Programs are told in their own form.
pub(super) async fn not_found(uri: Uri) -> Response {
    if uri.path().starts_with("/api/v1/") { api::no_such_call() } else { Refusal::NotFound.into_response() }
}

/// A fault of ours that no handler caught.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = words.unwrap_or("without words"), "a handler panicked");
    plain(&Refusal::Unavailable)
}

fn plain(refusal: &Refusal) -> Response {
    let text = "Something broke on our side. It is not your fault. What we said was saved is saved. Please try again in a minute.\n\nIf life is at risk, call 911. To talk to someone, call or text 988.\n";
    (refusal.status(), text).into_response()
}
