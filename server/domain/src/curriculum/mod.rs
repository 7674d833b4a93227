//! The authored content: reads a folder, compiles it into a release, publishes it.
//!
//! A release is the texts of one state of the folder, named by their digest; what is stored is the texts,
//! and what is handed out is their compiled form, held in memory. Publishing is all or nothing and does
//! nothing when nothing changed. Programs are kept here as text: their rules are `programs`' to read.

mod attributes;
mod bibliography;
mod compile;
mod containers;
mod entity;
mod files;
mod finding;
mod front;
mod guide;
mod help;
mod inspect;
mod markdown;
mod model;
mod modules;
mod place;
mod publish;
mod questions;
mod rubric;
mod source;
mod tables;
#[cfg(test)]
mod tests;
mod unraised;
mod versions;

pub use compile::compile;
pub use finding::Finding;
pub use guide::GuidePart;
pub use help::HelpLine;
pub use inspect::{CompetencyRow, Coverage, Inspection, ModuleRow, inspect, is_warning, locked, with_ids};
pub use model::{
    Check, Choice, Competency, Credit, Guide, Kind, Lesson, Module, Objective, ProgramText, Question, Release, Statement, Term, drill_key,
};
pub(crate) use publish::keep_version;
pub use publish::{PublishError, Published, current, publish, question_version, question_versions, release};
pub use rubric::{Level, PRACTICUM_ENTRY, Rubric, RubricLine};
pub use source::Source;
