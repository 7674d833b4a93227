//! The practicum: places, entries with all their versions, and the decisions about them.
//!
//! An entry says what the trainee did, never who it was with. What is approved is not
//! edited. Nobody decides their own entry, and nobody decides a version that they have not read.

mod approvals;
mod content;
mod decide;
mod entity;
mod entry;
mod facts;
mod lists;
mod placement;
mod queue;
mod safe;
mod state;
#[cfg(test)]
mod tests;
mod unfinished;
mod write;

pub use approvals::{Approval, approvals};
pub use content::{Content, When, WhenError, moments};
pub use decide::{Decided, DecisionError, Scores, approve, return_entry, taken_back};
pub use entry::{Entry, Round, entries_of, entry, entry_for, sent_before};
pub use facts::{Totals, facts, totals};
pub use lists::{Band, Format, Hours, Reason, Setting, SupervisorKind};
pub use placement::{NewPlacement, Placement, add_placement, placements_of};
pub use queue::{Waiting, queue};
pub use state::{InvalidTransition, State};
pub use unfinished::{Fields, Unfinished, keep_unfinished, settle, throw_away, unfinished_of};
pub use write::{SaveError, discard, save_draft, submit, withdraw};
