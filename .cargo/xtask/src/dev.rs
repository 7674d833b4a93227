//! `cargo xtask dev`: serves the demonstration, and builds and starts it again when a source changes.
//!
//! It looks at the times of a few hundred files twice a second, which costs less than a library that
//! watches would cost to build.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::Child,
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Result;

use crate::{
    build, front,
    house::{Mode, root, say},
    run::{self, Options},
    setup,
    tidy::files,
};

/// What a change of these folders and files is followed by.
const WATCHED: &[&str] = &["app", "server", "migrations", "content", "style", "Cargo.toml", "Cargo.lock"];

type Times = BTreeMap<PathBuf, SystemTime>;

/// Serves until it is interrupted.
pub(crate) fn dev(options: &Options) -> Result<()> {
    setup::for_building()?;
    let mut seen = times();
    let mut served = start(options, true);
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = times();
        if now == seen {
            continue;
        }
        let code =
            changed(&seen, &now).iter().any(|path| !path.starts_with(root().join("style")) && !path.starts_with(root().join("content")));
        seen = now;
        if let Some(mut child) = served.take() {
            child.kill()?;
            child.wait()?;
        }
        served = start(options, code);
    }
}

/// Builds and serves. What does not build is said by the compiler; the next change tries again.
fn start(options: &Options, code: bool) -> Option<Child> {
    let built = if code || options.mode() == Mode::Release { build::halves(options.mode()) } else { front::build(options.mode()) };
    match built.and_then(|()| Ok(run::demonstration(options)?.spawn()?)) {
        Ok(child) => Some(child),
        Err(error) => {
            say(format_args!("{error:#}. Waiting for the next change"));
            None
        }
    }
}

fn times() -> Times {
    let root = root();
    let under = WATCHED.iter().flat_map(|name| files::under(&root.join(name)));
    under.filter_map(|path| Some((path.clone(), path.metadata().ok()?.modified().ok()?))).collect()
}

fn changed(before: &Times, after: &Times) -> Vec<PathBuf> {
    let new = after.iter().filter(|(path, time)| before.get(*path) != Some(*time)).map(|(path, _)| path.clone());
    let gone = before.keys().filter(|path| !after.contains_key(*path)).cloned();
    new.chain(gone).collect()
}
