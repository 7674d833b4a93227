//! The packages of `end2end/package-lock.json`: the fonts, wasm-opt, and what drives the browser.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail, ensure};

use crate::house::{output, root, run, say, timed};

/// wasm-opt of this version or newer. Older ones break the waking of islands without a word, and only in
/// the browser: `WebAssembly.Table.set(): Argument 1 is invalid`.
const BINARYEN: u32 = 132;

/// Where npm puts them.
pub(crate) fn modules() -> PathBuf {
    root().join("end2end/node_modules")
}

/// Installs exactly what the lock file says, when it says something else than what is there.
pub(super) fn packages() -> Result<()> {
    let lock = fs::read(root().join("end2end/package-lock.json")).context("end2end/package-lock.json cannot be read")?;
    let stamp = modules().join(".installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    node()?;
    say("installing the npm packages that the build and the browser tests use");
    timed("npm ci", || {
        run(Command::new("npm").current_dir(root().join("end2end")).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
    })?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// The wasm-opt to use, refused when it is too old.
pub(crate) fn wasm_opt() -> Result<PathBuf> {
    let program = modules().join(".bin/wasm-opt");
    let says = output(Command::new(&program).arg("--version"))?;
    let version = says.split_whitespace().find_map(|word| word.parse::<u32>().ok());
    ensure!(
        version.is_some_and(|version| version >= BINARYEN),
        "wasm-opt must be version {BINARYEN} or newer, and this is \"{}\"",
        says.trim()
    );
    Ok(program)
}

fn node() -> Result<()> {
    let Ok(says) = output(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing: install version 20 or newer, with npm");
    };
    let version = says.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    ensure!(version.is_some_and(|version| version >= 20), "Node.js must be version 20 or newer, and this is {}", says.trim());
    Ok(())
}
