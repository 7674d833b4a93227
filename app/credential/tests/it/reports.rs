//! The report as the API sends it.

use credential::{
    Calendar, IssuerView, Presented, Report,
    status::Purpose,
    verify,
    verify::{PublishedList, Register},
};
use serde_json::json;

use crate::{
    Tested,
    world::{Made, NOW, NUMBER, POSITION, World, time},
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
