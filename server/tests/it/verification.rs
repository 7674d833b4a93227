//! What machines read, and the call that checks a certificate.

use http::{Request, StatusCode, header};
use serde_json::Value;

use crate::world::{Answer, World};

async fn ask(world: &World, body: &str) -> Answer {
    world.anonymous().ask(Request::post("/api/v1/verify").header(header::CONTENT_TYPE, "application/json"), body.to_owned()).await
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_a_problem_document() {
    let world = World::new().await;
    for body in ["", "{", "[]", r#"{"credential":1}"#, r#"{"credential":"x","at":"2026-01-01"}"#, r#"{"credential":"x","at":7}"#] {
        let answer = ask(&world, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    }
    let large = format!(r#"{{"credential":"{}"}}"#, "x".repeat(400 * 1024));
    assert_eq!(ask(&world, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn what_we_did_not_issue_is_invalid_and_shows_no_certificate() {
    let world = World::new().await;
    for text in ["", "a.b.c", "0193a5b0-0000-7000-8000-000000000000", "https://evil.example/certificates/1"] {
        let answer = ask(&world, &format!(r#"{{"credential":"{text}"}}"#)).await;
        assert_eq!(answer.status, StatusCode::OK);
        let report: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(report["verdict"], "invalid", "{text}");
        assert!(report.get("certificate").is_none());
        assert_eq!(report["checks"].as_array().unwrap().len(), 6);
        assert!(report["checks"].as_array().unwrap().iter().all(|check| check["outcome"] != "pass"), "{text}");
    }
}

#[tokio::test]
async fn keys_and_lists_are_published() {
    let world = World::new().await;
    let mut anyone = world.anonymous();
    let did: Value = serde_json::from_str(&anyone.get("/.well-known/did.json").await.body).unwrap();
    assert_eq!(did["id"], "did:web:localhost%3A3000");
    let jwks: Value = serde_json::from_str(&anyone.get("/.well-known/jwks.json").await.body).unwrap();
    let kid = jwks["keys"][0]["kid"].as_str().unwrap();
    let thumbprint = kid.rsplit_once('#').unwrap().1;
    let key: Value = serde_json::from_str(&anyone.get(&format!("/keys/{thumbprint}")).await.body).unwrap();
    assert_eq!(key["x"], jwks["keys"][0]["x"]);
    assert_eq!(anyone.get("/keys/nothing").await.status, StatusCode::NOT_FOUND);
    for purpose in ["revocation", "suspension"] {
        let list = anyone.get(&format!("/status/{purpose}/1")).await;
        assert_eq!((list.status, list.body.split('.').count()), (StatusCode::OK, 3));
        assert_eq!(anyone.get(&format!("/status/{purpose}/2")).await.status, StatusCode::NOT_FOUND);
    }
}
