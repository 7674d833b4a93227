//! The command line: exit codes, and the one clear line for what goes wrong.

mod accounts;
mod content;
mod refusals;
mod start;

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
    accounts::{Actor, ask_for_reset},
    jobs::{self, Job, Letter, Outcome},
};
use types::EnrolmentId;

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
        refused(&command, "it has no step of the schema");
    }
    let status = alongside(folder.path(), &["migrate", "status"]);
    assert_eq!(status.status.code(), Some(0));
    let steps = text(&status.stdout);
    let count = steps.lines().filter(|line| line.starts_with("waiting")).count();
    assert_eq!(steps.lines().last(), Some(format!("{count} steps: 0 taken, {count} waiting.").as_str()));
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

/// What an account is made with.
fn account<'a>(name: &'a str, role: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["account", "create", "--email", "olga@example.org", "--name", name, "--role", role][..], more].concat()
}

/// The database of this folder, which is there.
async fn opened(folder: &Path) -> Platform {
    Platform::open(&Database::Sqlite(folder.join("data/alongside.db")), Clock::System, Ids::random()).await.unwrap()
}

/// Makes a database with a letter that was given up.
async fn with_a_letter_given_up(folder: &Path) {
    assert_eq!(alongside(folder, &["migrate", "up"]).status.code(), Some(0));
    let platform = opened(folder).await;
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
    assert!(before.starts_with("Letter to somebody who has no account, to choose a new password · waits since 2"), "{before}");
    assert!(before.ends_with("Z, tried once, given up · nobody has this address\n") && before.lines().count() == 1, "{before}");
    let retried = alongside(folder.path(), &["jobs", "retry"]);
    let words = "1 job is due now. The running site takes it within a minute; if none runs, the next start does.\n";
    assert_eq!((retried.status.code(), text(&retried.stdout).as_str()), (Some(0), words));
    assert!(list().contains("Z, begins anew, next at 2") && list().contains("is tried again for three days"), "{}", list());
}

#[tokio::test]
async fn a_letter_that_waits_is_listed_with_its_addressee() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(alongside(folder.path(), &account("Olga", "officer", &[])).status.code(), Some(0));
    let platform = opened(folder.path()).await;
    let mut write = platform.write(&Actor::nobody()).await.unwrap();
    ask_for_reset(&mut write, &"olga@example.org".parse().unwrap()).await.unwrap();
    let strange: EnrolmentId = write.new_id();
    jobs::enqueue(&mut write, &Job::ReviewEnrolment { enrolment: strange }).await.unwrap();
    write.commit().await.unwrap();
    let list = text(&alongside(folder.path(), &["jobs", "list"]).stdout);
    assert!(list.contains("Letter to olga@example.org, to choose a new password · waits since 2"), "{list}");
    assert!(list.contains(&format!("Certificate for the enrollment {strange}, if it is complete · ")), "{list}");
    assert!(!list.contains('{'), "no form of a program's own: {list}");
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
    // Nothing was stored, so each of them goes without being told to.
    while text(&alongside(folder.path(), &["migrate", "down"]).stdout).starts_with("Took back") {
        steps += 1;
    }
    assert!(steps >= 2);
    assert!(text(&alongside(folder.path(), &["migrate", "status"]).stdout).starts_with("waiting"));
    assert_eq!(alongside(folder.path(), &["migrate", "up"]).status.code(), Some(0));
}
