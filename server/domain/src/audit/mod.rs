//! The record of every act: append-only, each row sealed over the one before it.
//!
//! A row is written in the act's own transaction, so there is no act without its row and no row without
//! its act. The chain shows that nothing was changed or taken out later; it does not keep what was said:
//! details are ids, numbers, digests and short words, never free text. What other modules keep can be compared
//! with it.

mod chain;
mod compare;
mod entity;
mod place;
#[cfg(test)]
mod tests;

pub use chain::{Broken, since, verify};
pub(crate) use chain::{append, newest};
pub(crate) use compare::{Claim, compare};
pub use compare::{Compared, Strayed};
pub use place::Place;
use types::PersonId;

/// Who did it, as the chain keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct By {
    /// `person`, `nobody`, `worker` or `operator`.
    pub(crate) kind: &'static str,
    pub(crate) person: Option<PersonId>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    name: &'static str,
    subject: String,
    details: serde_json::Map<String, serde_json::Value>,
}

impl Act {
    /// `name` says what happened to what, such as `entry.approved`; `subject` is the id of the thing.
    pub fn new(name: &'static str, subject: impl ToString) -> Self {
        Self { name, subject: subject.to_string(), details: serde_json::Map::new() }
    }

    /// Adds a detail: an id, a number, a digest, a short word.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<serde_json::Value>) -> Self {
        self.details.insert(key.to_owned(), value.into());
        self
    }
}
