//! `cargo xtask …`: builds both halves, runs, tests and measures. One file a verb.
//!
//! Everything that is needed beyond Rust and Node is installed by `setup`, from Rust's, npm's and Debian's own
//! sources, with every version locked. Nothing here ends up in the program.
#![expect(clippy::print_stderr, reason = "this program is for people who build; it speaks on standard error")]
#![expect(clippy::disallowed_methods, reason = "the tool reads its own environment, clock and threads; the rule is for the program")]

mod bench;
mod build;
mod cargo;
mod dev;
mod front;
mod house;
mod run;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::house::Mode;

/// The tools of the house.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Install what is missing to build, and with --tests what is missing to test
    Setup {
        #[arg(long, help = "Also what the tests need: rustfmt and clippy, and Chromium and PostgreSQL from Debian's packages")]
        tests: bool,
    },
    /// Build the browser's half, the style and the fonts into target/site
    Front {
        /// Small, hashed and compressed, as they are shipped
        #[arg(long)]
        release: bool,
    },
    /// Build the program with everything inside: target/release/alongside
    Build,
    /// Build what is missing and serve the demonstration
    Run(run::Options),
    /// Serve the demonstration, and build and start it again whenever a source changes
    Dev(run::Options),
    /// Check everything: format, lints, house rules, Rust tests, content, browser
    Test(test::Options),
    /// Check the house rules that a machine can see
    Tidy,
    /// Measure speed and size against their limits
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Setup { tests } => setup::for_building().and_then(|()| if tests { setup::for_testing() } else { Ok(()) }),
        Verb::Front { release } => setup::for_building().and_then(|()| front::build(if release { Mode::Release } else { Mode::Debug })),
        Verb::Build => build::build().map(drop),
        Verb::Run(options) => run::run(&options),
        Verb::Dev(options) => dev::dev(&options),
        Verb::Test(options) => return test::test(&options),
        Verb::Tidy => return tidy::main(),
        Verb::Bench(options) => bench::bench(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
