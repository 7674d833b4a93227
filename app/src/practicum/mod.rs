//! The practicum: a trainee's entries and places. What trainers do with entries is in the room `trainer`.

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod form;
pub mod island;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod places;
#[cfg(feature = "ssr")]
pub mod sheet;
#[cfg(feature = "ssr")]
pub mod shown;

/// The practicum pages.
#[cfg(feature = "ssr")]
pub fn routes() -> axum::Router<crate::site::App> {
    use axum::routing::get;
    axum::Router::new()
        .route("/practicum", get(page::practicum))
        .route("/practicum/new", get(sheet::new_entry).post(actions::new_entry))
        .route("/practicum/placements", get(places::places).post(places::add))
        .route("/practicum/unfinished/{unfinished}", get(sheet::unfinished).post(actions::unfinished))
        .route("/practicum/{entry}/edit", get(sheet::edit))
        .route("/practicum/{entry}", get(page::entry).post(actions::entry))
}
