//! What people see: pages, forms, and the few islands of script.
//!
//! A page is an axum handler that reads the domain and then renders a plain leptos view to text; a form
//! post is parse, one domain call, answer. Neither knows a table. Only islands and what they share with
//! the server are compiled for the browser.

// Views are types within types; a form with an island in it goes deeper than the usual limit.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod account;
pub mod assess;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod learn;
#[cfg(feature = "hydrate")]
mod links;
#[cfg(feature = "ssr")]
pub mod office;
pub mod practicum;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod site;
#[cfg(feature = "ssr")]
pub mod trainer;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod verify;
#[cfg(feature = "ssr")]
pub mod when;
