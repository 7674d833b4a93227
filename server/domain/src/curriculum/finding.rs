//! What is wrong with authored content, and where.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the content folder on.
    pub path: String,
    /// The line, from 1 on.
    pub line: usize,
    /// The column, from 1 on.
    pub column: usize,
    /// A word for programs.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl Finding {
    pub(super) fn new(path: &str, line: usize, code: &'static str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, column: 1, code, message: message.into(), mend: mend.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} [{}]. {}", self.path, self.line, self.column, self.message, self.code, self.mend)
    }
}
