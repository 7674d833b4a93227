//! The rules of a program, and the pure evaluation from dated facts to a ledger.
//!
//! A program is authored text that lies in a content release, and the facts are handed in: this module
//! keeps nothing, and the evaluation reads nothing.

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
mod shelf;
#[cfg(test)]
mod tests;
mod timeline;

pub use evaluate::evaluate;
pub use known::{Known, KnownCheck, KnownModule, check_against};
pub use ledger::{Evidence, Ledger, Measure, Next, NotCounted, Row, Share, Status, Step, Target, Totals};
pub use parse::parse;
pub use program::{Certificate, CertificateKind, Fee, Guide, Issue, Module, Place, Program, Renewal, Requirement, Source};
pub use read::ProgramError;
pub use rule::{Attestor, CategoryRule, Checks, Exam, Practicum, Rule, Supervision};
pub use shelf::{check, programs_of};
