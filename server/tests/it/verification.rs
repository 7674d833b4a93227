//! What machines read, and the call that checks a certificate.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    accounts::Actor,
    credentials::{self, Decision},
};
use http::{HeaderValue, Request, StatusCode, header};
use serde_json::Value;

use crate::world::{Answer, World};

async fn ask(world: &World, body: &str) -> Answer {
    world.anonymous().ask(Request::post("/api/v1/verify").header(header::CONTENT_TYPE, "application/json"), body.to_owned()).await
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_a_problem_document() {
    let world = World::new().await;
    for body in [
        "",
        "{",
        "[]",
        r#"{"credential":1}"#,
        r#"{"credential":"x","at":"2026-01-01"}"#,
        r#"{"credential":"x","at":7}"#,
        r#"{"credential":"x","credential":"y"}"#,
        r#"{"credential":{"id":"x","id":"y"}}"#,
    ] {
        let answer = ask(&world, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*", "a page elsewhere may read why");
    }
    let mut anyone = world.anonymous();
    let other = anyone.get("/api/v1/verify").await;
    assert_eq!((other.status, &other.headers[header::ALLOW]), (StatusCode::METHOD_NOT_ALLOWED, &HeaderValue::from_static("POST")));
    assert_eq!(other.headers[header::CONTENT_TYPE], "application/problem+json");
    let missing = anyone.get("/api/v1/nothing").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.headers[header::CONTENT_TYPE], "application/problem+json");
    let large = format!(r#"{{"credential":"{}"}}"#, "x".repeat(400 * 1024));
    assert_eq!(ask(&world, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_page_elsewhere_may_ask() {
    let world = World::new().await;
    let before = Request::options("/api/v1/verify")
        .header(header::ORIGIN, "https://hiring.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
    let answer = world.anonymous().ask(before, String::new()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(answer.headers[header::ACCESS_CONTROL_ALLOW_METHODS].to_str().unwrap().contains("POST"));
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_HEADERS], "content-type");
    let answer = ask(&world, r#"{"credential":"a.b.c"}"#).await;
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert_eq!(answer.headers[header::ACCESS_CONTROL_EXPOSE_HEADERS], "retry-after");
    let keys = world.anonymous().get("/.well-known/jwks.json").await;
    assert_eq!(keys.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
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
    for member in ["kid", "kty", "crv", "alg", "use", "x", "y"] {
        assert!(key[member].is_string() && key[member] == jwks["keys"][0][member], "{member}");
    }
    assert_eq!(did["verificationMethod"][0]["publicKeyJwk"], key, "by its id, as by its address");
    assert_eq!(did["verificationMethod"][0]["id"], kid);
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
        let id = told.pointer(&format!("/certificates/{standing}/id")).unwrap().as_str().unwrap();
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

async fn on_day(world: &World, told: &Value, standing: &str, day: &str) -> String {
    let id = told.pointer(&format!("/certificates/{standing}/id")).unwrap().as_str().unwrap();
    let answer = world.anonymous().get(&format!("/certificates/{id}?at={day}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{standing} on {day}");
    answer.body
}

#[tokio::test]
async fn each_standing_has_its_words_and_its_day() {
    let (world, told) = World::with_demonstration().await;
    for (standing, day, said) in [
        ("valid", "", "Valid today"),
        ("valid", "2026-09-01", "Valid today"),
        ("valid", "2026-08-10", "Valid on that day"),
        ("valid", "2026-08-02", "Not in force yet"),
        ("valid", "2026-08-03", "In force for part of that day"),
        ("valid", "2026-08-03", "From 10:00 am: in force."),
        ("valid", "2026-12-01", "Could not tell"),
        ("valid", "2026-12-01", "leave the day empty"),
        ("valid", "2030-01-01", "Expired"),
        ("suspended", "", "<h1>Suspended</h1>"),
        ("suspended", "2026-08-25", "Valid on that day"),
        ("suspended", "2026-08-26", "In force for part of that day"),
        ("suspended", "2026-08-26", "From 10:00 am: suspended."),
        ("suspended", "2026-08-27", "<h1>Suspended</h1>"),
        ("revoked", "", "<dt>Revoked on</dt><dd>27 August 2026</dd>"),
        ("revoked", "2026-08-20", "Valid on that day"),
        ("revoked", "2026-08-28", "<h1>Revoked</h1>"),
        ("revoked", "2030-01-01", "<h1>Revoked</h1>"),
        ("expired", "", "<h1>Expired</h1>"),
        ("expired", "2024-01-01", "Valid on that day"),
    ] {
        let page = on_day(&world, &told, standing, day).await;
        assert!(page.contains(said), "{standing} on {day}: {page}");
        if !said.contains("Valid") {
            assert!(!page.contains("Valid today") && !page.contains("Valid on that day"), "{standing} on {day}: {page}");
        }
    }
    for day in ["soon", "2026-02-30", "9999-12-31", "-9999-01-01"] {
        let page = on_day(&world, &told, "valid", day).await;
        assert!(page.contains("We could not read this day") && page.contains("This is the answer for today"), "{day}: {page}");
    }
    let page = on_day(&world, &told, "revoked", "2026-08-20").await;
    assert!(!page.contains("Revoked on"), "on that day it was not: {page}");
}

#[tokio::test]
async fn a_suspension_is_dated_by_itself_and_not_by_what_came_after() {
    let (world, told) = World::with_demonstration().await;
    let id = told["certificates"]["suspended"]["id"].as_str().unwrap().parse().unwrap();
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    credentials::decide(&mut write, id, Decision::Lift, &"for a test".parse().unwrap()).await.unwrap();
    write.commit().await.unwrap();
    let page = on_day(&world, &told, "suspended", "2026-08-28").await;
    assert!(page.contains("<dt>Suspended on</dt><dd>26 August 2026</dd>"), "{page}");
    let body = format!(r#"{{"credential":"{id}","at":"2026-08-28T12:00:00Z"}}"#);
    let report: Value = serde_json::from_str(&ask(&world, &body).await.body).unwrap();
    assert_eq!(report["certificate"]["status"], "suspended");
    assert_eq!(report["certificate"]["statusSince"], "2026-08-26T15:00:00Z");
    assert!(on_day(&world, &told, "suspended", "").await.contains("Valid today"));
}

#[tokio::test]
async fn a_form_that_we_cannot_check_is_neither_a_yes_nor_a_no() {
    let world = World::new().await;
    let answer = world.anonymous().post("/verify", &[("credential", "{}")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Could not tell") && answer.body.contains("the file that ends in .jwt"), "{}", answer.body);
    assert!(!answer.body.contains("Try again in a few minutes"), "{}", answer.body);
}

#[tokio::test]
async fn capitals_are_no_forgery() {
    let (world, told) = World::with_demonstration().await;
    let id = told["certificates"]["valid"]["id"].as_str().unwrap().to_uppercase();
    for text in [id.clone(), format!("HTTP://LOCALHOST:3000/certificates/{id}")] {
        let report: Value = serde_json::from_str(&ask(&world, &serde_json::json!({ "credential": text }).to_string()).await.body).unwrap();
        assert_eq!(report["verdict"], "valid", "{text}");
    }
    let token = world.anonymous().get(&format!("/certificates/{id}.jwt")).await;
    assert_eq!(token.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
}
