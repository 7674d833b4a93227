//! The addresses of our pages, typed: no page writes another page's address by hand.

use std::fmt;

use types::{AttemptId, CertificateId, EntryId, LiveSessionId, UnfinishedId};

/// A page of ours. `Display` writes its path.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the page whose path stands in `Display` below")]
pub enum Route<'a> {
    Home,
    Help,
    Privacy,
    Access,
    Programs,
    Program { program: &'a str },
    SignUp,
    SignUpSent,
    Confirm,
    SignIn,
    SignOut,
    Forgot,
    ForgotSent,
    Reset,
    Account,
    AcceptInvitation,
    Outbox,
    Learn,
    Ledger { program: &'a str },
    Module { program: &'a str, module: &'a str },
    Lesson { program: &'a str, module: &'a str, lesson: &'a str },
    Check { program: &'a str, module: &'a str },
    Drill { program: &'a str, module: &'a str },
    Statement { program: &'a str, statement: &'a str },
    LearnSessions { program: &'a str },
    Attempt { attempt: AttemptId },
    Practicum,
    NewEntry,
    Entry { entry: EntryId },
    EditEntry { entry: EntryId },
    Unfinished { unfinished: UnfinishedId },
    Placements,
    Trainer,
    Queue,
    QueueEntry { entry: EntryId },
    LiveSessions,
    LiveSession { session: LiveSessionId },
    Trainees,
    TrainerModules,
    TrainerModule { module: &'a str },
    TrainerCheck { module: &'a str },
    TrainerDrill { module: &'a str },
    TrainerLesson { module: &'a str, lesson: &'a str },
    TrainerGuide { module: &'a str, guide: &'a str },
    Office,
    Verify,
    Certificate { certificate: CertificateId },
    CertificateSheet { certificate: CertificateId },
    SignedCertificate { certificate: CertificateId },
}

/// Whose pages of a module they are: a trainee reads in a program, a trainer in the newest release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the reader of its name")]
pub enum Reader<'a> {
    Trainee { program: &'a str },
    Trainer,
}

impl<'a> Reader<'a> {
    /// The page that the others lie under.
    pub fn start(self) -> Route<'a> {
        match self {
            Self::Trainee { program } => Route::Ledger { program },
            Self::Trainer => Route::Trainer,
        }
    }

    /// A module.
    pub fn module(self, module: &'a str) -> Route<'a> {
        match self {
            Self::Trainee { program } => Route::Module { program, module },
            Self::Trainer => Route::TrainerModule { module },
        }
    }

    /// A lesson of it.
    pub fn lesson(self, module: &'a str, lesson: &'a str) -> Route<'a> {
        match self {
            Self::Trainee { program } => Route::Lesson { program, module, lesson },
            Self::Trainer => Route::TrainerLesson { module, lesson },
        }
    }

    /// Its check.
    pub fn check(self, module: &'a str) -> Route<'a> {
        match self {
            Self::Trainee { program } => Route::Check { program, module },
            Self::Trainer => Route::TrainerCheck { module },
        }
    }
}

impl fmt::Display for Route<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::Help => f.write_str("/help"),
            Self::Privacy => f.write_str("/privacy"),
            Self::Access => f.write_str("/access"),
            Self::Programs => f.write_str("/programs"),
            Self::Program { program } => write!(f, "/programs/{program}"),
            Self::SignUp => f.write_str("/signup"),
            Self::SignUpSent => f.write_str("/signup/sent"),
            Self::Confirm => f.write_str("/confirm"),
            Self::SignIn => f.write_str("/login"),
            Self::SignOut => f.write_str("/logout"),
            Self::Forgot => f.write_str("/forgot"),
            Self::ForgotSent => f.write_str("/forgot/sent"),
            Self::Reset => f.write_str("/reset"),
            Self::Account => f.write_str("/account"),
            Self::AcceptInvitation => f.write_str("/invitation"),
            Self::Outbox => f.write_str("/outbox"),
            Self::Learn => f.write_str("/learn"),
            Self::Ledger { program } => write!(f, "/learn/{program}"),
            Self::Module { program, module } => write!(f, "/learn/{program}/modules/{module}"),
            Self::Lesson { program, module, lesson } => write!(f, "/learn/{program}/modules/{module}/{lesson}"),
            Self::Check { program, module } => write!(f, "/learn/{program}/modules/{module}/check"),
            Self::Drill { program, module } => write!(f, "/learn/{program}/modules/{module}/drill"),
            Self::Statement { program, statement } => write!(f, "/learn/{program}/statements/{statement}"),
            Self::LearnSessions { program } => write!(f, "/learn/{program}/sessions"),
            Self::Attempt { attempt } => write!(f, "/attempts/{attempt}"),
            Self::Practicum => f.write_str("/practicum"),
            Self::NewEntry => f.write_str("/practicum/new"),
            Self::Entry { entry } => write!(f, "/practicum/{entry}"),
            Self::EditEntry { entry } => write!(f, "/practicum/{entry}/edit"),
            Self::Unfinished { unfinished } => write!(f, "/practicum/unfinished/{unfinished}"),
            Self::Placements => f.write_str("/practicum/placements"),
            Self::Trainer => f.write_str("/trainer"),
            Self::Queue => f.write_str("/trainer/practicum"),
            Self::QueueEntry { entry } => write!(f, "/trainer/practicum/{entry}"),
            Self::LiveSessions => f.write_str("/trainer/sessions"),
            Self::LiveSession { session } => write!(f, "/trainer/sessions/{session}"),
            Self::Trainees => f.write_str("/trainer/trainees"),
            Self::TrainerModules => f.write_str("/trainer/modules"),
            Self::TrainerModule { module } => write!(f, "/trainer/modules/{module}"),
            Self::TrainerDrill { module } => write!(f, "/trainer/modules/{module}/drill"),
            Self::TrainerCheck { module } => write!(f, "/trainer/modules/{module}/check"),
            Self::TrainerLesson { module, lesson } => write!(f, "/trainer/modules/{module}/{lesson}"),
            Self::TrainerGuide { module, guide } => write!(f, "/trainer/modules/{module}/guides/{guide}"),
            Self::Office => f.write_str("/office"),
            Self::Verify => f.write_str("/verify"),
            Self::Certificate { certificate } => write!(f, "/certificates/{certificate}"),
            Self::CertificateSheet { certificate } => write!(f, "/certificates/{certificate}/sheet"),
            Self::SignedCertificate { certificate } => write!(f, "/certificates/{certificate}.jwt"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_out() {
        let lesson = Route::Lesson { program: "foundations-2026", module: "m02", lesson: "many-names" };
        assert_eq!(lesson.to_string(), "/learn/foundations-2026/modules/m02/many-names");
    }
}
