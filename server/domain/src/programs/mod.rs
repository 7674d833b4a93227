//! The rules of a program, and the pure evaluation from dated facts to a ledger.
//!
//! This module reads no database: a program is authored text, and the facts are handed in.

mod evaluate;
pub mod facts;
mod known;
mod laws;
mod ledger;
mod parse;
mod parse_rule;
mod program;
mod read;
mod rule;
#[cfg(test)]
mod tests;
mod timeline;

pub use evaluate::evaluate;
pub use known::{Known, KnownCheck, KnownModule, check_against};
pub use ledger::{Evidence, Ledger, Measure, Next, NotCounted, Row, Share, Status, Step, Target, Totals};
pub use parse::parse;
pub use program::{Certificate, CertificateKind, Fee, Issue, Module, Place, Program, Renewal, Requirement, Source};
pub use read::ProgramError;
pub use rule::{Attestor, CategoryRule, Checks, Exam, Practicum, Rule, Supervision};
