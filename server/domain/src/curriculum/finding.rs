//! What is wrong with authored content, and where.

use std::{fmt, ops::Range};

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
