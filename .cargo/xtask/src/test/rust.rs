//! The tests that cargo runs. Plain `cargo test`: it is there wherever Rust is.

use std::{
    io::{self, BufRead as _, BufReader},
    process::Command,
};

use anyhow::Result;

use super::{
    postgres::Postgres,
    tally::{Count, Tally, count},
};
use crate::{
    cargo::{self, cargo},
    house::say,
};

/// Crates and test programs that must have run something.
const EXPECTED: &[&str] =
    &["app", "bench", "certificates", "credential", "domain", "guard", "migrations", "server", "site", "types", "xtask"];

/// Runs them with a `PostgreSQL` of their own, which ends with them.
pub(super) fn tests(name: Option<&str>) -> Result<Tally> {
    let postgres = Postgres::start()?;
    let mut tally = Tally::default();
    for selection in [cargo::HOUSE, cargo::XTASK] {
        let mut command = cargo("test");
        command.args(["--locked", "--no-fail-fast"]).args(selection).args(name);
        command.env("ALONGSIDE_TEST_POSTGRES", postgres.url());
        // A snapshot that differs is a failure, not a new file.
        command.env("INSTA_UPDATE", "no");
        // Its lines are read below; a colored one would be another line.
        command.env("CARGO_TERM_COLOR", "never");
        let (lines, status) = watched(&mut command, |line| !is_noise(line))?;
        let ran = read(&lines);
        let explained = ran.has_failed();
        tally.extend(ran);
        if !status && !explained {
            tally.add("cargo test", count(false));
        }
    }
    if name.is_none() && postgres.databases()? == 0 {
        say("no test made a database on PostgreSQL");
        tally.add("PostgreSQL", count(false));
    }
    for idle in if name.is_none() { tally.idle(EXPECTED) } else { Vec::new() } {
        say(format_args!("{idle} ran no tests"));
        tally.add(&idle, count(false));
    }
    Ok(tally)
}

/// Runs a program and keeps its lines, both kinds in their order; those that are wanted are shown as they come.
pub(super) fn watched(command: &mut Command, shown: impl Fn(&str) -> bool) -> Result<(Vec<String>, bool)> {
    let (reader, writer) = io::pipe()?;
    let mut child = command.stdout(writer.try_clone()?).stderr(writer).spawn()?;
    // The command keeps its ends of the pipe, and while it has them the reader waits.
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut lines = Vec::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        if shown(&line) {
            #[expect(clippy::print_stderr, reason = "another program speaks through us")]
            {
                eprintln!("{line}");
            }
        }
        lines.push(line);
    }
    let status = child.wait()?.success();
    Ok((lines, status))
}

/// A thousand tests that pass, the empty programs between them, and crates being compiled.
fn is_noise(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("test ") && line.ends_with("... ok"))
        || line.is_empty()
        || line == "running 0 tests"
        || line.starts_with("Compiling ")
}

/// Reads `Running … (…/deps/domain-0123)` and `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn read(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    let mut name = "cargo test".to_owned();
    for line in lines.iter().map(|line| line.trim()) {
        if let Some(doc) = line.strip_prefix("Doc-tests ") {
            doc.clone_into(&mut name);
        } else if line.starts_with("Running ") {
            let program = line.rsplit(['/', '(']).next().unwrap_or(line).trim_end_matches(')');
            program.rsplit_once('-').map_or(program, |(name, _)| name).clone_into(&mut name);
        } else if let Some(result) = line.strip_prefix("test result: ") {
            let number = |word: &str| {
                let before = result.split_once(word).map_or("", |(before, _)| before);
                before.trim_end().rsplit([' ', ';']).next().and_then(|number| number.parse().ok()).unwrap_or(0)
            };
            let count = Count { passed: number(" passed"), failed: number(" failed"), ignored: number(" ignored") };
            if count != Count::default() {
                tally.add(&name, count);
            }
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_says_is_counted_by_crate() {
        let said = "     Running unittests src/lib.rs (target/debug/deps/domain-0f1e2d)\n\nrunning 4 tests\ntest a ... ok\n\
            test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            \x20    Running tests/it/main.rs (/elsewhere/debug/deps/site-99)\ntest result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n\
            \x20    Running tests/it/main.rs (/elsewhere/debug/deps/certificates-98)\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            \x20  Doc-tests domain\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.50s\n";
        let tally = read(&said.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(tally.told(), ["domain       4 passed, 1 failed, 2 left out", "site         12 passed, 0 failed"]);
        assert_eq!(
            tally.idle(&["certificates", "domain", "site"]),
            ["certificates"],
            "two programs from files of one name are two runners"
        );
        assert!(tally.has_failed());
    }

    #[test]
    fn lines_of_both_kinds_are_kept() {
        let (mut lines, status) = watched(Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"]), |_| false).unwrap();
        lines.sort();
        assert_eq!((lines, status), (vec!["one".to_owned(), "two".to_owned()], false));
    }
}
