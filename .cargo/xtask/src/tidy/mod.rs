//! `cargo xtask tidy`: the house rules that a machine can see. It says everything it finds, not the first only.
//!
//! What the compiler, the formatter and clippy see is left to them.

pub(crate) mod files;

mod dependencies;
mod domain;
mod licenses;
mod pages;
mod rooms;
mod sizes;
mod sources;
mod words;

use std::process::ExitCode;

use anyhow::Result;

use crate::house::say;
use files::Sources;

/// How a rule finds what breaks it: one line each.
enum Rule {
    /// By reading the sources.
    Reads(fn(&Sources) -> Vec<String>),
    /// By asking cargo besides.
    Asks(fn(&Sources) -> Result<Vec<String>>),
}

use Rule::{Asks, Reads};

const RULES: &[(&str, Rule)] = &[
    ("the top level holds the rooms of the house and nothing else", Reads(rooms::top_level)),
    ("content is text, and none of it is compiled in", Reads(rooms::content_is_text)),
    ("each source file says first what it owns", Reads(sources::opens_with_its_doc)),
    ("nothing is allowed without a reason", Reads(sources::allows_nothing)),
    ("nothing is left for later", Reads(sources::leaves_nothing_for_later)),
    ("files are small", Reads(sizes::small)),
    ("pages never touch entities", Reads(domain::entities_are_private)),
    ("the domain calls downward only", Reads(domain::calls_downward)),
    ("public types of the domain do not go on the wire", Reads(domain::stays_off_the_wire)),
    ("only one room signs", Reads(domain::signs_in_one_place)),
    ("the style is in style/", Reads(pages::have_no_inline_style)),
    ("every dependency has its reason", Reads(dependencies::have_reasons)),
    ("the pages do not know the database", Asks(dependencies::pages_know_no_database)),
    ("the browser's half holds no server", Asks(dependencies::browser_holds_no_server)),
    ("licenses, sources and duplicates are accepted ones", Asks(licenses::accepted)),
    ("the words are ours", Reads(words::ours)),
    ("the interface is spelled as in America", Reads(words::american)),
];

/// What was found.
pub(crate) struct Report {
    /// Rules that are kept.
    pub(crate) kept: usize,
    /// Rules that are broken.
    pub(crate) broken: usize,
}

/// Checks every rule and says what breaks it.
pub(crate) fn check() -> Result<Report> {
    let sources = Sources::read();
    let mut report = Report { kept: 0, broken: 0 };
    for (name, rule) in RULES {
        let findings = match rule {
            Reads(rule) => rule(&sources),
            Asks(rule) => rule(&sources)?,
        };
        if findings.is_empty() {
            report.kept += 1;
            continue;
        }
        report.broken += 1;
        say(format_args!("not kept: {name}"));
        for finding in findings {
            say(format_args!("    {finding}"));
        }
    }
    say(sizes::told(&sources));
    Ok(report)
}

/// The verb.
pub(crate) fn main() -> ExitCode {
    match check() {
        Ok(report) => {
            say(format_args!("{} rules are kept, {} are broken", report.kept, report.broken));
            if report.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            say(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
