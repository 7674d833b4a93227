//! What is written: the payload member by member, and what is refused before it is signed.

use credential::{
    BaseUrl, Calendar, IssuerView, Presented, UtcTime, Verdict,
    document::{AchievementKind, Draft, DraftError, Hours, HoursKind},
    signing::AttachError,
    status::{BitString, ListDraft, ListDraftError, MIN_BITS, Purpose},
    verify,
    verify::{PublishedList, Register, peek},
};
use p256::ecdsa::{Signature, signature::Signer};
use serde_json::json;

use crate::{
    Tested, forge,
    world::{ISSUED, NOW, NUMBER, POSITION, World, parts, time},
};

#[test]
fn a_token_says_what_the_readme_of_the_format_says() -> Tested {
    let world = World::new()?;
    let (header, payload) = parts(&world.token()?)?;
    let kid = world.issuer.in_force_at(time(NOW)?).ok_or("no key")?.kid();
    assert_eq!(header, json!({"alg": "ES256", "kid": kid, "typ": "JWT"}));
    let id = format!("https://certify.example/certificates/{NUMBER}");
    let expected = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Certified Peer Support Specialist",
        "issuer": {
            "id": "did:web:certify.example",
            "type": ["Profile"],
            "name": "Example Peer Certification Board",
            "url": "https://certify.example",
            "email": "registry@certify.example",
        },
        "awardedDate": "2026-11-02T15:00:00Z",
        "validFrom": "2026-11-02T15:00:00Z",
        "validUntil": "2028-11-02T15:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:3a9d7f0e-6a3d-4a56-9b1e-2d1c5a0b7f44",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": false,
                    "identityHash": "Amina Štefánková-O’Neil",
                    "identityType": "name",
                },
                {
                    "type": "IdentityObject",
                    "hashed": true,
                    "identityHash": "sha256$EMAIL",
                    "identityType": "emailAddress",
                    "salt": "q2Yw7rLx9TnB4vKd",
                },
            ],
            "achievement": {
                "id": "https://certify.example/programs/model-aligned-2026",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": "Certified Peer Support Specialist",
                "version": "2026.1",
                "description": "Met the training, practicum, examination and ethics requirements.",
                "criteria": {"narrative": "60 hours of training, 120 hours of practicum, the examination."},
            },
        },
        "credentialStatus": {
            "id": "https://certify.example/status/revocation/3#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://certify.example/status/revocation/3",
        },
        "iss": "did:web:certify.example",
        "jti": id,
        "sub": "urn:uuid:3a9d7f0e-6a3d-4a56-9b1e-2d1c5a0b7f44",
        "nbf": 1_793_631_600,
        "exp": 1_856_790_000,
    });
    let mut shown = payload;
    let hash = shown.pointer_mut("/credentialSubject/identifier/1/identityHash").ok_or("no hash")?;
    // printf %s 'amina@mail.exampleq2Yw7rLx9TnB4vKd' | sha256sum
    assert_eq!(*hash, json!("sha256$f00c7e54942ee1124c49cc4d289e112442e55d119681db48ecc48e3e0a9a3319"));
    *hash = json!("sha256$EMAIL");
    assert_eq!(shown, expected);
    Ok(())
}

#[test]
fn hours_stand_there_only_when_given() -> Tested {
    let world = World::new()?;
    let mut draft = world.draft()?;
    draft.achievement.kind = AchievementKind::CourseCompletion;
    draft.hours = vec![Hours { kind: HoursKind::Practicum, required_minutes: 7_200, earned_minutes: 7_275 }];
    let (_, payload) = parts(&world.issue(&draft)?)?;
    let subject = payload.get("credentialSubject").ok_or("no subject")?;
    let id = "https://certify.example/programs/model-aligned-2026#practicum-hours";
    assert_eq!(subject.pointer("/achievement/achievementType"), Some(&json!("CertificateOfCompletion")));
    assert_eq!(
        subject.pointer("/achievement/resultDescription"),
        Some(&json!([{
            "id": id,
            "type": ["ResultDescription"],
            "name": "Supervised practicum hours",
            "resultType": "ext:PracticumHours",
            "requiredValue": "120",
        }]))
    );
    let result = json!([{"type": ["Result"], "resultDescription": id, "value": "121.25"}]);
    assert_eq!(subject.get("result"), Some(&result));
    Ok(())
}

#[test]
fn what_is_issued_is_valid_the_same_second() -> Tested {
    let world = World::new()?;
    let token = world.token()?;
    let then = time(ISSUED)?;
    let mut lists = Vec::new();
    for purpose in [Purpose::Revocation, Purpose::Suspension] {
        let bits = BitString::new(MIN_BITS)?;
        let valid_until = UtcTime(then.0 + 1_000);
        let issuer = world.issuer.base();
        let draft = ListDraft { issuer, purpose, number: POSITION.list, bits: &bits, valid_from: then, valid_until };
        let key = world.issuer.in_force_at(then).ok_or("no key")?;
        lists.push((purpose, world.sign(draft.unsigned(key)?, then)?));
    }
    let lists: Vec<PublishedList<'_>> =
        lists.iter().map(|(purpose, token)| PublishedList { purpose: *purpose, number: POSITION.list, token }).collect();
    let view = IssuerView { keys: &world.issuer, lists: &lists, register: Register::NotAtHand, calendar: Calendar::default() };
    assert_eq!(verify(Presented::Token(&token), &view, then, then).verdict, Verdict::Valid);
    let seen = peek(&token, world.issuer.base()).ok_or("not a token")?;
    assert_eq!(seen.number.as_deref(), Some(NUMBER));
    assert_eq!(seen.status, Some(POSITION));
    Ok(())
}

#[test]
fn a_draft_that_would_not_verify_is_not_signed() -> Tested {
    let world = World::new()?;
    let key = world.issuer.in_force_at(time(NOW)?).ok_or("no key")?;
    let draft = world.draft()?;
    let refused = |expected: DraftError, change: &dyn Fn(&mut Draft)| {
        let mut changed = draft.clone();
        change(&mut changed);
        assert_eq!(changed.unsigned(key).err(), Some(expected));
    };
    refused(DraftError::Empty("holder's name"), &|d| {
        d.holder = String::from(" ");
    });
    refused(DraftError::Empty("criteria"), &|d| {
        d.achievement.criteria.clear();
    });
    refused(DraftError::Empty("issuer name"), &|d| d.issuer.name.clear());
    refused(DraftError::Number, &|d| d.number = String::from("a/b"));
    refused(DraftError::Number, &|d| d.number.clear());
    refused(DraftError::NotUri("holder"), &|d| {
        d.subject = String::from("Amina");
    });
    refused(DraftError::NotUri("achievement"), &|d| {
        d.achievement.id = String::from("a b:c");
    });
    let end = UtcTime(i64::MAX / 1_000 * 1_000);
    refused(DraftError::Date("end"), &|d| d.valid_until = Some(end));
    refused(DraftError::Date("start"), &|d| d.valid_from.0 += 1);
    refused(DraftError::Period, &|d| d.valid_until = Some(d.valid_from));
    refused(DraftError::AwardedLater, &|d| d.awarded.0 += 1_000);
    let old = time("2025-06-01T00:00:00Z")?;
    refused(DraftError::Key, &|d| (d.awarded, d.valid_from) = (old, old));
    let other = BaseUrl::parse("https://certify.example:8443")?;
    refused(DraftError::Key, &|d| d.issuer.base = other.clone());
    let hours = Hours { kind: HoursKind::Training, required_minutes: 1, earned_minutes: 1 };
    refused(DraftError::HoursTwice, &|d| d.hours = vec![hours, hours]);
    Ok(())
}

#[test]
fn only_a_fitting_signature_is_attached() -> Tested {
    let world = World::new()?;
    let draft = world.draft()?;
    let key = world.issuer.in_force_at(draft.valid_from).ok_or("no key")?;
    let unsigned = draft.unsigned(key)?;
    let right: Signature = world.signer.sign(unsigned.signing_input());
    let wrong: Signature = world.stranger.sign(unsigned.signing_input());
    assert_eq!(unsigned.clone().attach(&[7; 63]), Err(AttachError::Form));
    assert_eq!(unsigned.clone().attach(&wrong.to_bytes()), Err(AttachError::OtherKey));
    let token = unsigned.clone().attach(&right.to_bytes())?;
    let mirrored = forge::signature(&forge::mirrored(&token)?)?;
    assert_eq!(unsigned.attach(&mirrored)?, token, "both signatures make the same token");

    let mut long = draft;
    long.achievement.criteria = "x".repeat(200_000);
    let unsigned = long.unsigned(key)?;
    let signature: Signature = world.signer.sign(unsigned.signing_input());
    assert_eq!(unsigned.attach(&signature.to_bytes()), Err(AttachError::TooLarge));
    Ok(())
}

#[test]
fn a_list_has_a_key_and_a_period() -> Tested {
    let world = World::new()?;
    let bits = BitString::new(MIN_BITS)?;
    let made = time(NOW)?;
    let key = world.issuer.in_force_at(made).ok_or("no key")?;
    let draft = |from: UtcTime, until: UtcTime| ListDraft {
        issuer: world.issuer.base(),
        purpose: Purpose::Suspension,
        number: 1,
        bits: &bits,
        valid_from: from,
        valid_until: until,
    };
    let refusal = |from, until| draft(from, until).unsigned(key).err();
    assert_eq!(refusal(made, UtcTime(made.0 + 999)), Some(ListDraftError::Period));
    assert_eq!(refusal(time("2025-06-01T00:00:00Z")?, made), Some(ListDraftError::Key));
    let unsigned = draft(UtcTime(made.0 + 999), UtcTime(made.0 + 86_400_999)).unsigned(key)?;
    let (_, payload) = parts(&world.sign(unsigned, made)?)?;
    let id = "https://certify.example/status/suspension/1";
    let expected = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:certify.example",
        "validFrom": "2026-11-23T12:00:00Z",
        "validUntil": "2026-11-24T12:00:00Z",
        "credentialSubject": {
            "id": format!("{id}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "suspension",
            "encodedList": bits.encode(),
        },
        "iss": "did:web:certify.example",
        "jti": id,
        "sub": format!("{id}#list"),
        "nbf": made.seconds(),
        "exp": made.seconds() + 86_400,
    });
    assert_eq!(payload, expected);
    Ok(())
}
