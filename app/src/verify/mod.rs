//! Checking certificates: the public pages, and the documents and the call for machines. Everything here
//! works for anybody, signed out.

pub mod api;
mod checks;
pub mod documents;
pub mod page;
mod pasted;
mod qr;
pub mod sheet;
mod since;
mod told;
mod view;
mod words;

use axum::{
    Router,
    routing::{get, post},
};
use domain::credentials::ListError;

use crate::site::App;

/// The pages that people open.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/verify", get(page::verify).post(page::present))
        .route("/certificates/{name}", get(page::certificate))
        .route("/certificates/{name}/", get(page::with_slash))
        .route("/certificates/{name}/sheet", get(sheet::sheet))
}

/// What machines read. No cookie is looked at here.
pub fn machine_routes() -> Router<App> {
    Router::new()
        .route("/.well-known/did.json", get(documents::did))
        .route("/.well-known/jwks.json", get(documents::jwks))
        .route("/keys/{thumbprint}", get(documents::key))
        .route("/status/{purpose}/{number}", get(documents::status_list))
        .route("/api/v1/openapi.json", get(documents::openapi))
}

/// The call that checks a certificate.
pub fn api_routes() -> Router<App> {
    Router::new().route("/api/v1/verify", post(api::verify).fallback(api::other_method))
}

/// A list that could not be signed makes an answer "could not tell" and no more; why it could not is for the
/// operator, not for whoever asked.
fn log(faults: &[ListError]) {
    for fault in faults {
        tracing::error!(error = %fault, "a status list could not be signed");
    }
}
