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

    fn email(&self, role: &str) -> String {
        let people = self.told.get("signIns").and_then(Value::as_array).unwrap();
        let person = people.iter().find(|person| person.get("role").is_some_and(|known| known == role)).unwrap();
        person.get("email").and_then(Value::as_str).unwrap().to_owned()
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

    /// Takes the steps of the schema back, with all that they hold, down to this one.
    fn takes_back(&self, step: &str) {
        let taken = (0..30).any(|_| self.done(&["migrate", "down", "--delete-what-it-holds"]) == format!("Took back {step}.\n"));
        assert!(taken, "{step} is no step");
    }

    async fn verdict(&self, number: &str) -> Verdict {
        let checked = credentials::check(&self.platform.read(), &self.issuer, &TimeZone::UTC, number, None).await.unwrap();
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        checked.report.verdict
    }
}

/// The columns of a line, or the parts of one.
fn parts(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether it is a moment in UTC, to the minute.
fn is_moment(text: &str) -> bool {
    text.len() == 17 && text.ends_with('Z') && format!("{}:00Z", text.trim_end_matches('Z')).parse::<jiff::Timestamp>().is_ok()
}

#[tokio::test]
async fn certificates_are_listed_as_their_pages_say_it() {
    let site = Site::new().await;
    let list = site.done(&["certificate", "list"]);
    assert_eq!(list.lines().count(), 6, "a head, four certificates, a sum: {list}");
    assert_eq!(parts(list.lines().next().unwrap()), ["NUMBER", "STANDING", "AWARDED", "UNTIL", "HOLDER", "TITLE"]);
    for (standing, word) in [("valid", "in force"), ("expired", "expired"), ("suspended", "suspended"), ("revoked", "revoked")] {
        let number = site.number(standing);
        let line = list.lines().find(|line| line.starts_with(&number)).unwrap();
        let columns = parts(line);
        assert_eq!((columns.len(), columns[1]), (6, word), "{line}");
        assert!(is_moment(columns[2]) && is_moment(columns[3]) && columns[4].ends_with("(example)"), "{line}");
        let shown = site.done(&["certificate", "show", &number]);
        for (name, told) in ["number", "standing", "awarded", "until", "holder", "title"].iter().zip(columns) {
            assert!(shown.lines().any(|line| parts(line) == [*name, told]), "{name}: {shown}");
        }
        assert!(shown.contains(&format!("page      http://localhost:3000/certificates/{number}\n")), "{shown}");
    }
    assert!(list.lines().nth(1).unwrap().starts_with(&site.number("valid")), "the newest comes first: {list}");
    let sum =
        "4 certificates: 1 expired, 1 in force, 1 revoked, 1 suspended. Each has its page at http://localhost:3000/certificates/NUMBER";
    assert_eq!(list.lines().last(), Some(sum));
}

#[tokio::test]
async fn certificates_are_decided_about_and_the_answer_says_whose_it_is_and_where_it_shows() {
    let site = Site::new().await;
    let number = site.number("valid");
    let id = number.as_str();
    let reason = ["--reason", "A question is being looked into."];
    let decide = |verb: &'static str| [&["certificate", verb, id][..], &reason[..]].concat();
    let answered = |verb: &'static str, what: &str| {
        let told = site.done(&decide(verb));
        assert!(told.starts_with("Jordan Avery (example), ") && told.contains(what), "{told}");
        assert!(told.ends_with(&format!("from now on: http://localhost:3000/certificates/{id}\n")) && told.lines().count() == 1, "{told}");
    };
    answered("suspend", ": suspended, until that is lifted. ");
    assert_eq!(site.verdict(id).await, Verdict::Suspended);
    let again = site.refused(&decide("suspend"));
    assert!(again.starts_with("alongside: it is suspended already (suspended at 2") && again.contains("looked into"), "{again}");
    answered("lift", ": the suspension is lifted, and it is in force again. ");
    assert_eq!(site.verdict(id).await, Verdict::Valid);
    assert!(site.refused(&decide("lift")).contains("nothing to lift"));
    answered("revoke", ": revoked, for good. ");
    assert_eq!(site.verdict(id).await, Verdict::Revoked);
    assert!(site.refused(&decide("suspend")).contains("for good"));

    let shown = site.done(&["certificate", "show", id]);
    let events: Vec<&str> = shown.lines().filter(|line| line.contains(" at the command line: A question is being looked into.")).collect();
    let decided: Vec<&str> = events.iter().filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(decided, ["suspended", "lifted", "revoked"], "{shown}");
    assert!(events.iter().all(|line| is_moment(line.split_whitespace().next().unwrap())), "{shown}");

    assert_eq!(site.run(&["certificate", "revoke", id]).status.code(), Some(2), "a decision needs its reason");
    assert_eq!(site.run(&["certificate", "show", "x"]).status.code(), Some(2));
    let nobody = "0193a5b0-0000-7000-8000-000000000000";
    assert_eq!(site.refused(&["certificate", "show", nobody]), "alongside: there is no certificate with this number\n");
    assert!(site.refused(&["certificate", "lift", nobody, "--reason", "x"]).contains("no certificate with this number"));
    let long = "x".repeat(501);
    let refused = site.run(&["certificate", "revoke", nobody, "--reason", &long]);
    let words = String::from_utf8(refused.stderr).unwrap();
    assert_eq!((refused.status.code(), words.as_str()), (Some(2), "alongside: --reason has 501 letters, and 500 is the most\n"));
}

#[tokio::test]
async fn a_decision_names_the_officer_for_whom_it_was_carried_out() {
    let site = Site::new().await;
    let number = site.number("valid");
    let (officer, trainer) = (site.email("officer"), site.email("trainer"));
    let suspend = |by| ["certificate", "suspend", &number, "--reason", "A question.", "--by", by];
    let refused = site.refused(&suspend(&trainer));
    assert!(refused.contains(&trainer) && refused.contains("is a certification officer here"), "{refused}");
    assert_eq!(site.verdict(&number).await, Verdict::Valid);
    site.done(&suspend(&officer));
    let shown = site.done(&["certificate", "show", &number]);
    assert!(shown.contains(" suspended by Omar Bell (example): A question.") && !shown.contains("at the command line"), "{shown}");
    assert!(site.done(&["audit", "verify"]).contains("3 decisions with their reasons"));
}

#[tokio::test]
async fn an_expired_certificate_is_not_called_in_force_when_a_suspension_ends() {
    let site = Site::new().await;
    let page = format!("http://localhost:3000/certificates/{}", site.number("expired"));
    site.done(&["certificate", "suspend", &page, "--reason", "x"]);
    let lifted = site.done(&["certificate", "lift", &page, "--reason", "x"]);
    assert!(lifted.contains("It is not in force all the same: it expired at 2") && lifted.contains(&page), "{lifted}");
    assert!(!lifted.contains("in force again"), "{lifted}");
}

#[tokio::test]
async fn the_record_of_acts_shows_what_was_changed_in_the_certificates() {
    let site = Site::new().await;
    let told = site.done(&["audit", "verify"]);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines.len() == 3 && lines[0].starts_with("The chain holds: "), "{told}");
    let since = lines[0].trim_end_matches('.').rsplit(' ').next().unwrap();
    assert!(is_moment(since), "{told}");
    let fits = "The certificates fit it: 4 certificates with what backs them, and 2 decisions with their reasons, each as its act says.";
    assert_eq!(lines[1], fits);
    assert!(lines[2].starts_with("This covers"), "{told}");
    // Taken back and taken again, the steps hold nothing any more; the acts say what they held.
    site.takes_back("m0008_credentials");
    site.done(&["migrate", "up"]);
    let broken = site.refused(&["audit", "verify"]);
    assert!(broken.contains(" (certificate.issued, 2") && broken.contains("is not stored any more"), "{broken}");
}

#[tokio::test]
async fn a_step_that_holds_something_is_not_taken_back_without_a_word() {
    let site = Site::new().await;
    let list = site.done(&["certificate", "list"]);
    // Until it comes to one that holds something.
    let mut last = site.run(&["migrate", "down"]);
    while last.status.success() {
        last = site.run(&["migrate", "down"]);
    }
    let refused = String::from_utf8(last.stderr).unwrap();
    assert_eq!((last.status.code(), refused.lines().count()), (Some(1), 1), "{refused}");
    assert!(refused.starts_with("alongside: m0014_guides holds ") && refused.contains(" values of live_sessions.guide; "), "{refused}");
    assert!(refused.contains("Make a copy first") && refused.ends_with("then say --delete-what-it-holds\n"), "{refused}");
    site.done(&["migrate", "up"]);
    assert_eq!(site.done(&["certificate", "list"]), list);
    site.takes_back("m0014_guides");
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
    let folder = site.folder.path().join("data/keys");
    let new = rotated.strip_suffix(&format!(" signs from now on. Its file is in {}; every server needs it.\n", folder.display())).unwrap();
    assert_ne!(new, old);
    let after = site.done(&["keys", "list"]);
    let lines: Vec<&str> = after.lines().collect();
    assert!(lines.len() == 3 && lines[2].starts_with("Where two keys share a second"), "{after}");
    assert!(lines[0].starts_with(old) && lines[0].contains("  until "), "{after}");
    assert!(lines[1].starts_with(new) && lines[1].ends_with("in use"), "{after}");
    let file = folder.join(format!("{new}.pem"));
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(site.verdict(&number).await, Verdict::Valid, "the running site signs its lists with the new key");
    assert!(site.done(&["audit", "verify"]).starts_with("The chain holds"));
}

#[tokio::test]
async fn a_new_key_in_a_folder_that_is_not_the_sites_is_refused() {
    let site = Site::new().await;
    let elsewhere = site.folder.path().join("elsewhere");
    let refused = site.refused(&["keys", "rotate", "--key-dir", elsewhere.to_str().unwrap()]);
    assert!(refused.contains("elsewhere does not hold the key that signs now") && refused.contains("--key-dir"), "{refused}");
    assert!(!elsewhere.exists());
    assert_eq!(site.done(&["keys", "list"]).lines().count(), 1);
    assert_eq!(site.verdict(&site.number("valid")).await, Verdict::Valid);
}
