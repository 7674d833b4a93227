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
