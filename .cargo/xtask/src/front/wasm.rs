//! The browser's half: compiled by cargo, given its script by wasm-bindgen, made small by wasm-opt.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Half, hashed::Site};
use crate::{
    cargo,
    house::{Mode, own_target, run, target, timed},
    setup,
    tidy::files,
};

/// What the module may use; every browser of the last years has these.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Compiles the crate. Answers where the module lies.
pub(super) fn compile(half: &Half, mode: Mode) -> Result<PathBuf> {
    let profile = profile(mode);
    let words: &[&[&str]] = &[&["--package", half.package], &["--target", "wasm32-unknown-unknown", "--profile", profile]];
    timed("the browser's half", || cargo::call("build", words))?;
    Ok(target().join("wasm32-unknown-unknown").join(profile).join(format!("{}.wasm", half.package)))
}

/// Adds the module and its script to the site.
pub(super) fn bind(half: &Half, module: &Path, mode: Mode, site: &mut Site) -> Result<()> {
    let release = mode == Mode::Release;
    let work = own_target().join("front/work").join(half.name);
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    timed("wasm-bindgen", || {
        Bindgen::new()
            .input_path(module)
            .out_name(half.name)
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(release)
            .remove_producers_section(release)
            .keep_debug(false)
            .generate(&work)
    })?;
    let wasm = work.join(format!("{}_bg.wasm", half.name));
    if release {
        shrink(&wasm)?;
    }
    site.add(&format!("{}.wasm", half.name), fs::read(&wasm)?);
    let script = work.join(format!("{}.js", half.name));
    let mut glue = fs::read_to_string(&script)?;
    // Crates may bring small scripts of their own, which the glue imports by their path.
    let snippets = work.join("snippets");
    for path in files::under(&snippets) {
        let name = path.strip_prefix(&work)?.to_string_lossy().into_owned();
        site.add(&name, fs::read(&path)?);
        glue = glue.replace(&format!("./{name}"), &site.url(&name)?);
    }
    site.add(&format!("{}.js", half.name), glue.into_bytes());
    Ok(())
}

fn shrink(wasm: &Path) -> Result<()> {
    let program = setup::wasm_opt()?;
    timed("wasm-opt", || run(Command::new(program).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(wasm).stdout(Stdio::null())))
        .with_context(|| format!("{} could not be made smaller", wasm.display()))
}

fn profile(mode: Mode) -> &'static str {
    match mode {
        Mode::Debug => "wasm-dev",
        Mode::Release => "wasm-release",
    }
}
