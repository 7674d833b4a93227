//! What a trainer does: leads modules and live sessions, reads practicum entries.

pub mod modules;
pub mod queue_actions;
pub mod queue_page;
pub mod sessions;

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

/// The queue of practicum entries.
pub fn queue_routes() -> Router<App> {
    Router::new()
        .route("/trainer/practicum", get(queue_page::queue))
        .route("/trainer/practicum/{entry}", get(queue_page::entry).post(queue_actions::decide))
}

/// Live sessions.
pub fn session_routes() -> Router<App> {
    Router::new()
        .route("/trainer/sessions", get(sessions::sessions).post(sessions::schedule))
        .route("/trainer/sessions/{session}", get(sessions::session).post(sessions::record))
}
