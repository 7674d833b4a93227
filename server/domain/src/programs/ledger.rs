//! What an evaluation says: for each requirement what is needed, what counted with its evidence, what did
//! not and why, and what to do next. Where something leads is a [`Target`]; addresses are the pages' to
//! know.

use types::{AttemptId, Category, Domain, EntryId, Minutes, Moment};

/// The ledger of one enrolment on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Every requirement, in the program's order.
    pub rows: Vec<Row>,
    /// The practicum hours, where the program asks for some.
    pub practicum: Option<Totals>,
    /// What to do next.
    pub next: Next,
}

impl Ledger {
    /// Whether every requirement is met.
    pub fn complete(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(Row::met)
    }

    /// When the last requirement was met, where all are.
    pub fn completed_at(&self) -> Option<Moment> {
        let met = |row: &Row| match row.status {
            Status::Met(at) => Some(at),
            _ => None,
        };
        self.rows.iter().map(met).collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// How many requirements are met.
    pub fn met(&self) -> usize {
        self.rows.iter().filter(|row| row.met()).count()
    }

    /// How many are under way, or wait for somebody.
    pub fn under_way(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.status, Status::UnderWay | Status::Waiting)).count()
    }
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The requirement's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A few words more.
    pub note: String,
    /// How far it is.
    pub status: Status,
    /// What is left, in a few words such as `7 h to go`; empty where nothing is or where it cannot be said.
    pub to_go: String,
    /// What is needed.
    pub needed: String,
    /// What counted.
    pub counted: String,
    /// The same as time, where it is time.
    pub measure: Option<Measure>,
    /// What counted, piece by piece.
    pub evidence: Vec<Evidence>,
    /// What did not, and why.
    pub not_counted: Vec<NotCounted>,
    /// What to do for it.
    pub next: Option<Step>,
}

impl Row {
    /// Whether it is met.
    pub const fn met(&self) -> bool {
        matches!(self.status, Status::Met(_))
    }
}

/// How far a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Met, since then.
    Met(Moment),
    /// Something is done, and something is left to do.
    UnderWay,
    /// Nothing is done yet.
    NotStarted,
    /// All is done on the trainee's side; somebody else has to decide.
    Waiting,
    /// It cannot be met here yet. Never treated as met.
    NotYetOffered,
    /// Nobody has looked the rule up. Never treated as met.
    Unknown,
}

/// Time needed, counted and waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Needed.
    pub needed: Minutes,
    /// Counted.
    pub counted: Minutes,
    /// Waiting for a decision.
    pub waiting: Minutes,
}

/// Something that counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it was.
    pub words: String,
    /// When.
    pub at: Moment,
    /// How much of it counted, where it is time.
    pub minutes: Option<Minutes>,
    /// Where it can be seen.
    pub target: Option<Target>,
}

/// Something that did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCounted {
    /// How much, where it is time.
    pub minutes: Option<Minutes>,
    /// Why: a sentence, without the time in front of it.
    pub reason: String,
    /// What can be done about it.
    pub step: Option<Step>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What, as a sentence.
    pub words: String,
    /// Why, or what to expect; may be empty.
    pub why: String,
    /// The words of its link.
    pub action: String,
    /// Where it is done.
    pub target: Target,
}

/// What to do next in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This.
    Do(Step),
    /// Nothing: somebody else has to decide. In words.
    Wait(String),
    /// Nothing: what is left is not offered yet, or nobody has looked it up. In words.
    Blocked(String),
    /// Everything is met.
    Complete,
}

/// Where something is seen or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A module.
    Module(String),
    /// A module's check.
    Check(String),
    /// A module's drill.
    Drill(String),
    /// A check that was begun or handed in.
    Attempt(AttemptId),
    /// The live sessions to come.
    LiveSessions,
    /// A statement.
    Statement(String),
    /// A new practicum entry.
    NewEntry,
    /// A practicum entry.
    Entry(EntryId),
}

/// Practicum hours, three times: what was sent, what was approved, what counts. Each is at most the one
/// before it, and every minute that was sent counts or has its reason among what does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Sent by the trainee: approved, or waiting for a decision.
    pub submitted: Minutes,
    /// Approved.
    pub approved: Minutes,
    /// Counted toward this program.
    pub counted: Minutes,
    /// Waiting for a decision.
    pub waiting: Minutes,
    /// Sent back to the trainee, and so not among what is sent until they send it again.
    pub sent_back: Minutes,
    /// Needed in all.
    pub needed: Minutes,
    /// How many entries counted.
    pub entries: usize,
    /// By category: every category that has minutes or a rule.
    pub by_category: Vec<Share<Category>>,
    /// By domain: every domain that has minutes or a rule.
    pub by_domain: Vec<Share<Domain>>,
    /// With people.
    pub direct: Measure,
}

/// The hours of one category or one domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share<K> {
    /// Which.
    pub of: K,
    /// Its hours; needed is zero where it has no rule.
    pub measure: Measure,
    /// No more than this counts.
    pub most: Option<Minutes>,
}
