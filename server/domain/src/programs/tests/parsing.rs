//! What a program's file may say, and how it is told what it may not.

use types::{Category, Minutes};

use super::cast::{FOUNDATIONS, MODEL_ALIGNED, foundations, model_aligned};
use crate::programs::{CertificateKind, Issue, Rule, parse};

fn problems(text: &str) -> Vec<String> {
    parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn foundations_asks_for_what_it_should() {
    let program = foundations();
    assert_eq!(
        (program.issue, program.certificate.kind, program.certificate.valid_months),
        (Issue::Automatic, CertificateKind::Completion, Some(24))
    );
    let kinds: Vec<&str> = program.requirements.iter().map(|requirement| requirement.rule.kind()).collect();
    assert_eq!(kinds, ["check", "check", "statement", "live", "practicum"]);
    let rule = program.practicum().unwrap();
    assert_eq!((rule.entries, rule.minutes, rule.categories), (3, Minutes(360), 2));
    assert!(program.requirements.iter().all(|requirement| requirement.rule.missing_here().is_none() && !requirement.declared_missing));
}

#[test]
fn the_model_aligned_program_is_declared_whole() {
    let program = model_aligned();
    assert_eq!((program.issue, program.certificate.kind), (Issue::Officer, CertificateKind::Certification));
    assert_eq!(program.modules.len(), 14);
    assert_eq!(program.modules.iter().map(|module| module.live).sum::<Minutes>(), Minutes::hours(42));
    assert_eq!(program.modules.iter().map(|module| module.alone).sum::<Minutes>(), Minutes::hours(18));
    let rule = program.practicum().unwrap();
    assert_eq!((rule.minutes, rule.direct), (Minutes::hours(120), Minutes::hours(80)));
    assert_eq!(rule.by_category.iter().map(|limit| limit.least).sum::<Minutes>(), Minutes::hours(100));
    let shadowing = rule.by_category.iter().find(|limit| limit.category == Category::Shadowing).unwrap();
    assert_eq!((shadowing.least, shadowing.most), (Minutes::ZERO, Some(Minutes::hours(12))));
    assert_eq!(rule.gate.len(), 9);
    let renewal = program.renewal.unwrap();
    assert_eq!((renewal.months, renewal.minutes, renewal.ethics, renewal.offered), (24, Minutes::hours(20), Minutes::hours(6), false));
    assert!(program.fees.iter().all(|fee| fee.cents == 0));
}

#[test]
fn unknown_keys_are_errors_with_their_place() {
    let text = FOUNDATIONS.replacen("pass_percent = 80", "pass_precent = 80", 1);
    let found = problems(&text);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("`pass_percent` is missing"), "{found:#?}");
    let line = text.lines().position(|line| line.starts_with("pass_precent")).unwrap() + 1;
    assert!(found[1].starts_with(&format!("line {line}, column 1: `pass_precent` is not known here")), "{found:#?}");
}

#[test]
fn everything_that_is_wrong_comes_out_at_once() {
    let text = MODEL_ALIGNED
        .replacen("issue = \"officer\"", "issue = \"perhaps\"", 1)
        .replacen("checked_on = 2026-11-23", "checked_on = \"last week\"", 1)
        .replacen("kind = \"exam\"", "kind = \"oracle\"", 1)
        .replacen("ADV = 600, ETH = 960", "ADVOCACY = 600, ETH = 960", 1)
        .replacen("P1 = { least = 2400 }", "P1 = { least = 2400, most = 60 }", 1);
    let found = problems(&text).join("\n");
    for part in [
        "`issue` must be",
        "`checked_on` must be a day",
        "`oracle` is not a kind",
        "`ADVOCACY` is not one of the domains",
        "`most` is less than `least`",
    ] {
        assert!(found.contains(part), "{part} in\n{found}");
    }
}

#[test]
fn laws_of_a_program_hold() {
    let certification = FOUNDATIONS.replacen("kind = \"completion\"", "kind = \"certification\"", 1);
    assert!(problems(&certification)[0].contains("must be of the kind"));
    let twice = FOUNDATIONS.replacen("id = \"live-session\"", "id = \"practicum\"", 1);
    assert!(problems(&twice)[0].contains("listed twice"));
    let stranger = FOUNDATIONS.replacen("modules = [\"m01\", \"m02\"]", "modules = [\"m01\", \"m99\"]", 1);
    assert!(problems(&stranger)[0].contains("`m99`"));
    let gate = MODEL_ALIGNED.replacen("before_direct = [\"m01\"", "before_direct = [\"m03\", \"m00\"", 1);
    assert!(problems(&gate).iter().any(|problem| problem.contains("`before_direct` names `m00`")));
    let sums = FOUNDATIONS.replacen("ETH = 60, REC = 120", "ETH = 60, REC = 60", 1);
    assert!(problems(&sums)[0].contains("add up to 120 minutes, and live and alone to 180"));
    let parts = MODEL_ALIGNED.replacen("MEN = 1200, REC = 1200", "MEN = 5200, REC = 1200", 1);
    assert!(problems(&parts)[0].contains("more than the 7200"));
}

#[test]
fn what_is_no_toml_says_where() {
    let found = problems("id = \"x\"\ntitle = \n");
    assert!(found[0].starts_with("line 2"), "{found:?}");
}

#[test]
fn an_unknown_rule_is_a_kind_of_its_own() {
    let text =
        format!("{FOUNDATIONS}\n[[requirement]]\nid = \"state\"\nkind = \"unknown\"\ntitle = \"Your state\"\nask = \"your board\"\n");
    let program = parse(&text).unwrap();
    assert_eq!(program.requirements.last().unwrap().rule, Rule::Unknown { ask: "your board".to_owned() });
}
