//! Where in the chain something is, in words.

use std::fmt;

use jiff::Timestamp;
use types::Moment;

use super::entity::row;

/// A row of the chain: `row 31 (certificate.suspended, 2026-11-26T04:29Z)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub seq: i64,
    /// What was done, as the row says it.
    pub act: String,
    /// When, as the row says it.
    pub at: Moment,
}

impl Place {
    pub(super) fn of(row: &row::Model) -> Self {
        Self { seq: row.seq, act: row.act.clone(), at: row.at }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = Timestamp::from_millisecond(self.at.0).unwrap_or_default().strftime("%Y-%m-%dT%H:%MZ").to_string();
        write!(f, "row {} ({}, {at})", self.seq, self.act)
    }
}
