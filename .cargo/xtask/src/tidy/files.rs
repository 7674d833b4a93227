//! The files of the project, read once.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::house::{output, root, say};

/// Folders that are made, not written.
const MADE: &[&str] = &["target", "node_modules", ".git", "data"];

/// Text files by their path from the root, with `/` between the parts.
pub(crate) struct Sources(Vec<(String, String)>);

impl Sources {
    /// Reads what is in the project: what git knows or would take in, or everything where git is not there or does not
    /// answer, as in a checkout of somebody else's.
    pub(crate) fn read() -> Self {
        let root = root();
        let known = root.join(".git").exists().then(|| {
            output(Command::new("git").current_dir(&root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])).ok()
        });
        let paths = if let Some(list) = known.flatten() {
            list.split('\0').filter(|path| !path.is_empty()).map(|path| root.join(path)).collect()
        } else {
            say("git does not say which files are the project's, so all are looked at");
            under(&root)
        };
        let text = |path: &PathBuf| {
            let name = path.strip_prefix(&root).ok()?.to_string_lossy().replace('\\', "/");
            Some((name, fs::read_to_string(path).ok()?))
        };
        let mut files: Vec<_> = paths.iter().filter_map(text).collect();
        files.sort();
        files.dedup();
        Self(files)
    }

    /// Files that stand nowhere but in a test.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    /// All text files.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// All Rust files.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(|(path, _)| is(path, "rs"))
    }

    /// One file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.all().find(|(name, _)| *name == path).map(|(_, text)| text)
    }
}

/// Whether a file is of this kind, by the end of its name.
pub(crate) fn is(path: &str, end: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == end)
}

/// Whether a file holds tests and what they stand on, and nothing else.
pub(crate) fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("/testing.rs")
}

/// The part of a Rust file before its tests.
pub(crate) fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(before, _)| before)
}

/// Numbered lines of code without comments, from 1.
pub(crate) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Every file under a folder, or the file itself; without what is made.
pub(crate) fn under(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.retain(|entry| !entry.file_name().is_some_and(|name| MADE.iter().any(|made| name == *made)));
    entries.iter().flat_map(|entry| under(entry)).collect()
}
