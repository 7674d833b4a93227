//! Status lists: what their bits mean, and lists that are not to be relied on.

use std::io::Write;

use credential::status::Purpose;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value, json};

use super::{Maker, Vector, list, register, rows};
use crate::{
    forge,
    world::{Made, POSITION, World, parts},
};

/// Name, members changed before the issuer signed the list, code without `list_`, why.
const CHANGED: &str = r#"
other_issuer | {"/iss": "did:web:other.example", "/issuer": "did:web:other.example"} | other_issuer | In the name of another issuer.
other_number | {"/id": "https://certify.example/status/revocation/4", "/jti": "https://certify.example/status/revocation/4"} | not_the_one_named | Another list.
kind | {"/credentialSubject/type": "StatusList2021"} | not_a_list | A list of an older specification.
type | {"/type": ["VerifiableCredential"]} | not_a_list | Without the type of a list.
purpose | {"/credentialSubject/statusPurpose": "suspension"} | wrong_purpose | Another purpose under the right address.
id | {"/jti": "urn:x"} | claims | The claims disagree on the id.
subject | {"/sub": "urn:x"} | claims | The claims disagree on the subject.
begin | {"/nbf": 0} | claims | The claims begin earlier than the list.
expiry | {"/exp": 4102444800} | claims | The claims end later than the list.
no_zone | {"/validUntil": "2026-11-24T11:00:00"} | unreadable | A date has no zone.
no_end | {"/validUntil": null} | unreadable | It never goes out of date.
future | {"/validFrom": "2026-11-23T13:00:00Z", "/nbf": 1795438800} | not_yet | Dated an hour ahead.
not_packed | {"/credentialSubject/encodedList": "uAAAA"} | unreadable | Not gzip.
no_list | {"/credentialSubject/encodedList": null} | unreadable | Without bits.
"#;

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    bits(maker)?;
    changed(maker)?;
    exchanged(maker)?;
    absent(maker)
}

fn bits(maker: &mut Maker<'_>) -> Made<()> {
    let own = POSITION.index;
    let mut keep = |name: &str, revoked: &[u32], suspended: &[u32], expected: &str| {
        let mut vector = Vector::new("What the bits say.", maker.token.clone());
        vector.lists = maker.lists(revoked, suspended)?;
        maker.keep(&format!("status_{name}"), vector, expected)
    };
    keep("revoked", &[own], &[], "revoked status fail revoked")?;
    keep("suspended", &[], &[own], "suspended status fail suspended")?;
    keep("revoked_and_suspended", &[own], &[own], "revoked status fail revoked")?;
    keep("neighbours", &[own - 1, own + 1], &[own - 1], "valid status pass ok")
}

fn changed(maker: &mut Maker<'_>) -> Made<()> {
    let (_, payload) = parts(&maker.world.list(Purpose::Revocation, &[])?)?;
    for [name, changes, code, why] in rows(CHANGED)? {
        let mut payload = payload.clone();
        for (pointer, value) in serde_json::from_str::<Map<String, Value>>(changes)? {
            forge::set(&mut payload, &pointer, value)?;
        }
        let token = maker.sign(&payload)?;
        keep(maker, name, why, &token, code)?;
    }
    let pointer = "/credentialSubject/encodedList";
    let encoded = payload.pointer(pointer).and_then(Value::as_str).ok_or("no list")?;
    let mut bare = payload.clone();
    forge::set(&mut bare, pointer, json!(encoded.trim_start_matches('u')))?;
    let token = maker.sign(&bare)?;
    keep(maker, "no_multibase", "Without the prefix u.", &token, "unreadable")?;
    let mut short = payload.clone();
    forge::set(&mut short, pointer, json!(too_short()?))?;
    let token = maker.sign(&short)?;
    keep(maker, "short", "Fewer than 131072 bits.", &token, "too_short")
}

fn exchanged(maker: &mut Maker<'_>) -> Made<()> {
    let World { issuer, stranger, old_signer, .. } = maker.world;
    let good = maker.world.list(Purpose::Revocation, &[])?;
    let payload = forge::text(&parts(&good)?.1);
    let header = |kid: &str| forge::text(&json!({"alg": "ES256", "kid": kid, "typ": "JWT"}));
    let [old, new] = issuer.all() else {
        return Err("two keys".into());
    };

    let token = forge::signed(&header("did:web:other.example#x"), &payload, stranger);
    keep(maker, "stranger", "Signed by another issuer.", &token, "other_issuer")?;
    let token = forge::signed(&header(new.kid()), &payload, stranger);
    keep(maker, "forged", "Signed by a stranger under the issuer's kid.", &token, "signature")?;
    let token = forge::mirrored(&good)?;
    keep(maker, "mirrored", "With the other signature that fits.", &token, "signature")?;
    let token: String = good.chars().take(200).collect();
    keep(maker, "cut", "Cut short.", &token, "token")?;
    let token = forge::signed(&header(old.kid()), &payload, old_signer);
    keep(maker, "old_key", "Signed with a key out of use.", &token, "key_not_in_force")?;
    let token = maker.world.list(Purpose::Suspension, &[])?;
    keep(maker, "suspension", "The list about suspension.", &token, "not_the_one_named")?;
    let token = maker.token.clone();
    keep(maker, "certificate", "A certificate in place of a list.", &token, "not_a_list")
}

fn absent(maker: &mut Maker<'_>) -> Made<()> {
    let missing = "unknown status unknown list_missing";
    for purpose in [Purpose::Revocation, Purpose::Suspension] {
        let mut vector = Vector::new("The other list is missing.", maker.token.clone());
        vector.lists = json!([list(purpose, &maker.world.list(purpose, &[])?)]);
        maker.keep(&format!("list_only_{purpose}"), vector, missing)?;
    }
    let mut vector = Vector::new("The lists went out of date.", maker.token.clone());
    (vector.now, vector.at) = ("2026-11-24T11:00:00Z", "2026-11-24T11:00:00Z");
    maker.keep("list_stale", vector, "unknown status unknown list_stale")?;
    let why = "No list is at hand, and the register says revoked.";
    let mut vector = Vector::new(why, maker.token.clone());
    vector.lists = json!([]);
    let history = json!([{"at": "2026-11-22T00:00:00Z", "change": "revoked"}]);
    vector.register = register(&maker.token, &history);
    maker.keep("list_none_but_register_revoked", vector, "revoked status fail revoked")?;
    let why = "No list is at hand, and the register says nothing against it.";
    let mut vector = Vector::new(why, maker.token.clone());
    vector.lists = json!([]);
    vector.register = register(&maker.token, &json!([]));
    maker.keep("list_none_but_register", vector, missing)
}

/// The certificate of the cast against this revocation list: its status stays unknown.
fn keep(maker: &mut Maker<'_>, name: &str, why: &'static str, revocation: &str, code: &str) -> Made<()> {
    let mut vector = Vector::new(why, maker.token.clone());
    let suspension = maker.world.list(Purpose::Suspension, &[])?;
    vector.lists = json!([list(Purpose::Revocation, revocation), list(Purpose::Suspension, &suspension)]);
    maker.keep(&format!("list_{name}"), vector, &format!("unknown status unknown list_{code}"))
}

/// A list of one byte less than the shortest, encoded as lists are.
fn too_short() -> Made<String> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&vec![0; 16_383])?;
    Ok(format!("u{}", forge::base64(gzip.finish()?)))
}
