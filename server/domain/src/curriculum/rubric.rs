//! Rubrics: lines, and the levels of each.

/// How work is graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its lines.
    pub lines: Vec<RubricLine>,
}

/// One line of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricLine {
    /// Its id.
    pub id: String,
    /// What is looked at.
    pub title: String,
    /// What to ask oneself.
    pub hint: String,
    /// The levels, best first.
    pub levels: Vec<Level>,
}

/// One level of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// What it is worth.
    pub points: i32,
    /// A word for it.
    pub label: String,
    /// What it looks like.
    pub anchor: String,
}
