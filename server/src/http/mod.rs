//! The router around the pages: what every request passes through, and what no page should have to know.

pub mod assets;
mod limits;
mod origin;
mod refusals;
pub mod router;
mod server_fns;
pub(crate) mod serving;

pub use limits::Limits;
