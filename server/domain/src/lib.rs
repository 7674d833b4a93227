//! Everything the platform knows: its records, its rules, and the acts that change them.
//!
//! No HTTP and no pages. Every change goes through [`Write`]: one transaction with its actor, its time
//! and its audit rows. Modules call downward only, in this order: `audit`, `jobs`, `accounts`,
//! `curriculum`, `programs`, `assessment`, `learning`, `practicum`, `ledger`, `credentials`,
//! `notifications`. What must go up goes as a job.

pub mod accounts;
pub mod assessment;
pub mod audit;
pub mod calendar;
pub mod credentials;
pub mod curriculum;
pub mod jobs;
pub mod learning;
pub mod ledger;
pub mod notifications;
pub mod practicum;
pub mod programs;

mod clock;
mod grouped;
mod ids;
mod platform;
mod shelf;
mod store;

#[cfg(test)]
mod testing;

pub use clock::Clock;
pub use grouped::Grouped;
pub use ids::{Ids, Secret};
pub use platform::{Look, Platform, Read, Write};
pub use store::{Database, OpenError, Unavailable};
