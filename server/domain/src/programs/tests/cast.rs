//! The two programs of this house, and facts in few words.

use jiff::{civil, tz::TimeZone};
use types::{AttemptId, Category, Domain, EntryId, LiveSessionId, Minutes, Moment, RecordId};
use uuid::Uuid;

use crate::programs::{
    Known, KnownCheck, KnownModule, Ledger, Program, evaluate,
    facts::{AttendanceFact, BegunFact, CheckFact, Facts, LessonFact, PracticumFact, PracticumState, SignatureFact},
    parse,
};

pub(super) const FOUNDATIONS: &str = include_str!("../../../../../content/programs/foundations-2026.toml");
pub(super) const MODEL_ALIGNED: &str = include_str!("../../../../../content/programs/model-aligned-2026.toml");

pub(super) fn foundations() -> Program {
    read(FOUNDATIONS)
}

pub(super) fn model_aligned() -> Program {
    read(MODEL_ALIGNED)
}

/// A program with content that holds its first two modules, and every statement.
pub(super) fn read(text: &str) -> Program {
    let program = parse(text).unwrap();
    let known = content(&program);
    program.with(&known)
}

pub(super) fn content(program: &Program) -> Known {
    let modules = program.modules.iter().take(2).zip([4, 5]).map(|(module, lessons)| KnownModule {
        id: module.id.clone(),
        title: module.title.clone(),
        live: module.live,
        guides: Vec::new(),
        alone: module.alone,
        by_domain: module.by_domain.clone(),
        lessons,
        drill: None,
        check: Some(KnownCheck { pass_percent: (module.id != "m01").then_some(80) }),
    });
    Known { modules: modules.collect(), statements: program.statements().map(ToOwned::to_owned).collect() }
}

pub(super) fn zone() -> TimeZone {
    TimeZone::get("America/Chicago").unwrap()
}

/// A day of 2026 at so many hours, in the organization's zone.
pub(super) fn on(month: i8, day: i8, hour: i8) -> Moment {
    Moment(civil::date(2026, month, day).at(hour, 0, 0, 0).to_zoned_datetime(zone()).unwrap().timestamp().as_millisecond())
}

/// With plain blanks for those that hold a number and its unit together.
pub(super) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

pub(super) fn judge(program: &Program, facts: &Facts) -> Ledger {
    evaluate(program, facts, on(12, 1, 12), &zone())
}

pub(super) fn enrolled() -> Facts {
    Facts { enrolled_at: on(9, 1, 9), ..Facts::default() }
}

pub(super) fn lesson(module: &str, n: u8, at: Moment) -> LessonFact {
    LessonFact { module: module.to_owned(), lesson: format!("{module}-l{n}"), at }
}

pub(super) fn check(n: u128, module: &str, percent: i32, passed: Option<bool>, at: Moment) -> CheckFact {
    CheckFact { attempt: AttemptId(Uuid::from_u128(n)), module: module.to_owned(), reached: percent * 10, possible: 1000, passed, at }
}

pub(super) fn begin(n: u128, module: &str, at: Moment) -> BegunFact {
    BegunFact { attempt: AttemptId(Uuid::from_u128(n)), module: module.to_owned(), at }
}

pub(super) fn session(n: u128, module: &str, minutes: i32, at: Moment) -> AttendanceFact {
    let id = Uuid::from_u128(n);
    AttendanceFact {
        record: RecordId(id),
        session: LiveSessionId(id),
        module: module.to_owned(),
        guide: None,
        at,
        minutes: Minutes(minutes),
    }
}

pub(super) fn signed(statement: &str, at: Moment) -> SignatureFact {
    SignatureFact { statement: statement.to_owned(), version: "2026-11".to_owned(), at }
}

pub(super) fn entry(n: u128, category: Category, minutes: i32, at: Moment, state: PracticumState) -> PracticumFact {
    PracticumFact {
        entry: EntryId(Uuid::from_u128(n)),
        category,
        domain: Domain::Recovery,
        at,
        minutes: Minutes(minutes),
        direct: category != Category::Shadowing,
        placement_from: None,
        state,
    }
}

/// Everything that Foundations asks for, and nothing more.
pub(super) fn finished() -> Facts {
    Facts {
        checks: vec![
            check(1, "m01", 50, None, on(9, 2, 18)),
            check(2, "m02", 70, Some(false), on(9, 5, 18)),
            check(3, "m02", 90, Some(true), on(9, 6, 18)),
        ],
        attendance: vec![session(1, "m01", 120, on(9, 3, 17))],
        signatures: vec![signed("code-of-ethics", on(9, 7, 12))],
        practicum: vec![
            entry(1, Category::OneToOne, 150, on(9, 10, 10), PracticumState::Approved(on(9, 12, 9))),
            entry(2, Category::OneToOne, 120, on(9, 11, 10), PracticumState::Approved(on(9, 12, 9))),
            entry(3, Category::Groups, 90, on(9, 14, 10), PracticumState::Approved(on(9, 16, 9))),
        ],
        ..enrolled()
    }
}
