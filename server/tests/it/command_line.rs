//! The command line: exit codes, and the one clear line for what goes wrong.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use domain::{
    Clock, Database, Ids, Platform,
    accounts::Actor,
    jobs::{self, Job, Letter, Outcome},
};

fn alongside(folder: &Path, arguments: &[&str]) -> Output {
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
    let commands = [
        ["audit", "verify"],
        ["certificate", "list"],
        ["keys", "list"],
        ["jobs", "list"],
        ["jobs", "retry"],
        ["migrate", "status"],
        ["migrate", "down"],
    ];
    for command in commands {
        let out = alongside(folder.path(), &command);
        let error = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{error}");
        assert!(error.contains("there is no database") && error.lines().count() == 1, "{error}");
    }
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_database_with_nothing_in_it_is_no_all_clear_and_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("alongside.db"), "").unwrap();
    let refused = |command: &[&str], words: &str| {
        let out = alongside(folder.path(), command);
        let error = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{error}");
        assert!(error.contains(words) && error.lines().count() == 1, "{error}");
    };
    for command in [["audit", "verify"], ["certificate", "list"], ["keys", "list"], ["jobs", "list"]] {
        refused(&command, "nothing was ever stored in it");
    }
    let status = alongside(folder.path(), &["migrate", "status"]);
    assert_eq!(status.status.code(), Some(0));
    assert!(text(&status.stdout).lines().all(|line| line.starts_with("waiting")));
    assert!(text(&alongside(folder.path(), &["migrate", "down"]).stdout).starts_with("There is no step"));
    assert_eq!(std::fs::metadata(data.join("alongside.db")).unwrap().len(), 0);

    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
    refused(&["audit", "verify"], "the record of acts is empty");
    assert_eq!(alongside(folder.path(), &["migrate", "down"]).status.code(), Some(0));
    refused(&["certificate", "list"], "1 of its steps wait");
    let status = text(&alongside(folder.path(), &["migrate", "status"]).stdout);
    assert_eq!(status.lines().filter(|line| line.starts_with("waiting")).count(), 1, "a look takes no step");
}

#[test]
fn what_it_makes_is_for_its_user_alone() {
    let folder = tempfile::tempdir().unwrap();
    let made = alongside(folder.path(), &["migrate", "up"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let mode = std::fs::metadata(folder.path().join("data")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// Makes a database with a letter that was given up.
async fn with_a_letter_given_up(folder: &Path) {
    assert_eq!(alongside(folder, &["migrate", "up"]).status.code(), Some(0));
    let database = Database::Sqlite(folder.join("data/alongside.db"));
    let platform = Platform::open(&database, Clock::System, Ids::random()).await.unwrap();
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    let letter = Job::Letter(Letter::ResetPassword { person: write.new_id() });
    jobs::enqueue(&mut write, &letter).await.unwrap();
    write.commit().await.unwrap();
    let leased = jobs::claim(&platform).await.unwrap().unwrap();
    jobs::finish(&platform, &leased, Outcome::Fail("nobody has\nthis address".to_owned())).await.unwrap();
}

#[tokio::test]
async fn what_was_given_up_is_listed_and_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    with_a_letter_given_up(folder.path()).await;
    let list = || text(&alongside(folder.path(), &["jobs", "list"]).stdout);
    let before = list();
    assert!(before.contains("1 try, given up") && before.contains("reset-password"), "{before}");
    assert!(before.ends_with("nobody has this address\n") && before.lines().count() == 1, "{before}");
    let retried = alongside(folder.path(), &["jobs", "retry"]);
    assert_eq!((retried.status.code(), text(&retried.stdout).as_str()), (Some(0), "1 job is tried again by the running site.\n"));
    assert!(list().contains("0 tries, tried next"), "{}", list());
}

/// A running site that ends with its test.
struct Running(Child);

impl Running {
    /// Asks it to stop.
    fn terminate(&self) {
        assert!(Command::new("sh").args(["-c", &format!("kill -TERM {}", self.0.id())]).status().unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until it is so, but not for as long as a site that stops gives those in the middle of a request.
async fn soon(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..250 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(is_so(), "{what}");
}

#[tokio::test]
async fn a_site_says_what_was_given_up_and_ends_at_once_when_it_is_asked_twice() {
    let folder = tempfile::tempdir().unwrap();
    with_a_letter_given_up(folder.path()).await;
    let child = Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env_clear()
        .env("ALONGSIDE_DATA_DIR", folder.path().join("data"))
        .env("ALONGSIDE_CONTENT", Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut site = Running(child);
    let mut said = BufReader::new(site.0.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Alongside is at http://").unwrap();

    // Somebody in the middle of a form: the site said "go on" and they do not.
    let mut visitor = TcpStream::connect(address).unwrap();
    visitor.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let head = "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n";
    visitor.write_all(format!("{head}Expect: 100-continue\r\n\r\n").as_bytes()).unwrap();
    let mut go_on = [0; 12];
    visitor.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100");

    site.terminate();
    soon("it takes nobody new", || TcpStream::connect(address).is_err()).await;
    assert!(site.0.try_wait().unwrap().is_none(), "it waits for them");
    site.terminate();
    soon("it ends", || site.0.try_wait().unwrap().is_some()).await;
    assert_eq!(site.0.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    site.0.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains("1 job was given up") && told.contains("asked twice"), "{told}");
}

#[test]
fn steps_of_the_schema_are_taken_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
    assert!(text(&alongside(folder.path(), &["migrate", "status"]).stdout).starts_with("taken"));
    assert!(text(&alongside(folder.path(), &["migrate", "up"]).stdout).contains("up to date"));
    let mut steps = 0;
    while text(&alongside(folder.path(), &["migrate", "down"]).stdout).starts_with("Took back") {
        steps += 1;
    }
    assert!(steps >= 2);
    assert!(text(&alongside(folder.path(), &["migrate", "status"]).stdout).starts_with("waiting"));
    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
}

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
