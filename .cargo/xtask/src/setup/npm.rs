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

/// The browser tests ask a module for its own folder, which Node.js knows since 20.11 and 21.2.
fn node() -> Result<()> {
    let Ok(says) = output(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing: install version 20.11 or newer, with npm");
    };
    ensure!(is_new_enough(&says), "Node.js must be version 20.11 or newer (of version 21, 21.2), and this is {}", says.trim());
    Ok(())
}

/// Reads `v20.11.1`.
fn is_new_enough(says: &str) -> bool {
    let mut numbers = says.trim().trim_start_matches('v').split('.').map_while(|number| number.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    version >= (21, 2) || ((20, 11)..(21, 0)).contains(&version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_new_enough_from_20_11_and_21_2_on() {
        for (says, enough) in [
            ("v18.19.0", false),
            ("v20.10.0", false),
            ("v20.11.1\n", true),
            ("v21.1.0", false),
            ("v21.2.0", true),
            ("v24.0.1", true),
            ("?", false),
        ] {
            assert_eq!(is_new_enough(says), enough, "{says}");
        }
    }
}
