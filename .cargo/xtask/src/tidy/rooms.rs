//! The top level.

use std::collections::BTreeSet;

use super::files::Sources;

const ROOMS: &[&str] = &["app", "server", "content", "migrations", "end2end", "style", ".cargo", ".ci"];

const FILES: &[&str] = &[
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-CC-BY-4.0",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "clippy.toml",
    "deny.toml",
    "rust-toolchain.toml",
    "rustfmt.toml",
];

/// Everything lies in a room; the top holds the usual files only.
pub(super) fn top_level(sources: &Sources) -> Vec<String> {
    let strange = sources.all().filter_map(|(path, _)| match path.split_once('/') {
        Some((room, _)) => (!ROOMS.contains(&room)).then(|| format!("{room}/ is not a room of the house")),
        None => (!FILES.contains(&path)).then(|| format!("{path} does not belong at the top")),
    });
    strange.collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_folder_at_the_top_is_found_once() {
        let sources = Sources::of(&[("scripts/a.sh", ""), ("scripts/b.sh", ""), ("app/Cargo.toml", ""), ("notes.txt", "")]);
        assert_eq!(top_level(&sources), ["notes.txt does not belong at the top", "scripts/ is not a room of the house"]);
    }
}
