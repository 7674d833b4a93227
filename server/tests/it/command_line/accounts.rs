//! Accounts from the command line.

use domain::{
    Secret,
    accounts::{self, Purpose},
    credentials::Issuer,
};

use super::{account, alongside, opened, text};

#[test]
fn the_first_officer_comes_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let made = alongside(folder.path(), &["account", "create", "--email", "omar@example.org", "--name", "Omar", "--role", "officer"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("/reset?token="));
    assert!(text(&made.stdout).starts_with("Omar (omar@example.org) is here as: Certification officer.\n"), "{}", text(&made.stdout));
    let wrong = alongside(folder.path(), &["account", "create", "--email", "omar", "--name", "Omar", "--role", "officer"]);
    assert_eq!(wrong.status.code(), Some(2));
    let chain = alongside(folder.path(), &["audit", "verify"]);
    let told = text(&chain.stdout);
    assert_eq!(chain.status.code(), Some(0), "{}", text(&chain.stderr));
    assert!(told.starts_with("The chain holds: 3 acts since 2"), "the account, its role and its link: {told}");
    assert!(told.contains("0 certificates") && told.contains("0 decisions"), "{told}");
}

#[test]
fn a_role_is_taken_in_capitals_and_one_that_there_is_not_is_answered_with_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = alongside(folder.path(), &account("Olga", "boss", &[]));
    let error = text(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(2), "{error}");
    assert!(["trainee", "trainer", "officer"].iter().all(|role| error.contains(role)), "{error}");
    assert_eq!(alongside(folder.path(), &account("Olga", "Officer", &[])).status.code(), Some(0));
}

#[test]
fn who_is_here_already_keeps_their_name_and_their_roles() {
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, role: &str| {
        let made = alongside(folder.path(), &account(name, role, &[]));
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        text(&made.stdout).lines().next().unwrap().to_owned()
    };
    assert_eq!(told("Olga Fischer", "officer"), "Olga Fischer (olga@example.org) is here as: Certification officer.");
    let again = "Olga Fischer (olga@example.org) was here already, and keeps that name. Roles: Certification officer.";
    assert_eq!(told("Other Name", "officer"), again);
    let both = "Olga Fischer (olga@example.org) was here already. Roles: Trainer (new), Certification officer.";
    assert_eq!(told("Olga Fischer", "trainer"), both);
}

#[tokio::test]
async fn a_link_to_choose_a_password_takes_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let link = || {
        let made = alongside(folder.path(), &account("Olga", "officer", &[]));
        let told = text(&made.stdout);
        let (_, secret) = told.lines().last().unwrap().split_once("token=").unwrap();
        Secret::from_text(secret)
    };
    let (first, second) = (link(), link());
    let platform = opened(folder.path()).await;
    let purposes = [Purpose::FirstPassword];
    assert!(accounts::open_link(&platform.read(), &first, &purposes).await.unwrap().is_none());
    assert!(accounts::open_link(&platform.read(), &second, &purposes).await.unwrap().is_some());
}

#[tokio::test]
async fn a_link_leads_to_where_the_site_is_and_to_no_nonsense() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = alongside(folder.path(), &account("Olga", "officer", &["--public-url", "nonsense"]));
    let error = text(&wrong.stderr);
    assert!(error.contains("--public-url nonsense cannot be used") && error.lines().count() == 1, "{error}");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!folder.path().join("data").exists(), "nothing was made");

    let home = "https://training.example.org";
    let made = alongside(folder.path(), &account("Olga", "officer", &["--public-url", "https://training.example.org/"]));
    assert!(text(&made.stdout).contains(&format!("\n{home}/reset?token=")), "{}", text(&made.stdout));
    let platform = opened(folder.path()).await;
    Issuer::open(&platform, home, "Example Training", folder.path().join("data/keys")).await.unwrap();
    let made = alongside(folder.path(), &account("Olga", "trainer", &[]));
    assert!(text(&made.stdout).contains(&format!("\n{home}/reset?token=")), "the address of the site: {}", text(&made.stdout));
    let moved = alongside(folder.path(), &account("Olga", "trainer", &["--public-url", "https://elsewhere.example.org"]));
    assert_eq!(moved.status.code(), Some(1));
    assert!(text(&moved.stderr).contains(&format!("this site is at {home}")), "{}", text(&moved.stderr));
}
