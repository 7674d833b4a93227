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
