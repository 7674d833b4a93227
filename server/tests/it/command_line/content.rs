//! Content from the command line.

use std::path::Path;

use super::{alongside, text};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            std::fs::copy(&path, &place).unwrap();
        }
    }
}

#[test]
fn content_that_does_not_parse_is_not_published_and_the_old_release_stays() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), &content);
    let publish = || alongside(folder.path(), &["content", "publish"]);
    let first = publish();
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let digest = text(&first.stdout).trim_end_matches(".\n").rsplit(' ').next().unwrap().to_owned();

    let file = content.join("modules/m02-self-help/module.toml");
    let good = std::fs::read_to_string(&file).unwrap();
    let mut lines: Vec<&str> = good.lines().collect();
    lines.insert(3, "title = = \"twice\"");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let refused = publish();
    assert_eq!(refused.status.code(), Some(1));
    let error = text(&refused.stderr);
    assert!(error.contains("modules/m02-self-help/module.toml:4:") && error.contains("was not published"), "{error}");
    assert!(error.ends_with("alongside content check ./content\nThe release from before goes on serving.\n"), "{error}");
    let place = error.lines().find(|line| line.contains("module.toml:4:")).unwrap();
    let column = place.split("module.toml:4:").nth(1).unwrap().split(':').next().unwrap();
    assert!(column.parse::<u32>().is_ok_and(|column| column > 1), "{place}");
    let checked = alongside(folder.path(), &["content", "check", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let findings = told["findings"].as_array().unwrap();
    let found = findings.iter().any(|finding| finding["path"] == "modules/m02-self-help/module.toml" && finding["line"] == 4);
    assert!(found, "{told}");
    let shown = text(&alongside(folder.path(), &["content", "check"]).stdout);
    assert!(shown.contains("modules/m02-self-help/module.toml:4:") && shown.contains("\"twice\"") && shown.contains("CC02.3"), "{shown}");
    assert!(shown.find("CC02.3") < shown.find("module.toml:4:"), "what is to be mended comes last: {shown}");

    std::fs::write(&file, good).unwrap();
    assert!(text(&publish().stdout).contains(&format!("{digest} is current already")));
}

#[test]
fn what_no_reader_could_use_is_found_before_it_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let found = |wrong: &dyn Fn(&Path)| -> String {
        let content = folder.path().join("content");
        copy(&own, &content);
        wrong(&content);
        let out = alongside(folder.path(), &["content", "check", "--format", "json"]);
        std::fs::remove_dir_all(&content).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let errors = told["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "error");
        let mut codes: Vec<String> =
            errors.map(|finding| format!("{} {}", finding["path"].as_str().unwrap(), finding["code"].as_str().unwrap())).collect();
        codes.dedup();
        assert_eq!(out.status.code(), Some(i32::from(!codes.is_empty())));
        codes.join(", ")
    };
    let mended = |path: &'static str, from: &'static str, to: &'static str| {
        move |content: &Path| {
            let text = std::fs::read_to_string(content.join(path)).unwrap();
            assert!(text.contains(from), "{path}");
            std::fs::write(content.join(path), text.replacen(from, to, 1)).unwrap();
        }
    };
    let (program, lesson) = ("programs/foundations-2026.toml", "modules/m02-self-help/02-how-people-organized.md");
    let board = "programs/model-aligned-2026.toml";
    assert_eq!(found(&|_| {}), "");
    let rubric = "rubrics/practicum-entry.toml";
    let line = "\n[[line]]\nid = \"more\"\ntitle = \"More\"\nhint = \"\"\n[[line.level]]\npoints = 1\nlabel = \"Yes\"\nanchor = \"\"\n";
    assert_eq!(
        found(&|content| {
            let text = std::fs::read_to_string(content.join(rubric)).unwrap();
            let more: String = (0..5).map(|n| line.replace("more", &format!("more-{n}"))).collect();
            std::fs::write(content.join(rubric), text + &more).unwrap();
        }),
        format!("{rubric} rubric-lines")
    );
    assert!(found(&|content| std::fs::remove_dir_all(content.join("rubrics")).unwrap()).contains(&format!("{program} program")));
    assert!(found(&|content| std::fs::remove_dir_all(content.join("programs")).unwrap()).contains("programs missing"));
    assert!(found(&mended(board, "source_url = \"https://", "source_url = \"javascript://")).contains(&format!("{board} program")));
    assert_eq!(found(&mended("help.toml", "chat = \"https://", "chat = \"javascript://")), "help.toml help-line");
    assert_eq!(found(&mended("help.toml", "call = \"988\"", "call = \"javascript:1\"")), "help.toml help-line");
    let renamed = |name: &'static str| {
        move |content: &Path| {
            let from = content.join(lesson);
            std::fs::rename(&from, from.with_file_name(name)).unwrap();
        }
    };
    for name in ["02-check.md", "02-Stay there.md"] {
        assert!(found(&renamed(name)).contains(&format!("modules/m02-self-help/{name} lesson-name")), "{name}");
    }
    let marked = |content: &Path| {
        let text = std::fs::read_to_string(content.join(lesson)).unwrap();
        std::fs::write(content.join(lesson), format!("\u{feff}{text}")).unwrap();
    };
    assert_eq!(found(&marked), "", "the mark that some editors begin a file with is no part of it");
    let large = |content: &Path| std::fs::write(content.join(lesson), "word ".repeat(200_000)).unwrap();
    assert_eq!(found(&large), format!("{lesson} too-large"));
    let linked = |content: &Path| {
        std::fs::rename(content.join("statements"), folder.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), content.join("statements")).unwrap();
    };
    assert_eq!(found(&linked), "statements link");
}

#[test]
fn an_answer_that_nobody_reads_to_its_end_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let program = env!("CARGO_BIN_EXE_alongside");
    let script = format!("'{program}' content check --format json '{}' 2>told | true; echo ${{PIPESTATUS[0]}}", content.display());
    let out = std::process::Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!((text(&out.stdout).as_str(), std::fs::read_to_string(folder.path().join("told")).unwrap().as_str()), ("0\n", ""));
}

#[test]
fn content_that_cannot_be_read_is_told_to_programs_too() {
    let folder = tempfile::tempdir().unwrap();
    let check = |words: &[&str]| alongside(folder.path(), &[&["content", "check"][..], words].concat());
    let gone = check(&["nowhere"]);
    assert_eq!((gone.status.code(), text(&gone.stdout).as_str()), (Some(2), ""));
    assert!(text(&gone.stderr).starts_with("alongside: there is no content folder at nowhere. "), "{}", text(&gone.stderr));
    let told = check(&["nowhere", "--format", "json"]);
    assert_eq!(told.status.code(), Some(2));
    let codes = |json: &[u8]| -> Vec<String> {
        let told: serde_json::Value = serde_json::from_slice(json).unwrap();
        told["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&told.stdout), ["unreadable"]);

    let content = folder.path().join("content");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), &content);
    std::fs::write(content.join("glossary.md"), b"# Words\n\n\xff\n").unwrap();
    let told = check(&["--format", "json"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(codes(&told.stdout).contains(&"unreadable".to_owned()), "{}", text(&told.stdout));
}
