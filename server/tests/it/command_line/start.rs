//! What a site says when it starts, and what it is told by its environment.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Command, Stdio},
};

use domain::practicum;

use super::{Running, text};
use crate::world::World;

fn serve(folder: &Path, content: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alongside"));
    command.args(["serve", "--addr", "127.0.0.1:0"]).current_dir(folder).env_clear();
    command.env("ALONGSIDE_DATA_DIR", folder.join("data")).env("ALONGSIDE_CONTENT", content);
    command
}

#[test]
fn a_variable_that_is_set_to_nothing_counts_as_not_set() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path(), Path::new("nowhere"));
    for name in ["DATABASE_URL", "PUBLIC_URL", "ORGANIZATION", "CONTACT", "TIME_ZONE", "SMTP_URL", "MAIL_FROM", "KEY_DIR", "RATE_LIMIT"] {
        command.env(format!("ALONGSIDE_{name}"), "");
    }
    for proxies in ["", "127.0.0.1, ::1"] {
        let out = command.env("ALONGSIDE_TRUSTED_PROXIES", proxies).output().unwrap();
        let error = text(&out.stderr);
        // All of them were read; this comes after them.
        assert!(error.starts_with("alongside: there is no content folder at nowhere"), "{proxies}: {error}");
    }
}

#[test]
fn a_site_says_where_it_is_then_where_it_listens_and_where_letters_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path(), &Path::new(env!("CARGO_MANIFEST_DIR")).join("../content"));
    command.env("ALONGSIDE_PUBLIC_URL", "https://training.example.org").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut site = Running(command.spawn().unwrap());
    let said = BufReader::new(site.0.stdout.take().unwrap());
    let lines: Vec<String> = said.lines().take(2).map(Result::unwrap).collect();
    assert_eq!(lines[0], "Alongside is at https://training.example.org");
    assert!(lines[1].starts_with("It listens on 127.0.0.1:") && !lines[1].contains("http"), "{}", lines[1]);
    site.terminate();
    let mut told = String::new();
    site.0.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    let outbox = folder.path().join("data/outbox");
    let words = format!("alongside: no mail server is named (ALONGSIDE_SMTP_URL): letters are files in {}\n", outbox.display());
    assert!(told.contains(&words), "{told}");
}

#[test]
fn a_second_site_on_the_same_file_is_refused_and_the_address_is_read_in_any_spelling() {
    let folder = tempfile::tempdir().unwrap();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let mut command = serve(folder.path(), &content);
    command.env("ALONGSIDE_PUBLIC_URL", "HTTPS://Training.Example.org:443/").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut site = Running(command.spawn().unwrap());
    let said = BufReader::new(site.0.stdout.take().unwrap());
    assert_eq!(said.lines().next().unwrap().unwrap(), "Alongside is at https://training.example.org");
    let second = serve(folder.path(), &content).output().unwrap();
    let error = text(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{error}");
    assert!(error.contains("another alongside works with the database in"), "{error}");
    let down = super::alongside(folder.path(), &["migrate", "down"]);
    assert!(text(&down.stderr).contains("another alongside works"), "{}", text(&down.stderr));
    site.terminate();
}

#[tokio::test]
async fn every_page_says_whose_site_it_is_and_how_to_reach_them() {
    let world = World::with_content().await;
    let words = "Example Training runs this site. You can reach them at 555-0100, help@example.org.";
    for path in ["/", "/privacy", "/access", "/login"] {
        let page = world.anonymous().get(path).await;
        assert!(page.body.contains(words), "{path}: {}", page.body);
    }
}

#[tokio::test]
async fn a_demonstration_has_entries_to_go_through_and_somebody_to_ask() {
    let (world, told) = World::with_demonstration().await;
    let trainer = &told["signIns"][1];
    let mut tess = world.anonymous();
    tess.sign_in(trainer["email"].as_str().unwrap(), trainer["password"].as_str().unwrap()).await;
    let waiting = practicum::queue(&world.platform.read(), &domain::accounts::Actor::operator()).await.unwrap();
    assert!(waiting.is_sorted_by_key(|entry| entry.since), "{waiting:?}");
    let names: Vec<String> = waiting.iter().map(|entry| entry.name.to_string()).collect();
    assert_eq!(names, ["Rosa Diaz (example)", "Ana Reyes (example)", "Noor Haddad (example)"], "the oldest first");
    assert_eq!(waiting[0].id.to_string(), told["practicumEntry"]["id"].as_str().unwrap());
    let today = tess.get("/trainer").await.body;
    assert!(today.contains("3 entries wait") && today.contains("One person may want to be asked how it goes."), "{today}");
    let trainees = tess.get("/trainer/trainees").await.body;
    let (first, _) = trainees.split_once("Nothing new for 21 days").expect("somebody is still for three weeks");
    assert!(first.contains("Wes Tolliver (example)") && !first.contains("Rosa Diaz (example)"), "who may want to be asked stands first");
}
