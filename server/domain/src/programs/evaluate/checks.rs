//! Module checks: handed in, or passed.

use types::Moment;

use super::{About, Far, Judged, words};
use crate::{
    curriculum::drill_key,
    programs::{
        Checks, Evidence, NotCounted, Program, Step, Target,
        facts::{BegunFact, CheckFact, Facts},
    },
};

/// After so many tries that did not pass, a person helps better than another try.
const TRIES_ALONE: usize = 3;

pub(super) fn judge(about: &About<'_>, rule: &Checks) -> Judged {
    let modules = ordered(about.program, rule);
    let done: Vec<(&str, &CheckFact)> =
        modules.iter().filter_map(|module| Some((*module, first_good(about.facts, module, rule.mark(module))?))).collect();
    let left: Vec<&str> = modules.iter().copied().filter(|module| !done.iter().any(|(of, _)| of == module)).collect();
    let open: Vec<&str> = left.iter().copied().filter(|module| about.program.offers(module)).collect();
    let several = modules.len() > 1;
    let mut not_counted: Vec<NotCounted> = open.iter().filter_map(|module| not_yet(about, rule, module)).collect();
    not_counted.extend(words::not_offered(about.program, &left).map(|reason| NotCounted { minutes: None, reason, step: None }));
    let begun = |module: &str| begun(about.facts, module).is_some();
    let started = modules.iter().any(|module| {
        begun(module) || about.facts.checks.iter().any(|fact| fact.module == *module) || lessons_done(about.facts, module) > 0
    });
    let next = open.iter().find(|module| begun(module)).or(open.first());
    Judged {
        far: Far::first(&[(left.is_empty(), Far::Met), (open.is_empty(), Far::Closed), (started, Far::UnderWay)]),
        to_go: if several { format!("{} to go", left.len()) } else { String::new() },
        needed: needed(rule, &modules),
        counted: counted(about, rule, &done, several),
        evidence: done.iter().map(|(module, fact)| evidence(about, rule, module, fact)).collect(),
        not_counted,
        next: next.map(|module| step(about, rule, module)),
        ..Judged::default()
    }
}

/// A drill: the same as a check, apart from it.
pub(super) fn drill(about: &About<'_>, module: &str, mark: u8) -> Judged {
    let key = drill_key(module);
    let tries: Vec<&CheckFact> = about.facts.checks.iter().filter(|fact| fact.module == key).collect();
    let passed = tries.iter().find(|fact| good(fact, Some(mark)));
    let offered = about.program.offers(module) && about.program.module(module).is_some_and(|module| module.drill);
    let number = about.program.number(module);
    let open = begun(about.facts, &key);
    let fresh = Step {
        words: format!("Take the drill of {number}{}.", if tries.is_empty() { "" } else { " again" }),
        why: format!("{mark} percent passes. You may try as often as you like, and your answers save as you go."),
        action: "Open the drill".to_owned(),
        target: Target::Drill(module.to_owned()),
    };
    let step = open.map_or(fresh, |begun| go_on("drill", &number, begun));
    let last = tries.last().filter(|_| passed.is_none()).map(|last| NotCounted {
        minutes: None,
        reason: format!("{} percent on {}. It takes {mark} percent.", percent(last), words::day(last.at, about.zone)),
        step: Some(step.clone()),
    });
    let closed = words::not_offered(about.program, &[module]).filter(|_| !offered);
    Judged {
        far: Far::first(&[(passed.is_some(), Far::Met), (!offered, Far::Closed), (!tries.is_empty() || open.is_some(), Far::UnderWay)]),
        needed: format!("{mark} percent"),
        counted: passed.map(|fact| format!("{} percent on {}", percent(fact), words::day(fact.at, about.zone))).unwrap_or_default(),
        evidence: passed
            .map(|fact| Evidence {
                words: format!("{} percent", percent(fact)),
                at: fact.at,
                minutes: None,
                target: Some(Target::Attempt(fact.attempt)),
            })
            .into_iter()
            .collect(),
        not_counted: last.into_iter().chain(closed.map(|reason| NotCounted { minutes: None, reason, step: None })).collect(),
        next: Some(step),
        ..Judged::default()
    }
}

/// When a module's check was done as the program asks, if it was.
pub(super) fn done_at(about: &About<'_>, module: &str) -> Option<Moment> {
    let rule = about.program.checks().find(|checks| checks.modules().any(|of| of == module))?;
    first_good(about.facts, module, rule.mark(module)).map(|fact| fact.at)
}

/// The modules of a rule in the program's own order.
fn ordered<'a>(program: &'a Program, rule: &Checks) -> Vec<&'a str> {
    program.modules.iter().map(|module| module.id.as_str()).filter(|id| rule.modules().any(|of| of == *id)).collect()
}

fn first_good<'a>(facts: &'a Facts, module: &str, mark: Option<u8>) -> Option<&'a CheckFact> {
    facts.checks.iter().find(|fact| fact.module == module && good(fact, mark))
}

fn good(fact: &CheckFact, mark: Option<u8>) -> bool {
    match mark {
        None => true,
        Some(mark) => fact.passed == Some(true) && i64::from(fact.reached) * 100 >= i64::from(fact.possible) * i64::from(mark),
    }
}

/// Whole percent, rounded down: nobody is told 80 who has 79 and a half.
fn percent(fact: &CheckFact) -> i64 {
    i64::from(fact.reached) * 100 / i64::from(fact.possible.max(1))
}

fn needed(rule: &Checks, modules: &[&str]) -> String {
    match modules {
        [one] => rule.mark(one).map_or_else(|| "Handed in".to_owned(), |mark| format!("{mark} percent")),
        several => words::count(several.len(), "check", "checks"),
    }
}

fn counted(about: &About<'_>, rule: &Checks, done: &[(&str, &CheckFact)], several: bool) -> String {
    match done {
        [] => String::new(),
        some if several => words::count(some.len(), "check", "checks"),
        [(module, fact), ..] => {
            let day = words::day(fact.at, about.zone);
            if rule.mark(module).is_some() { format!("{} percent on {day}", percent(fact)) } else { format!("Handed in on {day}") }
        }
    }
}

fn evidence(about: &About<'_>, rule: &Checks, module: &str, fact: &CheckFact) -> Evidence {
    let number = words::sentence(&about.program.number(module));
    let words = if rule.mark(module).is_some() { format!("{number}: {} percent", percent(fact)) } else { format!("{number}: handed in") };
    Evidence { words, at: fact.at, minutes: None, target: Some(Target::Attempt(fact.attempt)) }
}

/// Why a check does not count yet: its last try. Where there was none, nothing is there to count.
fn not_yet(about: &About<'_>, rule: &Checks, module: &str) -> Option<NotCounted> {
    let number = words::sentence(&about.program.number(module));
    let tries: Vec<&CheckFact> = about.facts.checks.iter().filter(|fact| fact.module == module).collect();
    let last = tries.last()?;
    let day = words::day(last.at, about.zone);
    let mark = rule.mark(module).unwrap_or_default();
    let help = if tries.len() >= TRIES_ALONE { " You may ask your trainer to go over it with you." } else { "" };
    let reason = match last.passed {
        None => format!("{number}: handed in on {day}, but it had no score, and {mark} percent are needed."),
        Some(_) => {
            format!("{number}: {} percent on {day}. It takes {mark} percent, and you may try as often as you like.{help}", percent(last))
        }
    };
    Some(NotCounted { minutes: None, reason, step: Some(step(about, rule, module)) })
}

/// What to do for a module's check: read first, then take it.
fn step(about: &About<'_>, rule: &Checks, module: &str) -> Step {
    let number = about.program.number(module);
    if let Some(begun) = begun(about.facts, module) {
        return go_on("check", &number, begun);
    }
    let tried = about.facts.checks.iter().any(|fact| fact.module == module);
    let lessons = about.program.module(module).map_or(0, |module| module.lessons);
    let done = lessons_done(about.facts, module).min(lessons);
    if !tried && done < lessons {
        return super::training::reading_step(about.program, module, done, lessons);
    }
    let why = match rule.mark(module) {
        Some(mark) => format!("{mark} percent passes. You may try as often as you like, and your answers save as you go."),
        None => "It has no score. You see what each answer teaches, and your answers save as you go.".to_owned(),
    };
    let again = if tried { " again" } else { "" };
    Step {
        words: format!("Take the check of {number}{again}."),
        why,
        action: "Open the check".to_owned(),
        target: Target::Check(module.to_owned()),
    }
}

/// The check or drill of this key that was begun and not handed in.
fn begun<'a>(facts: &'a Facts, key: &str) -> Option<&'a BegunFact> {
    facts.begun.iter().find(|fact| fact.module == key)
}

fn go_on(what: &str, number: &str, begun: &BegunFact) -> Step {
    Step {
        words: format!("Go on with the {what} of {number}."),
        why: "You have begun it, and your answers are saved.".to_owned(),
        action: format!("Go on with the {what}"),
        target: Target::Attempt(begun.attempt),
    }
}

/// How many lessons of a module are done. The facts hold each lesson once.
pub(super) fn lessons_done(facts: &Facts, module: &str) -> usize {
    facts.lessons.iter().filter(|fact| fact.module == module).count()
}
