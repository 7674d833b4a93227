//! The report as the API sends it.

use credential::{
    Calendar, IssuerView, Presented, Report, Verdict,
    status::Purpose,
    verify,
    verify::{CheckName, IssuedDocument, PublishedList, Register, RegisterEntry, StatusChange, StatusEvent, token_digest},
};
use serde_json::json;

use crate::{
    Tested, forge,
    world::{ISSUED, Made, NOW, NUMBER, POSITION, World, parts, time},
};

fn report(world: &World, token: &str) -> Made<Report> {
    of_presented(world, Presented::Token(token))
}

fn of_presented(world: &World, presented: Presented<'_>) -> Made<Report> {
    let [revocation, suspension] = [world.list(Purpose::Revocation, &[])?, world.list(Purpose::Suspension, &[])?];
    let lists = [
        PublishedList { purpose: Purpose::Revocation, number: POSITION.list, token: &revocation },
        PublishedList { purpose: Purpose::Suspension, number: POSITION.list, token: &suspension },
    ];
    let view = IssuerView { keys: &world.issuer, lists: &lists, register: Register::NotAtHand, calendar: Calendar::default() };
    Ok(verify(presented, &view, time(NOW)?, time(NOW)?))
}

/// What a check says.
fn message(report: &Report, name: CheckName) -> &str {
    report.checks.iter().find(|check| check.name == name).map_or("", |check| check.message.as_ref())
}

#[test]
fn a_valid_certificate_is_reported_as_documented() -> Tested {
    let world = World::new()?;
    let report = serde_json::to_value(report(&world, &world.token()?)?)?;
    let expected = json!({
        "verdict": "valid",
        "checkedAt": "2026-11-23T12:00:00Z",
        "at": "2026-11-23T12:00:00Z",
        "checks": [
            {
                "name": "signature", "outcome": "pass", "code": "ok",
                "message": "The signature fits. Nothing was changed since it was signed.",
            },
            {
                "name": "issuer", "outcome": "pass", "code": "ok",
                "message": "Example Peer Certification Board signed it, with a key that was in use on 2 November 2026.",
            },
            {
                "name": "contents", "outcome": "pass", "code": "ok",
                "message": "All its parts agree with each other.",
            },
            {
                "name": "period", "outcome": "pass", "code": "ok",
                "message": "It runs from 2 November 2026 to 2 November 2028, and the time asked about lies within.",
            },
            {
                "name": "status", "outcome": "pass", "code": "ok",
                "message": "It is neither revoked nor suspended.",
            },
            {
                "name": "log", "outcome": "unknown", "code": "not_published",
                "message": "This issuer does not publish a public log, so there is none to check.",
            },
        ],
        "certificate": {
            "id": format!("https://certify.example/certificates/{NUMBER}"),
            "holder": "Amina Štefánková-O’Neil",
            "credential": "Certified Peer Support Specialist",
            "issuer": "Example Peer Certification Board",
            "awardedDate": "2026-11-02T15:00:00Z",
            "validFrom": "2026-11-02T15:00:00Z",
            "validUntil": "2028-11-02T15:00:00Z",
            "status": "active",
        },
    });
    assert_eq!(report, expected);
    Ok(())
}

#[test]
fn what_cannot_be_read_is_reported_with_six_checks_and_no_certificate() -> Tested {
    let world = World::new()?;
    let report = serde_json::to_value(report(&world, "a.b.c")?)?;
    assert_eq!(report.get("verdict"), Some(&json!("invalid")));
    assert_eq!(report.get("certificate"), None);
    let outcomes: Vec<_> = (0..6).map(|at| report.pointer(&format!("/checks/{at}/outcome")).cloned()).collect();
    let expected = ["fail", "unknown", "unknown", "unknown", "unknown", "unknown"].map(|word| Some(json!(word)));
    assert_eq!(outcomes, expected);
    assert_eq!(report.pointer("/checks/1/code"), Some(&json!("not_checked")));
    Ok(())
}

#[test]
fn what_was_not_checked_says_what_it_waited_for() -> Tested {
    let world = World::new()?;
    let waited = |presented| Ok::<_, Box<dyn std::error::Error>>(message(&of_presented(&world, presented)?, CheckName::Status).to_owned());
    let failed = "Not checked, because another check did not pass.";
    assert_eq!(waited(Presented::Token("a.b.c"))?, failed);
    assert_eq!(waited(Presented::Number(NUMBER))?, failed);
    let document = Presented::Document(r#"{"@context":[]}"#);
    assert_eq!(waited(document)?, "Not checked, because an earlier check could not be made.");
    assert!(message(&of_presented(&world, document)?, CheckName::Signature).contains("a form that we cannot check yet"));
    Ok(())
}

#[test]
fn an_issuer_that_is_not_named_is_not_somebody_else() -> Tested {
    let world = World::new()?;
    let (header, mut payload) = parts(&world.token()?)?;
    let issuer = |payload: &serde_json::Value| -> Made<String> {
        let token = forge::signed(&forge::text(&header), &forge::text(payload), &world.signer);
        Ok(message(&report(&world, &token)?, CheckName::Issuer).to_owned())
    };
    assert_eq!(issuer(&json!([]))?, "It does not say who its issuer is.");
    forge::set(&mut payload, "/issuer/id", json!("did:web:other.example"))?;
    assert_eq!(issuer(&payload)?, "It names somebody else as the issuer than its key does.");
    Ok(())
}

/// Asks about a day, with a register that tells these decisions.
fn on_record(world: &World, decided: &[(&str, StatusChange)], at: &str) -> Made<Report> {
    let token = world.token()?;
    let [revocation, suspension] = [world.list(Purpose::Revocation, &[])?, world.list(Purpose::Suspension, &[])?];
    let lists = [
        PublishedList { purpose: Purpose::Revocation, number: POSITION.list, token: &revocation },
        PublishedList { purpose: Purpose::Suspension, number: POSITION.list, token: &suspension },
    ];
    let history = decided.iter().map(|(at, change)| Ok(StatusEvent { at: time(at)?, change: *change })).collect::<Made<Vec<_>>>()?;
    let entry = RegisterEntry { documents: vec![IssuedDocument { digest: token_digest(&token), valid_from: time(ISSUED)? }], history };
    let view = IssuerView { keys: &world.issuer, lists: &lists, register: Register::Found(&entry), calendar: Calendar::default() };
    Ok(verify(Presented::Token(&token), &view, time(NOW)?, time(at)?))
}

#[test]
fn a_report_says_since_when_it_stands_so() -> Tested {
    let world = World::new()?;
    let decided = [
        ("2026-11-05T09:00:00Z", StatusChange::Suspended),
        ("2026-11-10T09:00:00Z", StatusChange::Lifted),
        ("2026-11-20T09:00:00Z", StatusChange::Revoked),
    ];
    for (at, since) in [
        ("2026-11-04T12:00:00Z", None),
        ("2026-11-07T12:00:00Z", Some("2026-11-05T09:00:00Z")),
        ("2026-11-12T12:00:00Z", None),
        ("2026-11-21T12:00:00Z", Some("2026-11-20T09:00:00Z")),
        (NOW, Some("2026-11-20T09:00:00Z")),
    ] {
        let report = serde_json::to_value(on_record(&world, &decided, at)?)?;
        assert_eq!(report.pointer("/certificate/statusSince"), since.map(|since| json!(since)).as_ref(), "{at}: {report:#}");
    }
    Ok(())
}

#[test]
fn of_days_to_come_nothing_is_said_as_if_they_were_over() -> Tested {
    let world = World::new()?;
    let beyond = on_record(&world, &[], "2030-01-01T00:00:00Z")?;
    assert_eq!((beyond.verdict, message(&beyond, CheckName::Period)), (Verdict::Expired, "It ends on 2 November 2028."));
    let revoked = [("2026-11-20T09:00:00Z", StatusChange::Revoked)];
    for (at, said) in [
        ("2026-11-21T12:00:00Z", "At the time asked about, it was revoked."),
        (NOW, "The issuer has revoked it."),
        ("2027-01-01T00:00:00Z", "The issuer has revoked it. That is for good."),
    ] {
        assert_eq!(message(&on_record(&world, &revoked, at)?, CheckName::Status), said, "{at}");
    }
    Ok(())
}

#[test]
fn a_decision_that_is_not_understood_is_never_passed_over() -> Tested {
    let world = World::new()?;
    assert_eq!(StatusChange::stored("superseded"), StatusChange::NotUnderstood);
    assert_eq!(StatusChange::stored(""), StatusChange::NotUnderstood);
    let strange = ("2026-11-05T09:00:00Z", StatusChange::NotUnderstood);
    let verdict = |decided: &[(&str, StatusChange)], at: &str| Ok::<_, Box<dyn std::error::Error>>(on_record(&world, decided, at)?.verdict);
    assert_eq!(verdict(&[strange], "2026-11-04T12:00:00Z")?, Verdict::Valid, "before it all is as it was");
    assert_eq!(verdict(&[strange], "2026-11-06T12:00:00Z")?, Verdict::Unknown);
    assert_eq!(verdict(&[strange], NOW)?, Verdict::Unknown);
    let lifted = ("2026-11-06T09:00:00Z", StatusChange::Lifted);
    assert_eq!(verdict(&[strange, lifted], NOW)?, Verdict::Unknown, "nobody knows what was lifted");
    let revoked = ("2026-11-07T09:00:00Z", StatusChange::Revoked);
    assert_eq!(verdict(&[strange, revoked], NOW)?, Verdict::Revoked, "what is withdrawn is withdrawn");
    Ok(())
}
