//! The command line that looks after certificates and keys, on a database with the demonstration in it.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use domain::{
    Clock, Database, Ids, Platform,
    credentials::{self, Issuer, Verdict},
};
use jiff::tz::TimeZone;
use migrations::Migrations;
use serde_json::Value;
use types::Moment;

/// A data folder as a site leaves it. Its clock is the machine's, as the command line's is.
struct Site {
    folder: tempfile::TempDir,
    platform: Platform,
    issuer: Issuer,
    told: Value,
}

impl Site {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let database = Database::Sqlite(data.join("alongside.db"));
        Migrations::up(&database.url()).await.unwrap();
        let platform = Platform::open(&database, Clock::System, Ids::random()).await.unwrap();
        let then = platform.under(Clock::set_to(platform.now().plus(-4 * 366 * Moment::DAY)));
        let issuer = Issuer::open(&then, "http://localhost:3000", "Example Training", data.join("keys")).await.unwrap();
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
        let told = server::demo::fill(&platform, &issuer, &TimeZone::UTC, &content).await.ok().unwrap();
        Self { folder, platform, issuer, told }
    }

    fn number(&self, standing: &str) -> String {
        self.told.pointer(&format!("/certificates/{standing}/id")).unwrap().as_str().unwrap().to_owned()
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_alongside"))
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("ALONGSIDE_DATA_DIR", self.folder.path().join("data"))
            .output()
            .unwrap()
    }

    /// What it says when it does what it is asked.
    fn done(&self, words: &[&str]) -> String {
        let out = self.run(words);
        assert_eq!(out.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// Its one line when it does not, with exit 1.
    fn refused(&self, words: &[&str]) -> String {
        let out = self.run(words);
        let error = String::from_utf8(out.stderr).unwrap();
        assert_eq!((out.status.code(), error.lines().count()), (Some(1), 1), "{words:?}: {error}");
        error
    }

    async fn verdict(&self, number: &str) -> Verdict {
        let checked = credentials::check(&self.platform.read(), &self.issuer, &TimeZone::UTC, number, None).await.unwrap();
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        checked.report.verdict
    }
}

#[tokio::test]
async fn certificates_are_listed_shown_and_decided_about() {
    let site = Site::new().await;
    let number = site.number("valid");
    let id = number.as_str();
    let list = site.done(&["certificate", "list"]);
    assert_eq!(list.lines().count(), 4, "{list}");
    for (standing, word) in [("valid", "active"), ("expired", "active"), ("suspended", "suspended"), ("revoked", "revoked")] {
        let line = list.lines().find(|line| line.starts_with(&site.number(standing))).unwrap();
        assert!(line.contains(&format!("  {word}  ")), "{line}");
    }
    assert!(list.starts_with(id), "the newest comes first: {list}");

    let reason = ["--reason", "A question is being looked into."];
    let decide = |verb: &'static str| [&["certificate", verb, id][..], &reason[..]].concat();
    assert_eq!(site.done(&decide("suspend")), format!("{id} is suspended now.\n"));
    assert_eq!(site.verdict(id).await, Verdict::Suspended);
    assert!(site.refused(&decide("suspend")).contains("suspended already"));
    assert_eq!(site.done(&decide("lift")), format!("{id} is active now.\n"));
    assert_eq!(site.verdict(id).await, Verdict::Valid);
    assert!(site.refused(&decide("lift")).contains("nothing to lift"));
    assert_eq!(site.done(&decide("revoke")), format!("{id} is revoked now.\n"));
    assert_eq!(site.verdict(id).await, Verdict::Revoked);
    assert!(site.refused(&decide("suspend")).contains("for good"));

    let shown = site.done(&["certificate", "show", id]);
    let decided: Vec<&str> = shown.lines().skip(2).filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(decided, ["suspended", "lifted", "revoked"], "{shown}");
    assert!(shown.contains("at the command line: A question is being looked into."), "{shown}");

    assert_eq!(site.run(&["certificate", "revoke", id]).status.code(), Some(2), "a decision needs its reason");
    assert_eq!(site.run(&["certificate", "show", "x"]).status.code(), Some(2));
    let nobody = "0193a5b0-0000-7000-8000-000000000000";
    assert!(site.refused(&["certificate", "show", nobody]).contains("no certificate with this number"));
    assert!(site.refused(&["certificate", "lift", nobody, "--reason", "x"]).contains("no certificate with this number"));
    assert!(site.done(&["audit", "verify"]).starts_with("The chain holds"));
}

#[tokio::test]
async fn what_backs_a_certificate_can_be_read_and_recomputed() {
    let site = Site::new().await;
    let number = site.number("valid");
    let shown = site.done(&["certificate", "show", &number, "--evidence"]);
    let stated = shown.lines().find_map(|line| line.strip_prefix("evidence  sha256 ")).unwrap();
    let text = shown.lines().find(|line| line.starts_with('{')).unwrap();
    assert_eq!(credentials::evidence_digest(text), stated);
    assert!(shown.ends_with("The digest fits the text.\n"), "{shown}");
    let backing: Value = serde_json::from_str(text).unwrap();
    assert_eq!(backing["v"], 1);
    for list in ["checks", "live", "signed", "practicum"] {
        assert!(!backing[list].as_array().unwrap().is_empty(), "{list}: {backing:#}");
    }
    for list in ["live", "practicum"] {
        assert!(backing[list].as_array().unwrap().iter().all(|entry| entry["by"].is_string()), "somebody stands by it: {backing:#}");
    }
    assert!(!text.contains("Jordan") && !text.contains("example.org"), "ids, never names: {text}");
}

#[tokio::test]
async fn keys_are_listed_and_changed_and_the_old_ones_stay_good() {
    let site = Site::new().await;
    let number = site.number("valid");
    let before = site.done(&["keys", "list"]);
    assert!(before.lines().count() == 1 && before.ends_with("in use\n"), "{before}");
    let old = before.split_whitespace().next().unwrap();
    let rotated = site.done(&["keys", "rotate"]);
    let new = rotated.strip_suffix(" signs from now on.\n").unwrap();
    assert_ne!(new, old);
    let after = site.done(&["keys", "list"]);
    let lines: Vec<&str> = after.lines().collect();
    assert!(lines.len() == 2 && lines[0].starts_with(old) && lines[0].contains("  until "), "{after}");
    assert!(lines[1].starts_with(new) && lines[1].ends_with("in use"), "{after}");
    let file = site.folder.path().join(format!("data/keys/{new}.pem"));
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(site.verdict(&number).await, Verdict::Valid, "the running site signs its lists with the new key");
    assert!(site.done(&["audit", "verify"]).starts_with("The chain holds"));
}
