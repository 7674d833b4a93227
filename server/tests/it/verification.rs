//! What machines read, and the call that checks a certificate.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
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

/// What a program said of itself when it was asked for the certificate as a file.
async fn payload(world: &World, id: &str) -> Value {
    let token = world.anonymous().get(&format!("/certificates/{id}.jwt")).await.body;
    let body = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn issued_certificates_fit_the_schema_and_are_what_their_standing_says() {
    let (world, told) = World::with_demonstration().await;
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
    let schema = std::env::var_os("ALONGSIDE_OB_SCHEMA").map(|path| {
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
    });
    for standing in ["valid", "expired", "suspended", "revoked"] {
        let id = told["certificates"][standing]["id"].as_str().unwrap();
        let document = payload(&world, id).await;
        if let Some(schema) = &schema {
            let faults: Vec<String> = schema.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(faults.is_empty(), "{standing}: {faults:?}");
        }
        let report: Value = serde_json::from_str(&ask(&world, &format!(r#"{{"credential":"{id}"}}"#)).await.body).unwrap();
        assert_eq!(report["verdict"], standing);
        let page = world.anonymous().get(&format!("/certificates/{id}")).await;
        assert!(!page.body.contains("An example:"), "a reason is not for the public");
    }
}

#[tokio::test]
async fn a_certificate_that_was_touched_is_never_called_valid() {
    let (world, told) = World::with_demonstration().await;
    let id = told["certificates"]["valid"]["id"].as_str().unwrap();
    let token = world.anonymous().get(&format!("/certificates/{id}.jwt")).await.body;
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims = payload(&world, id).await;
    claims["credentialSubject"]["achievement"]["name"] = "Certified everything".into();
    let renamed = URL_SAFE_NO_PAD.encode(claims.to_string());
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    for touched in [
        format!("{}.{renamed}.{}", parts[0], parts[2]),
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>()),
        format!("{token}.extra"),
        format!("{}.{}", parts[0], parts[1]),
    ] {
        let report: Value =
            serde_json::from_str(&ask(&world, &serde_json::json!({ "credential": touched }).to_string()).await.body).unwrap();
        assert_ne!(report["verdict"], "valid", "{touched}");
        assert_ne!(report["verdict"], "unknown", "{touched}");
    }
    let report: Value = serde_json::from_str(&ask(&world, &serde_json::json!({ "credential": token }).to_string()).await.body).unwrap();
    assert_eq!(report["verdict"], "valid", "and as it was it still is");
}

#[tokio::test]
async fn a_slip_of_the_finger_is_not_a_forgery() {
    let world = World::with_content().await;
    let mut visitor = world.anonymous();
    for typed in ["0193a5b0-0000-7000-8000-000000000000", "Jordan Avery", "https://example.org/someone-else"] {
        let answer = visitor.post("/verify", &[("credential", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains(typed) && !answer.body.contains("Not genuine"), "{}", answer.body);
    }
    let page = visitor.get("/certificates/0193a5b0-0000-7000-8000-000000000000").await;
    assert!(page.status == StatusCode::NOT_FOUND && page.body.contains("digit by digit") && page.body.contains("Check it"));
}
