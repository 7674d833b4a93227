//! A program and the content it is published with: whether the two fit, and what of the program can be
//! learned in that content.

use types::{Domain, Minutes};

use super::{Guide, Module, Program, ProgramError, Requirement, Rule};
use crate::curriculum::{self, Release};

/// What the content holds that a program may name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The modules.
    pub modules: Vec<KnownModule>,
    /// The ids of the statements.
    pub statements: Vec<String>,
}

/// A module as it was authored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownModule {
    /// Its id, such as `m02`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long its live sessions are.
    pub live: Minutes,
    /// Those sessions one by one.
    pub guides: Vec<Guide>,
    /// How long it takes alone.
    pub alone: Minutes,
    /// The same minutes by domain.
    pub by_domain: Vec<(Domain, Minutes)>,
    /// How many lessons it has.
    pub lessons: usize,
    /// Its check, where it has one.
    pub check: Option<KnownCheck>,
    /// Its drill, where it has one.
    pub drill: Option<KnownCheck>,
}

/// A module's check as it was authored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCheck {
    /// What passes, from 1 to 100; `None` where the check has no score.
    pub pass_percent: Option<u8>,
}

impl Known {
    /// What a release holds.
    pub fn of(release: &Release) -> Self {
        Self {
            modules: release.modules.iter().map(known_module).collect(),
            statements: release.statements.iter().map(|statement| statement.id.clone()).collect(),
        }
    }
}

fn known_module(module: &curriculum::Module) -> KnownModule {
    KnownModule {
        id: module.id.clone(),
        title: module.title.clone(),
        live: module.live,
        guides: module.guides.iter().map(known_guide).collect(),
        alone: module.alone,
        by_domain: module.domains.iter().map(|(domain, minutes)| (*domain, *minutes)).collect(),
        lessons: module.lessons.len(),
        check: module.check.as_ref().map(known_check),
        drill: module.drill.as_ref().map(known_check),
    }
}

fn known_guide(guide: &curriculum::Guide) -> Guide {
    Guide { id: guide.id.clone(), title: guide.title.clone(), minutes: guide.minutes }
}

fn known_check(check: &curriculum::Check) -> KnownCheck {
    KnownCheck { pass_percent: check.scored.then(|| u8::try_from(check.pass_percent).unwrap_or(u8::MAX)) }
}

impl Program {
    /// The program as this content offers it: a module that is not there is not offered.
    #[must_use]
    pub fn with(mut self, known: &Known) -> Self {
        for module in &mut self.modules {
            let found = known.modules.iter().find(|found| found.id == module.id);
            module.lessons = found.map_or(0, |found| found.lessons);
            module.guides = found.map(|found| found.guides.clone()).unwrap_or_default();
            module.drill = found.is_some_and(|found| found.drill.is_some());
            module.offered = module.offered && found.is_some();
        }
        self
    }
}

/// What in the program does not fit, each with its place in the program's file.
pub fn check_against(program: &Program, known: &Known) -> Vec<ProgramError> {
    let mut errors = Vec::new();
    for module in &program.modules {
        let found = known.modules.iter().find(|found| found.id == module.id);
        let problems = found.map(|found| differences(module, found)).unwrap_or_default();
        errors.extend(problems.into_iter().map(|message| ProgramError { place: module.place, message }));
    }
    for requirement in &program.requirements {
        errors
            .extend(requirement_problems(requirement, known).into_iter().map(|message| ProgramError { place: requirement.place, message }));
    }
    errors.sort();
    errors
}

fn differences(module: &Module, found: &KnownModule) -> Vec<String> {
    let mut problems = Vec::new();
    if module.title != found.title {
        problems.push(format!("this module is called “{}” here and “{}” in its own file", module.title, found.title));
    }
    let pairs = [("live", module.live.0, found.live.0), ("alone", module.alone.0, found.alone.0)];
    for (what, here, there) in pairs.into_iter().filter(|(_, here, there)| here != there) {
        problems.push(format!("`{what}` is {here} minutes here and {there} in the module’s own file"));
    }
    let sorted = |by_domain: &[(Domain, Minutes)]| {
        let mut sorted: Vec<_> = by_domain.iter().copied().filter(|(_, minutes)| *minutes > Minutes::ZERO).collect();
        sorted.sort_unstable();
        sorted
    };
    if sorted(&module.by_domain) != sorted(&found.by_domain) {
        problems.push("the minutes by domain differ from those in the module’s own file".to_owned());
    }
    problems
}

fn requirement_problems(requirement: &Requirement, known: &Known) -> Vec<String> {
    if requirement.declared_missing {
        return Vec::new();
    }
    match &requirement.rule {
        Rule::Checks(checks) => checks.modules().filter_map(|module| check(module, checks.mark(module), known)).collect(),
        Rule::Drill { module, pass_percent } => drill(module, *pass_percent, known).into_iter().collect(),
        rule => rule
            .statement()
            .filter(|statement| !known.statements.iter().any(|known| known == statement))
            .map(|statement| format!("there is no statement `{statement}` in this content; say `offered = false` until there is"))
            .into_iter()
            .collect(),
    }
}

/// A module that is there has its drill; one that is not written yet is shown as not offered.
fn drill(module: &str, mark: u8, known: &Known) -> Option<String> {
    match known.modules.iter().find(|found| found.id == module)?.drill {
        None => Some(format!("the module `{module}` has no drill")),
        Some(drill) if drill.pass_percent != Some(mark) => {
            Some(format!("{mark} percent passes here, and another mark in the drill of `{module}` itself"))
        }
        Some(_) => None,
    }
}

fn check(module: &str, mark: Option<u8>, known: &Known) -> Option<String> {
    let check = known.modules.iter().find(|found| found.id == module)?.check;
    match (check.map(|check| check.pass_percent), mark) {
        (None, _) => Some(format!("the module `{module}` has no check")),
        (Some(None), Some(_)) => Some(format!("the check of `{module}` has no score, so it can be asked for only with `scored = false`")),
        (Some(Some(_)), None) => Some(format!("the check of `{module}` has a score; ask for it with `scored = true` and `pass_percent`")),
        (Some(Some(there)), Some(here)) if there != here => {
            Some(format!("{here} percent passes here, and {there} percent in the check of `{module}` itself"))
        }
        _ => None,
    }
}
