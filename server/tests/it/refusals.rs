//! What is refused, and how.

use http::{Request, StatusCode, header};
use types::Role;

use crate::world::World;

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let request =
        Request::post("/account").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "cross-site");
    let answer = rosa.ask(request, "act=names&chosen-name=X".into()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("This form came from another site"));
    let request = Request::post("/logout").header(header::ORIGIN, "https://evil.example").header(header::HOST, "localhost:3000");
    assert_eq!(rosa.ask(request, String::new()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let long = "x".repeat(70 * 1024);
    let answer = rosa.post("/account", &[("act", "names"), ("chosen-name", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("This is more than we can take"));
}

#[tokio::test]
async fn what_does_not_exist_has_a_way_on() {
    let world = World::new().await;
    for path in ["/nothing", "/learn/nothing/at/all", "/certificates/nothing", "/%ff", "/assets/../../etc/passwd"] {
        let answer = world.anonymous().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = world.anonymous().get("/nothing").await;
    assert!(answer.body.contains("Get help now") && answer.body.contains("Go to your start page"));
}

#[tokio::test]
async fn pages_without_an_island_carry_no_script() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    for path in ["/", "/login", "/signup", "/privacy", "/access", "/verify", "/account"] {
        let answer = rosa.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("<script") && !answer.body.contains("<!>"), "{path}");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{path}");
    }
}
