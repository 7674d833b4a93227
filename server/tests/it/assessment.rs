//! Checks, as a browser without script takes them, and the call of the page that saves as one goes.

use std::{collections::BTreeMap, path::Path};

use domain::{
    accounts::Actor,
    assessment,
    curriculum::{self, Published, Source},
    learning,
};
use http::{Request, StatusCode, header};
use types::Role;

use crate::world::{Answer, Client, World};

const CHECK: &str = "/learn/foundations-2026/modules/m02/check";

/// The values of all fields of this name on a page, in their order.
fn values(answer: &Answer, name: &str) -> Vec<String> {
    let start = format!(r#"name="{name}" value=""#);
    let parts = answer.body.split(&start).skip(1);
    parts.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn value(answer: &Answer, name: &str) -> String {
    values(answer, name).first().expect("a field").clone()
}

/// The lines about the answer that show, of those of which the page lets one show: above the question, and in the list.
fn shown(answer: &Answer) -> Vec<&str> {
    let tags = answer.body.split('<').filter_map(|tag| tag.split('>').next());
    let open = tags.filter(|tag| tag.starts_with("span") && !tag.contains(" hidden"));
    open.filter_map(|tag| tag.split("data-says=\"").nth(1)?.split('"').next()).collect()
}

async fn begun(client: &mut Client) -> String {
    client.post("/programs/foundations-2026", &[]).await;
    let begun = client.post(CHECK, &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    begun.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_check_is_begun_once_left_taken_up_and_handed_in_once() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let attempt = begun(&mut rosa).await;
    assert_eq!(begun(&mut rosa).await, attempt, "beginning again goes on with what is open");

    let page = rosa.get(&format!("{attempt}?q=1")).await;
    let (version, once, options) = (value(&page, "version"), value(&page, "once"), values(&page, "answer"));
    assert!(options.len() >= 2 && page.body.contains("No answer yet. You may come back to it."));
    assert_eq!(shown(&page), ["open", "open"]);
    let save = [("act", "save"), ("version", version.as_str()), ("once", once.as_str()), ("answer", options[1].as_str()), ("go", "next")];
    let saved = rosa.post(&format!("{attempt}?q=1"), &save).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, format!("{attempt}?q=2").as_str()));

    // Another device of the same person.
    let mut tablet = world.anonymous();
    tablet.sign_in("rosa@example.org", crate::world::PASSWORD).await;
    let again = tablet.get(&format!("{attempt}?q=1")).await;
    assert_eq!(shown(&again), ["saved", "saved"]);
    assert!(again.body.contains("Saved at") && again.body.contains(&format!(r#"value="{}" checked"#, options[1])), "{}", again.body);

    // A window that was open before, in which nothing was chosen, only goes on: it wipes nothing.
    let idle = [("act", "save"), ("version", version.as_str()), ("once", "idle"), ("drawn", ""), ("go", "next")];
    assert_eq!(tablet.post(&format!("{attempt}?q=1"), &idle).await.location(), format!("{attempt}?q=2"));
    assert_eq!(shown(&tablet.get(&format!("{attempt}?q=1")).await), ["saved", "saved"]);
    assert_eq!((value(&page, "drawn").as_str(), value(&again, "drawn").as_str()), ("", options[1].as_str()));

    // An old form that arrives late once more does not put the old answer back.
    let other = [("act", "save"), ("version", version.as_str()), ("once", "another"), ("answer", options[0].as_str()), ("go", "stay")];
    tablet.post(&format!("{attempt}?q=1"), &other).await;
    rosa.post(&format!("{attempt}?q=1"), &save).await;
    let now = rosa.get(&format!("{attempt}?q=1")).await;
    assert!(now.body.contains(&format!(r#"value="{}" checked"#, options[0])), "the same form sent twice is one act");

    for _ in 0..2 {
        let handed = rosa.post(&attempt, &[("act", "submit")]).await;
        assert_eq!((handed.status, handed.location()), (StatusCode::SEE_OTHER, attempt.as_str()));
    }
    let review = rosa.get(&attempt).await;
    assert!(review.body.contains("Handed in on") && review.body.contains("Not yet: "));
    let late = rosa.post(&format!("{attempt}?q=1"), &save).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("<h1>This check is handed in</h1>") && late.body.contains(&format!(r#"href="{attempt}""#)), "{}", late.body);
    let page = rosa.get(CHECK).await;
    assert_eq!(page.body.matches("See the review").count(), 1, "one try, however often it was handed in");
}

#[tokio::test]
async fn a_save_without_an_answer_is_not_called_saved() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let attempt = begun(&mut rosa).await;
    let first = format!("{attempt}?q=1");
    let page = rosa.get(&first).await;
    let (version, once) = (value(&page, "version"), value(&page, "once"));
    let empty = [("act", "save"), ("version", version.as_str()), ("once", once.as_str()), ("go", "stay")];
    let kept = rosa.post(&first, &empty).await;
    assert_eq!((kept.status, kept.location()), (StatusCode::SEE_OTHER, first.as_str()));
    let page = rosa.get(&first).await;
    assert!(page.body.contains("No answer yet. You may come back to it.") && !page.body.contains("Saved at"), "{}", page.body);
    assert_eq!(shown(&page), ["open", "open"]);
}

#[tokio::test]
async fn one_goes_on_at_the_first_question_without_an_answer() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    rosa.post("/programs/foundations-2026", &[]).await;
    let before = rosa.get(CHECK).await;
    for words in ["Start the check", "80 percent of the points is enough", "counts for more than one point says so"] {
        assert!(before.body.contains(words), "{words}");
    }
    let attempt = begun(&mut rosa).await;
    let page = rosa.get(&attempt).await;
    let (version, options) = (value(&page, "version"), values(&page, "answer"));
    let save = [("act", "save"), ("version", version.as_str()), ("once", "1"), ("answer", options[0].as_str()), ("go", "stay")];
    rosa.post(&format!("{attempt}?q=1"), &save).await;
    for query in ["", "?q=x"] {
        assert!(rosa.get(&format!("{attempt}{query}")).await.body.contains("<h1>Question 2 of 10</h1>"), "{query}");
    }
    let before = rosa.get(CHECK).await;
    assert!(before.body.contains("1 of 10 questions have an answer") && before.body.contains("Go on with question 2"), "{}", before.body);
    assert_eq!(rosa.post(CHECK, &[]).await.location(), format!("{attempt}?q=2"));
    for n in 2..=10 {
        let path = format!("{attempt}?q={n}");
        let page = rosa.get(&path).await;
        let (version, options) = (value(&page, "version"), values(&page, "answer"));
        let save =
            [("act", "save"), ("version", version.as_str()), ("once", path.as_str()), ("answer", options[0].as_str()), ("go", "next")];
        rosa.post(&path, &save).await;
    }
    assert!(rosa.get(&attempt).await.body.contains("<h1>Look over and hand in</h1>"), "nothing is open any more");
    assert_eq!(rosa.post(CHECK, &[]).await.location(), format!("{attempt}?q=all"));
}

#[tokio::test]
async fn a_check_for_oneself_alone_shows_no_score() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    rosa.post("/programs/foundations-2026", &[]).await;
    let module = "/learn/foundations-2026/modules/m01";
    let attempt = rosa.post(&format!("{module}/check"), &[]).await.location().split('?').next().unwrap().to_owned();
    let page = rosa.get(&attempt).await;
    let (version, options) = (value(&page, "version"), values(&page, "answer"));
    let save = [("act", "save"), ("version", version.as_str()), ("once", "1"), ("answer", options[0].as_str()), ("go", "next")];
    rosa.post(&format!("{attempt}?q=1"), &save).await;
    rosa.post(&attempt, &[("act", "submit")]).await;
    for path in [attempt.as_str(), "/learn/foundations-2026/modules/m01/check"] {
        let answer = rosa.get(path).await;
        assert!(answer.body.contains("Handed in") && !answer.body.contains(" points") && !answer.body.contains(" percent"), "{path}");
    }
    assert!(rosa.get(module).await.body.contains("Handed in"));
}

#[tokio::test]
async fn an_answer_that_is_not_on_the_page_is_refused_beside_the_question() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let attempt = begun(&mut rosa).await;
    let page = rosa.get(&attempt).await;
    let version = value(&page, "version");
    let wrong = rosa
        .post(&format!("{attempt}?q=1"), &[("act", "save"), ("version", &version), ("once", "1"), ("answer", "zz"), ("go", "next")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(r#"id="answer-e""#));
    for query in ["?q=0", "?q=999", "?q=x", "?q=%ff", "?"] {
        assert_eq!(rosa.get(&format!("{attempt}{query}")).await.status, StatusCode::OK, "{query}");
    }
}

#[tokio::test]
async fn nobody_else_sees_an_open_attempt_and_a_trainer_sees_it_handed_in() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let attempt = begun(&mut rosa).await;
    let mut sam = world.person("Sam", Role::Trainee).await;
    let missing = sam.get("/attempts/0193a5b0-0000-7000-8000-000000000000").await;
    let hers = sam.get(&attempt).await;
    assert_eq!((hers.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(hers.body, missing.body, "what is somebody else's looks like what does not exist");
    assert_eq!(sam.post(&attempt, &[("act", "submit")]).await.status, StatusCode::NOT_FOUND);
    let mut tess = world.person("Tess", Role::Trainer).await;
    assert_eq!(tess.get(&attempt).await.status, StatusCode::NOT_FOUND, "an open attempt is nobody else's business");
    rosa.post(&attempt, &[("act", "submit")]).await;
    assert_eq!(tess.get(&attempt).await.status, StatusCode::OK);
    assert_eq!(sam.get(&attempt).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_saves_as_one_goes() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let attempt = begun(&mut rosa).await;
    let page = rosa.get(&attempt).await;
    let (version, options) = (value(&page, "version"), values(&page, "answer"));
    let id = attempt.rsplit('/').next().unwrap().to_owned();
    let body = format!("attempt={id}&version={version}&options={}&once=7", options[0]);
    let call = || {
        Request::post("/api/fn/save-answer")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
    };
    let saved = rosa.ask(call(), body.clone()).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert!(saved.body.contains("Saved at"), "{}", saved.body);
    assert!(rosa.get(&format!("{attempt}?q=1")).await.body.contains(&format!(r#"value="{}" checked"#, options[0])));
    let taken_back = rosa.ask(call(), format!("attempt={id}&version={version}&options=&once=8")).await;
    assert!(taken_back.body.contains("No answer yet.") && !taken_back.body.contains("Saved"), "{}", taken_back.body);
    assert_eq!(world.anonymous().ask(call(), body.clone()).await.status, StatusCode::UNAUTHORIZED);
    let mut sam = world.person("Sam", Role::Trainee).await;
    assert_eq!(sam.ask(call(), body.clone()).await.status, StatusCode::NOT_FOUND);
    let foreign = Request::post("/api/fn/save-answer")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(rosa.ask(foreign, body).await.status, StatusCode::FORBIDDEN);
}

/// The module that the texts below may hold. Its hours are those of the program.
const MODULE: &str = r#"
id = "m02"
title = "Self-help and mutual aid"
summary = "S."
big_idea = "B."
minutes_live = 120
minutes_self = 120
prerequisites = []

[minutes_by_domain]
ADV = 120
MEN = 60
REC = 60

[[objective]]
id = "m02-o1"
text = "T."
competencies = ["CC06.1"]
"#;
const LESSON: &str = r#"+++
id = "m02-l1"
title = "One"
summary = "S."
objectives = ["m02-o1"]
+++
Text.

:::activity{minutes=119} Think
Think about it.
:::
"#;

/// A question: its id, what marks every one of its texts, its options in their order, the right ones, its points.
fn question(id: &str, mark: &str, options: &[&str], right: &[&str], points: u8) -> String {
    let kind = if options.len() > 2 { "multiple credit=partial" } else { "single" };
    let mut text =
        format!("### {mark} stem of {id}? {{#{id} kind={kind} points={points} competency=CC06.1 domain=ADV}}\n\n{mark} body of {id}.\n\n");
    for option in options {
        let cross = if right.contains(option) { "x" } else { " " };
        text.push_str(&format!("- [{cross}] {mark} option {option} of {id} {{#{option}}}\n  > {mark} feedback on {option} of {id}.\n"));
    }
    text + &format!("\n:::explanation\n{mark} explanation of {id}.\n:::\n\n")
}

fn bank(title: &str, pass: &str, questions: &[String]) -> String {
    let front = format!("+++\nid = \"m02-check\"\nschema = 1\ntitle = \"{title}\"\nscored = true\npass = {pass}\ndraw = 3\n+++\n");
    front + &questions.concat()
}

/// The foundations program with nothing but this bank in its second module, or without that module.
fn texts(bank: Option<String>) -> Source {
    let own = Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")).unwrap();
    let kept = [
        "competencies.toml",
        "glossary.md",
        "help.toml",
        "references.bib",
        "programs/foundations-2026.toml",
        "statements/code-of-ethics.md",
    ];
    let mut files: BTreeMap<String, String> = kept.iter().map(|path| ((*path).to_owned(), own.text(path).unwrap().to_owned())).collect();
    if let Some(bank) = bank {
        for (name, text) in [("module.toml", MODULE), ("01-one.md", LESSON), ("check.md", bank.as_str())] {
            files.insert(format!("modules/m02-self-help/{name}"), text.to_owned());
        }
    }
    Source::of(files)
}

/// Publishes these texts as a new release; answers its digest.
async fn publish(world: &World, source: &Source) -> String {
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    let published = curriculum::publish(&mut write, source).await.unwrap();
    write.commit().await.unwrap();
    let digest = curriculum::current(&world.platform.read()).await.unwrap().unwrap();
    assert_eq!(published, Published::New(digest.clone()), "it is new, and in force");
    digest
}

/// The row of the check in the ledger.
async fn row(client: &mut Client) -> String {
    let ledger = client.get("/learn/foundations-2026").await;
    let row = ledger.body.split("<tr").skip(1).find(|row| row.contains("Check of module 2")).expect("the row of the check");
    row.split("</tr>").next().unwrap().to_owned()
}

fn as_it_was() -> String {
    let questions = [
        question("q1", "First", &["a", "b"], &["a"], 1),
        question("q2", "First", &["a", "b", "c"], &["a", "b"], 2),
        question("q3", "First", &["a", "b"], &["b"], 1),
    ];
    bank("The check", "0.8", &questions)
}

#[tokio::test]
async fn what_was_handed_in_stays_byte_for_byte_whatever_becomes_of_its_questions() {
    let world = World::new().await;
    publish(&world, &texts(Some(as_it_was()))).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let attempt = begun(&mut rosa).await;
    for n in 1..=3 {
        let page = rosa.get(&format!("{attempt}?q={n}")).await;
        let (version, once) = (value(&page, "version"), value(&page, "once"));
        let save = [("act", "save"), ("version", version.as_str()), ("once", once.as_str()), ("answer", "a"), ("go", "next")];
        assert_eq!(rosa.post(&format!("{attempt}?q={n}"), &save).await.status, StatusCode::SEE_OTHER);
    }
    rosa.post(&attempt, &[("act", "submit")]).await;

    // Nothing on these pages varies from one look to the next, so nothing is taken out of the comparison.
    let (hers, shown, counted) = (rosa.get(&attempt).await, tess.get(&attempt).await, row(&mut rosa).await);
    assert_eq!((hers.status, shown.status), (StatusCode::OK, StatusCode::OK));
    for words in [
        "Not yet: 50 percent, and 80 are needed",
        "2 of 4 points. Handed in on",
        "First body of q1",
        "First feedback on c of q2",
        "First explanation of q3",
    ] {
        assert!(hers.body.contains(words), "{words}");
    }

    let edited = [
        question("q1", "Changed", &["a", "b"], &["b"], 5),
        question("q2", "Changed", &["a", "b", "c"], &["a", "c"], 7),
        question("q3", "Changed", &["a", "b"], &["a"], 9),
    ];
    let reordered = [
        question("q3", "Changed", &["b", "a"], &["a"], 9),
        question("q2", "Changed", &["c", "b", "a"], &["a", "c"], 7),
        question("q1", "Changed", &["b", "a"], &["b"], 5),
    ];
    let only_reordered = [
        question("q3", "First", &["b", "a"], &["b"], 1),
        question("q2", "First", &["c", "b", "a"], &["a", "b"], 2),
        question("q1", "First", &["b", "a"], &["a"], 1),
    ];
    let others = ["n1", "n2", "n3"].map(|id| question(id, "Other", &["a", "b"], &["b"], 3));
    let releases = [
        ("edited", Some(bank("Another title", "0.1", &edited))),
        ("edited and reordered", Some(bank("Another title", "0.1", &reordered))),
        ("reordered", Some(bank("The check", "0.8", &only_reordered))),
        ("deleted, with others in their place", Some(bank("The check", "1.0", &others))),
        ("gone with the module", None),
    ];
    for (what, bank) in releases {
        let digest = publish(&world, &texts(bank)).await;
        // It is read too, and not only stored.
        curriculum::release(&world.platform, &digest).await.unwrap().unwrap();
        world.clock.move_to(world.clock.now().plus(10 * 60 * 1000));
        assert_eq!(rosa.get(&attempt).await.body, hers.body, "the questions are {what}");
        assert_eq!(tess.get(&attempt).await.body, shown.body, "the questions are {what}");
        assert_eq!(row(&mut rosa).await, counted, "the questions are {what}");
    }
}

#[tokio::test]
async fn what_was_chosen_and_what_was_not_is_said_before_and_after_handing_in() {
    let world = World::new().await;
    publish(&world, &texts(Some(as_it_was()))).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let attempt = begun(&mut rosa).await;
    let mut open = 0;
    for n in 1..=3 {
        let path = format!("{attempt}?q={n}");
        let page = rosa.get(&path).await;
        let two_points = page.body.contains("2 points: more than one may be right.");
        assert_eq!(two_points, page.body.contains("First stem of q2"), "what a question is worth stands at it");
        if page.body.contains("First stem of q3") {
            open = n;
            continue;
        }
        let (version, once, answer) = (value(&page, "version"), value(&page, "once"), if two_points { "a" } else { "b" });
        let save = [("act", "save"), ("version", version.as_str()), ("once", once.as_str()), ("answer", answer), ("go", "next")];
        rosa.post(&path, &save).await;
    }
    let over = rosa.get(&format!("{attempt}?q=all")).await;
    for words in ["First stem of q1", "First option b of q1", "First option a of q2", "First stem of q3"] {
        assert!(over.body.contains(words), "{words}");
    }
    assert!(over.body.contains(&format!("Question {open} has no answer yet.")));
    assert!(!over.body.contains("First option a of q1") && !over.body.contains("of q3</strong>"), "only what was chosen");
    assert!(over.body.contains(&format!(r#"href="{attempt}?q={open}""#)) && !over.body.contains("q=all"), "no page leads to itself");

    rosa.post(&attempt, &[("act", "submit")]).await;
    let hers = rosa.get(&attempt).await;
    for words in ["Not yet: 25 percent, and 80 are needed", "1 of 4 points", "Right in part: 1 of 2 points", "You gave no answer"] {
        assert!(hers.body.contains(words), "{words}");
    }
    assert!(hers.body.contains("Your answer, and right") && hers.body.contains("Your answer, but not right"), "{}", hers.body);
    let shown = world.person("Tess", Role::Trainer).await.get(&attempt).await;
    assert!(shown.body.contains("Their answer, but not right") && !shown.body.contains("Your answer"));
}

#[tokio::test]
async fn an_attempt_outlives_what_its_release_knows() {
    let world = World::new().await;
    let old = publish(&world, &texts(Some(as_it_was()))).await;
    let new = publish(&world, &texts(None)).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    rosa.post("/programs/foundations-2026", &[]).await;
    let enrolment = learning::enrolled(&world.platform.read()).await.unwrap().remove(0).enrolment;
    assert_eq!(enrolment.release, new);
    // As if this program could not read the module in the texts that the enrolment is pinned to any more.
    let release = curriculum::release(&world.platform, &old).await.unwrap().unwrap();
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    let id = assessment::start(&mut write, enrolment.person, enrolment.id, &release, "m02").await.unwrap();
    write.commit().await.unwrap();
    let attempt = format!("/attempts/{id}");
    for query in ["?q=1", "?q=all"] {
        let open = rosa.get(&format!("{attempt}{query}")).await;
        assert_eq!(open.status, StatusCode::OK, "{query}");
        assert!(!open.body.contains("/modules/m02"), "{query}");
    }
    rosa.post(&attempt, &[("act", "submit")]).await;
    let review = rosa.get(&attempt).await;
    assert_eq!(review.status, StatusCode::OK);
    assert!(review.body.contains("<h1>The check</h1>") && review.body.contains("First explanation of q3"), "{}", review.body);
    assert!(review.body.contains("To your ledger") && !review.body.contains("/modules/m02"), "only what is there is linked");
    let mut tess = world.person("Tess", Role::Trainer).await;
    assert_eq!(tess.get(&attempt).await.status, StatusCode::OK);
}
