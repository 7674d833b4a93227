//! What is wrong with authored content, and where.

use std::{collections::BTreeSet, fmt, ops::Range};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the content folder on.
    pub path: String,
    /// The line, from 1 on.
    pub line: usize,
    /// The column, from 1 on.
    pub column: usize,
    /// How many characters of that line it is about; zero where it is about the whole of something.
    pub length: usize,
    /// A word for programs.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl Finding {
    pub(super) fn new(path: &str, line: usize, code: &'static str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, column: 1, length: 0, code, message: message.into(), mend: mend.into() }
    }
}

impl Finding {
    /// A finding about a piece of a file's text, in bytes. What goes over several lines is underlined on the first.
    pub(super) fn at(
        path: &str,
        text: &str,
        place: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        let before = text.get(..place.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(1, |rest| rest.chars().count() + 1);
        let piece = text.get(place).unwrap_or_default();
        let length = piece.lines().next().map_or(0, |line| line.chars().count());
        Self { column, length, ..Self::new(path, line, code, message, mend) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} [{}]. {}", self.path, self.line, self.column, self.message, self.code, self.mend)
    }
}

/// Leaves out what only follows from a file that cannot be read: who mends that file has mended the rest.
pub(super) fn causes(findings: &mut Vec<Finding>) {
    let unread = |finding: &&Finding| matches!(finding.code, "toml" | "bibtex" | "front-matter" | "missing" | "unreadable");
    let broken: BTreeSet<String> = findings.iter().filter(unread).map(|finding| finding.path.clone()).collect();
    let is = |path: &str| broken.contains(path);
    let folders: BTreeSet<&str> = broken.iter().filter_map(|path| path.strip_prefix("modules/")?.split('/').next()).collect();
    let modules: Vec<&str> =
        broken.iter().filter_map(|path| path.strip_prefix("modules/")?.strip_suffix("/module.toml")?.split('-').next()).collect();
    let statements = broken.iter().any(|path| path.starts_with("statements/"));
    findings.retain(|finding| {
        let folder = finding.path.strip_prefix("modules/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        match finding.code {
            "competency" | "unchecked" => !is("competencies.toml"),
            "citation" | "uncited" => !is("references.bib"),
            "term" | "unlinked" => !is("glossary.md"),
            "988" => !is("help.toml"),
            "coverage" | "hours" => folders.is_empty() && !is("competencies.toml"),
            "self-paced" | "objective" | "live" | "pause" => !folders.contains(folder),
            "prerequisite" | "module" => !modules.iter().any(|module| finding.message == format!("there is no module {module}")),
            "program" => {
                let said = &finding.message;
                let lost = |folder: &&str| said.contains(&format!("`{}` has no", folder.split('-').next().unwrap_or_default()));
                !(folders.iter().any(lost) || (statements && said.starts_with("there is no statement")))
            }
            _ => true,
        }
    });
}
