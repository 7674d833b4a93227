//! What must hold within one program, whatever it asks for.

use std::collections::BTreeSet;

use types::Minutes;

use super::{CertificateKind, Issue, Program, Requirement, Rule, read::Reader};

/// Notes every law that this program breaks. A program that was published must stay readable, so what a checker learns
/// later stands in `check`.
pub(super) fn hold(program: &Program, reader: &Reader<'_>) {
    certificate(program, reader);
    names(program, reader);
    for requirement in &program.requirements {
        modules(program, requirement, reader);
        sums(program, requirement, reader);
    }
}

/// Finishing a course is not certification, so what is issued by itself may not be one.
fn certificate(program: &Program, reader: &Reader<'_>) {
    let top = super::Place::default();
    if program.issue == Issue::Automatic && program.certificate.kind != CertificateKind::Completion {
        reader.wrong(
            top,
            "with issue = \"automatic\" the certificate must be of the kind \"completion\": a certification needs an officer’s decision",
        );
    }
    if program.requirements.is_empty() {
        reader.wrong(top, "a program needs at least one [[requirement]]");
    }
}

fn names(program: &Program, reader: &Reader<'_>) {
    let mut seen = BTreeSet::new();
    for module in program.modules.iter().filter(|module| !seen.insert(module.id.as_str())) {
        reader.wrong(module.place, format!("the module `{}` is listed twice", module.id));
    }
    let mut seen = BTreeSet::new();
    for requirement in program.requirements.iter().filter(|requirement| !seen.insert(requirement.id.as_str())) {
        reader.wrong(requirement.place, format!("the requirement `{}` is listed twice", requirement.id));
    }
    let practicum = program.requirements.iter().filter(|requirement| matches!(requirement.rule, Rule::Practicum(_)));
    for second in practicum.skip(1) {
        reader.wrong(second.place, "a program has one requirement of the kind practicum; put all of its rules into it");
    }
}

/// Every module that a rule names is listed, and a gate stands on checks that the program asks for.
fn modules(program: &Program, requirement: &Requirement, reader: &Reader<'_>) {
    for name in requirement.rule.modules() {
        if program.module(name).is_none() {
            reader.wrong(requirement.place, format!("there is no [[module]] with the id `{name}` in this program"));
        }
    }
    match &requirement.rule {
        Rule::Checks(checks) if checks.modules().next().is_none() => {
            reader.wrong(requirement.place, "name at least one module whose check is asked for");
        }
        Rule::Live { modules, .. } if modules.is_empty() => {
            reader.wrong(requirement.place, "name at least one module whose live sessions count");
        }
        Rule::Practicum(practicum) => {
            let checked: BTreeSet<&str> = program.checks().flat_map(super::Checks::modules).collect();
            for module in practicum.gate.iter().filter(|module| !checked.contains(module.as_str())) {
                reader.wrong(requirement.place, format!("`before_direct` names `{module}`, but no requirement asks for its check"));
            }
        }
        _ => {}
    }
}

/// Parts never ask for more than the whole.
fn sums(program: &Program, requirement: &Requirement, reader: &Reader<'_>) {
    let wrong = |message: String| reader.wrong(requirement.place, message);
    match &requirement.rule {
        Rule::TrainingHours { minutes, by_domain } => {
            let modules = program.modules.iter().map(|module| module.live + module.alone).sum();
            if *minutes > modules {
                wrong(format!("{} minutes are asked for, and all modules together have {}", minutes.0, modules.0));
            }
            for (domain, least) in by_domain {
                let taught = program
                    .modules
                    .iter()
                    .flat_map(|module| &module.by_domain)
                    .filter(|(of, _)| of == domain)
                    .map(|(_, minutes)| *minutes)
                    .sum();
                if *least > taught {
                    wrong(format!("{} minutes are asked for under {domain}, and all modules together have {}", least.0, taught.0));
                }
            }
        }
        Rule::Practicum(practicum) => {
            let categories: Minutes = practicum.by_category.iter().map(|rule| rule.least).sum();
            let domains: Minutes = practicum.by_domain.iter().map(|(_, minutes)| *minutes).sum();
            for (what, sum) in [("categories", categories), ("domains", domains)] {
                if sum > practicum.minutes {
                    wrong(format!(
                        "the least minutes of the {what} add up to {}, more than the {} that are asked for in all",
                        sum.0, practicum.minutes.0
                    ));
                }
            }
        }
        _ => {}
    }
}
