//! The command line: exit codes, and the one clear line for what goes wrong.

use std::process::{Command, Output};

fn alongside(folder: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("ALONGSIDE_DATA_DIR", folder.join("data"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_first_officer_comes_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let made = alongside(folder.path(), &["account", "create", "--email", "omar@example.org", "--name", "Omar", "--role", "officer"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("/reset?token="));
    let wrong = alongside(folder.path(), &["account", "create", "--email", "omar", "--name", "Omar", "--role", "boss"]);
    assert_eq!(wrong.status.code(), Some(2));
    let chain = alongside(folder.path(), &["audit", "verify"]);
    assert_eq!((chain.status.code(), text(&chain.stdout).as_str()), (Some(0), "The chain holds: 2 acts.\n"));
}

#[test]
fn a_data_folder_that_cannot_be_written_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let out = alongside(folder.path(), &["serve", "--addr", "127.0.0.1:0", "--data-dir", file.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(1));
    let error = text(&out.stderr);
    assert!(error.contains("cannot be written") && error.contains("--data-dir") && error.lines().count() == 1, "{error}");
}

#[test]
fn a_port_in_use_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let out = alongside(folder.path(), &["serve", "--addr", &taken.local_addr().unwrap().to_string()]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("another program listens on"), "{}", text(&out.stderr));
}

#[test]
fn a_database_from_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
    let url = format!("sqlite://{}", folder.path().join("data/alongside.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        migrations::tests_only::pretend_newer(&url).await.unwrap();
    });
    let out = alongside(folder.path(), &["serve", "--addr", "127.0.0.1:0"]);
    assert_eq!(out.status.code(), Some(1));
    let error = text(&out.stderr);
    assert!(error.contains("newer than this program") && error.lines().count() == 1, "{error}");
}

#[test]
fn demonstrations_stay_on_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let out = alongside(folder.path(), &["serve", "--demo", "--addr", "0.0.0.0:0"]);
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn a_command_that_looks_after_data_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    for command in [["audit", "verify"], ["certificate", "list"], ["keys", "list"]] {
        let out = alongside(folder.path(), &command);
        let error = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{error}");
        assert!(error.contains("there is no database") && error.lines().count() == 1, "{error}");
    }
    assert!(!folder.path().join("data").exists());
}

#[test]
fn steps_of_the_schema_are_taken_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    assert!(text(&alongside(folder.path(), &["migrate", "status"]).stdout).starts_with("waiting"));
    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
    assert!(text(&alongside(folder.path(), &["migrate", "up"]).stdout).contains("up to date"));
    let mut steps = 0;
    while text(&alongside(folder.path(), &["migrate", "down"]).stdout).starts_with("Took back") {
        steps += 1;
    }
    assert!(steps >= 2);
    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
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
    copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"), &content);
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

    std::fs::write(&file, good).unwrap();
    assert!(text(&publish().stdout).contains(&format!("{digest} is current already")));
}
