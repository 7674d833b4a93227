//! Live sessions: single ones, and all live hours of the program.

use std::collections::BTreeMap;

use types::{Minutes, Moment};

use super::{About, Far, Judged, words};
use crate::programs::{Evidence, Measure, Module, NotCounted, Step, Target, facts::AttendanceFact};

/// So many sessions, each of a least length.
pub(super) fn sessions(about: &About<'_>, modules: &[String], wanted: usize, least: Minutes) -> Judged {
    let mine: Vec<&AttendanceFact> = about.facts.attendance.iter().filter(|fact| modules.contains(&fact.module)).collect();
    let (long, short): (Vec<&AttendanceFact>, Vec<&AttendanceFact>) =
        mine.into_iter().partition(|fact| fact.minutes >= least && fact.minutes > Minutes::ZERO);
    let ids: Vec<&str> = modules.iter().map(String::as_str).collect();
    let met = long.len() >= wanted;
    let mut not_counted: Vec<NotCounted> = if met { Vec::new() } else { short.iter().map(|fact| too_short(about, fact, least)).collect() };
    if !met {
        not_counted.extend(words::not_offered(about.program, &ids).map(|reason| NotCounted { minutes: None, reason, step: None }));
    }
    let counted = match long.as_slice() {
        [] => String::new(),
        [one] if wanted == 1 => format!("{} on {}", one.minutes, words::day(one.at, about.zone)),
        several => words::count(several.len(), "session", "sessions"),
    };
    let started = !long.is_empty() || short.iter().any(|fact| fact.minutes > Minutes::ZERO);
    let closed = !ids.iter().any(|id| about.program.offers(id));
    Judged {
        far: Far::first(&[(met, Far::Met), (closed, Far::Closed), (started, Far::UnderWay)]),
        to_go: if wanted > 1 { format!("{} to go", wanted.saturating_sub(long.len())) } else { String::new() },
        needed: format!("{} of {least} or more", words::count(wanted, "session", "sessions")),
        counted,
        evidence: long.iter().map(|fact| evidence(about, fact, fact.minutes)).collect(),
        not_counted,
        next: Some(step(format!(
            "You need {least} or more in one session of {}. A trainer writes down how long you were there.",
            either(about, &ids)
        ))),
        ..Judged::default()
    }
}

/// All live hours of all modules.
pub(super) fn hours(about: &About<'_>) -> Judged {
    let modules = &about.program.modules;
    let ids: Vec<&str> = modules.iter().map(|module| module.id.as_str()).collect();
    let needed: Minutes = modules.iter().map(|module| module.live).sum();
    let counted: Minutes = modules.iter().map(|module| counted(about, module)).sum();
    let open = modules.iter().any(|module| module.offered && self::counted(about, module) < module.live);
    let not_offered = words::not_offered(about.program, &ids).map(|reason| NotCounted { minutes: None, reason, step: None });
    let mine = about.facts.attendance.iter().filter(|fact| fact.minutes > Minutes::ZERO && ids.contains(&fact.module.as_str()));
    Judged {
        far: Far::first(&[(counted >= needed, Far::Met), (!open, Far::Closed), (counted > Minutes::ZERO, Far::UnderWay)]),
        to_go: format!("{} to go", needed.less(counted)),
        needed: needed.to_string(),
        counted: said(counted),
        measure: Some(Measure { needed, counted, waiting: Minutes::ZERO }),
        evidence: mine.map(|fact| evidence(about, fact, fact.minutes)).collect(),
        not_counted: extra(about).into_iter().chain(not_offered).collect(),
        next: Some(step("Every live hour of a module counts once. Whoever misses one comes to a make-up session.".to_owned())),
    }
}

/// The live time of a module that counts: no more than the module has.
pub(super) fn counted(about: &About<'_>, module: &Module) -> Minutes {
    once(module, &attended(about, module)).min(module.live)
}

/// When the whole live time of a module was reached, if it was.
pub(super) fn whole_at(about: &About<'_>, module: &Module) -> Option<Moment> {
    if module.live == Minutes::ZERO {
        return Some(about.facts.enrolled_at);
    }
    let facts = attended(about, module);
    let whole = (1..=facts.len()).find(|n| facts.get(..*n).is_some_and(|first| once(module, first) >= module.live))?;
    facts.get(whole - 1).map(|fact| fact.at)
}

/// Where somebody was for this module, oldest first.
fn attended<'a>(about: &About<'a>, module: &Module) -> Vec<&'a AttendanceFact> {
    about.facts.attendance.iter().filter(|fact| fact.module == module.id).collect()
}

/// The time in a module's sessions, the same session once: of two times in it the longer one, and no longer than
/// it is. What does not say which session it was counts as it is.
fn once(module: &Module, facts: &[&AttendanceFact]) -> Minutes {
    let mut best: BTreeMap<&str, Minutes> = BTreeMap::new();
    let mut unsaid = Minutes::ZERO;
    for fact in facts {
        let Some(guide) = fact.guide.as_deref() else {
            unsaid += fact.minutes;
            continue;
        };
        // A guide that this person's release does not hold has no length here; the module's own still bounds it.
        let length = module.guides.iter().find(|one| one.id == guide).map_or(module.live, |one| one.minutes);
        let longest = best.entry(guide).or_default();
        *longest = (*longest).max(fact.minutes.min(length));
    }
    best.into_values().sum::<Minutes>() + unsaid
}

/// Time beyond what a module has.
fn extra(about: &About<'_>) -> Vec<NotCounted> {
    about
        .program
        .modules
        .iter()
        .flat_map(|module| {
            let facts = attended(about, module);
            let (all, once) = (facts.iter().map(|fact| fact.minutes).sum::<Minutes>(), once(module, &facts));
            let number = about.program.number(&module.id);
            let again = format!("a live session of {number} counts once, and no longer than it is planned.");
            let more = format!("more than the {} of live time that {number} has.", module.live);
            [(all.less(once), again), (once.less(module.live), more)]
        })
        .filter(|(minutes, _)| *minutes > Minutes::ZERO)
        .map(|(minutes, reason)| NotCounted { minutes: Some(minutes), reason, step: None })
        .collect()
}

fn evidence(about: &About<'_>, fact: &AttendanceFact, minutes: Minutes) -> Evidence {
    let number = about.program.number(&fact.module);
    let module = about.program.module(&fact.module);
    let which = module.filter(|module| module.guides.len() > 1).zip(fact.guide.as_deref());
    let words = match which.and_then(|(module, guide)| module.session(guide)) {
        Some(which) => format!("{}, live {which}", words::sentence(&number)),
        None => format!("Live session of {number}"),
    };
    Evidence { words, at: fact.at, minutes: Some(minutes), target: None }
}

fn too_short(about: &About<'_>, fact: &AttendanceFact, least: Minutes) -> NotCounted {
    let day = words::day(fact.at, about.zone);
    let number = about.program.number(&fact.module);
    if fact.minutes == Minutes::ZERO {
        return NotCounted {
            minutes: None,
            reason: format!("The session of {number} on {day}: you were not there. If that is wrong, tell your trainer."),
            step: None,
        };
    }
    NotCounted {
        minutes: Some(fact.minutes),
        reason: format!("the session of {number} on {day} was shorter for you than {least}. If that is wrong, tell your trainer."),
        step: None,
    }
}

pub(super) fn step(why: String) -> Step {
    Step { words: "Come to a live session.".to_owned(), why, action: "See the live sessions".to_owned(), target: Target::LiveSessions }
}

/// `module 1 or module 2`
fn either(about: &About<'_>, ids: &[&str]) -> String {
    ids.iter().map(|id| about.program.number(id)).collect::<Vec<_>>().join(" or ")
}

pub(super) fn said(minutes: Minutes) -> String {
    if minutes == Minutes::ZERO { String::new() } else { minutes.to_string() }
}
