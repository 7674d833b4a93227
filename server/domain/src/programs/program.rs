//! What a program is: one configured set of rules for one certificate, in one dated version.

use jiff::civil::Date;
use types::{Domain, Minutes};

use super::Rule;

/// A program in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name in addresses, such as `foundations-2026`.
    pub id: String,
    /// The version, such as `2026.1`. A person stays on the one they enrolled under.
    pub version: String,
    /// What people call it.
    pub title: String,
    /// One or two sentences for lists.
    pub summary: String,
    /// Who issues its certificate.
    pub issue: Issue,
    /// What one leaves with.
    pub certificate: Certificate,
    /// The first day on which this version holds.
    pub effective_from: Date,
    /// Where its rules come from, and when that was last looked up.
    pub source: Source,
    /// The line that sends people to their board.
    pub confirm: String,
    /// What it deliberately does not ask for.
    pub not_asked: Vec<String>,
    /// What it costs, line by line.
    pub fees: Vec<Fee>,
    /// What keeps its certificate in force after the first period.
    pub renewal: Option<Renewal>,
    /// The modules, in their order; people call them by their number in it.
    pub modules: Vec<Module>,
    /// What it asks for, in the order in which it is best done.
    pub requirements: Vec<Requirement>,
}

/// Who issues the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// The platform, once the ledger is complete: a certificate of completion.
    Automatic,
    /// A certification officer, by a recorded decision.
    Officer,
}

/// What a certificate of this program says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Of which kind it is.
    pub kind: CertificateKind,
    /// Its title.
    pub title: String,
    /// One sentence on what it stands for.
    pub description: String,
    /// For how many months it holds; `None` for ever.
    pub valid_months: Option<i32>,
    /// Whose rule that period is.
    pub valid_note: String,
}

/// The two kinds of certificate. Finishing a course is never certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateKind {
    /// Somebody finished a course.
    Completion,
    /// A certifying body decided.
    Certification,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// In words.
    pub words: String,
    /// The address of the text, where there is one.
    pub url: Option<String>,
    /// The day on which somebody last looked it up.
    pub checked_on: Date,
}

/// A line of the costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// For what.
    pub title: String,
    /// How much, in US cents.
    pub cents: i64,
    /// What more there is to know, such as a waiver.
    pub note: String,
}

/// What keeps a certificate in force after its first period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Every so many months.
    pub months: i32,
    /// So much continuing education.
    pub minutes: Minutes,
    /// So much of it on ethics.
    pub ethics: Minutes,
    /// Whether one can renew here yet.
    pub offered: bool,
    /// Where the rule comes from.
    pub source: Source,
}

/// A module as the program counts it. The release holds its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its id, such as `m02`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long its live sessions are in all.
    pub live: Minutes,
    /// Its live sessions one by one, in the content that the program was published with.
    pub guides: Vec<Guide>,
    /// How long it takes alone.
    pub alone: Minutes,
    /// Under which domains those minutes count; they add up to both.
    pub by_domain: Vec<(Domain, Minutes)>,
    /// How many lessons it has in the content that the program was published with.
    pub lessons: usize,
    /// Whether it has a drill in that content.
    pub drill: bool,
    /// Whether it can be learned here yet: it is in that content, and not held back.
    pub offered: bool,
    /// Where it stands in the file.
    pub place: Place,
}

/// One of a module's live sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The id of its facilitator's guide, such as `m02-live-1`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it is.
    pub minutes: Minutes,
}

/// One thing that a program asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its id within the program.
    pub id: String,
    /// What people read.
    pub title: String,
    /// A few words more.
    pub note: String,
    /// Where it comes from.
    pub source: Source,
    /// What has to be shown.
    pub rule: Rule,
    /// The file says that it cannot be met here yet.
    pub declared_missing: bool,
    /// Where it stands in the file.
    pub place: Place,
}

/// A place in the file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in letters.
    pub column: usize,
}

impl Module {
    /// What people call this one of its live sessions: `session 1 of 2: Four supports, many roads`.
    pub fn session(&self, guide: &str) -> Option<String> {
        let n = self.guides.iter().position(|one| one.id == guide)?;
        let title = self.guides.get(n).map_or("", |one| one.title.as_str());
        Some(match self.guides.len() {
            1 => format!("session: {title}"),
            all => format!("session {} of {all}: {title}", n + 1),
        })
    }
}

impl Program {
    /// The module with this id.
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == id)
    }

    /// What people call a module in a sentence: `module 2`.
    pub fn number(&self, id: &str) -> String {
        match self.modules.iter().position(|module| module.id == id) {
            Some(n) => format!("module {}", n + 1),
            None => format!("module {id}"),
        }
    }

    /// Whether a module can be learned here yet.
    pub fn offers(&self, module: &str) -> bool {
        self.module(module).is_some_and(|module| module.offered)
    }

    /// The rule on practicum hours, where the program has one.
    pub fn practicum(&self) -> Option<&super::Practicum> {
        self.requirements.iter().find_map(|requirement| match &requirement.rule {
            Rule::Practicum(practicum) => Some(practicum),
            _ => None,
        })
    }

    /// Its rules on module checks.
    pub fn checks(&self) -> impl Iterator<Item = &super::Checks> {
        self.requirements.iter().filter_map(|requirement| match &requirement.rule {
            Rule::Checks(checks) => Some(checks),
            _ => None,
        })
    }

    /// The statements that the program asks people to sign, in its order.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        self.requirements.iter().filter_map(|requirement| requirement.rule.statement())
    }
}
