//! `cargo xtask build`: the program with everything inside.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    cargo, front,
    house::{Mode, own_target, program, root, say, timed},
    setup,
};

/// The source that takes the site in.
const EMBEDDER: &str = "server/src/http/assets.rs";

/// Builds what is shipped. Answers where it lies: always target/release of the checkout.
pub(crate) fn build() -> Result<PathBuf> {
    setup::for_building()?;
    halves(Mode::Release)?;
    let built = program(Mode::Release);
    if !is_whole(&built)? {
        // Cargo looks at the times of the files that were inside last time. Where there were none, or where others
        // lay there for a while, it saw no reason to build.
        fs::File::options().append(true).open(root().join(EMBEDDER))?.set_modified(SystemTime::now())?;
        halves(Mode::Release)?;
        ensure!(is_whole(&built)?, "the program does not hold the site that was just built");
    }
    let place = own_target().join("release/alongside");
    if built != place {
        bring(&built, &place)?;
    }
    say(format_args!("{} holds everything it needs, in {} MB", place.display(), fs::metadata(&place)?.len() / 1_000_000));
    Ok(place)
}

/// Builds the browser's half and then the server's, which takes the other inside.
pub(crate) fn halves(mode: Mode) -> Result<()> {
    front::build(mode)?;
    let release: &[&str] = if mode == Mode::Release { &["--release"] } else { &[] };
    timed("the server's half", || cargo::call("build", &[&["--package", "server"], release]))
}

/// Puts the program where the checkout's own target folder is, when cargo builds elsewhere.
fn bring(built: &Path, place: &Path) -> Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let _ = fs::remove_file(place);
    if fs::hard_link(built, place).is_err() {
        fs::copy(built, place).with_context(|| format!("cannot copy the program to {}", place.display()))?;
    }
    Ok(())
}

/// Whether the program holds the site that was just built.
fn is_whole(program: &Path) -> Result<bool> {
    let manifest = fs::read_to_string(own_target().join("site/manifest.json"))?;
    Ok(front::embeds(&fs::read(program)?, &manifest))
}
