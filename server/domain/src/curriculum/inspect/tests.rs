//! The checker on the project's own content, and on the same content with one thing made wrong.

use std::path::Path;

use super::*;

fn own() -> Source {
    Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")).unwrap()
}

fn lesson() -> (&'static str, String) {
    let path = "modules/m02-self-help/01-many-names.md";
    (path, own().files.get(path).unwrap().clone())
}

fn with(path: &str, text: String) -> Source {
    let mut source = own();
    source.files.insert(path.to_owned(), text);
    source
}

fn codes(source: &Source, path: &str) -> Vec<&'static str> {
    inspect(source).findings.into_iter().filter(|finding| finding.path == path).map(|finding| finding.code).collect()
}

#[test]
fn own_content_has_nothing_to_mend() {
    let inspection = inspect(&own());
    let errors: Vec<String> = inspection.findings.iter().filter(|finding| !is_warning(finding)).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(!inspection.refuses());
}

#[test]
fn a_word_that_is_not_used_is_found_where_it_stands() {
    let (path, text) = lesson();
    let lines = text.lines().count();
    let source = with(path, format!("{text}\nSome say that he relapsed again.\n"));
    let finding = inspect(&source).findings.into_iter().find(|finding| finding.code == "wording").unwrap();
    assert_eq!((finding.path.as_str(), finding.line, finding.column, finding.length), (path, lines + 2, 18, 8));
    assert!(finding.mend.contains("return to use"));
}

#[test]
fn each_thing_that_a_lesson_owes_is_missed() {
    let (path, text) = lesson();
    let hard = "Notwithstanding organizational considerations, interdisciplinary administrators systematically operationalize multidimensional participatory methodologies throughout institutional environments, necessitating comprehensive reconceptualization. ";
    let front = text.find("\n+++\n").unwrap() + 5;
    for (wrong, code) in [
        (text.replace(":::activity{", ":::story x{"), "activity"),
        (text.replace(":::story", ":::pause").replace(":::write", ":::pause"), "story"),
        (text.replace("(page:practicum)", "(page:help)"), "practicum-link"),
        (text.get(..front).unwrap().to_owned() + "Too short.\n", "length"),
        (format!("{text}\n{}\n", hard.repeat(60)), "grade"),
        (format!("{text}\n{}\n", "and a cat and a dog ".repeat(200)), "grade"),
    ] {
        assert!(codes(&with(path, wrong), path).contains(&code), "{code}");
    }
    assert!(!codes(&own(), path).contains(&"grade"));
}

#[test]
fn guides_modules_and_banks_are_looked_at() {
    let source = own();
    let of = |path: &str| source.files.get(path).unwrap().clone();
    let (guide, module, check) = ("modules/m02-self-help/live-1.md", "modules/m02-self-help/module.toml", "modules/m02-self-help/check.md");
    for (path, wrong, code) in [
        (guide, of(guide).replace("## Including everyone", "## Else"), "guide"),
        (module, of(module).replace("minutes_live = 120", "minutes_live = 60"), "live"),
        (module, of(module).replace("prerequisites = [\"m01\"]", "prerequisites = [\"m02\"]"), "prerequisite"),
        (module, of(module).replace("prerequisites = [\"m01\"]", "prerequisites = [\"m77\"]"), "prerequisite"),
        (check, of(check).replace("scenario=true", "scenario=false"), "scenarios"),
        (check, of(check).replace("domain=ADV", "domain=HAR"), "domain"),
        (check, of(check).replace("draw = 10", "draw = 4"), "draw"),
        (check, of(check).replace("source=segal2018", "source=nobody1999"), "citation"),
        (check, of(check).replacen("{#a}", "", 1), "option-id"),
    ] {
        assert_ne!(of(path), wrong, "{code}: nothing was changed");
        assert!(codes(&with(path, wrong), path).contains(&code), "{code}");
    }
    let other = of(module).replace("\"CC10.5\"", "\"CC01.1\"");
    assert!(codes(&with(module, other), check).contains(&"unchecked"));
    let bib = of("references.bib") + "\n@book{nobody1999, author = {Nobody}, title = {Nothing}, year = {1999}}\n";
    assert!(codes(&with("references.bib", bib), "references.bib").contains(&"uncited"));
    let help = of("help.toml").replace("988", "999");
    assert!(codes(&with("help.toml", help), "help.toml").contains(&"988"));
}

#[test]
fn the_length_of_an_answer_does_not_give_it_away() {
    let path = "modules/m02-self-help/check.md";
    let text = own().files.get(path).unwrap().clone();
    assert!(!codes(&own(), path).contains(&"gives-away"));
    for mark in ["- [x] ", "- [ ] "] {
        let wordy = text.replace(mark, &format!("{mark}As far as anybody who has ever looked at it with care can tell, "));
        assert!(codes(&with(path, wordy), path).contains(&"gives-away"), "{mark}");
    }
}

#[test]
fn missing_ids_are_written_and_nothing_else() {
    let path = "modules/m02-self-help/check.md";
    let text = own().files.get(path).unwrap().clone();
    let source = with(path, text.replacen(" {#b}", "", 1));
    assert_eq!(with_ids(&source), [(path.to_owned(), text)]);
    assert!(with_ids(&own()).is_empty());
}

#[test]
fn a_key_does_not_change_in_passing() {
    let mut source = own();
    let (name, text) = locked(&source).unwrap();
    source.files.insert(name.to_owned(), text.clone());
    assert!(codes(&source, "modules/m02-self-help/check.md").iter().all(|code| *code != "lock"));
    let path = "modules/m02-self-help/check.md";
    let check = source.files.get(path).unwrap().clone();
    let heading = check.lines().find(|line| line.starts_with("### ")).unwrap();
    let from = check.find(heading).unwrap();
    let swapped =
        check.get(from..).unwrap().replacen("- [ ] ", "- [_] ", 1).replacen("- [x] ", "- [ ] ", 1).replacen("- [_] ", "- [x] ", 1);
    let changed = check.get(..from).unwrap().to_owned() + &swapped;
    source.files.insert(path.to_owned(), changed.clone());
    assert!(codes(&source, path).contains(&"lock"));
    assert!(locked(&source).is_err(), "and it is not locked in passing either");
    let declared = changed.replacen(" kind=single", " rev=2 regrade=full kind=single", 1);
    source.files.insert(path.to_owned(), declared);
    let (_, anew) = locked(&source).unwrap();
    assert_ne!(anew, text);
    source.files.insert(name.to_owned(), anew);
    assert!(!codes(&source, path).contains(&"lock"));
}
