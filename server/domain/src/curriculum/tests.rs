//! Compiling and publishing content, and everything that is wrong with it.

use std::{collections::BTreeMap, path::Path};

use proptest::prelude::*;

use super::*;
use crate::{accounts::Actor, testing};

fn own_content() -> Source {
    Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")).unwrap()
}

fn small(lesson: &str) -> Source {
    let files = [
        ("competencies.toml", "[[competency]]\nid = \"CC01.1\"\ntext = \"Makes the first contact.\"\n"),
        (
            "references.bib",
            "@article{segal2010, author = {Segal, S. P. and Silverman, C. J.}, title = {Outcomes}, journal = {Psychiatric Services}, volume = {61}, pages = {905--910}, year = {2010}}",
        ),
        ("glossary.md", "## Mutual aid {#mutual-aid}\n\nMembers help *one another*.\n"),
        ("help.toml", "[[line]]\nname = \"988\"\nhow = \"Call.\"\ncall = \"988\"\n"),
        (
            "modules/m01-first/module.toml",
            "id = \"m01\"\ntitle = \"First\"\nsummary = \"S.\"\nbig_idea = \"B.\"\nminutes_live = 0\nminutes_self = 10\nprerequisites = []\n[minutes_by_domain]\nETH = 10\n[[objective]]\nid = \"m01-o1\"\ntext = \"T.\"\ncompetencies = [\"CC01.1\"]\n",
        ),
        ("modules/m01-first/01-one.md", lesson),
    ];
    Source::of(files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
}

const FRONT: &str = "+++\nid = \"m01-l1\"\ntitle = \"One\"\nsummary = \"S.\"\nobjectives = [\"m01-o1\"]\n+++\n";

fn lesson_html(body: &str) -> String {
    let source = small(&format!("{FRONT}{body}\n\n:::activity{{minutes=9}} Try\nDo it.\n:::\n"));
    compile(&source).unwrap().modules[0].lessons[0].html.clone()
}

fn codes(body: &str) -> Vec<&'static str> {
    let source = small(&format!("{FRONT}{body}\n\n:::activity{{minutes=9}} Try\nDo it.\n:::\n"));
    compile(&source).err().unwrap_or_default().iter().map(|finding| finding.code).collect()
}

#[test]
fn our_own_content_compiles() {
    let release = compile(&own_content()).unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    });
    assert_eq!(release.competencies.len(), 62);
    let module = release.module("m02").unwrap();
    assert!(module.lesson("many-names").is_some());
    assert!(module.check.as_ref().unwrap().questions.len() >= 10);
}

#[test]
fn a_lesson_becomes_html_with_its_citations_and_words() {
    let html = lesson_html(
        "People [help one another](term:mutual-aid) [@segal2010].\n\n## \"Next\"\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n:::write A note\n+ Good.\n- Bad.\n> Why.\n:::\n\nSee [it](lesson:m01/one) and [help](page:help) [@segal2010].",
    );
    insta::assert_snapshot!(html);
}

#[test]
fn every_fault_is_found_with_its_place() {
    assert_eq!(codes("Fine."), Vec::<&str>::new());
    assert_eq!(codes("A <b>tag</b>."), ["raw-html", "raw-html"]);
    assert_eq!(codes("[@nobody1999]"), ["citation"]);
    assert_eq!(codes("[x](term:nothing)"), ["term"]);
    assert_eq!(codes("[x](lesson:m09/nothing)"), ["link"]);
    assert_eq!(codes("[x](javascript:alert)"), ["link"]);
    assert_eq!(codes("# Title"), ["heading"]);
    assert_eq!(codes("## Two {#main onclick=alert(1)}"), ["heading"]);
    // The next container is read all the same: the activity behind it keeps its minutes.
    assert_eq!(codes(":::pause\nNever closed."), ["container-open"]);
    for strange in [":::strange\n:::", ":::strange\nNever closed.", ":::strange{minutes=3} A title\nText.\n:::", "::: pause\nText.\n:::"] {
        assert_eq!(codes(strange), ["container-unknown"], "{strange}");
    }
    assert_eq!(codes(":::strange\n[@nobody1999]\n:::"), ["container-unknown", "citation"]);
    let findings = compile(&small("no front matter")).unwrap_err();
    assert_eq!((findings[0].path.as_str(), findings[0].line, findings[0].code), ("modules/m01-first/01-one.md", 1, "front-matter"));
    let findings = compile(&small("+++\nid = \"x\"\ntitle = 7\n+++\n")).unwrap_err();
    assert!(findings.iter().any(|finding| (finding.line, finding.column, finding.code) == (3, 9, "toml")), "{findings:?}");
}

#[test]
fn a_question_has_as_many_right_options_as_its_kind_needs() {
    let bank = |options: &str, kind: &str| {
        let mut source = small(&format!("{FRONT}:::activity{{minutes=9}} Try\nDo it.\n:::\n"));
        let text = format!(
            "+++\nid = \"m01-check\"\nschema = 1\ntitle = \"C\"\nscored = true\npass = 0.8\ndraw = 1\n+++\n### Which? {{#q1 kind={kind} points=1 competency=CC01.1 domain=ETH}}\n\n{options}"
        );
        source.files.insert("modules/m01-first/check.md".to_owned(), text);
        compile(&source)
    };
    let one = "- [x] A {#a}\n  > Yes.\n- [ ] B {#b}\n  > No.\n";
    let release = bank(one, "single").unwrap();
    let question = &release.modules[0].check.as_ref().unwrap().questions[0];
    assert_eq!((question.options[0].text.as_str(), question.options[0].right, question.options[1].feedback.as_str()), ("A", true, "No."));
    assert_eq!(bank("- [x] A {#a}\n  > Yes.\n- [x] B {#b}\n  > No.\n", "single").unwrap_err()[0].code, "options");
    assert_eq!(
        bank("- [x] A {#a}\n- [ ] B {#a}\n  > No.\n", "single").unwrap_err().iter().map(|finding| finding.code).collect::<Vec<_>>(),
        ["feedback", "id-twice"]
    );
    assert!(bank(one, "essay").unwrap_err().iter().any(|finding| (finding.code, finding.line) == ("kind", 9)));
}

#[test]
fn an_option_says_whether_it_is_right() {
    let bank = |options: &str| {
        let mut source = small(&format!("{FRONT}:::activity{{minutes=9}} Try\nDo it.\n:::\n"));
        let text = format!(
            "+++\nid = \"m01-check\"\nschema = 1\ntitle = \"C\"\nscored = true\npass = 0.8\ndraw = 1\n+++\n### Which? {{#q1 kind=single points=1 competency=CC01.1 domain=ETH}}\n\n{options}"
        );
        source.files.insert("modules/m01-first/check.md".to_owned(), text);
        compile(&source)
    };
    let wrong = "- [ ] B {#b}\n  > No.\n";
    for (mark, length) in [("[y] ", 3), ("[] ", 2), ("[yes] ", 5), ("[x]", 3), ("[ ]", 3)] {
        for (text, line) in [
            (format!("- {mark}A {{#a}}\n  > Yes.\n{wrong}"), 11),
            (format!("{wrong}- {mark}A {{#a}}\n  > Yes.\n"), 13),
            (format!("- [x] C {{#c}}\n  > Yes.\n{wrong}- {mark}A {{#a}}\n  > Yes.\n"), 15),
        ] {
            let found = bank(&text).unwrap_err();
            let [found] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!((found.line, found.column, found.length, found.code), (line, 3, length, "option-mark"), "{text}");
            assert!(found.mend.contains("[x] before a right option") && found.mend.contains("[ ] before a wrong one"), "{}", found.mend);
        }
    }
    // Links and citations in a list are none.
    let release = bank(&format!("See:\n\n- [help](page:help)\n- [@segal2010] tells it.\n\n- [x] A {{#a}}\n  > Yes.\n{wrong}")).unwrap();
    let question = &release.modules[0].check.as_ref().unwrap().questions[0];
    assert_eq!((question.options.len(), question.body.matches("<li>").count()), (2, 2), "{}", question.body);
}

#[test]
fn a_file_that_is_not_utf_8_says_where() {
    for (bytes, place) in [
        (b"## One {#one}\n\nA caf\xe9 and more.\n".as_slice(), (3, 6)),
        (b"## One {#one}\r\n\r\nA caf\xe9".as_slice(), (3, 6)),
        (b"N\xc3\xa9, n\xe9.\n".as_slice(), (1, 6)),
        (b"It breaks off: \xe2\x80".as_slice(), (1, 16)),
        (b"\xff\xfe#\x00".as_slice(), (1, 1)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("glossary.md"), bytes).unwrap();
        let found = Source::read(folder.path()).unwrap_err();
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((found.path.as_str(), found.line, found.column, found.length), ("glossary.md", place.0, place.1, 1));
        assert!(found.code == "unreadable" && found.message.contains("UTF-8") && found.mend.contains("Save"), "{found}");
    }
}

#[tokio::test]
async fn publishing_is_idempotent_and_all_or_nothing() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let good = small(&format!("{FRONT}:::activity{{minutes=9}} Try\nDo it.\n:::\n"));
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        let Published::New(digest) = publish(&mut write, &good).await.unwrap() else { panic!("it is new") };
        assert_eq!(publish(&mut write, &good).await.unwrap(), Published::Unchanged(digest.clone()));
        write.commit().await.unwrap();

        let mut write = platform.write(&Actor::operator()).await.unwrap();
        assert!(matches!(publish(&mut write, &small("broken")).await, Err(PublishError::Findings(_))));
        drop(write);
        assert_eq!(current(&platform.read()).await.unwrap(), Some(digest.clone()));
        let release = release(platform, &digest).await.unwrap().unwrap();
        assert_eq!(*release, compile(&good).unwrap(), "what is stored compiles to what was published");
    }
}

#[tokio::test]
async fn what_people_signed_or_joined_changes_only_with_its_version() {
    let with = |version: &str, promise: &str, program: &str| {
        let mut source = small(&format!("{FRONT}:::activity{{minutes=9}} Try\nDo it.\n:::\n"));
        let statement = format!("+++\nid = \"ethics\"\ntitle = \"Ethics\"\nversion = \"{version}\"\n+++\n{promise}\n");
        source.files.insert("statements/ethics.md".to_owned(), statement);
        source.files.insert(
            "programs/p.toml".to_owned(),
            format!("# {promise}\nid = \"p\"\nversion = \"{program}\"\nminutes = {}\n", program.len()),
        );
        source
    };
    for world in testing::worlds().await {
        let mut write = world.platform.write(&Actor::operator()).await.unwrap();
        publish(&mut write, &with("1", "I listen.", "a")).await.unwrap();
        let Err(PublishError::Findings(found)) = publish(&mut write, &with("1", "I listen and ask.", "a")).await else {
            panic!("it says something else")
        };
        let [found] = found.as_slice() else { panic!("the program has changed in a comment only: {found:?}") };
        assert_eq!((found.path.as_str(), found.line, found.column, found.code), ("statements/ethics.md", 4, 12, "version"));
        assert!(matches!(publish(&mut write, &with("2", "I listen and ask.", "a")).await, Ok(Published::New(_))));
        let long_ago = publish(&mut write, &with("1", "I listen well.", "a")).await;
        assert!(matches!(long_ago, Err(PublishError::Findings(found)) if found[0].path == "statements/ethics.md"));
        assert!(matches!(publish(&mut write, &with("1", "I listen.", "a")).await, Ok(Published::New(_))), "as it was");

        let mut program = with("2", "I listen and ask.", "a");
        let text = program.files.get_mut("programs/p.toml").unwrap();
        *text = text.replace("minutes = 1", "minutes = 2");
        assert!(matches!(publish(&mut write, &program).await, Err(PublishError::Findings(found)) if found[0].path == "programs/p.toml"));
        let text = program.files.get_mut("programs/p.toml").unwrap();
        *text = text.replace("version = \"a\"", "version = \"b\"");
        assert!(matches!(publish(&mut write, &program).await, Ok(Published::New(_))));
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_compiler_panic(text in "(?s).{0,200}", marks in "[-#:{}\\[\\]@|>+ a\n]{0,200}") {
        drop(compile(&small(&text)));
        drop(compile(&small(&format!("{FRONT}{marks}"))));
        let mut files = BTreeMap::new();
        files.insert("modules/m01-first/check.md".to_owned(), format!("+++\nid = \"x\"\nschema = 1\ntitle = \"\"\nscored = false\ndraw = 0\n+++\n### {marks}"));
        files.insert("glossary.md".to_owned(), marks);
        files.insert("references.bib".to_owned(), text);
        drop(compile(&Source::of(files)));
    }
}
