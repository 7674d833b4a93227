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
    let mut source = with(path, text.replacen(" {#b}", "", 1));
    source.files.remove(lock::FILE);
    assert_eq!(with_ids(&source), [(path.to_owned(), text.clone())]);
    assert!(with_ids(&own()).is_empty());

    // Where the lock knows that there was a b, somebody's answer may be it.
    let (name, locks) = locked(&own()).unwrap();
    source.files.insert(name.to_owned(), locks);
    assert_eq!(with_ids(&source), [(path.to_owned(), text.replacen(" {#b}", " {#e}", 1))]);
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

/// Their code, their line and column, and the words that are underlined.
fn places(source: &Source, path: &str) -> Vec<(&'static str, usize, usize, String)> {
    let found = inspect(source).findings.into_iter().filter(|finding| finding.path == path);
    let lines: Vec<&str> = source.text(path).unwrap().lines().collect();
    found
        .map(|finding| {
            let words = lines[finding.line - 1].chars().skip(finding.column - 1).take(finding.length).collect();
            (finding.code, finding.line, finding.column, words)
        })
        .collect()
}

const MODULE: &str = "modules/m02-self-help/module.toml";
const CHECK: &str = "modules/m02-self-help/check.md";
const LESSON: &str = "modules/m02-self-help/01-many-names.md";
const GUIDE: &str = "modules/m02-self-help/live-1.md";

#[test]
fn every_finding_points_at_its_words() {
    let source = own();
    for (path, from, to, code, words) in [
        (MODULE, "\"CC10.5\"", "\"CC1O.5\"", "competency", "\"CC1O.5\""),
        (MODULE, "prerequisites = [\"m01\"]", "prerequisites = [\"m77\"]", "prerequisite", "m77"),
        (MODULE, "prerequisites = [\"m01\"]", "prerequisites = [\"m02\"]", "prerequisite", "prerequisites = [\"m02\"]"),
        (MODULE, "minutes_self = 120", "minutes_self = 500", "self-paced", "500"),
        (MODULE, "ADV = 120", "ADX = 120", "domain", "ADX"),
        (MODULE, "ADV = 120", "ADV = 121", "minutes", "[minutes_by_domain]"),
        (MODULE, "id = \"m02\"", "id = \"m20\"", "module-id", "m20"),
        (MODULE, "id = \"m02-o2\"", "id = \"m02-o1\"", "id-twice", "\"m02-o1\""),
        (LESSON, "objectives = [\"m02-o1\"", "objectives = [\"m02-01\"", "objective-unknown", "m02-01"),
        (LESSON, "+++\nSix", "+++\nIt is known [@nobody1999] well. Six", "citation", "@nobody1999"),
        (LESSON, "(page:practicum)", "(page:nowhere)", "link", "page:nowhere"),
        (LESSON, ":::activity{minutes=", ":::activity{rest=1 minutes=", "attribute", "rest"),
        (GUIDE, "\nminutes = 120", "\nminutes = 110", "agenda", "## Agenda"),
        (CHECK, "draw = 10", "draw = 400", "draw", "400"),
        (CHECK, "draw = 10", "draw = 4", "draw", "draw = 4"),
        (CHECK, "pass = 0.8\n", "", "pass", "scored = true"),
        (CHECK, "domain=ADV", "domain=ADX", "domain", "domain=ADX"),
        (CHECK, "kind=single", "kind=essay", "kind", "kind=essay"),
        (CHECK, "points=1", "points=many", "points", "points=many"),
        (CHECK, " {#a}", " {#a fixd=1}", "attribute", "fixd"),
        (CHECK, "- [x] ", "- [y] ", "option-mark", "[y]"),
        (LESSON, ":::pause Where", ":::nosuch Where", "container-unknown", ":::nosuch Where have you been?"),
        (CHECK, "points=1", "points=1 credit=partiall", "value", "credit=partiall"),
        (CHECK, "points=1", "points=1 fixed=yes", "value", "fixed=yes"),
        (CHECK, "points=1", "points=1 retired=yes", "value", "retired=yes"),
        (CHECK, "points=1", "points=1 rev=two", "value", "rev=two"),
        (CHECK, "points=1", "points=1 regrade=banana", "value", "regrade=banana"),
        (CHECK, "scenario=true", "scenario=yes", "value", "scenario=yes"),
        (CHECK, ":::explanation\n", ":::explanation\nOne more line.\nAnd [@nobody1999].\n", "citation", "@nobody1999"),
    ] {
        let text = source.text(path).unwrap();
        let wrong = text.replacen(from, to, 1);
        assert_ne!(text, wrong, "{to}: nothing was changed");
        let found = places(&with(path, wrong.clone()), path);
        let Some((_, line, column, _)) = found.iter().find(|place| place.0 == code && place.3 == words) else {
            panic!("{code} “{words}” is not among {found:?}")
        };
        // The line and the column, counted apart: where what was changed begins, or where the words stand alone.
        let first = wrong.bytes().zip(text.bytes()).position(|(new, old)| new != old).unwrap_or(text.len());
        let changed = wrong.get(..first).unwrap_or_default().matches('\n').count() + 1;
        let near = wrong.lines().nth(line - 1).unwrap().chars().skip(column - 1).collect::<String>();
        assert!(near.starts_with(words), "{code}: {near}");
        let apart = ["prerequisite", "minutes", "agenda", "pass", "id-twice"].contains(&code);
        assert!(apart || (changed..=changed + 2).contains(line), "{code}: line {line}, and what was changed is on {changed}");
    }
}

#[test]
fn a_question_says_which_competency_it_is_about() {
    let text = own().text(CHECK).unwrap().to_owned();
    let heading = text.lines().find(|line| line.contains(" competency=")).unwrap();
    let without: Vec<&str> = heading.split_whitespace().filter(|word| !word.starts_with("competency=")).collect();
    let source = with(CHECK, text.replace(heading, &without.join(" ")));
    assert!(places(&source, CHECK).iter().any(|place| place.0 == "competency" && place.3.starts_with("### ")));
}

#[test]
fn an_id_names_one_thing() {
    let source = own();
    for (path, from, to) in [
        ("modules/m03-recovery/check.md", "id = \"m03-check\"", "id = \"m02-check\""),
        ("modules/m03-recovery/live-1.md", "id = \"m03-live-1\"", "id = \"m02-live-1\""),
        ("modules/m03-recovery/01-what-holds-it-up.md", "id = \"m03-l1\"", "id = \"m02-l1\""),
        ("modules/m13-privacy-records/drill.md", "id = \"m13-drill\"", "id = \"m13-check\""),
        ("exams/men.md", "id = \"exam-men\"", "id = \"exam-adv\""),
        ("statements/wellness-plan.md", "id = \"wellness-plan\"", "id = \"code-of-ethics\""),
        ("rubrics/role-play-m07.toml", "id = \"role-play-m07\"", "id = \"role-play-m06\""),
    ] {
        let text = source.text(path).unwrap();
        let wrong = text.replacen(from, to, 1);
        assert_ne!(text, wrong, "{to}: nothing was changed");
        let found: Vec<Finding> = inspect(&with(path, wrong)).findings.into_iter().filter(|finding| finding.code == "id-twice").collect();
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        assert!(found[0].path == path && found[0].line <= 2 && found[0].length > 0, "{found:?}");
    }
    let twice = source.text("glossary.md").unwrap().to_owned() + "\n## Once more {#mutual-aid}\n\nThe same word.\n";
    assert!(places(&with("glossary.md", twice), "glossary.md").iter().any(|place| place.0 == "id-twice" && place.3 == "{#mutual-aid}"));
}

#[test]
fn one_slip_hides_nothing_and_makes_nothing_else_look_wrong() {
    let mut source = own();
    let wrong = [
        ("glossary.md", "{#mutual-aid}\n\n", "{#mutual-aid}\n\nIt [says](page:nowhere) so. "),
        (LESSON, "(page:practicum)", "(page:nowhere)"),
        (MODULE, "title = ", "titel = "),
        ("modules/m03-recovery/check.md", "points=1", "points=many"),
        ("programs/foundations-2026.toml", "issue = ", "isue = "),
    ];
    for (path, from, to) in wrong {
        let text = source.files.get_mut(path).unwrap();
        let new = text.replacen(from, to, 1);
        assert_ne!(*text, new, "{to}: nothing was changed");
        *text = new;
    }
    let mut inspection = inspect(&source);
    let programs = crate::programs::check(&inspection.release);
    inspection.add(programs);
    let told: Vec<String> = inspection.findings.iter().map(ToString::to_string).collect();
    let found: BTreeSet<&str> =
        inspection.findings.iter().filter(|finding| !is_warning(finding)).map(|finding| finding.path.as_str()).collect();
    assert_eq!(found, wrong.iter().map(|(path, ..)| *path).collect::<BTreeSet<_>>(), "{}", told.join("\n"));
}

#[test]
fn one_slip_is_one_finding() {
    let source = own();
    let (decides, exam) = ("modules/m02-self-help/03-who-decides-here.md", "exams/men.md");
    for (path, from, to, code) in [
        (LESSON, "id = \"m02-l1\"", "id = \"m02-l1", "toml"),
        (LESSON, "+++\nSix", "++\nSix", "front-matter"),
        (LESSON, "+++\nid", "++\nid", "front-matter"),
        (MODULE, "title = ", "titel = ", "toml"),
        (GUIDE, "\nminutes = 120", "\nminutes = 12O", "toml"),
        (CHECK, "draw = 10", "draw = ten", "toml"),
        ("modules/m13-privacy-records/drill.md", "scored = true", "scored = yes", "toml"),
        (exam, "draw = 14", "draw = 1 4", "toml"),
        ("statements/wellness-plan.md", "version = \"", "version = ", "toml"),
        ("rubrics/practicum-entry.toml", "id = \"", "id = ", "toml"),
        (CHECK, "- [x] ", "- [y] ", "option-mark"),
        (CHECK, "- [ ] ", "- [] ", "option-mark"),
        (exam, "- [x] ", "- [y] ", "option-mark"),
        (CHECK, "kind=single", "kind=essay", "kind"),
        (CHECK, "points=1", "points=many", "points"),
        (CHECK, "domain=ADV", "domain=ADX", "domain"),
        (LESSON, "+++\nSix", "+++\n:::nosuch\n\nSix", "container-unknown"),
        (LESSON, ":::pause", ":::pauze", "container-unknown"),
        (LESSON, ":::activity{", ":::activty{", "container-unknown"),
        (decides, ":::activity{", ":::Activity{", "container-unknown"),
    ] {
        let text = source.text(path).unwrap();
        let wrong = text.replacen(from, to, 1);
        assert_ne!(text, wrong, "{to}: nothing was changed");
        let mut inspection = inspect(&with(path, wrong));
        let programs = crate::programs::check(&inspection.release);
        inspection.add(programs);
        let found: Vec<&Finding> = inspection.findings.iter().filter(|finding| !is_warning(finding)).collect();
        let [one] = found.as_slice() else { panic!("{to}: {found:?}") };
        assert_eq!((one.path.as_str(), one.code), (path, code), "{to}");
    }
}

#[test]
fn what_a_slip_leaves_open_is_not_made_up() {
    // The words of a lesson are counted, whatever is wrong with its front matter.
    let (path, text) = lesson();
    let front = text.get(..text.find("\n+++\n").unwrap() + 5).unwrap().replacen("id = \"m02-l1\"", "id = \"m02-l1", 1);
    let found = inspect(&with(path, front + "Too short.\n")).findings;
    assert!(found.iter().any(|finding| finding.message == "this lesson has 2 words"), "{found:?}");

    // And a question that does not say what is right is not locked.
    let slip = own().text(CHECK).unwrap().replacen("- [x] ", "- [y] ", 1);
    let refused = locked(&with(CHECK, slip)).unwrap_err();
    assert!(refused.len() == 1 && refused[0].path == CHECK && refused[0].mend.contains("without --lock"), "{refused:?}");
}

#[test]
fn the_lock_forgets_no_question_and_minds_no_order() {
    let text = own().text(CHECK).unwrap().to_owned();
    let starts: Vec<usize> = text.match_indices("\n### ").map(|(at, _)| at + 1).collect();
    let (first, second) = (starts[0], starts[1]);
    let block = text.get(first..second).unwrap();
    let id = block.lines().next().unwrap().rsplit_once("{#").unwrap().1.split(' ').next().unwrap().to_owned();

    let without = with(CHECK, text.replacen(block, "", 1));
    let lock = inspect(&without).findings.into_iter().find(|finding| finding.path == lock::FILE).unwrap();
    assert!(lock.message.contains(&id) && lock.line > 1 && lock.length > 0, "{lock:?}");
    assert!(locked(&without).is_err(), "its id would be free");
    let front = text.replacen(block, "", 1).replacen("draw = 10\n", &format!("draw = 10\nretired_ids = [\"{id}\"]\n"), 1);
    assert!(locked(&with(CHECK, front)).is_ok());
    let retired = with(CHECK, text.replacen(&format!("{{#{id} "), &format!("{{#{id} retired=true "), 1));
    assert!(locked(&retired).is_ok());
    assert!(!inspect(&retired).findings.iter().any(|finding| finding.path == lock::FILE));

    // The first two options change places: other words, and the same key.
    let options: Vec<usize> = block.match_indices("\n- [").map(|(at, _)| at + 1).collect();
    let (a, b) = (block.get(options[0]..options[1]).unwrap(), block.get(options[1]..options[2]).unwrap());
    let turned = block.replacen(&format!("{a}{b}"), &format!("{b}{a}"), 1);
    assert_ne!(block, turned);
    let turned = with(CHECK, text.replacen(block, &turned, 1));
    let told = inspect(&turned).findings.into_iter().find(|finding| finding.code == "lock").unwrap();
    assert!(told.message.starts_with("the words"), "{told:?}");
    assert!(locked(&turned).is_ok());
}

#[test]
fn ids_are_written_into_the_text_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("exams")).unwrap();
    let front = "+++\r\nid = \"x\"\r\nschema = 1\r\ntitle = \"T\"\r\nscored = false\r\ndraw = 1\r\n+++\r\n";
    let bank = |id: &str| format!("{front}### One? {{{id}kind=single}}\r\n- [ ] No  \r\n  > x\r\n- [x] Yes {{#b}}\r\n");
    std::fs::write(folder.path().join("exams/a.md"), bank("#q1 ")).unwrap();
    let source = Source::read(folder.path()).unwrap();
    assert_eq!(with_ids(&source), [("exams/a.md".to_owned(), bank("#q1 ").replace("No  \r\n", "No {#a}  \r\n"))]);

    // A new question takes no id of another part of the exam, and none that is retired.
    let new = |text: &str| {
        let (_, text) = with_ids(&Source::of([("exams/a.md".to_owned(), text.to_owned())].into())).remove(0);
        text.split("{#").nth(1).unwrap().split(' ').next().unwrap().to_owned()
    };
    let plain = bank("").replace("\r\n", "\n");
    let first = new(&plain);
    let other = new(&plain.replace("draw = 1\n", &format!("draw = 1\nretired_ids = [\"{first}\"]\n")));
    assert_ne!(first, other);
    let parts = [("exams/a.md".to_owned(), plain.clone()), ("exams/b.md".to_owned(), plain.replace("{kind", &format!("{{#{first} kind")))];
    let (_, text) = with_ids(&Source::of(parts.into())).remove(0);
    assert!(!text.contains(&format!("{{#{first} ")), "{text}");
}
