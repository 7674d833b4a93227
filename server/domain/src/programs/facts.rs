//! The dated facts of one enrolment, as the modules that keep them report them. Nothing in here is
//! derived from a rule: whether a fact counts is the evaluation's to say.

use types::{AttemptId, Category, Domain, EntryId, LiveSessionId, Minutes, Moment, RecordId};

/// Everything known of one enrolment that a rule may ask about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// When the enrolment began.
    pub enrolled_at: Moment,
    /// Lessons marked as done.
    pub lessons: Vec<LessonFact>,
    /// Checks begun and not handed in.
    pub begun: Vec<BegunFact>,
    /// Checks handed in and graded.
    pub checks: Vec<CheckFact>,
    /// Live sessions attended.
    pub attendance: Vec<AttendanceFact>,
    /// Statements signed.
    pub signatures: Vec<SignatureFact>,
    /// Practicum entries in every state but draft.
    pub practicum: Vec<PracticumFact>,
}

/// A lesson marked as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonFact {
    /// The module, such as `m02`.
    pub module: String,
    /// The lesson's id, such as `m02-l1`.
    pub lesson: String,
    /// When.
    pub at: Moment,
}

/// A check that was begun and not handed in. It meets nothing; it only says where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunFact {
    /// The attempt.
    pub attempt: AttemptId,
    /// The module whose check it is.
    pub module: String,
    /// When it was begun.
    pub at: Moment,
}

/// A check that was handed in and graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFact {
    /// The attempt.
    pub attempt: AttemptId,
    /// The module whose check it is.
    pub module: String,
    /// Points reached, in hundredths.
    pub reached: i32,
    /// Points there were, in hundredths.
    pub possible: i32,
    /// Passed or not; `None` where the check is unscored.
    pub passed: Option<bool>,
    /// When it was handed in.
    pub at: Moment,
}

/// One person at one live session, as the newest record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceFact {
    /// The record.
    pub record: RecordId,
    /// The session.
    pub session: LiveSessionId,
    /// The module it belongs to.
    pub module: String,
    /// Which of the module's sessions it was, by its guide; `None` where that was never said.
    pub guide: Option<String>,
    /// When the session began.
    pub at: Moment,
    /// How long this person was there; zero where they were absent.
    pub minutes: Minutes,
}

/// A statement that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFact {
    /// The statement, such as `code-of-ethics`.
    pub statement: String,
    /// The version whose text was signed.
    pub version: String,
    /// When.
    pub at: Moment,
}

/// A practicum entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticumFact {
    /// The entry.
    pub entry: EntryId,
    /// The kind of work.
    pub category: Category,
    /// The domain it counts under; one only, so that no minute counts twice.
    pub domain: Domain,
    /// When the work began.
    pub at: Moment,
    /// How long it was.
    pub minutes: Minutes,
    /// Whether it was work with people, as the entry says.
    pub direct: bool,
    /// When the placement began, where the entry belongs to one.
    pub placement_from: Option<Moment>,
    /// How far it is.
    pub state: PracticumState,
}

/// How far an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PracticumState {
    /// Sent then, not yet decided.
    Submitted(Moment),
    /// Approved then.
    Approved(Moment),
    /// Sent back then.
    Returned(Moment),
    /// Taken back by the trainee.
    Withdrawn,
}
