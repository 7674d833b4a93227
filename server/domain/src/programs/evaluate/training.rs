//! Training: lessons that are done, and hours of whole modules.

use types::{Domain, Minutes, Moment};

use super::{About, Far, Judged, checks::lessons_done, live, words};
use crate::programs::{Evidence, Measure, Module, NotCounted, Program, Step, Target};

/// Every lesson of one module.
pub(super) fn lessons(about: &About<'_>, module: &str) -> Judged {
    let lessons = about.program.module(module).map_or(0, |module| module.lessons);
    let done = lessons_done(about.facts, module).min(lessons);
    let offered = about.program.offers(module);
    let last = about.facts.lessons.iter().filter(|fact| fact.module == module).map(|fact| fact.at).max();
    Judged {
        far: Far::first(&[(!offered, Far::Closed), (done == lessons, Far::Met), (done > 0, Far::UnderWay)]),
        to_go: format!("{} to go", lessons - done),
        needed: words::count(lessons, "lesson", "lessons"),
        counted: if done == 0 { String::new() } else { words::count(done, "lesson", "lessons") },
        evidence: last
            .map(|at| Evidence {
                words: format!("{} of {}", words::count(done, "lesson", "lessons"), about.program.number(module)),
                at,
                minutes: None,
                target: Some(Target::Module(module.to_owned())),
            })
            .into_iter()
            .collect(),
        not_counted: words::not_offered(about.program, &[module])
            .map(|reason| NotCounted { minutes: None, reason, step: None })
            .into_iter()
            .collect(),
        next: Some(reading_step(about.program, module, done, lessons)),
        ..Judged::default()
    }
}

/// Hours of training, in all and by domain. Live time counts as it is attended; the time alone counts when
/// the last lesson is done, since nobody watches how long somebody reads; a domain counts a module when
/// all of it is done, since a module's minutes have no domain one by one.
pub(super) fn hours(about: &About<'_>, needed: Minutes, by_domain: &[(Domain, Minutes)]) -> Judged {
    let modules = &about.program.modules;
    let ids: Vec<&str> = modules.iter().map(|module| module.id.as_str()).collect();
    let counted: Minutes = modules.iter().map(|module| live::counted(about, module) + alone(about, module)).sum();
    let short: Vec<String> = by_domain
        .iter()
        .filter(|(domain, least)| in_domain(about, *domain) < *least)
        .map(|(domain, least)| domain_words(about, *domain, *least))
        .collect();
    let open = modules.iter().find(|module| module.offered && whole_at(about, module).is_none());
    let mut not_counted: Vec<NotCounted> =
        words::not_offered(about.program, &ids).map(|reason| NotCounted { minutes: None, reason, step: None }).into_iter().collect();
    if counted >= needed && !short.is_empty() {
        not_counted.push(NotCounted {
            minutes: None,
            reason: format!("The hours are enough, but not under each domain: {}.", words::list(&short)),
            step: None,
        });
    }
    let started = counted > Minutes::ZERO || !about.facts.lessons.is_empty();
    Judged {
        far: Far::first(&[(counted >= needed && short.is_empty(), Far::Met), (open.is_none(), Far::Closed), (started, Far::UnderWay)]),
        to_go: format!("{} to go", needed.less(counted)),
        needed: needed.to_string(),
        counted: live::said(counted),
        measure: Some(Measure { needed, counted, waiting: Minutes::ZERO }),
        evidence: modules.iter().filter_map(|module| evidence(about, module)).collect(),
        not_counted,
        next: open.map(|module| step(about, module)),
    }
}

/// What to do for a module: read on, or come to its live session.
fn step(about: &About<'_>, module: &Module) -> Step {
    let done = lessons_done(about.facts, &module.id).min(module.lessons);
    if done < module.lessons {
        return reading_step(about.program, &module.id, done, module.lessons);
    }
    let number = about.program.number(&module.id);
    live::step(format!("The lessons of {number} are done. {} of live time are left.", module.live.less(live::counted(about, module))))
}

pub(super) fn reading_step(program: &Program, module: &str, done: usize, lessons: usize) -> Step {
    let number = program.number(module);
    let title = program.module(module).map_or("", |module| module.title.as_str());
    let words = if done == 0 { format!("Begin {number}: {title}.") } else { format!("Go on with {number}: {title}.") };
    let why = if done == 0 {
        format!("It has {}. Its check comes after them.", words::count(lessons, "lesson", "lessons"))
    } else {
        format!("{done} of {lessons} lessons are done.")
    };
    Step { words, why, action: format!("Open {number}"), target: Target::Module(module.to_owned()) }
}

fn alone(about: &About<'_>, module: &Module) -> Minutes {
    if alone_at(about, module).is_some() { module.alone } else { Minutes::ZERO }
}

/// When the last lesson of a module was done, if all are.
fn alone_at(about: &About<'_>, module: &Module) -> Option<Moment> {
    if !module.offered {
        return None;
    }
    let mut done = about.facts.lessons.iter().filter(|fact| fact.module == module.id).map(|fact| fact.at);
    if module.lessons == 0 { Some(about.facts.enrolled_at) } else { done.nth(module.lessons - 1) }
}

fn whole_at(about: &About<'_>, module: &Module) -> Option<Moment> {
    Some(live::whole_at(about, module)?.max(alone_at(about, module)?))
}

fn in_domain(about: &About<'_>, domain: Domain) -> Minutes {
    let whole = about.program.modules.iter().filter(|module| whole_at(about, module).is_some());
    whole.flat_map(|module| &module.by_domain).filter(|(of, _)| *of == domain).map(|(_, minutes)| *minutes).sum()
}

fn domain_words(about: &About<'_>, domain: Domain, least: Minutes) -> String {
    format!("{} of {least} in {}", in_domain(about, domain), domain.title().to_lowercase())
}

fn evidence(about: &About<'_>, module: &Module) -> Option<Evidence> {
    let minutes = live::counted(about, module) + alone(about, module);
    let live = about.facts.attendance.iter().filter(|fact| fact.module == module.id).map(|fact| fact.at);
    let read = about.facts.lessons.iter().filter(|fact| fact.module == module.id).map(|fact| fact.at);
    (minutes > Minutes::ZERO).then(|| Evidence {
        words: words::sentence(&about.program.number(&module.id)),
        at: live.chain(read).max().unwrap_or(about.facts.enrolled_at),
        minutes: Some(minutes),
        target: Some(Target::Module(module.id.clone())),
    })
}
