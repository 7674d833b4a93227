//! `cargo xtask setup`: installs what is missing, and is done in a blink when nothing is.
//!
//! Only Rust's, npm's and Debian's own sources are asked. It never changes what is there already.

mod debian;
mod npm;
mod rust;

pub(crate) use debian::{chromium, postgres_folder};
pub(crate) use npm::{modules, wasm_opt};

use anyhow::Result;

/// What a build needs: the wasm target, and from npm the fonts and wasm-opt.
pub(crate) fn for_building() -> Result<()> {
    rust::wasm_target()?;
    npm::packages()
}

/// What the tests need besides: the tools of the toolchain, Chromium and `PostgreSQL`.
pub(crate) fn for_testing() -> Result<()> {
    for_building()?;
    rust::components()?;
    debian::packages()
}
