//! Checks, as a browser without script takes them, and the call of the page that saves as one goes.

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
    assert!(options.len() >= 2 && page.body.contains("Not answered yet."));
    let save = [("act", "save"), ("version", version.as_str()), ("once", once.as_str()), ("answer", options[1].as_str()), ("go", "next")];
    let saved = rosa.post(&format!("{attempt}?q=1"), &save).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, format!("{attempt}?q=2").as_str()));

    // Another device of the same person.
    let mut tablet = world.anonymous();
    tablet.sign_in("rosa@example.org", crate::world::PASSWORD).await;
    let again = tablet.get(&format!("{attempt}?q=1")).await;
    assert!(again.body.contains("Saved at") && again.body.contains(&format!(r#"value="{}" checked"#, options[1])), "{}", again.body);

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
    let page = rosa.get(CHECK).await;
    assert_eq!(page.body.matches("See the review").count(), 1, "one try, however often it was handed in");
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
    assert!(rosa.get(&attempt).await.body.contains(&format!(r#"value="{}" checked"#, options[0])));
    assert_eq!(world.anonymous().ask(call(), body.clone()).await.status, StatusCode::UNAUTHORIZED);
    let mut sam = world.person("Sam", Role::Trainee).await;
    assert_eq!(sam.ask(call(), body.clone()).await.status, StatusCode::NOT_FOUND);
    let foreign = Request::post("/api/fn/save-answer")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(rosa.ask(foreign, body).await.status, StatusCode::FORBIDDEN);
}
