//! The top level.

use std::collections::BTreeSet;

use super::files::{Sources, code_lines, is_test};

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

/// What a room may hold that is text a trainer writes.
const CONTENT: [&str; 4] = [".md", ".toml", ".bib", ".lock"];

/// Nothing in `content/` is code, and nothing of it is compiled in.
pub(super) fn content_is_text(sources: &Sources) -> Vec<String> {
    let in_content = sources.all().filter(|(path, _)| path.starts_with("content/") && *path != "content/LICENSE");
    let code = in_content.filter(|(path, _)| !CONTENT.iter().any(|end| path.ends_with(end)));
    let mut found: Vec<String> = code.map(|(path, _)| format!("{path} is not text that a trainer writes")).collect();
    for (path, text) in sources.rust().filter(|(path, _)| !path.starts_with(".cargo/") && !is_test(path)) {
        for (n, line) in code_lines(text) {
            let takes_in = ["include_str!", "include_bytes!", "include_dir!", "#[folder"].iter().any(|way| line.contains(way));
            if takes_in && line.contains("content") {
                found.push(format!("{path}:{n} compiles content in: {}", line.trim()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_the_content_and_content_in_the_code_are_found() {
        let text = "//! A file.\nconst A: &str = include_str!(\"../../content/help.toml\");\n";
        let sources = Sources::of(&[("content/a.rs", ""), ("content/modules/m01/check.md", ""), ("server/src/a.rs", text)]);
        assert_eq!(
            content_is_text(&sources),
            [
                "content/a.rs is not text that a trainer writes",
                "server/src/a.rs:2 compiles content in: const A: &str = include_str!(\"../../content/help.toml\");"
            ]
        );
    }

    #[test]
    fn a_new_folder_at_the_top_is_found_once() {
        let sources = Sources::of(&[("scripts/a.sh", ""), ("scripts/b.sh", ""), ("app/Cargo.toml", ""), ("notes.txt", "")]);
        assert_eq!(top_level(&sources), ["notes.txt does not belong at the top", "scripts/ is not a room of the house"]);
    }
}
