//! What the toolchain must hold besides the compiler.

use std::{path::Path, process::Command};

use anyhow::{Result, ensure};

use crate::house::{on_path, output, root, run, say, works};

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for the browser. `rust-toolchain.toml` names it, but where rustup may not install by
/// itself it is left out without a word.
pub(super) fn wasm_target() -> Result<()> {
    let sysroot = output(Command::new("rustc").current_dir(root()).args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).join("lib").exists() {
        return Ok(());
    }
    rustup(&["target", "add", WASM], "the Rust target for the browser")
}

/// The formatter and the lints.
pub(super) fn components() -> Result<()> {
    for (verb, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !works(Command::new("cargo").current_dir(root()).args([verb, "--version"])) {
            rustup(&["component", "add", component], component)?;
        }
    }
    Ok(())
}

fn rustup(words: &[&str], what: &str) -> Result<()> {
    ensure!(on_path("rustup").is_some(), "{what} is missing, and there is no rustup to install it: add it to the Rust that you have");
    say(format_args!("installing {what}"));
    run(Command::new("rustup").current_dir(root()).args(words))
}
