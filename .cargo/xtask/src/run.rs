//! `cargo xtask run`: builds what is missing and serves the demonstration.

use std::{env, fs, os::unix::process::CommandExt as _, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{
    build,
    house::{Mode, own_target, program, root},
    setup,
};

/// How the demonstration is served.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// Build it as it is shipped. Takes longer to build, and less to answer
    #[arg(long)]
    release: bool,
    /// Further words for `alongside serve`, such as -- --addr 127.0.0.1:4000
    #[arg(last = true)]
    words: Vec<String>,
}

impl Options {
    pub(crate) fn mode(&self) -> Mode {
        if self.release { Mode::Release } else { Mode::Debug }
    }
}

/// Builds and then becomes the program, so that an interrupt ends it and nothing is left behind.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::for_building()?;
    build::halves(options.mode())?;
    let error = demonstration(options)?.exec();
    Err(error).context("cannot start the program")
}

/// The demonstration with fresh data: it is filled into an empty database only.
pub(crate) fn demonstration(options: &Options) -> Result<Command> {
    let data = data()?;
    let mut command = Command::new(program(options.mode()));
    // What the shell says about a site that is run for real is not about the demonstration.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ALONGSIDE_") && name != "ALONGSIDE_LOG") {
        command.env_remove(name);
    }
    command.env("ALONGSIDE_ORGANIZATION", "Riverside Training (example)");
    command.current_dir(root()).args(["serve", "--demo", "--data-dir"]).arg(data).args(&options.words);
    Ok(command)
}

fn data() -> Result<PathBuf> {
    let data = own_target().join("demo-data");
    if data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("cannot clear {}", data.display()))?;
    }
    fs::create_dir_all(&data)?;
    Ok(data)
}
