//! `cargo xtask front`: everything that a browser loads, under names that carry a digest of the contents.
//!
//! Made once a mode under `target/front/`, and laid out in `target/site/`, from where the server takes it.

mod css;
mod fonts;
mod hashed;
mod layout;
mod wasm;

use std::{fmt::Write as _, fs, path::PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::{
    house::{Mode, own_target, root, timed},
    tidy::files,
};
use hashed::Site;

/// The crates that are compiled for the browser, and the small script that loads each.
const HALVES: &[Half] = &[Half { package: "browser", name: "alongside", loader: "app/src/island.js" }];

/// A crate for the browser.
struct Half {
    /// The crate.
    package: &'static str,
    /// What its script and its module are called.
    name: &'static str,
    /// The script that imports it, with `__GLUE__` and `__WASM__` where their addresses go.
    loader: &'static str,
}

/// Builds the front. Where nothing that goes in has changed, it is left as it is.
pub(crate) fn build(mode: Mode) -> Result<()> {
    let modules = HALVES.iter().map(|half| wasm::compile(half, mode)).collect::<Result<Vec<PathBuf>>>()?;
    let made = own_target().join("front").join(mode.folder());
    let stamp = own_target().join("front").join(format!("{}.stamp", mode.folder()));
    let inputs = inputs(&modules)?;
    if !made.join("manifest.json").exists() || fs::read_to_string(&stamp).ok().as_ref() != Some(&inputs) {
        let _ = fs::remove_file(&stamp);
        timed("the front", || make(&modules, mode)?.write(&made, mode))?;
        fs::write(&stamp, inputs)?;
    }
    layout::lay_out(&made, &own_target().join("site"))
}

/// Whether the program holds the style sheet that the manifest names.
pub(crate) fn embeds(program: &[u8], manifest: &str) -> bool {
    let names: serde_json::Value = serde_json::from_str(manifest).unwrap_or_default();
    let Some(style) = names.get("main.css").and_then(|name| name.as_str()).and_then(|name| name.rsplit('/').next()) else { return false };
    program.windows(style.len()).any(|window| window == style.as_bytes())
}

fn make(modules: &[PathBuf], mode: Mode) -> Result<Site> {
    let mut site = Site::default();
    fonts::collect(&mut site)?;
    for picture in pictures() {
        let name = picture.file_name().unwrap_or_default().to_string_lossy().into_owned();
        site.add(&name, fs::read(&picture)?);
    }
    let style = css::bundle(&site, mode)?;
    site.add("main.css", style.into_bytes());
    for (half, module) in HALVES.iter().zip(modules) {
        wasm::bind(half, module, mode, &mut site)?;
        let loader = fs::read_to_string(root().join(half.loader)).with_context(|| format!("{} cannot be read", half.loader))?;
        ensure!(loader.contains("__GLUE__") && loader.contains("__WASM__"), "{} must import __GLUE__ and pass __WASM__ on", half.loader);
        let loader = loader
            .replace("__GLUE__", &site.url(&format!("{}.js", half.name))?)
            .replace("__WASM__", &site.url(&format!("{}.wasm", half.name))?);
        let name = half.loader.rsplit('/').next().unwrap_or(half.loader);
        site.add(name, loader.into_bytes());
    }
    Ok(site)
}

/// Everything that goes in, with the times of its last changes; this tool itself is among it.
fn inputs(modules: &[PathBuf]) -> Result<String> {
    let mut paths = files::under(&root().join("style"));
    paths.extend(modules.iter().cloned());
    paths.extend(HALVES.iter().map(|half| root().join(half.loader)));
    paths.push(root().join("end2end/package-lock.json"));
    paths.push(std::env::current_exe()?);
    paths.sort();
    let mut lines = String::new();
    for path in paths {
        let about = fs::metadata(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let time = about.modified()?.duration_since(std::time::UNIX_EPOCH)?.as_millis();
        writeln!(lines, "{} {} {time}", path.display(), about.len())?;
    }
    Ok(lines)
}

/// The few hand-made pictures.
fn pictures() -> Vec<PathBuf> {
    let is_picture = |path: &PathBuf| path.extension().is_some_and(|end| end == "svg" || end == "png");
    files::under(&root().join("style")).into_iter().filter(is_picture).collect()
}
