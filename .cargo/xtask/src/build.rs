//! `cargo xtask build`: the program with everything inside.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    cargo, front,
    house::{Mode, own_target, program, say, timed},
    setup,
};

/// Builds what is shipped. Answers where it lies: always target/release of the checkout.
pub(crate) fn build() -> Result<PathBuf> {
    setup::for_building()?;
    halves(Mode::Release)?;
    let built = program(Mode::Release);
    let place = own_target().join("release/alongside");
    if built != place {
        bring(&built, &place)?;
    }
    whole(&place)?;
    let bytes = fs::metadata(&place)?.len();
    say(format_args!("{} holds everything it needs, in {:.1} MB", place.display(), bytes as f64 / 1e6));
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

/// Looks for the style sheet's name in the program: a build that went past a changed site would miss it.
fn whole(program: &Path) -> Result<()> {
    let manifest = fs::read_to_string(own_target().join("site/manifest.json"))?;
    let bytes = fs::read(program)?;
    let within = front::embeds(&bytes, &manifest);
    ensure!(within, "the program does not hold the site that was just built; touch server/src/http/assets.rs and build again");
    Ok(())
}
