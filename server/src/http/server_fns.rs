//! The calls that islands make, each with its visit in the reactive context.

use app::{
    request::{CallStatus, Visit},
    site::App,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest as _, Request, State},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use leptos::{
    context::provide_context,
    reactive::{computed::ScopedFuture, owner::Owner},
};
use server_fn::error::{FromServerFnError as _, ServerFnError};

/// Answers one call.
pub(super) async fn answer(State(app): State<App>, request: Request) -> Response {
    let Some(mut service) = server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (parts, body) = request.into_parts();
    // Read here: the call itself knows only one status for what it cannot read.
    let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await {
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
    if let Some(status) = status.get() {
        *response.status_mut() = status;
    }
    response
}

/// What an island shows, and does not try again.
fn too_large() -> ServerFnError {
    ServerFnError::ServerError("Not saved: this is more than we can take.".to_owned())
}
