//! The report as the API sends it.

use credential::{
    Calendar, IssuerView, Presented, Report, Verdict,
    status::Purpose,
    verify,
    verify::{IssuedDocument, PublishedList, Register, RegisterEntry, StatusChange, StatusEvent, token_digest},
};
use serde_json::json;

use crate::{
    Tested,
    world::{ISSUED, Made, NOW, NUMBER, POSITION, World, time},
};

fn report(world: &World, token: &str) -> Made<Report> {
    let [revocation, suspension] = [world.list(Purpose::Revocation, &[])?, world.list(Purpose::Suspension, &[])?];
    let lists = [
        PublishedList { purpose: Purpose::Revocation, number: POSITION.list, token: &revocation },
        PublishedList { purpose: Purpose::Suspension, number: POSITION.list, token: &suspension },
    ];
    let view = IssuerView { keys: &world.issuer, lists: &lists, register: Register::NotAtHand, calendar: Calendar::default() };
    Ok(verify(Presented::Token(token), &view, time(NOW)?, time(NOW)?))
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
