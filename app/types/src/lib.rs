//! The small words of the platform: ids, times, and values that were checked once.
//!
//! Both halves of the program use this crate, so it knows neither the database (but for the optional
//! feature `sea-orm`), nor HTTP, nor the clock. A value of one of these types has passed its check:
//! what takes an [`Email`] need not look at it again.

mod catalog;
mod id;
mod moment;
mod text;

pub use catalog::{Category, Domain, Role, UnknownWord};
pub use id::*;
pub use moment::{Minutes, Moment};
pub use text::{Email, InvalidText, Name, Note};
