//! How much a browser loads, as it is shipped.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::figures::Figures;

/// Script and module together, and the style; as brotli leaves them.
pub(crate) fn measure(site: &Path, figures: &mut Figures) -> Result<()> {
    let manifest: Value = serde_json::from_str(&fs::read_to_string(site.join("manifest.json")).context("the site is not built")?)?;
    let manifest = manifest.as_object().context("the manifest is no list of names")?;
    let compressed = |name: &str| -> Result<f64> {
        let path = manifest.get(name).and_then(Value::as_str).with_context(|| format!("the site has no {name}"))?;
        let bytes = fs::metadata(site.join(format!("{path}.br"))).with_context(|| format!("{name} has no compressed twin"))?.len();
        Ok(f64::from(u32::try_from(bytes)?) / 1024.0)
    };
    let is_script = |name: &&String| Path::new(name).extension().is_some_and(|end| end == "js" || end == "wasm");
    let mut script = 0.0;
    for name in manifest.keys().filter(is_script) {
        script += compressed(name)?;
    }
    anyhow::ensure!(script > 0.0, "the site has no script, and pages with islands need some");
    figures.at_most("script and module of a page with an island", script, 120.0, "KB in brotli");
    figures.at_most("style", compressed("main.css")?, 20.0, "KB in brotli");
    Ok(())
}
