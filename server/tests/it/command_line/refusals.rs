//! What is refused before anything is made or changed, each in one clear line.

use std::path::Path;

use domain::{Clock, Database, Ids, Platform, credentials::Issuer};
use migrations::Migrations;
use server::demo;

use super::{account, alongside, opened, text};

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
    let error = text(&out.stderr);
    assert!(error.contains("another program listens on") && error.lines().count() == 1, "{error}");
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn what_a_site_cannot_begin_with_is_refused_before_a_database_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |command: &str, words: &str| {
        let out = alongside(folder.path(), &command.split(' ').collect::<Vec<_>>());
        let error = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{command}: {error}");
        assert!(error.contains(words), "{command}: {error}");
        assert!(!folder.path().join("data/alongside.db").exists(), "{command}");
    };
    let serve = "serve --addr 127.0.0.1:0";
    refused(&format!("{serve} --content nowhere"), "there is no content folder at nowhere");
    refused(&format!("{serve} --content nowhere --demo"), "there is no content folder at nowhere");
    refused(&format!("{serve} --public-url https://training.example.org/here"), "--public-url https://training.example.org/here cannot be");
    refused(&format!("{serve} --public-url http://training.example.org"), "http:// is for this machine only");
    refused("serve --addr 0.0.0.0:0", "http:// is for this machine only");
    refused(&format!("{serve} --mail-from nonsense"), "--mail-from nonsense cannot be read. Write it like");
    refused(&format!("{serve} --smtp-url http://user:secret@mail.example.org"), "--smtp-url cannot be read. Write it like smtps://");
    refused(&format!("{serve} --rate-limit many"), "write a whole number");
    refused(&format!("{serve} --rate-limit 0"), "write a whole number above 0");
    refused(&format!("{serve} --database-url postgres://site:se/cret@127.0.0.1/site"), "in the password %2F for /");
    refused("serve --addr banana", "write an address and a port, such as 127.0.0.1:3000");
    refused(&format!("{serve} --organization Harbor\nPeers"), "There is a hidden letter in this text");
    refused(&format!("{serve} --organization \u{202e}evil"), "There is a hidden letter in this text");
    refused(&format!("{serve} --organization "), "Please fill this in.");
    refused(&format!("{serve} --contact 555-0100\nhelp@example.org"), "write it in one line");
    refused(&format!("{serve} --trusted-proxies banana"), "write an address such as 127.0.0.1");
    refused(&format!("{serve} --log domain=banana"), "write a level such as info");
    refused("content publish nowhere", "there is no content folder at nowhere");
}

#[test]
fn a_database_of_another_kind_is_refused_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let out = alongside(folder.path(), &["jobs", "list", "--database-url", "mysql://site:secret@db.example.org/site"]);
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(text(&out.stderr), "alongside: the database address must begin with sqlite: or postgres:\n");
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

#[tokio::test]
async fn a_demonstration_that_is_refused_leaves_a_real_site_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(alongside(folder.path(), &account("Olga", "officer", &[])).status.code(), Some(0));
    let before = text(&alongside(folder.path(), &["audit", "verify"]).stdout);
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let out = alongside(folder.path(), &["serve", "--demo", "--addr", "127.0.0.1:0", "--content", content.to_str().unwrap()]);
    let error = text(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{error}");
    assert!(error.contains("this one is not empty") && error.contains("leave --demo away"), "{error}");
    assert_eq!(text(&alongside(folder.path(), &["audit", "verify"]).stdout), before);
    assert!(!folder.path().join("data/keys").exists());
    let platform = opened(folder.path()).await;
    let home = "https://training.example.org";
    Issuer::open(&platform, home, "Example Training", folder.path().join("data/keys")).await.expect("its address is not taken yet");

    // An issuer alone is not nothing either.
    let database = Database::Sqlite(folder.path().join("issuer.db"));
    Migrations::up(&database.url()).await.unwrap();
    let platform = Platform::open(&database, Clock::System, Ids::random()).await.unwrap();
    assert!(demo::see_that_it_is_empty(&platform).await.is_ok());
    Issuer::open(&platform, home, "Example Training", folder.path().join("keys")).await.unwrap();
    assert!(demo::see_that_it_is_empty(&platform).await.is_err());
}

#[test]
fn a_folder_that_cannot_be_looked_into_is_not_called_empty() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let out = alongside(folder.path(), &["certificate", "list", "--data-dir", file.to_str().unwrap()]);
    let error = text(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{error}");
    assert!(error.contains("cannot be looked into") && !error.contains("there is no database"), "{error}");
}

#[test]
fn what_is_no_database_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("alongside.db"), "no database, but a text of more than a hundred letters ".repeat(40)).unwrap();
    // What looks first could not tell; what begins a site is to be tried again.
    let commands = [(["certificate", "list"], 2), (["migrate", "status"], 2), (["migrate", "down"], 2), (["migrate", "up"], 1)];
    for (command, code) in commands {
        let out = alongside(folder.path(), &command);
        let error = text(&out.stderr);
        assert_eq!(out.status.code(), Some(code), "{command:?}: {error}");
        assert!(error.contains("alongside.db does not open (") && error.lines().count() == 1, "{command:?}: {error}");
    }
}
