//! Calls of cargo, always with the same selections: other selections resolve other features, and every
//! change of features rebuilds for minutes.

use std::{env, process::Command};

use anyhow::Result;

use crate::house::{root, run};

/// Everything that runs on the server, tests included; the browser's half and this tool are built apart.
pub(crate) const HOUSE: &[&str] = &["--workspace", "--exclude", "browser", "--exclude", "xtask"];
/// The browser's half.
pub(crate) const BROWSER: &[&str] = &["--package", "browser", "--target", "wasm32-unknown-unknown"];
/// What runs on both sides, alone: a certificate is checked in a browser by the same code one day.
pub(crate) const BOTH_SIDES: &[&str] =
    &["--package", "credential", "--package", "guard", "--package", "types", "--target", "wasm32-unknown-unknown"];
/// This tool.
pub(crate) const XTASK: &[&str] = &["--package", "xtask"];

/// Cargo in the checkout's folder, free of what the outer cargo handed to us.
pub(crate) fn cargo(verb: &str) -> Command {
    let mut command = Command::new("cargo");
    // `cargo run` hands its package's variables on. The build script of ring watches some of them and would
    // be run again, and rustls, sqlx and sea-orm after it, each time an inner and an outer build alternate.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let inherited = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start))
            || ["CARGO", "CARGO_CRATE_NAME", "CARGO_BIN_NAME", "LD_LIBRARY_PATH"].contains(&name.as_str());
        if inherited {
            command.env_remove(name);
        }
    }
    command.current_dir(root()).arg(verb);
    command
}

/// Runs cargo with these words, with the versions of the lock file.
pub(crate) fn call(verb: &str, words: &[&[&str]]) -> Result<()> {
    run(cargo(verb).arg("--locked").args(words.concat()))
}
