//! What a bank of questions owes: enough of them, scenarios, options that are fair, and the module's own
//! domains and competencies.

use std::{cmp::Ordering, collections::BTreeSet};

use super::{
    super::{Finding, Module, Release, place},
    items::{Bank, Item},
};

/// The least that a module's bank holds, and what one attempt may show.
const BANK: usize = 12;
const DRAW: std::ops::RangeInclusive<usize> = 8..=10;
/// Each cell of the exam's blueprint is covered so many times.
const FORMS: usize = 2;
/// The least that the exam's bank holds.
const EXAM: usize = 150;

/// The checks of modules.
pub(super) fn checks(release: &Release, banks: &[Bank], findings: &mut Vec<Finding>) {
    for bank in banks.iter().filter(|bank| bank.path.ends_with("/check.md")) {
        let Some(module) = release.modules.iter().find(|module| module.check.as_ref().is_some_and(|check| check.id == bank.id)) else {
            continue;
        };
        let whole = |code, message: String, mend: &str| Finding::new(&bank.path, 1, code, message, mend);
        let count = bank.items.len();
        if bank.scored && count < BANK {
            findings.push(whole("bank-size", format!("the bank has {count} questions"), "Write at least 12."));
        }
        if bank.scored && !DRAW.contains(&bank.draw) {
            findings.push(bank.field("draw", "draw", format!("an attempt draws {}", bank.draw), "Draw 8 to 10."));
        }
        let scenarios = bank.items.iter().filter(|item| item.scenario).count();
        if scenarios * 2 < count {
            findings.push(whole(
                "scenarios",
                format!("{scenarios} of {count} questions are scenarios"),
                "Make it at least half, and mark them with scenario=true.",
            ));
        }
        for item in &bank.items {
            if item.sure && module.domains.get(&item.question.domain).is_none_or(|minutes| minutes.0 == 0) {
                let message = format!("the module has no minutes in the domain {}", item.question.domain.code());
                let words = format!("domain={}", item.question.domain.code());
                findings.push(bank.find(item.line, &words, "domain", message, "Tag the question with a domain of its module."));
            }
        }
        for competency in taught(module) {
            if bank.scored && !bank.items.iter().any(|item| item.question.competencies.contains(competency)) {
                let message = format!("no question checks {competency}, which the module teaches");
                findings.push(whole("unchecked", message, "Write one, or tag one."));
            }
        }
    }
}

/// What the objectives of a module name.
pub(super) fn taught(module: &Module) -> BTreeSet<&String> {
    module.objectives.iter().flat_map(|objective| &objective.competencies).collect()
}

/// What every bank owes, exams too.
pub(super) fn fair(bank: &Bank, findings: &mut Vec<Finding>) {
    for item in &bank.items {
        if item.question.competencies.is_empty() {
            let message = "this question does not say which competency it is about";
            findings.push(bank.find(item.line, "", "competency", message, "Write competency=CC01.1, as in competencies.toml."));
        }
        let options = &item.question.options;
        let mut seen = BTreeSet::new();
        for option in options {
            let text = option.text.to_lowercase();
            if !seen.insert(text.clone()) {
                findings.push(bank.find(item.line, "", "option-twice", "two options say the same", "Change one of them."));
            }
            if text.contains("all of the above") || text.contains("none of the above") {
                let message = "options change their places, so nothing is above";
                findings.push(bank.find(item.line, "", "above", message, "Write out what is meant."));
            }
        }
    }
    gives_away(bank, findings);
}

/// Whether the length of the options tells the right one to somebody who only looks at the page.
fn gives_away(bank: &Bank, findings: &mut Vec<Finding>) {
    // With three or four options, luck alone makes it a quarter to a third.
    for (is, name, mend) in [
        (Ordering::Greater, "longest", "Trim right answers, or give others as much care."),
        (Ordering::Less, "shortest", "Trim some of the others."),
    ] {
        let count = bank.items.iter().filter(|item| stands_out(item) == is).count();
        if bank.items.len() >= BANK && count * 2 > bank.items.len() {
            let message = format!("the right answer is the {name} in {count} of {} questions", bank.items.len());
            findings.push(Finding::new(&bank.path, 1, "gives-away", message, mend));
        }
    }
}

/// Whether the right options are longer, or shorter, than every other.
fn stands_out(item: &Item) -> Ordering {
    if !item.sure {
        return Ordering::Equal;
    }
    let of = |right| item.question.options.iter().filter(move |option| option.right == right).map(|option| option.text.chars().count());
    if of(true).max() > of(false).max() {
        Ordering::Greater
    } else if of(true).min() < of(false).min() {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

/// The exam's bank against its blueprint.
pub(super) fn exam(blueprint: &super::Blueprint, text: &str, banks: &[Bank], release: &Release, findings: &mut Vec<Finding>) {
    let path = super::BLUEPRINT;
    let items: Vec<(&Bank, &Item)> = banks
        .iter()
        .filter(|bank| bank.path.starts_with("exams/"))
        .flat_map(|bank| bank.items.iter().map(move |item| (bank, item)))
        .collect();
    if items.len() < EXAM {
        findings.push(Finding::new(path, 1, "bank-size", format!("the exam's bank has {} items", items.len()), "Write at least 150."));
    }
    for cell in &blueprint.domain {
        let count = items.iter().filter(|(_, item)| item.question.domain == cell.code || !item.sure).count();
        if count < cell.items * FORMS {
            let message = format!("{} has {count} items, and an exam asks {}", cell.code.code(), cell.items);
            let at = place::of(text, &format!("\"{}\"", cell.code.code()), false);
            findings.push(Finding::at(path, text, at, "blueprint", message, "Write at least twice as many as an exam asks."));
        }
    }
    let scenarios = items.iter().filter(|(_, item)| item.scenario).count();
    if scenarios * 100 < items.len() * blueprint.scenario_percent {
        let message = format!("{scenarios} of {} items are scenarios", items.len());
        findings.push(Finding::at(
            path,
            text,
            place::in_field(text, "scenario_percent", ""),
            "scenarios",
            message,
            format!("Make it at least {} in a hundred.", blueprint.scenario_percent),
        ));
    }
    let mut ids = BTreeSet::new();
    for (bank, item) in items {
        if !ids.insert(&item.question.id) {
            findings.push(bank.find(
                item.line,
                &format!("{{#{}", item.question.id),
                "id-twice",
                format!("the id {} stands twice in the exam", item.question.id),
                "Give one of them another id.",
            ));
        }
        if !(3..=4).contains(&item.question.options.len()) {
            findings.push(bank.find(item.line, "", "options", "an item of the exam has three or four options", "Add or take one away."));
        }
        match item.module.as_deref() {
            Some(module) if release.module(module).is_some() => {}
            Some(module) => findings.push(bank.find(
                item.line,
                &format!("module={module}"),
                "module",
                format!("there is no module {module}"),
                "Name the module that teaches it.",
            )),
            None => {
                findings.push(bank.find(item.line, "", "module", "this item does not say which module teaches it", "Write module=m05."));
            }
        }
    }
}
