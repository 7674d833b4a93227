//! What a program, its ledger and its lessons say of themselves.

use super::*;

#[tokio::test]
async fn which_name_the_certificate_will_carry_is_said_before_it_does() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    join(&mut rosa, "foundations-2026").await;
    for name in ["Rosa", "Rosa M. Diaz"] {
        for path in ["/learn/foundations-2026", ETHICS] {
            let page = rosa.get(path).await;
            assert!(page.body.contains(&format!("Your certificate will carry the name <strong>{name}</strong>")), "{path}");
            assert!(page.body.contains(r#"<a href="/account">Change it in your account</a>"#), "{path}");
        }
        rosa.post("/account", &[("act", "names"), ("chosen-name", "Rosi"), ("certificate-name", "Rosa M. Diaz")]).await;
    }
}

#[tokio::test]
async fn a_program_says_once_where_it_comes_from_and_that_it_cannot_be_finished_yet() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let small = rosa.get("/programs/foundations-2026").await;
    assert_eq!(small.body.matches("House rules of this platform").count(), 1);
    assert!(!small.body.contains("So nobody can get its") && small.body.contains("1 h on your own"));
    let whole = rosa.get("/programs/model-aligned-2026").await;
    assert!(whole.body.contains("So nobody can get its certification here yet.") && whole.body.contains("Join this program"));
    assert!(whole.body.contains("internationalcredentialing.org") && whole.body.contains("Where it comes from"));
}

#[tokio::test]
async fn a_lesson_says_when_it_was_done_and_leads_back_from_its_words_and_sources() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    join(&mut rosa, "foundations-2026").await;
    let module = rosa.get("/learn/foundations-2026/modules/m01").await;
    assert!(module.body.contains("<h1>Module 1: Starting well</h1>") && module.body.contains("To read, about "));
    let path = "/learn/foundations-2026/modules/m01/the-road-ahead";
    rosa.post(path, &[("done", "yes")]).await;
    let lesson = rosa.get(path).await;
    assert!(lesson.body.contains("Done on 1 September 2026, 7:00 am"));
    for place in ["c1", "t-certification"] {
        for words in [format!(r#" id="{place}""#), format!(r##" href="#{place}""##)] {
            assert_eq!(lesson.body.matches(&words).count(), 1, "{words}");
        }
    }
}
