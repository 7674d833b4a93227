//! Practicum entries: logged by a trainee, read and decided by trainers.

use http::StatusCode;
use types::Role;

use crate::world::{Answer, Client, World};

mod deciding;
mod unfinished;

const NOTE: &str = "One-to-one support. Practiced open questions.";

fn hidden(answer: &Answer, name: &str) -> String {
    let (_, rest) = answer.body.split_once(&format!(r#"name="{name}" value=""#)).expect("a hidden field");
    rest.split('"').next().unwrap().to_owned()
}

/// Joins the program and adds a place. Answers the id of the place.
async fn placed(client: &mut Client) -> String {
    client.post("/programs/foundations-2026", &[]).await;
    let place = [
        ("organization", "Harbor Peer Center"),
        ("setting", "peer-center"),
        ("supervisor", "Ines Moreau"),
        ("supervisor-kind", "peer"),
        ("from", "2026-08-01"),
    ];
    let added = client.post("/practicum/placements", &place).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let form = client.get("/practicum/new").await;
    let (_, options) = form.body.split_once(r#"id="placement""#).unwrap();
    options.split_once(r#"value=""#).unwrap().1.split('"').next().unwrap().to_owned()
}

/// The fields of an entry on the last day of August.
fn fields<'a>(form: &'a [(String, String)], changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = form.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    for (key, value) in changed {
        fields.retain(|(other, _)| other != key);
        fields.push((key, value));
    }
    fields
}

async fn fresh(client: &mut Client, place: &str) -> Vec<(String, String)> {
    let form = client.get("/practicum/new").await;
    let typed = [
        ("placement", place),
        ("day", "2026-08-31"),
        ("start", "14:00"),
        ("end", "16:00"),
        ("category", "P1"),
        ("domain", "MEN"),
        ("direct", "yes"),
        ("format", "one-to-one"),
        ("hours", "volunteer"),
        ("people", "1"),
        ("note", NOTE),
        ("observed", "no"),
        ("do", "send"),
    ];
    let mut fields: Vec<(String, String)> = ["once", "enrolment"].iter().map(|name| ((*name).to_owned(), hidden(&form, name))).collect();
    fields.extend(typed.map(|(key, value)| (key.to_owned(), value.to_owned())));
    fields
}

async fn sent(client: &mut Client, place: &str, changed: &[(&str, &str)]) -> String {
    let form = fresh(client, place).await;
    let sent = client.post("/practicum/new", &fields(&form, changed)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location().to_owned()
}

#[tokio::test]
async fn the_same_form_twice_is_one_entry() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    let first = rosa.post("/practicum/new", &fields(&form, &[])).await;
    let second = rosa.post("/practicum/new", &fields(&form, &[])).await;
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(first.location(), second.location());
    let list = rosa.get("/practicum").await;
    assert_eq!(list.body.matches(first.location()).count(), 1);
    // The same hours in a new form overlap.
    let again = fresh(&mut rosa, &place).await;
    let overlap = rosa.post("/practicum/new", &fields(&again, &[("start", "15:30"), ("end", "17:00")])).await;
    assert_eq!(overlap.status, StatusCode::UNPROCESSABLE_ENTITY, "no minute counts twice");
    assert!(overlap.body.contains(NOTE), "what was typed stays");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_stays_typed() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    assert_eq!(rosa.get("/practicum/new").await.status, StatusCode::SEE_OTHER, "first a program");
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    let wrong = [("day", "tomorrow"), ("end", "13:00"), ("people", ""), ("category", "P9"), ("note", "Sat with </textarea><b>him</b>.")];
    let answer = rosa.post("/practicum/new", &fields(&form, &wrong)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [r#"id="day-e""#, r#"id="people-e""#, r#"id="category-e""#, r#"value="tomorrow""#, "&lt;/textarea&gt;&lt;b&gt;him"] {
        assert!(answer.body.contains(words), "{words}");
    }
    let backwards = rosa.post("/practicum/new", &fields(&form, &[("end", "13:00")])).await;
    assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY, "an end before its beginning");
    let said = "The end, 1:00 pm, is not after the start, 2:00 pm.";
    let all = rosa.post("/practicum/new", &fields(&form, &[("end", "13:00"), ("category", ""), ("note", "Sat with Mr. Alvarez.")])).await;
    for words in [said, r#"id="category-e""#, r#"id="note-e""#] {
        assert!(all.body.contains(words), "all that is wrong is said at once: {words}: {}", all.body);
    }
    let place_of = |words: &str| all.body.find(words).unwrap();
    assert!(place_of("href=\"#end\"") < place_of("href=\"#category\""), "in the order of the page: {}", all.body);
    let both = rosa.post("/practicum/new", &fields(&form, &[("end", "13:00"), ("note", "Sat with Mr. Alvarez.")])).await;
    assert!(both.body.contains(said) && both.body.contains(r#"id="note-e""#), "{}", both.body);
    let future = rosa.post("/practicum/new", &fields(&form, &[("day", "2026-09-09")])).await;
    assert_eq!(future.status, StatusCode::UNPROCESSABLE_ENTITY, "work that is still to come");
    let long = "x".repeat(501);
    let endless = rosa.post("/practicum/new", &fields(&form, &[("note", &long)])).await;
    assert_eq!(endless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(endless.body.contains(&long), "a note that is too long is not cut");
}

#[tokio::test]
async fn a_note_that_may_point_to_a_person_is_asked_about() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    for note in [
        "Called Mrs. Alvarez about a form.",
        "Their number is 612-555-0142.",
        "Wrote to jo@example.org for them.",
        "It happened on March 3, 2026.",
        "Their case is 449201377.",
    ] {
        let form = fresh(&mut rosa, &place).await;
        let asked = rosa.post("/practicum/new", &fields(&form, &[("note", note)])).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{note}");
        assert!(asked.body.contains("<mark") && asked.body.contains(note), "{note}");
        let draft = rosa.post("/practicum/new", &fields(&form, &[("note", note), ("do", "draft")])).await;
        assert_eq!(draft.status, StatusCode::SEE_OTHER, "a draft is not held up: {note}");
    }
    let form = fresh(&mut rosa, &place).await;
    let learned = rosa.post("/practicum/new", &fields(&form, &[("learned", "That Mrs. Alvarez listens better.")])).await;
    assert_eq!(learned.status, StatusCode::UNPROCESSABLE_ENTITY, "what was learned is read by trainers too");
    let form = fresh(&mut rosa, &place).await;
    let early = rosa.post("/practicum/new", &fields(&form, &[("day", "2026-07-20")])).await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("before your first day at this place"));
    let safe = sent(&mut rosa, &place, &[("note", "Read the rules of May with a group."), ("safe", "May is a month of rules.")]).await;
    assert!(safe.starts_with("/practicum/"));
}

#[tokio::test]
async fn the_second_trainer_learns_who_decided_and_what() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let entry = sent(&mut rosa, &place, &[]).await;
    let (mut tess, mut tom) = (world.person("Tess", Role::Trainer).await, world.person("Tom", Role::Trainer).await);
    let path = format!("/trainer{entry}");
    assert_eq!((tess.get(&path).await.status, tom.get(&path).await.status), (StatusCode::OK, StatusCode::OK));
    let nothing = tess.post(&path, &[("do", "approve"), ("feedback", "Well done")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "each line of the rubric needs its level");
    assert!(nothing.body.contains("Well done"), "what was typed stays");
    let approve = [("do", "approve"), ("version", "1"), ("line-1", "2"), ("line-2", "1"), ("line-3", "2")];
    assert_eq!(tess.post(&path, &approve).await.status, StatusCode::SEE_OTHER);
    for second in [&approve[..], &[("do", "return"), ("reason", "other"), ("mend", "Say more.")]] {
        let late = tom.post(&path, second).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("Tess") && late.body.contains("approved"), "{}", late.body);
    }
    let hers = rosa.get(&entry).await;
    assert!(hers.body.contains("Approved") && !hers.body.contains("Say more."));
    let theirs = tom.get(&path).await;
    for level in ["What you did is clear: Clear", "Your learning shows: Begins to show", "Privacy is kept: Kept"] {
        assert!(hers.body.contains(level) && theirs.body.contains(level), "{level}");
    }
    let mut sam = world.person("Sam", Role::Trainee).await;
    let (foreign, missing) = (sam.get(&entry).await, sam.get("/practicum/0193a5b0-0000-7000-8000-000000000000").await);
    assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &missing.body));
    world.letters().await;
}

/// The address of the one entry in the list.
async fn only_entry(client: &mut Client) -> String {
    let list = client.get("/practicum").await;
    let links = list.body.split(r#"href="/practicum/"#).skip(1).filter_map(|rest| rest.split('"').next());
    let entry = links.into_iter().find(|id| id.len() == 36).expect("an entry");
    format!("/practicum/{entry}")
}

async fn twice(client: &mut Client, path: &str, form: &[(&str, &str)]) {
    for time in ["first", "second"] {
        let answer = client.post(path, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "the {time} time at {path} with {form:?}: {}", answer.body);
    }
}

#[tokio::test]
async fn each_form_of_an_entry_may_be_sent_twice() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    assert_eq!(rosa.post("/practicum/new", &fields(&form, &[("do", "draft")])).await.status, StatusCode::SEE_OTHER);
    let entry = only_entry(&mut rosa).await;
    let path = format!("/trainer{entry}");
    twice(&mut rosa, &entry, &fields(&form, &[])).await;
    let back = [("do", "return"), ("version", "2"), ("reason", "other"), ("mend", "Say more.")];
    twice(&mut tess, &path, &back).await;
    twice(&mut rosa, &entry, &fields(&form, &[("note", "One-to-one support. Practiced waiting.")])).await;
    let approve = [("do", "approve"), ("version", "3"), ("line-1", "2"), ("line-2", "2"), ("line-3", "2")];
    twice(&mut tess, &path, &approve).await;
    let other = sent(&mut rosa, &place, &[("day", "2026-08-30")]).await;
    twice(&mut rosa, &other, &[("do", "withdraw")]).await;
    let hers = rosa.get(&entry).await;
    assert_eq!(["Sent by Rosa", "Returned by Tess", "Approved by Tess"].map(|words| hers.body.matches(words).count()), [2, 1, 1]);
    world.letters().await;
}

#[tokio::test]
async fn a_window_that_was_left_open_is_shown_both_texts() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    rosa.post("/practicum/new", &fields(&form, &[("do", "draft")])).await;
    let entry = only_entry(&mut rosa).await;
    let opened = hidden(&rosa.get(&entry).await, "version");
    let (newer, older) = ("Kept on the telephone.", "Typed into the window of yesterday.");
    let keep = |note, version| [("note", note), ("version", version), ("do", "draft")];
    let kept = rosa.post(&entry, &fields(&form, &keep(newer, opened.as_str()))).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let stale = rosa.post(&entry, &fields(&form, &keep(older, opened.as_str()))).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains(newer) && stale.body.contains(older), "{}", stale.body);
    let read = hidden(&stale, "version");
    assert_eq!(rosa.post(&entry, &fields(&form, &keep(older, read.as_str()))).await.status, StatusCode::SEE_OTHER, "seen, and meant");
    assert!(rosa.get(&entry).await.body.contains(older));
}

#[tokio::test]
async fn the_words_of_a_trainer_are_kept_where_the_entry_was_taken_back() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let entry = sent(&mut rosa, &place, &[]).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let path = format!("/trainer{entry}");
    assert_eq!(tess.get(&path).await.status, StatusCode::OK);
    rosa.post(&entry, &[("do", "withdraw")]).await;
    let words = "Say which skill you practiced.";
    let late = tess.post(&path, &[("do", "return"), ("version", "1"), ("reason", "other"), ("mend", words)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for told in ["Rosa took this entry back", words, r#"href="/trainer/practicum""#] {
        assert!(late.body.contains(told), "{told}: {}", late.body);
    }
    let gone = tess.get(&path).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "what it said is hers alone again");
    assert!(gone.body.contains("Rosa took this entry back on 1 September 2026, 7:00 am") && !gone.body.contains(NOTE), "{}", gone.body);
    let mut sam = world.person("Sam", Role::Trainee).await;
    assert!(!sam.get(&path).await.body.contains("Rosa"), "nobody else is told of it");
}

#[tokio::test]
async fn a_reason_does_not_speak_for_words_that_came_later() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let first = [("note", "Played Mrs. Alvarez in a role play."), ("learned", "That Mrs. Alvarez waits."), ("safe", "She is invented.")];
    let entry = sent(&mut rosa, &place, &first).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let path = format!("/trainer{entry}");
    let read = tess.get(&path).await;
    assert!(read.body.matches("<mark").count() == 2 && read.body.contains("She is invented."), "{}", read.body);
    tess.post(&path, &[("do", "return"), ("version", "1"), ("reason", "other"), ("mend", "Say more.")]).await;
    let form = fresh(&mut rosa, &place).await;
    let more = [("note", "Met Mr. Smith, 555-0199."), ("safe", "She is invented.")];
    let asked = rosa.post(&entry, &fields(&form, &more)).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("This reason was given for other words."), "{}", asked.body);
    let anew = rosa.post(&entry, &fields(&form, &[more[0], ("safe", "Both are invented for a role play.")])).await;
    assert_eq!(anew.status, StatusCode::SEE_OTHER, "{}", anew.body);
}

#[tokio::test]
async fn an_entry_comes_back_is_mended_and_counts() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let entry = sent(&mut rosa, &place, &[]).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let path = format!("/trainer{entry}");
    let silent = tess.post(&path, &[("do", "return"), ("reason", ""), ("mend", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let back = tess.post(&path, &[("do", "return"), ("version", "1"), ("reason", "wrong-hours"), ("mend", "Leave the break out.")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let letters = world.letters().await;
    let letter = letters.last().unwrap();
    assert!(letter.contains("was returned to you") && !letter.contains("break"), "mail carries no content: {letter}");
    let hers = rosa.get(&entry).await;
    assert!(hers.body.contains("Leave the break out."));
    let form = rosa.get(&format!("{entry}/edit")).await;
    assert!(form.body.contains(NOTE));
    let changed = fresh(&mut rosa, &place).await;
    let again = rosa.post(&entry, &fields(&changed, &[("end", "15:30")])).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    let stale = [("do", "approve"), ("version", "1"), ("line-1", "2"), ("line-2", "2"), ("line-3", "2"), ("feedback", "Well done")];
    let unread = tess.post(&path, &stale).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY, "what was not read is not approved");
    assert!(unread.body.contains("sent it again after you opened it") && unread.body.contains("Well done"), "{}", unread.body);
    let read = hidden(&unread, "version");
    let approve = [("do", "approve"), ("version", &read), ("line-1", "2"), ("line-2", "2"), ("line-3", "2")];
    assert_eq!(tess.post(&path, &approve).await.status, StatusCode::SEE_OTHER);
    let list = rosa.get("/practicum").await;
    assert!(list.body.contains("1 h 30 min"), "{}", list.body);
    let ledger = rosa.get("/learn/foundations-2026").await;
    assert!(ledger.body.contains("1 h 30 min"));
    world.letters().await;
}

#[tokio::test]
async fn what_was_typed_is_kept_for_somebody_who_was_signed_out_meanwhile() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    rosa.post("/logout", &[]).await;

    let late = rosa.post("/practicum/new", &fields(&form, &[])).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.body.contains("You were signed out") && late.body.contains(r#"action="/practicum/new""#));
    for (name, value) in &form {
        assert_eq!(hidden(&late, name), *value, "{name} is kept");
    }

    rosa.sign_in("rosa@example.org", crate::world::PASSWORD).await;
    let sent = rosa.post("/practicum/new", &fields(&form, &[])).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "sent again, it is taken");
    rosa.post("/logout", &[]).await;
    assert_eq!(rosa.post("/practicum/new", &[("do", "draft")]).await.status, StatusCode::SEE_OTHER, "nothing is lost there");

    // Of a question, whoever takes back every choice sends none; that is an act of theirs all the same.
    let question = "/attempts/0193a5b0-0000-7000-8000-000000000000?q=1";
    let took_back = rosa.post(question, &[("act", "save"), ("drawn", "a,b"), ("go", "next")]).await;
    assert!(took_back.body.contains("You were signed out") && hidden(&took_back, "drawn") == "a,b", "{}", took_back.body);
    for lost in [&[("act", "save"), ("drawn", ""), ("go", "next")][..], &[("act", "save"), ("go", "next")]] {
        assert_eq!(rosa.post(question, lost).await.status, StatusCode::SEE_OTHER, "{lost:?}: nothing was chosen");
    }
}

#[tokio::test]
async fn the_way_back_with_another_day_is_another_entry() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    let first = rosa.post("/practicum/new", &fields(&form, &[])).await.location().to_owned();
    let second = rosa.post("/practicum/new", &fields(&form, &[("day", "2026-08-30")])).await.location().to_owned();
    let again = rosa.post("/practicum/new", &fields(&form, &[("day", "2026-08-30")])).await.location().to_owned();
    assert!(first != second && second == again);
    assert!(rosa.get(&second).await.body.contains("30 August 2026"));
}
