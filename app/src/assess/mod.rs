//! Checks: the page before one, its questions one by one, the look over them, and its review.

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod before;
pub mod island;
#[cfg(feature = "ssr")]
mod look_over;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod reviewed;

/// The pages of checks.
#[cfg(feature = "ssr")]
pub fn routes() -> axum::Router<crate::site::App> {
    use axum::routing::get;
    axum::Router::new()
        .route("/learn/{program}/modules/{module}/check", get(before::check).post(actions::start))
        .route("/learn/{program}/modules/{module}/drill", get(before::drill).post(actions::start_drill))
        .route("/attempts/{attempt}", get(page::attempt).post(actions::attempt))
}
