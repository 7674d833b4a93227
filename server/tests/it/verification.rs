//! What machines read, and the call that checks a certificate.

use std::io::Write as _;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    accounts::Actor,
    credentials::{self, Decision},
};
use http::{HeaderValue, Request, StatusCode, header};
use serde_json::Value;
use types::Moment;

use crate::world::{Answer, NOON, World};

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
    if schema.is_none() {
        writeln!(std::io::stderr(), "not run: the schema of issued certificates: ALONGSIDE_OB_SCHEMA names no schema").unwrap();
    }
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
    let number = "0193a5b0-0000-7000-8000-000000000000";
    for (typed, said) in [
        (number, "Example Training did not issue a certificate with this number."),
        ("Jordan Avery", "Nothing was checked yet."),
        ("{ hello", "Nothing was checked yet."),
        ("https://example.org/someone-else", "This is not the address of a certificate of ours"),
        ("https://localhost:3000.evil.example/certificates/1", "that you know from elsewhere"),
        ("eyJhbGciOiJFUzI1NiJ9.eyJhIjox", "This is not one whole signed text"),
    ] {
        let answer = visitor.post("/verify", &[("credential", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{typed}");
        assert!(answer.body.contains(typed) && answer.body.contains(said), "{typed}: {}", answer.body);
        assert!(!answer.body.contains("Not genuine") && !answer.body.contains("Open it"), "{typed}: {}", answer.body);
    }
    let page = visitor.get(&format!("/certificates/{number}")).await;
    assert_eq!((page.status, &page.headers[header::CACHE_CONTROL]), (StatusCode::NOT_FOUND, &HeaderValue::from_static("no-store")));
    for said in ["We looked, and found nothing.", "digit by digit", "Check it", number] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("Nothing was checked"), "it was looked up: {}", page.body);
    assert_eq!(visitor.get("/verify").await.headers[header::CACHE_CONTROL], "no-cache", "the empty form says nothing");
}

#[tokio::test]
async fn a_number_leads_to_its_page_however_it_came() {
    let (world, told) = World::with_demonstration().await;
    let id = told["certificates"]["valid"]["id"].as_str().unwrap();
    let page = format!("/certificates/{id}");
    let mut visitor = world.anonymous();
    for typed in [
        id.to_owned(),
        id.replace('-', "-\r\n"),
        id.replace('-', "\u{2013}"),
        format!("No. {id}."),
        format!("<http://localhost:3000{page}>"),
        format!("Certificate: http://localhost:3000{page}"),
    ] {
        let answer = visitor.post("/verify", &[("credential", &typed)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, page.as_str()), "{typed:?}");
    }
    let asked = format!("{page}?at=2026-08-10");
    let answer = visitor.get(&format!("/verify?id={}", app::form::encode(&format!("http://localhost:3000{asked}")))).await;
    assert_eq!(answer.location(), asked, "the day is kept");
    let answer = visitor.get(&format!("{page}/?at=2026-08-10")).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, asked.as_str()));
    assert_eq!(visitor.get("/certificates/nothing/").await.status, StatusCode::NOT_FOUND);
    let file = visitor.get(&format!("{page}.JWT")).await;
    assert_eq!((file.status, file.body.split('.').count()), (StatusCode::OK, 3));
    let other = visitor.get(&format!("{page}.pdf")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert!(other.body.contains("its signed file") && !other.body.contains("digit by digit"), "{}", other.body);
}

#[tokio::test]
async fn a_signed_text_is_read_as_letters_bring_it_and_leads_to_its_page() {
    let (world, told) = World::with_demonstration().await;
    let id = told["certificates"]["valid"]["id"].as_str().unwrap();
    let page = format!("/certificates/{id}");
    let mut visitor = world.anonymous();
    let token = visitor.get(&format!("{page}.jwt")).await.body;
    let letters: Vec<char> = token.chars().collect();
    let lines: Vec<String> = letters.chunks(76).map(|line| line.iter().collect()).collect();
    for typed in [token.clone(), lines.join("\r\n"), format!("\u{201c}{token}\u{201d}\n"), format!("\"{token}\"")] {
        let answer = visitor.post("/verify", &[("credential", &typed)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, page.as_str()), "{typed:?}");
    }
    for around in
        [format!("{token}\n\nSent from my phone"), format!("Here it is: {token}. Thank you"), format!("({token})\n-- \nPriya Nandan")]
    {
        let answer = visitor.post("/verify", &[("credential", &around)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, page.as_str()), "{around:?}");
    }
    let (head, tail) = token.split_at(token.len() / 2);
    for broken in [head, tail, &token[..token.len() - 3], &format!("{}{}", &head[..head.len() - 300], &tail[1..])] {
        let answer = visitor.post("/verify", &[("credential", broken)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{broken}");
        assert!(answer.body.contains("This is not one whole signed text"), "{broken}");
    }
    let mut claims = payload(&world, id).await;
    claims["sub"] = "urn:uuid:00000000-0000-4000-8000-000000000000".into();
    let parts: Vec<&str> = token.split('.').collect();
    let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(claims.to_string()), parts[2]);
    let answer = visitor.post("/verify", &[("credential", &forged)]).await;
    assert_eq!((answer.status, &answer.headers[header::CACHE_CONTROL]), (StatusCode::OK, &HeaderValue::from_static("no-store")));
    assert!(answer.body.contains("<h1>Not genuine</h1>"), "{}", answer.body);
    // Of six checks one failed and nobody keeps a log; the others were not even tried.
    assert_eq!(answer.body.matches("<span>Not checked</span>").count(), 4, "{}", answer.body);
    assert!(!answer.body.contains("Could not tell"), "{}", answer.body);
}

#[tokio::test]
async fn a_good_address_vouches_for_nothing_that_stands_behind_it() {
    let (world, told) = World::with_demonstration().await;
    let url = told["certificates"]["valid"]["url"].as_str().unwrap();
    let mut forged = payload(&world, told["certificates"]["valid"]["id"].as_str().unwrap()).await;
    forged["credentialSubject"]["achievement"]["name"] = "Certified everything".into();
    let forged = format!("eyJhbGciOiJFUzI1NiJ9.{}.{}", URL_SAFE_NO_PAD.encode(forged.to_string()), "A".repeat(86));
    for glue in [".jwt ", "\n", "#", "?t=", "/\n\n"] {
        let text = format!("{url}{glue}{forged}");
        let report: Value = serde_json::from_str(&ask(&world, &serde_json::json!({ "credential": text }).to_string()).await.body).unwrap();
        assert_eq!(report["verdict"], "invalid", "{glue:?}");
        let page = world.anonymous().post("/verify", &[("credential", &text)]).await;
        // What stands apart is judged for itself; what stands in the address is not looked at.
        let (status, said) = match glue {
            "#" | "?t=" => (StatusCode::UNPROCESSABLE_ENTITY, "Copy it only as far as the number."),
            _ => (StatusCode::OK, "<h1>Not genuine</h1>"),
        };
        assert_eq!(page.status, status, "{glue:?}");
        assert!(page.body.contains(said) && !page.body.contains("Valid now"), "{glue:?}: {}", page.body);
    }
    let report: Value = serde_json::from_str(&ask(&world, &serde_json::json!({ "credential": url }).to_string()).await.body).unwrap();
    assert_eq!(report["verdict"], "valid", "by itself it is one");
}

#[tokio::test]
async fn what_is_in_force_is_shown_as_a_sheet_and_nothing_else_is() {
    let (world, told) = World::with_demonstration().await;
    let mut visitor = world.anonymous();
    let page =
        |standing: &str| format!("/certificates/{}", told.pointer(&format!("/certificates/{standing}/id")).unwrap().as_str().unwrap());
    let valid = page("valid");
    let sheet = visitor.get(&format!("{valid}/sheet")).await;
    assert_eq!((sheet.status, &sheet.headers[header::CACHE_CONTROL]), (StatusCode::OK, &HeaderValue::from_static("no-store")));
    for words in [
        "<h1 class=\"name\">Jordan Avery (example)</h1>",
        "has met every requirement of <strong>Foundations of peer support</strong>.",
        "Certificate of completion",
        "It is not a certification.",
        "Completed the foundations program",
        "Awarded <strong>3 August 2026</strong>",
        "In force until <strong>3 August 2028</strong>, unless withdrawn",
        "role=\"img\" aria-label=\"Square code that opens the page of this certificate\"",
        &told["certificates"]["valid"]["url"].as_str().unwrap().replace("certificates/", "certificates/<wbr>"),
    ] {
        assert!(sheet.body.contains(words), "{words}: {}", sheet.body);
    }
    assert!(visitor.get(&valid).await.body.contains(&format!("href=\"{valid}/sheet\"")));
    for standing in ["suspended", "revoked", "expired"] {
        let page = page(standing);
        let sheet = visitor.get(&format!("{page}/sheet")).await;
        assert_eq!((sheet.status, sheet.location()), (StatusCode::SEE_OTHER, page.as_str()), "{standing}");
        assert!(!visitor.get(&page).await.body.contains("/sheet\""), "{standing}");
    }
    let nobodys = visitor.get("/certificates/0193a5b0-0000-7000-8000-000000000000/sheet").await;
    assert_eq!(visitor.get(nobodys.location()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor.get("/certificates/x/sheet").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whose_it_is_is_told_how_it_stands() {
    let (world, told) = World::with_demonstration().await;
    let letters = world.letters().await;
    let told_to = |letters: &[String], who: &str, said: &str| {
        letters.iter().filter(|letter| letter.contains(&format!("To: {who}@example.org")) && letter.contains(said)).count()
    };
    assert_eq!(told_to(&letters, "priya", "suspended your certificate on 26\u{a0}August\u{a0}2026"), 1, "{letters:?}");
    for said in ["suspended your", "revoked your", "lifted the"] {
        assert_eq!(told_to(&letters, "lee", said), 0, "nothing was decided about it: {letters:?}");
    }
    let password = told["signIns"][0]["password"].as_str().unwrap();
    for (who, said) in [
        ("jordan", "Your certificate is there."),
        ("priya", "Your certificate has been suspended since 26 August 2026."),
        ("lee", "Your certificate ended on"),
    ] {
        let mut holder = world.anonymous();
        holder.sign_in(&format!("{who}@example.org"), password).await;
        for page in ["/learn", "/learn/foundations-2026"] {
            let page = holder.get(page).await;
            assert!(page.body.contains(said), "{who}: {}", page.body);
            assert_eq!(page.body.contains("yours to share"), who == "jordan", "{who}");
        }
    }
    // What was undone before a letter went is told as it came out.
    decide(&world, &told, "valid", Decision::Suspend).await;
    decide(&world, &told, "valid", Decision::Lift).await;
    let letters = world.letters().await;
    assert_eq!(told_to(&letters, "jordan", "suspended your"), 0, "{letters:?}");
    assert_eq!(told_to(&letters, "jordan", "It is in force again."), 1, "{letters:?}");
    decide(&world, &told, "expired", Decision::Suspend).await;
    decide(&world, &told, "expired", Decision::Lift).await;
    decide(&world, &told, "valid", Decision::Revoke).await;
    let letters = world.letters().await;
    assert_eq!(told_to(&letters, "lee", "It is not in force all the same, since it ended on"), 1, "{letters:?}");
    assert_eq!(told_to(&letters, "jordan", "revoked your certificate on 1\u{a0}September\u{a0}2026"), 1, "{letters:?}");
}

async fn on_day(world: &World, told: &Value, standing: &str, day: &str) -> String {
    let id = told.pointer(&format!("/certificates/{standing}/id")).unwrap().as_str().unwrap();
    let answer = world.anonymous().get(&format!("/certificates/{id}?at={day}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{standing} on {day}");
    assert_eq!(answer.headers.get(header::CACHE_CONTROL).unwrap(), "no-store", "it may be another by the time of the way back");
    answer.body
}

#[tokio::test]
async fn each_standing_has_its_words_and_its_day() {
    let (world, told) = World::with_demonstration().await;
    for (standing, day, heading, said) in [
        ("valid", "", "Valid now", "Genuine, and in force now, 1 September 2026, 7:00 am CDT."),
        ("valid", "", "Valid now", "Checked on 1 September 2026, 7:00 am CDT. Your browser does not keep this page."),
        ("valid", "2026-09-01", "Valid today so far", "from the beginning of the day until now, 7:00 am CDT."),
        ("valid", "2026-08-10", "Valid on that day", "Genuine, and in force on 10 August 2026."),
        ("valid", "2026-08-10", "Valid on that day", "<strong>Now, 1 September 2026, 7:00 am CDT, it is in force.</strong>"),
        ("valid", "2026-08-02", "Not in force yet on that day", "It began on 3 August 2026."),
        ("valid", "2026-08-02", "Not in force yet on that day", "<strong>Now, 1 September 2026, 7:00 am CDT, it is in force.</strong>"),
        ("valid", "2026-08-03", "In force for part of that day", "From 10:00 am CDT: in force."),
        ("valid", "2026-08-03", "In force for part of that day", "Days and times are those of Example Training (Chicago)."),
        ("valid", "2026-12-01", "Not known yet", "If nothing changes, it will be in force on 1 December 2026."),
        ("valid", "2026-12-01", "Not known yet", "At Example Training it is now 1 September 2026, 7:00 am CDT."),
        ("valid", "2026-12-01", "Not known yet", "leave the day empty"),
        ("valid", "2028-08-03", "In force for part of that day", "From the beginning of the day: in force, if nothing changes."),
        ("valid", "2028-08-03", "In force for part of that day", "From 10:00 am CDT: not in force any more."),
        ("valid", "2030-01-01", "Expired by then", "it ends on 3 August 2028. It will not be in force on 1 January 2030."),
        ("suspended", "", "Suspended", "suspended since 26 August 2026. It is not in force now. A suspension can be lifted again."),
        ("suspended", "2026-09-01", "Suspended", "So far it was not in force on 1 September 2026."),
        ("suspended", "2026-08-25", "Valid on that day", "in force on 25 August 2026"),
        (
            "suspended",
            "2026-08-25",
            "Valid on that day",
            "<strong>Now, 1 September 2026, 7:00 am CDT, it is not in force: suspended since 26 August 2026.</strong>",
        ),
        ("suspended", "2026-08-26", "In force for part of that day", "From 10:00 am CDT: suspended."),
        ("suspended", "2026-08-26", "In force for part of that day", "that you ask about. Talk with the person first"),
        ("suspended", "2026-08-27", "Suspended on that day", "suspended on 26 August 2026. It was not in force on 27 August 2026."),
        ("suspended", "2026-12-01", "Not known yet", "If that is not lifted, it will not be in force on 1 December 2026."),
        ("revoked", "", "Revoked", "<dt>Revoked on</dt><dd>27 August 2026</dd>"),
        ("revoked", "", "Revoked", "revoked on 27 August 2026. It is not in force now."),
        ("revoked", "2026-08-20", "Valid on that day", "in force on 20 August 2026"),
        (
            "revoked",
            "2026-08-20",
            "Valid on that day",
            "<strong>Now, 1 September 2026, 7:00 am CDT, it is not in force: revoked on 27 August 2026.</strong>",
        ),
        ("revoked", "2026-08-20", "Valid on that day", "Talk with the person first"),
        ("revoked", "2026-08-28", "Revoked by then", "It was not in force on 28 August 2026."),
        ("revoked", "2030-01-01", "Revoked", "It will not be in force on 1 January 2030."),
        ("expired", "", "Expired", "It is not in force now."),
        ("expired", "2024-01-01", "Valid on that day", "in force on 1 January 2024"),
        ("expired", "2024-01-01", "Valid on that day", "<strong>Now, 1 September 2026, 7:00 am CDT, it is not in force: it ended on"),
    ] {
        let page = on_day(&world, &told, standing, day).await;
        assert!(page.contains(&format!("<h1>{heading}</h1>")) && page.contains(said), "{standing} on {day}: {said}: {page}");
        assert_eq!(page.contains("Valid"), heading.starts_with("Valid"), "{standing} on {day}: {page}");
        assert!(page.contains("Check another one"), "{standing} on {day}: {page}");
    }
    let page = on_day(&world, &told, "revoked", "2026-08-20").await;
    assert!(!page.contains("Revoked on"), "on that day it was not: {page}");
    let page = on_day(&world, &told, "revoked", "2026-08-28").await;
    assert!(!page.contains("Now, 1 September"), "once is enough: {page}");
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_asked_for_again_and_answered_by_nothing() {
    let (world, told) = World::with_demonstration().await;
    let page = format!("/certificates/{}", told["certificates"]["valid"]["id"].as_str().unwrap());
    for day in ["soon", "2026-02-30", "31/12/2026", "2026-08-10T00:00:00", "20260810", "9999-12-31", "-9999-01-01"] {
        let answer = world.anonymous().get(&format!("{page}?at={}", app::form::encode(day))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{day}");
        for said in ["<h1>Which day do you mean?</h1>", "Nothing was checked for that day.", "aria-invalid=\"true\"", day] {
            assert!(answer.body.contains(said), "{day}: {said}: {}", answer.body);
        }
        for unsaid in ["Valid", "Genuine", "Pass", "2026-10-01"] {
            assert!(!answer.body.contains(unsaid), "{day}: {unsaid}: {}", answer.body);
        }
    }
}

async fn decide(world: &World, told: &Value, standing: &str, decision: Decision) {
    let id = told.pointer(&format!("/certificates/{standing}/id")).unwrap().as_str().unwrap().parse().unwrap();
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    credentials::decide(&mut write, id, decision, &"for a test".parse().unwrap()).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn of_today_all_is_told_that_was_and_nothing_as_if_it_had_been_all_day() {
    let (world, told) = World::with_demonstration().await;
    let today = "2026-09-01";
    world.clock.move_to(NOON.plus(10 * Moment::HOUR));
    decide(&world, &told, "valid", Decision::Suspend).await;
    decide(&world, &told, "suspended", Decision::Lift).await;
    world.clock.move_to(NOON.plus(10 * Moment::HOUR + 5 * Moment::MINUTE));

    let page = on_day(&world, &told, "valid", "").await;
    assert!(page.contains("suspended since 1 September 2026, 5:00 pm CDT. It is not in force now."), "{page}");
    let page = on_day(&world, &told, "valid", today).await;
    for said in [
        "<h1>Suspended today</h1>",
        "From the beginning of the day: in force.",
        "From 5:00 pm CDT until now: suspended.",
        "Six checks, as of now",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("was not in force"), "{page}");

    let page = on_day(&world, &told, "suspended", "").await;
    assert!(page.contains("<h1>Valid now</h1>") && page.contains("in force now, 1 September 2026, 5:05 pm CDT."), "{page}");
    let page = on_day(&world, &told, "suspended", today).await;
    assert!(page.contains("From the beginning of the day: suspended."), "{page}");
    assert!(page.contains("From 5:00 pm CDT until now: in force.") && !page.contains("Valid"), "{page}");

    world.clock.move_to(NOON.plus(2 * Moment::DAY));
    for standing in ["valid", "suspended"] {
        let page = on_day(&world, &told, standing, today).await;
        assert!(page.contains("<h1>In force for part of that day</h1>"), "the same of the same day, two days later: {page}");
    }
}

#[tokio::test]
async fn a_suspension_is_dated_by_itself_and_not_by_what_came_after() {
    let (world, told) = World::with_demonstration().await;
    decide(&world, &told, "suspended", Decision::Lift).await;
    let page = on_day(&world, &told, "suspended", "2026-08-28").await;
    assert!(page.contains("<dt>Suspended on</dt><dd>26 August 2026</dd>"), "{page}");
    assert!(
        page.contains("<strong>Now, 1 September 2026, 7:00 am CDT, it is in force.</strong>"),
        "a day that is over is not held against whoever holds it: {page}"
    );
    let id = told["certificates"]["suspended"]["id"].as_str().unwrap();
    let body = format!(r#"{{"credential":"{id}","at":"2026-08-28T12:00:00Z"}}"#);
    let report: Value = serde_json::from_str(&ask(&world, &body).await.body).unwrap();
    assert_eq!(report["certificate"]["status"], "suspended");
    assert_eq!(report["certificate"]["statusSince"], "2026-08-26T15:00:00Z");
    assert!(!page.contains("they may have appealed") && page.contains("answers questions about this record."), "{page}");
    assert!(on_day(&world, &told, "suspended", "").await.contains("Valid now"));
}

#[tokio::test]
async fn what_was_revoked_after_its_end_is_told_beside_a_day_between() {
    let (world, told) = World::with_demonstration().await;
    let between = "2026-08-20";
    assert!(!on_day(&world, &told, "expired", between).await.contains("Now, "), "it ended then, and has ended now");
    decide(&world, &told, "expired", Decision::Revoke).await;
    let page = on_day(&world, &told, "expired", between).await;
    assert!(page.contains("<h1>Expired by then</h1>") && page.contains("it is not in force: revoked on 1 September 2026"), "{page}");
    assert!(page.contains("Talk with the person first") && !page.contains("hold another certificate."), "what is so now counts: {page}");
}

#[tokio::test]
async fn a_form_that_we_cannot_check_is_neither_a_yes_nor_a_no() {
    let world = World::new().await;
    let document = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}"#;
    let answer = world.anonymous().post("/verify", &[("credential", document)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("<h1>Could not tell</h1>") && answer.body.contains("the file that ends in .jwt"), "{}", answer.body);
    assert!(answer.body.contains("because an earlier check could not be made"), "{}", answer.body);
    assert!(!answer.body.contains("Try again in a few minutes"), "{}", answer.body);
    let report: Value =
        serde_json::from_str(&ask(&world, &serde_json::json!({ "credential": { "id": "x" } }).to_string()).await.body).unwrap();
    assert_eq!(report["verdict"], "unknown", "programs are told the same of any document");
    assert_eq!(report["checks"][0]["code"], "form_not_supported");
}

#[tokio::test]
async fn programs_are_read_strictly() {
    let (world, told) = World::with_demonstration().await;
    let id = told["certificates"]["valid"]["id"].as_str().unwrap();
    let token = world.anonymous().get(&format!("/certificates/{id}.jwt")).await.body;
    for (text, code) in [
        (token.replacen('.', ".\n", 1), "base64_invalid"),
        (token.replacen('.', "./", 1), "base64_invalid"),
        (format!("\"{token}\""), "base64_invalid"),
        (format!("{token}=="), "base64_padded"),
        (token[..token.len() / 2].to_owned(), "token_segments"),
    ] {
        let answer = ask(&world, &serde_json::json!({ "credential": text }).to_string()).await;
        let report: Value = serde_json::from_str(&answer.body).unwrap();
        let found = (report["verdict"].as_str(), report["checks"][0]["code"].as_str());
        assert_eq!(found, (Some("invalid"), Some(code)), "{text}");
    }
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
