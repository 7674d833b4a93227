//! The kinds of rule. A new kind is a variant here, a reader in `parse_rule`, and a judge in `evaluate`.

use types::{Category, Domain, Minutes};

/// What a requirement asks to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Every lesson of a module is marked as done.
    Lessons {
        /// The module.
        module: String,
    },
    /// Module checks are handed in, or passed.
    Checks(Checks),
    /// Live sessions are attended.
    Live {
        /// Sessions of any of these modules count.
        modules: Vec<String>,
        /// So many sessions.
        sessions: usize,
        /// Each of them at least this long.
        minutes: Minutes,
    },
    /// All live hours of all modules are attended; a make-up session counts like any other.
    LiveHours,
    /// Training hours, live and alone, of the program's modules.
    TrainingHours {
        /// In all.
        minutes: Minutes,
        /// Under each domain.
        by_domain: Vec<(Domain, Minutes)>,
    },
    /// A statement is signed.
    Statement {
        /// Its id.
        statement: String,
    },
    /// The person says of themselves that they have lived experience. No proof is asked.
    Attestation {
        /// The statement by which they say so.
        statement: String,
    },
    /// The person says that they have a plan for staying well. Nobody reads it.
    WellnessPlan {
        /// The statement by which they say so.
        statement: String,
    },
    /// Practicum hours.
    Practicum(Practicum),
    /// Supervision, kept in a ledger of its own.
    Supervision(Supervision),
    /// An exam.
    Exam(Exam),
    /// A role play is rated as ready.
    RolePlay {
        /// The module that teaches it.
        module: String,
    },
    /// A drill is passed.
    Drill {
        /// The module that teaches it.
        module: String,
        /// From 1 to 100.
        pass_percent: u8,
    },
    /// A certification officer decides.
    OfficerDecision,
    /// Nobody has looked the rule up. Never met.
    Unknown {
        /// Whom to ask.
        ask: String,
    },
}

/// Module checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    /// Modules whose check has no score: handing it in is enough.
    pub taken: Vec<String>,
    /// Modules whose check has to be passed.
    pub passed: Vec<String>,
    /// What passes, from 1 to 100.
    pub pass_percent: u8,
}

impl Checks {
    /// Every module, unscored ones first within the given order of `taken` and `passed`.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.taken.iter().chain(&self.passed).map(String::as_str)
    }

    /// The mark that a module's check has to reach; `None` where handing it in is enough.
    pub fn mark(&self, module: &str) -> Option<u8> {
        self.passed.iter().any(|passed| passed == module).then_some(self.pass_percent)
    }
}

/// Practicum hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practicum {
    /// At least so many entries.
    pub entries: usize,
    /// At least so long in all.
    pub minutes: Minutes,
    /// In at least so many categories.
    pub categories: usize,
    /// The least and the most of single categories.
    pub by_category: Vec<CategoryRule>,
    /// The least under single domains.
    pub by_domain: Vec<(Domain, Minutes)>,
    /// At least this much of it with people.
    pub direct: Minutes,
    /// The categories in which work can be with people; empty where the entry's own word is enough.
    pub direct_categories: Vec<Category>,
    /// Modules whose checks come before any work with people.
    pub gate: Vec<String>,
    /// Whose word an entry needs.
    pub attest: Vec<Attestor>,
    /// Whether an entry must belong to a placement. Where it does belong to one, it never counts before
    /// the placement began.
    pub placement: bool,
}

/// The least and the most of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRule {
    /// The category.
    pub category: Category,
    /// At least.
    pub least: Minutes,
    /// No more than this counts.
    pub most: Option<Minutes>,
}

/// Who gives their word for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attestor {
    /// A trainer approves it.
    Trainer,
    /// The supervisor at the site confirms it.
    SiteSupervisor,
}

/// Supervision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// In all.
    pub minutes: Minutes,
    /// Of it one to one.
    pub one_to_one: Minutes,
    /// Sessions in which the supervisor saw the work.
    pub observed: usize,
    /// At least one contact in so many days while active; zero for no such rule.
    pub every_days: usize,
    /// After so much of the practicum the two tell each other how it goes, both ways.
    pub check_ins: Vec<Minutes>,
}

/// An exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    /// How many questions.
    pub items: usize,
    /// How many graded tries.
    pub tries: usize,
    /// How many stations its practical part has; zero for none.
    pub stations: usize,
}

impl Rule {
    /// The name of the kind, as it stands in the file.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Lessons { .. } => "lessons",
            Self::Checks(_) => "check",
            Self::Live { .. } => "live",
            Self::LiveHours => "live_hours",
            Self::TrainingHours { .. } => "training_hours",
            Self::Statement { .. } => "statement",
            Self::Attestation { .. } => "attestation",
            Self::WellnessPlan { .. } => "wellness_plan",
            Self::Practicum(_) => "practicum",
            Self::Supervision(_) => "supervision",
            Self::Exam(_) => "exam",
            Self::RolePlay { .. } => "role_play",
            Self::Drill { .. } => "drill",
            Self::OfficerDecision => "officer_decision",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The statement that is signed for it, where there is one.
    pub fn statement(&self) -> Option<&str> {
        match self {
            Self::Statement { statement } | Self::Attestation { statement } | Self::WellnessPlan { statement } => Some(statement),
            _ => None,
        }
    }

    /// The modules that it names.
    pub fn modules(&self) -> Vec<&str> {
        match self {
            Self::Lessons { module } | Self::RolePlay { module } | Self::Drill { module, .. } => vec![module],
            Self::Checks(checks) => checks.modules().collect(),
            Self::Live { modules, .. } => modules.iter().map(String::as_str).collect(),
            Self::Practicum(practicum) => practicum.gate.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// What this platform cannot take down yet, as the end of a sentence: a requirement of this kind is
    /// declared and never met. `None` for the kinds whose facts are kept.
    pub fn missing_here(&self) -> Option<&'static str> {
        match self {
            Self::Supervision(_) => Some("a ledger of supervision"),
            Self::Exam(_) => Some("the exam"),
            Self::RolePlay { .. } => Some("rating role plays"),
            Self::OfficerDecision => Some("the officer’s decision"),
            Self::Practicum(practicum) if practicum.attest.contains(&Attestor::SiteSupervisor) => Some("the word of your site supervisor"),
            _ => None,
        }
    }
}
