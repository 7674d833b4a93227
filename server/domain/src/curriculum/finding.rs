//! What is wrong with authored content, and where.

use std::{collections::BTreeSet, fmt, ops::Range};

use super::source::ending;

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
    pub(crate) fn new(path: &str, line: usize, code: &'static str, message: impl Into<String>, mend: impl Into<String>) -> Self {
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

/// Leaves out what only follows from something else that is wrong: who mends that has mended the rest.
pub(super) fn causes(findings: &mut Vec<Finding>) {
    let causes = Causes::of(findings);
    findings.retain(|finding| !causes.explain(finding));
}

/// What other findings follow from.
struct Causes {
    /// Files that cannot be read.
    unread: BTreeSet<String>,
    /// Files with a container that is none of ours: nobody knows what it was to be.
    unknown: BTreeSet<String>,
}

impl Causes {
    fn of(findings: &[Finding]) -> Self {
        let paths = |is: fn(&str) -> bool| -> BTreeSet<String> {
            findings.iter().filter(|finding| is(finding.code)).map(|finding| finding.path.clone()).collect()
        };
        Self {
            unread: paths(|code| matches!(code, "toml" | "bibtex" | "front-matter" | "missing" | "unreadable")),
            unknown: paths(|code| code == "container-unknown"),
        }
    }

    fn explain(&self, finding: &Finding) -> bool {
        let unread = |path: &str| self.unread.contains(path);
        let any = |is: fn(&str) -> bool| self.unread.iter().any(|path| is(path));
        let here = folder(&finding.path);
        let beside = |paths: &BTreeSet<String>| here.is_some() && paths.iter().any(|path| folder(path) == here);
        let said = finding.message.as_str();
        match finding.code {
            "competency" | "unchecked" => unread("competencies.toml"),
            "citation" => unread("references.bib"),
            // Questions cite works too.
            "uncited" => unread("references.bib") || any(is_bank),
            "term" | "unlinked" => unread("glossary.md"),
            "988" => unread("help.toml"),
            // One of those may have been an activity.
            "coverage" if said.ends_with("practiced") && !self.unknown.is_empty() => true,
            "coverage" | "hours" => any(|path| folder(path).is_some()) || unread("competencies.toml"),
            "objective" | "live" => beside(&self.unread),
            "self-paced" | "pause" => beside(&self.unread) || beside(&self.unknown),
            "activity" | "story" => self.unknown.contains(&finding.path),
            // These count over all parts of the exam.
            "bank-size" | "blueprint" | "scenarios" => finding.path == "exams/blueprint.toml" && any(is_exam),
            "lock" => said.ends_with("or cannot be read") && any(is_bank),
            "prerequisite" | "module" => self.modules().any(|module| said == format!("there is no module {module}")),
            "program" => self.program(said),
            _ => false,
        }
    }

    /// The ids of modules whose own file cannot be read.
    fn modules(&self) -> impl Iterator<Item = &str> {
        self.unread.iter().filter(|path| path.ends_with("/module.toml")).filter_map(|path| folder(path)).map(id)
    }

    fn program(&self, said: &str) -> bool {
        let lost = |folder: &str| said.contains(&format!("`{}` has no", id(folder)));
        let any_of = |folder: &str| self.unread.iter().any(|path| path.starts_with(folder));
        self.unread.iter().filter_map(|path| folder(path)).any(lost)
            || (said.starts_with("there is no statement") && any_of("statements/"))
            || (said.contains("no rubric") && any_of("rubrics/"))
    }
}

/// The folder of a module's file.
fn folder(path: &str) -> Option<&str> {
    path.strip_prefix("modules/")?.split('/').next()
}

/// The id of the module in this folder.
fn id(folder: &str) -> &str {
    folder.split('-').next().unwrap_or_default()
}

fn is_exam(path: &str) -> bool {
    path.starts_with("exams/") && ending(path) == "md"
}

fn is_bank(path: &str) -> bool {
    is_exam(path) || (path.starts_with("modules/") && (path.ends_with("/check.md") || path.ends_with("/drill.md")))
}
