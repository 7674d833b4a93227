//! The texts of a content folder.

use std::{collections::BTreeMap, path::Path};

use sha2::{Digest as _, Sha256};

use super::Finding;
use crate::ids::hex;

/// The texts of a content folder by their paths from the folder on, with `/` between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    pub(super) files: BTreeMap<String, String>,
    /// Files as they were read, where their lines do not end in a line feed alone: what is written back keeps that.
    raw: BTreeMap<String, String>,
}

impl Source {
    /// Reads a folder. A link is a finding, since it is not followed; files that are no authored text are passed over.
    pub fn read(folder: &Path) -> Result<Self, Vec<Finding>> {
        let mut source = Self::default();
        let mut findings = Vec::new();
        source.walk(folder, "", &mut findings);
        if findings.is_empty() { Ok(source) } else { Err(findings) }
    }

    /// Texts that are at hand already.
    pub fn of(files: BTreeMap<String, String>) -> Self {
        Self { files, raw: BTreeMap::new() }
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The text of one file as it was read, with its own ends of lines.
    pub(super) fn raw<'s>(&'s self, path: &str, text: &'s str) -> &'s str {
        self.raw.get(path).map_or(text, String::as_str)
    }

    /// SHA-256 over paths and texts, in hexadecimal. The name of the release made from them.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (path, text) in &self.files {
            for part in [path, text] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        hex(&hash.finalize())
    }

    fn walk(&mut self, folder: &Path, prefix: &str, findings: &mut Vec<Finding>) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if prefix.is_empty() { folder.display().to_string() } else { prefix.to_owned() };
                findings.push(unreadable(&name, &error));
                return;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let name = if prefix.is_empty() { folder.display().to_string() } else { prefix.to_owned() };
                    findings.push(unreadable(&name, &error));
                    continue;
                }
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !name.starts_with('.') => self.walk(&entry.path(), &format!("{path}/"), findings),
                Ok(kind) if kind.is_file() && is_text(&path) => match text_of(&entry.path(), &path) {
                    Ok(text) => {
                        self.files.insert(path.clone(), text.replace("\r\n", "\n"));
                        if text.contains("\r\n") {
                            self.raw.insert(path, text);
                        }
                    }
                    Err(finding) => findings.push(finding),
                },
                // Passed over in silence, what it leads to would be missed elsewhere.
                Ok(kind) if kind.is_symlink() && !name.starts_with('.') && (is_text(&path) || entry.path().is_dir()) => {
                    findings.push(Finding::new(
                        &path,
                        1,
                        "link",
                        "this is a link to somewhere else, and links are not followed",
                        "Put the file or the folder itself here.",
                    ));
                }
                _ => {}
            }
        }
    }
}

fn unreadable(folder: &str, error: &std::io::Error) -> Finding {
    let message = format!("the folder cannot be read: {error}");
    Finding::new(folder, 1, "unreadable", message, "Name the content folder, and see that the program may read it.")
}

/// The text of one file; or what is in the way, and where.
fn text_of(file: &Path, path: &str) -> Result<String, Finding> {
    let unreadable = |error: std::io::Error| {
        Finding::new(path, 1, "unreadable", format!("the file cannot be read: {error}"), "See that the program may read it.")
    };
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        let message = format!("this file holds {} KB, and {} KB is the most", size / 1024, MOST_BYTES / 1024);
        return Err(Finding::new(path, 1, "too-large", message, "Nobody reads so much in one go: make several of it."));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    // Some editors begin a file with a mark that is no part of its text.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let before = std::str::from_utf8(sound).unwrap_or_default();
        let finding = Finding::at(
            path,
            before,
            before.len()..before.len(),
            "unreadable",
            "the character here is not saved as UTF-8, so the file cannot be read",
            "Save the whole file as UTF-8 in your editor, and type the character anew where it then looks wrong.",
        );
        Finding { length: 1, ..finding }
    })
}

/// The most that one file may hold: many times the longest lesson or bank.
const MOST_BYTES: u64 = 512 * 1024;

fn is_text(path: &str) -> bool {
    matches!(ending(path), "md" | "toml" | "bib" | "lock") && path != "README.md"
}

/// What a file's name ends in, behind the full stop.
pub(super) fn ending(path: &str) -> &str {
    Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}
