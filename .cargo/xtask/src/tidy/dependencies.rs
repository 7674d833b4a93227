//! What the crates of the house stand on, and what they must not.

use anyhow::Result;

use super::files::Sources;
use crate::{
    cargo::{self, cargo},
    house::output,
};

/// What stands in no browser.
const SERVER_ONLY: &[&str] = &["axum", "domain", "hyper", "migrations", "sea-orm", "server", "sqlx", "tokio"];

/// In the workspace's table a group has its heading, and in a crate's own table a line has its reason.
pub(super) fn have_reasons(sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources.all().filter(|(path, _)| path.ends_with("Cargo.toml")) {
        let mut table = "";
        let mut said = false;
        for (n, line) in (1_usize..).zip(text.lines()) {
            let line = line.trim();
            if line.starts_with('[') {
                table = line;
                said = false;
            } else if line.is_empty() {
                said = false;
            } else if line.starts_with('#') {
                said = true;
            } else if table.contains("dependencies") {
                let ours = line.contains("workspace = true") || line.contains(".workspace");
                let reasoned = line.contains("# ") || (path == "Cargo.toml" && said);
                if !ours && !reasoned && line.contains('=') {
                    found.push(format!("{path}:{n} gives no reason: {line}"));
                }
            }
        }
    }
    found
}

/// Pages ask the domain; they have no way to ask the database.
pub(super) fn pages_know_no_database(sources: &Sources) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (path, text) in sources.all().filter(|(path, _)| path.starts_with("app/") && path.ends_with("Cargo.toml")) {
        let manifest: toml::Table = toml::from_str(text)?;
        for (name, about) in manifest.get("dependencies").and_then(|table| table.as_table()).into_iter().flatten() {
            let knows = name.starts_with("sea-orm") || name.starts_with("sqlx") || name == "migrations";
            // The ids say how they are stored, in a feature that only the domain turns on.
            if knows && about.get("optional").and_then(toml::Value::as_bool) != Some(true) {
                found.push(format!("{path} depends on {name}"));
            }
        }
    }
    Ok(found)
}

/// What is compiled for the browser, to its last crate.
pub(super) fn browser_holds_no_server(_: &Sources) -> Result<Vec<String>> {
    let words = [&["--locked"], cargo::BROWSER, &["--edges", "normal", "--prefix", "none", "--format", "{p}"]].concat();
    let tree = output(cargo("tree").args(words))?;
    let mut names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.iter().filter(|name| SERVER_ONLY.contains(name)).map(|name| format!("{name} is compiled for the browser")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let root = "[workspace.dependencies]\n# The ordinary.\nserde = \"1\"\n\nstray = \"1\"\nsaid = \"1\" # to say something\n[profile.dev]\ndebug = false\n";
        let member = "[dependencies]\nserde = { workspace = true }\nstray = \"1\"\n";
        let found = have_reasons(&Sources::of(&[("Cargo.toml", root), ("app/Cargo.toml", member)]));
        assert_eq!(found, ["Cargo.toml:5 gives no reason: stray = \"1\"", "app/Cargo.toml:3 gives no reason: stray = \"1\""]);
    }

    #[test]
    fn a_page_that_could_ask_the_database_is_found() {
        let sources = Sources::of(&[("app/Cargo.toml", "[dependencies]\nsea-orm = \"2\"\n")]);
        assert_eq!(pages_know_no_database(&sources).unwrap(), ["app/Cargo.toml depends on sea-orm"]);
    }
}
