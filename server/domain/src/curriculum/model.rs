//! A compiled release: what the pages and the other modules read.

use std::collections::BTreeMap;

use types::{Domain, Minutes};

use super::{GuidePart, HelpLine, Rubric};

/// What stands behind the module's id in the key of a drill.
const DRILL: &str = "-drill";

/// The key of a module's drill, as [`Release::check`] takes it.
pub fn drill_key(module: &str) -> String {
    format!("{module}{DRILL}")
}

/// One state of the content, compiled. Held in memory; never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// SHA-256 over the texts, in hexadecimal.
    pub digest: String,
    /// The modules in the order of their folders.
    pub modules: Vec<Module>,
    /// What people sign.
    pub statements: Vec<Statement>,
    /// The words that are explained, in alphabetical order.
    pub glossary: Vec<Term>,
    /// Where help is.
    pub help: Vec<HelpLine>,
    /// How work is graded.
    pub rubrics: Vec<Rubric>,
    /// The 62 core competencies.
    pub competencies: Vec<Competency>,
    /// The programs as they are written.
    pub programs: Vec<ProgramText>,
}

impl Release {
    /// The module with this id, such as `m02`.
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == id)
    }

    /// The check with this key, and its module: `m13` is the check of that module, `m13-drill` its drill.
    pub fn check(&self, key: &str) -> Option<(&Module, &Check)> {
        let (module, drill) = key.strip_suffix(DRILL).map_or((key, false), |module| (module, true));
        let module = self.module(module)?;
        let check = if drill { module.drill.as_ref() } else { module.check.as_ref() };
        Some((module, check?))
    }

    /// The statement with this id, such as `code-of-ethics`.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }

    /// The rubric with this id.
    pub fn rubric(&self, id: &str) -> Option<&Rubric> {
        self.rubrics.iter().find(|rubric| rubric.id == id)
    }
}

/// A module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its id, such as `m02`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The one idea to keep.
    pub big_idea: String,
    /// Time in live sessions.
    pub live: Minutes,
    /// Time alone.
    pub alone: Minutes,
    /// Modules to do before.
    pub prerequisites: Vec<String>,
    /// How the time is spread over the domains.
    pub domains: BTreeMap<Domain, Minutes>,
    /// What one can do afterwards.
    pub objectives: Vec<Objective>,
    /// The lessons in order.
    pub lessons: Vec<Lesson>,
    /// The check.
    pub check: Option<Check>,
    /// A second one for a skill that is practiced until it sits, such as cleaning notes.
    pub drill: Option<Check>,
    /// The facilitator's guides. For trainers only.
    pub guides: Vec<Guide>,
}

impl Module {
    /// Its check and its drill.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.check.iter().chain(&self.drill)
    }

    /// The lesson with this name in the address.
    pub fn lesson(&self, slug: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.slug == slug)
    }
}

/// What one can do after a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Its id.
    pub id: String,
    /// What one can do.
    pub text: String,
    /// The competencies it belongs to.
    pub competencies: Vec<String>,
}

/// A lesson with its HTML ready-made. Links to other lessons begin with `/~/modules/`: the page puts the
/// address that its reader's modules lie under in place of `/~`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Its id, such as `m02-l1`.
    pub id: String,
    /// Its name in the address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What one can do afterwards.
    pub summary: String,
    /// The objectives it teaches.
    pub objectives: Vec<String>,
    /// The text.
    pub html: String,
    /// The words explained in it: id, term, explanation as HTML.
    pub words: Vec<Term>,
    /// Its sources in the order of their numbers, as HTML.
    pub sources: Vec<String>,
    /// How many words there are to read.
    pub word_count: usize,
    /// Time for reading (180 words a minute) and for its activities.
    pub minutes: Minutes,
}

/// A check at the end of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its id, such as `m02-check`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is passed or failed.
    pub scored: bool,
    /// The share of points to pass, in hundredths; zero where it is not scored.
    pub pass_percent: i32,
    /// How many questions one attempt shows.
    pub draw: usize,
    /// The bank.
    pub questions: Vec<Question>,
}

/// A question in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id in its bank.
    pub id: String,
    /// SHA-256 over all of it, in hexadecimal: the name of this version.
    pub digest: String,
    /// Its kind.
    pub kind: Kind,
    /// What it is worth.
    pub points: i32,
    /// The question as HTML without a paragraph around it.
    pub stem: String,
    /// What stands between the question and its options, as HTML.
    pub body: String,
    /// The options in their written order.
    pub options: Vec<Choice>,
    /// Whether the options keep that order.
    pub fixed: bool,
    /// What to remember, as HTML.
    pub explanation: String,
    /// The competencies it belongs to.
    pub competencies: Vec<String>,
    /// The domain it belongs to.
    pub domain: Domain,
}

/// The kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One right option.
    Single,
    /// Several right options.
    Multiple(Credit),
    /// True or false.
    TrueFalse,
}

/// What part of a right answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credit {
    /// All or nothing.
    All,
    /// A share for each right option, less one for each wrong one.
    Partial,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id in its question.
    pub id: String,
    /// Its text as HTML without a paragraph around it.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// What it teaches, as HTML.
    pub feedback: String,
}

/// A facilitator's guide to a live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its id, such as `m02-live-1`.
    pub id: String,
    /// Its name in the address, such as `live-1`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// How long the session is.
    pub minutes: Minutes,
    /// The text, with an id on the heading of each part.
    pub html: String,
    /// Its parts, in their order.
    pub parts: Vec<GuidePart>,
}

/// A text that people sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its id, such as `code-of-ethics`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The text.
    pub html: String,
    /// SHA-256 of the written text, in hexadecimal.
    pub digest: String,
}

/// A word that is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// The word.
    pub term: String,
    /// The explanation as HTML without a paragraph around it.
    pub html: String,
}

/// A core competency, in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Its id, such as `CC06.1`.
    pub id: String,
    /// What somebody does.
    pub text: String,
}

/// A program as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramText {
    /// The file.
    pub path: String,
    /// The text.
    pub text: String,
}
