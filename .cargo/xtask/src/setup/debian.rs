//! Chromium and `PostgreSQL` from Debian's packages, for the tests alone.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};

use crate::house::{on_path, output, run, say, timed, works};

/// Installs what is missing.
pub(super) fn packages() -> Result<()> {
    let mut missing = Vec::new();
    if chromium().is_none() {
        missing.push("chromium");
    }
    if postgres_folder().is_none() {
        missing.push("postgresql");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("The tests need {}. On Debian: sudo apt-get install {}", missing.join(" and "), missing.join(" "));
    ensure!(on_path("apt-get").is_some(), "{by_hand}");
    let before = before(&by_hand)?;
    say(format_args!("installing {} from Debian's packages", missing.join(" and ")));
    timed("apt-get", || {
        run(&mut apt_get(&before, &["update", "-qq"]))?;
        run(apt_get(&before, &["install", "-y", "-qq", "--no-install-recommends"]).args(&missing))
    })?;
    ensure!(chromium().is_some() && postgres_folder().is_some(), "{by_hand}");
    Ok(())
}

/// The browser, by either of the names that Debian and its kin give it.
pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser"].into_iter().find_map(on_path)
}

/// The folder with `PostgreSQL`'s programs: Debian keeps them off the path, one folder a version.
pub(crate) fn postgres_folder() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").exists() && folder.join("postgres").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder).or_else(|| on_path("initdb").and_then(|file| file.parent().map(Path::to_path_buf)))
}

/// The words before `apt-get`: none as root, `sudo` where it asks for no password.
fn before(by_hand: &str) -> Result<Vec<&'static str>> {
    if output(Command::new("id").arg("-u"))?.trim() == "0" {
        return Ok(Vec::new());
    }
    ensure!(works(Command::new("sudo").args(["-n", "true"])), "{by_hand}");
    Ok(vec!["sudo", "-n"])
}

fn apt_get(before: &[&str], words: &[&str]) -> Command {
    let all = [before, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], words].concat();
    let (program, rest) = all.split_first().unwrap_or((&"apt-get", &[]));
    let mut command = Command::new(program);
    command.args(rest);
    command
}
