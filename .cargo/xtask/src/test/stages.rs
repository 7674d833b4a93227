//! The stages that are not Rust tests.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::tally::{Count, Tally, count, read_sum};
use crate::{
    build,
    cargo::{self, cargo},
    house::{Mode, program, root, say},
    setup, tidy,
};

/// The sources look as the formatter leaves them.
pub(super) fn format() -> Result<Tally> {
    one("format", cargo("fmt").args(["--all", "--check"]))
}

/// The house rules, each one a check.
pub(super) fn tidy() -> Result<Tally> {
    let report = tidy::check()?;
    let mut tally = Tally::default();
    tally.add("tidy", Count { passed: report.kept, failed: report.broken, ignored: 0 });
    Ok(tally)
}

/// No lint complains, in either half or in this tool.
pub(super) fn lints() -> Result<Tally> {
    let mut tally = Tally::default();
    for selection in [cargo::HOUSE, cargo::XTASK, cargo::BROWSER, cargo::BOTH_SIDES] {
        // What tests stand on does not all compile for the browser.
        let all: &[&str] = if selection.contains(&"wasm32-unknown-unknown") { &[] } else { &["--all-targets"] };
        tally.extend(one("lints", cargo("clippy").args(["--locked", "--quiet"]).args(selection).args(all).args(["--", "-D", "warnings"]))?);
    }
    Ok(tally)
}

/// The content says what its format asks for, in every file.
pub(super) fn content() -> Result<Tally> {
    // The same selection as the tests before it, so that nothing is compiled twice.
    cargo::call("build", &[&["--quiet"], cargo::HOUSE, &["--bin", "alongside"]])?;
    one("content", Command::new(program(Mode::Debug)).current_dir(root()).args(["content", "check", "content"]))
}

/// The journeys, on what is shipped.
pub(super) fn browser(mode: Mode, name: Option<&str>) -> Result<Tally> {
    let program = match mode {
        Mode::Release => build::build()?,
        Mode::Debug => {
            build::halves(mode)?;
            program(mode)
        }
    };
    let mut command = Command::new("node");
    command.current_dir(root().join("end2end")).arg("run.mjs").arg(program);
    command.env("CHROMIUM", setup::chromium().context("Chromium is missing")?);
    if let Some(name) = name {
        command.arg(name);
    }
    let (lines, status) = super::rust::watched(&mut command, |_| true)?;
    let sum = lines.iter().rev().find_map(|line| read_sum(line)).unwrap_or_default();
    ensure!(name.is_some() || sum.passed + sum.failed > 0, "the browser tests ran nothing");
    ensure!(status || sum.failed > 0, "the browser tests did not end well");
    let mut tally = Tally::default();
    tally.add("browser", sum);
    Ok(tally)
}

fn one(name: &str, command: &mut Command) -> Result<Tally> {
    let passed = command.status()?.success();
    if !passed {
        say(format_args!("{name} is not clean"));
    }
    let mut tally = Tally::default();
    tally.add(name, count(passed));
    Ok(tally)
}
