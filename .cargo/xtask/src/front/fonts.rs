//! The faces, from their npm packages: the latin part, which English and Spanish need, and the licences.

use std::fs;

use anyhow::{Context as _, Result};

use super::hashed::Site;
use crate::setup;

/// Package and the styles of it that we ship.
const FACES: &[(&str, &[&str])] = &[("atkinson-hyperlegible-next", &["normal"]), ("source-serif-4", &["normal", "italic"])];

/// Adds the fonts with the licence texts that must travel with them.
pub(super) fn collect(site: &mut Site) -> Result<()> {
    for (package, styles) in FACES {
        let folder = setup::modules().join("@fontsource-variable").join(package);
        let read = |path: &str| fs::read(folder.join(path)).with_context(|| format!("{path} is missing from the package of {package}"));
        for style in *styles {
            let file = file(package, style);
            site.add(&format!("fonts/{file}"), read(&format!("files/{file}"))?);
        }
        site.add(&format!("fonts/{package}-OFL.txt"), read("LICENSE")?);
    }
    Ok(())
}

fn file(package: &str, style: &str) -> String {
    format!("{package}-latin-wght-{style}.woff2")
}

/// The plain names of the fonts, for tests that have none.
#[cfg(test)]
pub(super) fn names() -> Vec<String> {
    FACES.iter().flat_map(|(package, styles)| styles.iter().map(move |style| format!("fonts/{}", file(package, style)))).collect()
}
