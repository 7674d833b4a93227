//! The calls that islands make, each with its visit in the reactive context.

use app::{
    error::Refusal,
    form,
    request::{CallStatus, Visit},
    site::App,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest as _, Request, State},
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header};
use leptos::{
    context::provide_context,
    reactive::{computed::ScopedFuture, owner::Owner},
};
use server_fn::error::{FromServerFnError as _, ServerFnError};

/// Answers one call.
pub(super) async fn answer(State(app): State<App>, request: Request) -> Response {
    let Some(mut service) = server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()) else {
        return Refusal::NotFound.into_response();
    };
    let (mut parts, body) = request.into_parts();
    // A call is made by an island of ours and answered to it; nobody is led on to where another page names.
    parts.headers.remove(header::ACCEPT);
    parts.headers.remove(header::REFERER);
    // Read here: the call itself knows only one status for what it cannot read.
    let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(body) if form::decode(&String::from_utf8_lossy(&body)).contains('\0') => return unreadable(),
        Ok(body) => Body::from(body),
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return (error.status(), too_large().ser()).into_response(),
        Err(error) => return error.status().into_response(),
    };
    let visit = match Visit::begin(app, &parts).await {
        Ok(visit) => visit,
        Err(refusal) => return refusal.status().into_response(),
    };
    let status = CallStatus::default();
    let owner = Owner::new();
    let call = owner.with(|| {
        provide_context(visit);
        provide_context(status.clone());
        ScopedFuture::new(async move { service.run(Request::from_parts(parts, body)).await })
    });
    let mut response = call.await;
    owner.unset_with_forced_cleanup();
    match status.get() {
        Some(status) => *response.status_mut() = status,
        // Every refusal of ours says its status, so this one is about how the call was written.
        None if response.status().is_server_error() => return unreadable(),
        None => {}
    }
    response
}

fn unreadable() -> Response {
    (StatusCode::BAD_REQUEST, not_read().ser()).into_response()
}

/// What an island shows where its call cannot be understood: it was not written by our page, or by an older one.
fn not_read() -> ServerFnError {
    ServerFnError::ServerError("Not saved: this page sent something that we cannot read. Open the page again.".to_owned())
}

/// What an island shows, and does not try again.
fn too_large() -> ServerFnError {
    ServerFnError::ServerError("Not saved: this is more than we can take.".to_owned())
}
