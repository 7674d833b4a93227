//! `cargo xtask test`: everything that is checked, in one run that ends with one line: `N passed, N failed`.
//!
//! A stage that fails does not keep the others from running. A runner that ran nothing has failed.

mod postgres;
mod rust;
mod stages;
mod tally;

use std::{process::ExitCode, time::Instant};

use clap::{Args, ValueEnum};

use crate::{
    house::{Mode, say, seconds},
    setup,
};
use tally::{Tally, count};

/// What is tested.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// Only these stages, in the usual order
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STAGE")]
    only: Vec<Stage>,
    /// Drive the browser against a debug build, which is there sooner. The whole run takes what is shipped
    #[arg(long)]
    debug: bool,
    /// Only tests with this in their name; in Rust and in the browser
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Options {
    fn mode(&self) -> Mode {
        if self.debug { Mode::Debug } else { Mode::Release }
    }
}

/// The stages in their order: what is quick to fail comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// cargo fmt
    Format,
    /// The house rules
    Tidy,
    /// clippy for both halves and for this tool; a warning is a failure
    Lints,
    #[value(help = "Unit, domain (SQLite and PostgreSQL), HTTP and command line")]
    Rust,
    /// The authored content is sound
    Content,
    /// Journeys, pages and accessibility in Chromium
    Browser,
}

/// Runs the stages and says the sum.
pub(crate) fn test(options: &Options) -> ExitCode {
    let start = Instant::now();
    let mut tally = Tally::default();
    if let Err(error) = setup::for_testing() {
        say(format_args!("{error:#}"));
        tally.add("setup", count(false));
        return ended(&tally, start);
    }
    for stage in Stage::value_variants() {
        if !options.only.is_empty() && !options.only.contains(stage) {
            continue;
        }
        let begun = Instant::now();
        let name = format!("{stage:?}").to_lowercase();
        say(format_args!("── {name}"));
        let done = match stage {
            Stage::Format => stages::format(),
            Stage::Tidy => stages::tidy(),
            Stage::Lints => stages::lints(),
            Stage::Rust => rust::tests(options.name.as_deref()),
            Stage::Content => stages::content(),
            Stage::Browser => stages::browser(options.mode(), options.name.as_deref()),
        };
        match done {
            Ok(runners) => tally.extend(runners),
            Err(error) => {
                say(format_args!("{name}: {error:#}"));
                tally.add(&name, count(false));
            }
        }
        say(format_args!("── {name} took {}", seconds(begun.elapsed())));
    }
    if options.name.is_some() {
        tally.forget_empty();
    }
    ended(&tally, start)
}

fn ended(tally: &Tally, start: Instant) -> ExitCode {
    for line in tally.told() {
        say(line);
    }
    if std::env::var_os("ALONGSIDE_OB_SCHEMA").is_none() {
        say("not run: the check against the Open Badges schema, because ALONGSIDE_OB_SCHEMA names no file");
    }
    say(format_args!("all of it took {}", seconds(start.elapsed())));
    let (passed, failed) = tally.sum();
    tally::last_line(passed, failed);
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
