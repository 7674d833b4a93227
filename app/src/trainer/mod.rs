//! What a trainer does: leads modules and live sessions, reads practicum entries.

pub mod bank;
pub mod guide;
pub mod modules;
pub mod queue_actions;
pub mod queue_page;
pub mod sessions;
pub mod start;
pub mod trainees;

use axum::{Router, routing::get};
use types::Role;

use crate::site::App;

/// Whose pages these are. To everybody else they do not exist.
const WHO: &[Role] = &[Role::Trainer, Role::Officer];

/// What waits, live sessions, and where the trainees are.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/trainer", get(start::start))
        .route("/trainer/sessions", get(sessions::page::sessions).post(sessions::actions::schedule))
        .route("/trainer/sessions/{session}", get(sessions::sheet::session).post(sessions::actions::session))
        .route("/trainer/trainees", get(trainees::trainees))
}

/// Modules and facilitator's guides.
pub fn module_routes() -> Router<App> {
    Router::new()
        .route("/trainer/modules", get(modules::modules))
        .route("/trainer/modules/{module}", get(modules::module))
        .route("/trainer/modules/{module}/check", get(bank::check))
        .route("/trainer/modules/{module}/drill", get(bank::drill))
        .route("/trainer/modules/{module}/{lesson}", get(modules::lesson))
        .route("/trainer/modules/{module}/guides/{guide}", get(guide::guide))
}

/// The queue of practicum entries.
pub fn queue_routes() -> Router<App> {
    Router::new()
        .route("/trainer/practicum", get(queue_page::queue))
        .route("/trainer/practicum/{entry}", get(queue_page::entry).post(queue_actions::decide))
}
