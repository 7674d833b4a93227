//! What a trainer does: leads modules and live sessions, reads practicum entries.

pub mod modules;

use axum::{Router, routing::get};

use crate::site::App;

/// Modules and facilitator's guides.
pub fn module_routes() -> Router<App> {
    Router::new()
        .route("/trainer/modules", get(modules::modules))
        .route("/trainer/modules/{module}", get(modules::module))
        .route("/trainer/modules/{module}/{lesson}", get(modules::lesson))
        .route("/trainer/modules/{module}/guides/{guide}", get(modules::guide))
}
