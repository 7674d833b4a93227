//! Programs against the content they are published with.

use types::Minutes;

use super::cast::{FOUNDATIONS, foundations, model_aligned};
use crate::programs::{Known, KnownCheck, KnownModule, Program, check_against, parse};

/// Content that fits this program.
fn content(program: &Program) -> Known {
    let modules = program.modules.iter().filter(|module| module.offered).map(|module| KnownModule {
        id: module.id.clone(),
        title: module.title.clone(),
        live: module.live,
        alone: module.alone,
        by_domain: module.by_domain.clone(),
        lessons: module.lessons,
        check: Some(KnownCheck { pass_percent: (module.id != "m01").then_some(80) }),
    });
    Known { modules: modules.collect(), statements: program.statements().map(ToOwned::to_owned).collect() }
}

fn found(program: &Program, known: &Known) -> Vec<String> {
    check_against(program, known).iter().map(ToString::to_string).collect()
}

#[test]
fn what_fits_has_no_findings() {
    for program in [foundations(), model_aligned()] {
        assert_eq!(found(&program, &content(&program)), Vec::<String>::new());
    }
}

#[test]
fn what_does_not_fit_is_found_at_its_place() {
    let program = foundations();
    let mut known = content(&program);
    known.statements.clear();
    known.modules[0].live = Minutes(90);
    known.modules[0].check = Some(KnownCheck { pass_percent: Some(80) });
    known.modules[1].lessons = 6;
    known.modules[1].check = Some(KnownCheck { pass_percent: Some(75) });
    let all = found(&program, &known).join("\n");
    for part in ["`live` is 120 minutes here and 90", "the check of `m01` has a score", "`lessons` is 5, and the module has 6", "80 percent passes here, and 75", "no statement `code-of-ethics`"] {
        assert!(all.contains(part), "{part} in\n{all}");
    }
    let line = FOUNDATIONS.lines().position(|line| line == "[[module]]").unwrap() + 1;
    assert!(all.contains(&format!("line {line}, column 1: `live`")), "{all}");
}

#[test]
fn a_module_that_is_not_there_must_be_declared() {
    let program = foundations();
    let mut known = content(&program);
    known.modules.remove(1);
    assert!(found(&program, &known)[0].contains("say `offered = false`"));
    let declared = FOUNDATIONS.replacen("lessons = 5", "offered = false", 1);
    assert_eq!(found(&parse(&declared).unwrap(), &known), Vec::<String>::new());
}
