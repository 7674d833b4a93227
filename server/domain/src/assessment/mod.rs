//! Attempts at checks: frozen at their start, answered by appended events, graded on the server.
//!
//! The keys of a question leave this module only as part of a graded result: [`Paper`], which is what an
//! open attempt shows, has no field that could hold one. What was graded is read from the stored versions
//! for ever, whatever becomes of the content. Whose enrolment it is, is `learning`'s to know.

mod attempt;
mod draw;
mod entity;
mod grade;
mod paper;
mod review;
mod save;
mod start;
mod submit;
#[cfg(test)]
mod tests;

pub use attempt::{Attempt, Policy, attempt_for, attempts_of, begun_facts, check_facts, open_attempt};
pub use grade::{Score, score};
pub use paper::{Paper, PaperChoice, PaperQuestion, paper};
pub use review::{Review, Reviewed, ReviewedChoice, review};
pub use save::{SaveError, Sent, save_answer};
pub use start::{StartError, start};
pub use submit::{SubmitError, submit};
