//! The questions of all banks as they are written: what the compiled form has no use for.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::super::{
    Finding, Question, Source, front,
    markdown::{Shelf, Writer},
    questions, source,
};
use crate::ids::hex;

/// A bank: the check of a module, or a part of the exam.
pub(super) struct Bank {
    pub(super) path: String,
    /// The id of the bank, such as `m02-check`.
    pub(super) id: String,
    pub(super) scored: bool,
    pub(super) draw: usize,
    pub(super) items: Vec<Item>,
}

/// A question with what its authors say of it.
pub(super) struct Item {
    pub(super) question: Question,
    /// The line of its heading.
    pub(super) line: usize,
    pub(super) scenario: bool,
    pub(super) source: Option<String>,
    /// Which module teaches it. Items of the exam say so.
    pub(super) module: Option<String>,
    pub(super) rev: u32,
    pub(super) regrade: Option<String>,
}

impl Item {
    /// What is shown, what is right, and what is explained: each by its own digest, in short.
    pub(super) fn digests(&self) -> [String; 3] {
        let question = &self.question;
        let options = |pick: fn(&super::super::Choice) -> String| question.options.iter().map(pick).collect::<Vec<_>>().join("\u{1}");
        let shown = format!("{}\u{1}{}\u{1}{}", question.stem, question.body, options(|option| format!("{} {}", option.id, option.text)));
        let key = format!("{:?} {} {}", question.kind, question.points, options(|option| format!("{} {}", option.id, option.right)));
        let explained = format!("{}\u{1}{}", question.explanation, options(|option| format!("{} {}", option.id, option.feedback)));
        [shown, key, explained].map(|text| hex(&Sha256::digest(text.as_bytes())).chars().take(16).collect())
    }
}

/// The banks of the folder: checks first, then the exam. Findings of the exam's parts are added; those of
/// checks were found when they were compiled.
pub(super) fn banks(
    source: &Source,
    competencies: &BTreeSet<String>,
    works: &BTreeMap<String, String>,
    findings: &mut Vec<Finding>,
) -> Vec<Bank> {
    let mut banks = Vec::new();
    for (path, text) in &source.files {
        let check = path.starts_with("modules/") && (path.ends_with("/check.md") || path.ends_with("/drill.md"));
        let exam = path.starts_with("exams/") && source::ending(path) == "md";
        if !check && !exam {
            continue;
        }
        let Ok((front, body, first)) = front::split::<super::super::files::CheckFront>(path, text) else {
            if exam {
                findings.extend(front::split::<super::super::files::CheckFront>(path, text).err());
            }
            continue;
        };
        let (terms, lessons, checks) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        let shelf = Shelf { works, terms: &terms, lessons: &lessons, checks: &checks };
        let mut writer = Writer::new(path, &shelf);
        let read = questions::read(&mut writer, body, first, competencies);
        if exam {
            findings.append(&mut writer.findings);
            findings.extend(questions::check_bank(path, front.draw, &read));
        }
        let items = read.into_iter().filter_map(|question| item(question, body, first)).collect();
        banks.push(Bank { path: path.clone(), id: front.id, scored: front.scored, draw: front.draw, items });
    }
    banks
}

fn item(question: Question, body: &str, first: usize) -> Option<Item> {
    let mark = format!("{{#{} ", question.id);
    let (n, heading) = body.lines().enumerate().find(|(_, line)| line.starts_with("### ") && line.contains(&mark))?;
    let (_, attributes) = heading.rsplit_once(&mark)?;
    let value = |name: &str| {
        attributes.trim_end_matches('}').split_whitespace().find_map(|word| Some(word.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
    };
    Some(Item {
        line: first + n,
        scenario: value("scenario").as_deref() == Some("true"),
        source: value("source"),
        module: value("module"),
        rev: value("rev").and_then(|rev| rev.parse().ok()).unwrap_or(1),
        regrade: value("regrade"),
        question,
    })
}
