//! Programs against the content they are published with.

use types::Minutes;

use super::cast::{FOUNDATIONS, content, foundations, model_aligned};
use crate::{
    curriculum::{self, PRACTICUM_ENTRY, Source},
    programs::{self, Known, KnownCheck, Program, check_against},
};

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
    known.modules[1].check = Some(KnownCheck { pass_percent: Some(75) });
    let all = found(&program, &known).join("\n");
    for part in [
        "`live` is 120 minutes here and 90",
        "the check of `m01` has a score",
        "80 percent passes here, and 75",
        "no statement `code-of-ethics`",
    ] {
        assert!(all.contains(part), "{part} in\n{all}");
    }
    let line = FOUNDATIONS.lines().position(|line| line == "[[module]]").unwrap() + 1;
    assert!(all.contains(&format!("line {line}, column 1: `live`")), "{all}");
}

#[test]
fn a_module_that_is_not_there_is_not_offered() {
    let program = foundations();
    let mut known = content(&program);
    known.modules.remove(1);
    assert_eq!(found(&program, &known), Vec::<String>::new());
    let program = program.with(&known);
    assert!(program.offers("m01") && !program.offers("m02"));
    assert_eq!(program.module("m01").unwrap().lessons, 4);
}

#[test]
fn the_programs_of_this_house_fit_its_content() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut release = curriculum::compile(&Source::read(&folder).unwrap()).unwrap();
    assert_eq!(programs::check(&release), []);
    let mut without = release.clone();
    without.rubrics.retain(|rubric| rubric.id != PRACTICUM_ENTRY);
    let found: Vec<String> = programs::check(&without).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2, "each has a practicum, and the rubrics of role plays do not rate it: {found:#?}");
    assert!(found[0].contains("no rubric with the id `practicum-entry`"), "{found:#?}");
    let mut certified = release.clone();
    // Both the one that issues by itself and the one in which an officer decides, once it certifies nobody.
    for (program, from) in certified.programs.iter_mut().zip(["Foundations of peer support", "Peer support specialist, model-aligned"]) {
        let text = program.text.replacen(&format!("title = \"{from}\""), "title = \"Certified peer\"", 1);
        assert_ne!(text, program.text, "{from}");
        program.text = text.replacen("kind = \"certification\"", "kind = \"completion\"", 1);
        assert!(programs::parse(&program.text).is_ok(), "what was published stays readable");
    }
    let found: Vec<String> = programs::check(&certified).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|finding| finding.contains("must not be called a certification")), "{found:#?}");
    let copy = release.programs[0].clone();
    release.programs.push(copy);
    release.programs[1].text = release.programs[1].text.replacen("version", "versoin", 1);
    let found: Vec<String> = programs::check(&release).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found.iter().any(|finding| finding.starts_with("programs/model-aligned-2026.toml:2:1: `versoin` is not known here")),
        "{found:#?}"
    );
    assert!(found.iter().any(|finding| finding.contains("stands in programs/foundations-2026.toml already")), "{found:#?}");
}
