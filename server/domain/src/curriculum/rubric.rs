//! Rubrics: lines, and the levels of each.

/// The id of the rubric by which practicum entries are rated. A release with a practicum has it.
pub const PRACTICUM_ENTRY: &str = "practicum-entry";

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
    /// Work at this level is not approved, however good the rest of it is.
    pub blocks: bool,
}

impl Rubric {
    /// So many lines it may have: a trainer answers each of them for each entry, and the form has room for these.
    pub const MOST_LINES: usize = 6;

    /// The level among these points, by line, at which work is not approved, where there is one.
    pub fn blocking(&self, scores: &[(String, i32)]) -> Option<&Level> {
        scores.iter().find_map(|(id, points)| {
            let line = self.lines.iter().find(|line| line.id == *id)?;
            line.levels.iter().find(|level| level.blocks && level.points == *points)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_stands_in_the_way_on_its_own_line_only() {
        let level = |points, blocks| Level { points, label: format!("level {points}"), anchor: String::new(), blocks };
        let line = |id: &str, blocks| RubricLine {
            id: id.to_owned(),
            title: String::new(),
            hint: String::new(),
            levels: vec![level(2, false), level(0, blocks)],
        };
        let lines = vec![line("clear", false), line("privacy", true)];
        let rubric = Rubric { id: PRACTICUM_ENTRY.to_owned(), title: String::new(), lines };
        let scores = |clear, privacy| vec![("clear".to_owned(), clear), ("privacy".to_owned(), privacy)];
        assert_eq!(rubric.blocking(&scores(0, 2)), None);
        assert_eq!(rubric.blocking(&scores(2, 0)).map(|level| level.points), Some(0));
        assert_eq!(rubric.blocking(&[("gone".to_owned(), 0)]), None, "a line that the rubric does not have");
    }
}
