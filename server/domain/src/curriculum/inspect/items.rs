//! The questions of all banks as they are written: what the compiled form has no use for.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::super::{
    Finding, Question, Source, front,
    markdown::{Shelf, Writer},
    place,
    questions::{self, Read},
    source,
};
use crate::ids::hex;

/// A bank: the check of a module, or a part of the exam.
pub(super) struct Bank {
    pub(super) path: String,
    /// The whole file, so that a finding can point at its words.
    pub(super) text: String,
    /// The id of the bank, such as `m02-check`.
    pub(super) id: String,
    pub(super) scored: bool,
    pub(super) draw: usize,
    pub(super) items: Vec<Item>,
    /// Questions that are not asked any more.
    pub(super) retired: Vec<Item>,
    /// Ids of questions that are not in the text any more, and must not come back.
    pub(super) retired_ids: Vec<String>,
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
    /// Nothing of what counts in it was left open by a slip.
    pub(super) sure: bool,
}

impl Bank {
    /// All questions in the text, retired ones too.
    pub(super) fn written(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain(&self.retired)
    }

    /// Whether nobody can use this question's id for another one: it is in the text, or listed as retired.
    pub(super) fn keeps(&self, id: &str) -> bool {
        self.written().any(|item| item.question.id == id) || self.retired_ids.iter().any(|retired| retired == id)
    }

    /// A finding about words of the paragraph that begins on this line; about the line where there are none.
    pub(super) fn find(
        &self,
        line: usize,
        words: &str,
        code: &'static str,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> Finding {
        Finding::at(&self.path, &self.text, place::in_line(&self.text, line, words), code, message, mend)
    }

    /// A finding about a field of its front matter.
    pub(super) fn field(&self, key: &str, code: &'static str, message: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding::at(&self.path, &self.text, place::in_field(&self.text, key, ""), code, message, mend)
    }
}

impl Item {
    /// What is shown, what is right, and what is explained: each by its own digest, in short.
    pub(super) fn digests(&self) -> [String; 3] {
        let question = &self.question;
        let options = |pick: fn(&super::super::Choice) -> String| question.options.iter().map(pick).collect::<Vec<_>>().join("\u{1}");
        let shown = format!("{}\u{1}{}\u{1}{}", question.stem, question.body, options(|option| format!("{} {}", option.id, option.text)));
        // What is right does not depend on the order of the options.
        let mut right: Vec<String> = question.options.iter().map(|option| format!("{} {}", option.id, option.right)).collect();
        right.sort();
        let key = format!("{:?} {} {}", question.kind, question.points, right.join("\u{1}"));
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
        let mut writer = Writer::new(path, text, &shelf);
        let read = questions::all(&mut writer, body, first, competencies);
        let (retired, asked): (Vec<_>, Vec<_>) = read.into_iter().partition(|read| read.retired);
        if exam {
            findings.append(&mut writer.findings);
            findings.extend(questions::check_bank(path, text, front.draw, asked.len()));
        }
        let [items, retired] = [asked, retired].map(|some| some.into_iter().filter_map(|read| item(read, body, first)).collect());
        let bank = Bank {
            path: path.clone(),
            text: text.clone(),
            id: front.id,
            scored: front.scored,
            draw: front.draw,
            items,
            retired,
            retired_ids: front.retired_ids,
        };
        // Among checks and drills the compiler has looked.
        if let Some(other) = banks.iter().find(|other: &&Bank| other.id == bank.id && (exam || other.path.starts_with("exams/"))) {
            let message = format!("the bank {} stands in {} already", bank.id, other.path);
            findings.push(bank.field("id", "id-twice", message, "Give one of them another id."));
        }
        banks.push(bank);
    }
    banks
}

fn item(read: Read, body: &str, first: usize) -> Option<Item> {
    let Read { question, sure, .. } = read;
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
        sure,
        question,
    })
}
