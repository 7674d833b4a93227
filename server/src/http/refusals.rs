//! Draws every refusal as a page with the visitor's own way on.

use std::any::Any;

use app::{
    error::{self, Refusal},
    request::Visit,
    site::App,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;

/// Takes the refusal that an answer carries and draws its page.
pub(super) async fn draw(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let refusal = match response.extensions().get::<Refusal>() {
        Some(refusal) => refusal.clone(),
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => Refusal::NotFound,
        None => return response,
    };
    match Visit::begin(app, &asked).await {
        Ok(visit) => error::page(&visit, &refusal),
        // The database is away: there is no knowing who asks, so the page is the plainest there is.
        Err(refusal) => plain(&refusal),
    }
}

/// What no route knows.
pub(super) async fn not_found() -> Refusal {
    Refusal::NotFound
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
