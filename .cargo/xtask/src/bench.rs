//! `cargo xtask bench`: builds what is measured and lets `end2end/bench` measure it.
//!
//! The measuring is a program of its own, so that it is compiled for speed and this tool stays quick to build.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{
    build, cargo,
    house::{Mode, own_target, root, run, target},
};

/// What is measured, and how long.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// Seconds of each round
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Rounds of each of the two
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// Builds both and measures.
pub(crate) fn bench(options: &Options) -> Result<()> {
    let program = build::build()?;
    // Together with the server, so that both stand on the same build of the same crates.
    cargo::call("build", &[&["--release", "--package", "server", "--package", "bench"]])?;
    let mut measure = Command::new(target().join(Mode::Release.folder()).join("bench"));
    measure.current_dir(root()).arg("measure").arg("--program").arg(program);
    measure.arg("--site").arg(own_target().join("site")).arg("--data").arg(own_target().join("bench-data"));
    run(measure.args(["--seconds", &options.seconds.to_string(), "--rounds", &options.rounds.to_string()]))
}
