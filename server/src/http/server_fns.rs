//! The calls that islands make, each with its visit in the reactive context.

use app::{
    request::{CallStatus, Visit},
    site::App,
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use leptos::{
    context::provide_context,
    reactive::{computed::ScopedFuture, owner::Owner},
};

/// Answers one call.
pub(super) async fn answer(State(app): State<App>, request: Request) -> Response {
    let Some(mut service) = server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (parts, body) = request.into_parts();
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
