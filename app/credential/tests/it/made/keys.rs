//! The issuer and its keys: names that are nearly right, keys out of their time, no keys at all.

use credential::keys::{IssuerKeys, KeyPeriod, jwks};
use serde_json::json;

use super::{Maker, Vector, document, register, rows};
use crate::{
    forge,
    world::{BEGUN, ISSUED, Made, NUMBER, base, jwk, time},
};

/// Name, the `kid` with the issuer's or another key's thumbprint put in, why.
const NAMES: &str = "
url | https://certify.example/keys/OWN | The address of the key, not its name.
other_url | https://evil.test/keys/1 | The address of somebody else's key.
other_did | did:web:evil.test#OTHER | A key of somebody else.
other_did_same_key | did:web:evil.test#OWN | The issuer's key under another name.
path | did:web:certify.example:evil#OWN | A path below the issuer's name.
prefix | did:web:certify.example.evil.test#OWN | A host that begins like the issuer's.
port | did:web:certify.example%3A443#OWN | The issuer's host with a port.
capitals | did:web:Certify.example#OWN | The issuer's name with a capital.
method | did:key:certify.example#OWN | Another DID method.
bare | OWN | The thumbprint alone.
fragment | did:web:certify.example#OWN#x | Something follows the thumbprint.
query | did:web:certify.example?versionId=1#OWN | A query before the thumbprint.
unpublished | did:web:certify.example#OTHER | A key that the issuer never published.
climb | ../../OWN | A path that climbs.
empty | | An empty name.
";

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    names(maker)?;
    times(maker)?;
    registers(maker)?;
    not_a_token(maker)
}

fn names(maker: &mut Maker<'_>) -> Made<()> {
    let key = maker.world.issuer.in_force_at(time(ISSUED)?).ok_or("no key")?;
    let (kid, thumbprint) = (key.kid().to_owned(), key.thumbprint().to_owned());
    let stranger = jwk(&maker.world.stranger)?.thumbprint();
    for [name, kid, why] in rows(NAMES)? {
        let kid = kid.replace("OWN", &thumbprint).replace("OTHER", &stranger);
        let token = maker.sign_header("kid", json!(kid))?;
        maker.token(&format!("kid_{name}"), why, token, "invalid issuer fail kid_not_published")?;
    }
    let cut: String = kid.chars().take(kid.len() - 1).collect();
    for (name, kid) in [("cut", cut), ("space", format!("{kid} ")), ("line", format!("{kid}\n"))] {
        let token = maker.sign_header("kid", json!(kid))?;
        let why = "The name is nearly right.";
        maker.token(&format!("kid_{name}"), why, token, "invalid issuer fail kid_not_published")?;
    }
    let kid = format!("did:web:evil.test#{stranger}");
    let header = forge::text(&json!({"alg": "ES256", "kid": kid, "typ": "JWT"}));
    let text = forge::signed(&header, &forge::text(&maker.payload()?), &maker.world.stranger);
    let why = "Signed by somebody else under their own name: the signature is not even looked at.";
    maker.token("kid_stranger_signature", why, text, "invalid signature unknown kid_not_published")?;

    let mut header = maker.header()?;
    forge::remove(&mut header, "/kid")?;
    let text = forge::signed(&forge::text(&header), &forge::text(&maker.payload()?), &maker.world.signer);
    maker.token("kid_missing", "No key is named.", text, "invalid signature fail kid_missing")?;
    let token = maker.sign_header("kid", json!(1))?;
    maker.token("kid_number", "The key is named by a number.", token, "invalid signature fail kid_missing")?;

    let mut payload = maker.payload()?;
    for pointer in ["/issuer/id", "/iss"] {
        forge::set(&mut payload, pointer, json!("did:web:other.example"))?;
    }
    let why = "Signed by this issuer's key in the name of another.";
    let token = maker.sign(&payload)?;
    maker.token("issuer_other", why, token, "invalid issuer fail not_this_issuer")?;

    let mut payload = maker.payload()?;
    forge::remove(&mut payload, "/issuer")?;
    let why = "Signed by the issuer's key, and no issuer is named.";
    let token = maker.sign(&payload)?;
    maker.token("issuer_missing", why, token, "invalid issuer fail not_this_issuer")
}

fn times(maker: &mut Maker<'_>) -> Made<()> {
    let mut draft = maker.world.draft()?;
    draft.valid_from = time("2025-06-01T00:00:00Z")?;
    draft.awarded = draft.valid_from;
    let token = maker.world.issue(&draft)?;
    let why = "Signed with a key that is out of use by now, on a day when it was in use.";
    maker.token("valid_old_key", why, token, "valid issuer pass ok")?;

    let old = maker.world.issuer.all().first().ok_or("no key")?.kid().to_owned();
    let header = forge::text(&json!({"alg": "ES256", "kid": old, "typ": "JWT"}));
    let text = forge::signed(&header, &forge::text(&maker.payload()?), &maker.world.old_signer);
    let out_of_time = "invalid issuer fail key_not_in_force";
    maker.token("key_retired", "Signed with the old key after the new one took over.", text, out_of_time)?;

    let mut payload = maker.payload()?;
    for pointer in ["/validFrom", "/awardedDate"] {
        forge::set(&mut payload, pointer, json!("2025-12-31T23:59:59Z"))?;
    }
    forge::set(&mut payload, "/nbf", json!(time("2025-12-31T23:59:59Z")?.seconds()))?;
    let token = maker.sign(&payload)?;
    maker.token("key_not_yet", "Dated a second before the new key came into use.", token, out_of_time)?;

    let mut vector = Vector::new("None of the issuer's keys is at hand.", maker.token.clone());
    vector.keys = jwks(&IssuerKeys::new(base()?, [])?);
    maker.keep("keys_none", vector, "unknown signature unknown no_keys")?;

    let mut vector = Vector::new("Another issuer's keys, under that issuer's name.", maker.token.clone());
    let period = KeyPeriod { jwk: jwk(&maker.world.signer)?, in_force_from: time(BEGUN)?, in_force_until: None };
    let other = credential::BaseUrl::parse("https://other.example")?;
    vector.keys = jwks(&IssuerKeys::new(other, [period])?);
    maker.keep("keys_of_another_issuer", vector, "invalid issuer fail kid_not_published")
}

fn registers(maker: &mut Maker<'_>) -> Made<()> {
    let token = maker.token.clone();
    let mut vector = Vector::new("The register has it, byte for byte.", token.clone());
    vector.register = register(&token, &json!([]));
    maker.keep("valid_on_record", vector, "valid contents pass ok")?;

    let mut vector = Vector::new("Rightly signed, yet never issued: a key was stolen.", token.clone());
    vector.register = json!("not_found");
    maker.keep("register_has_none", vector, "invalid contents fail not_on_record")?;

    let mut draft = maker.world.draft()?;
    draft.holder = String::from("Somebody Else");
    let other = maker.world.issue(&draft)?;
    let mut vector = Vector::new("Rightly signed under a number that was issued for another.", other);
    vector.register = register(&token, &json!([]));
    maker.keep("register_has_another", vector, "invalid contents fail not_as_issued")?;

    let renewed_on = "2026-11-20T00:00:00Z";
    let mut draft = maker.world.draft()?;
    draft.valid_from = time(renewed_on)?;
    let renewal = maker.world.issue(&draft)?;
    let both = json!({"documents": [document(&token, ISSUED), document(&renewal, renewed_on)], "history": []});
    let mut vector = Vector::new("A renewal took its place.", token.clone());
    vector.register = both.clone();
    maker.keep("renewal_replaced", vector, "expired period fail replaced")?;
    let mut vector = Vector::new("A renewal took its place later than the day asked about.", token);
    vector.register = both.clone();
    vector.at = "2026-11-19T23:59:59Z";
    maker.keep("valid_before_renewal", vector, "valid period pass ok")?;
    let mut vector = Vector::new("The renewal itself.", renewal);
    vector.register = both;
    maker.keep("valid_renewal", vector, "valid period pass ok")
}

fn not_a_token(maker: &mut Maker<'_>) -> Made<()> {
    let none = "invalid issuer fail not_on_record";
    maker.token("number_not_found", "A number that the caller did not find.", NUMBER, none)?;
    let page = format!("https://certify.example/certificates/{NUMBER}");
    maker.token("page_not_found", "A page that the caller did not find.", page, none)?;
    let link = format!("https://evil.test/certificates/{NUMBER}");
    maker.token("link_elsewhere", "A link to somebody else.", link, "invalid issuer fail not_this_issuer")?;
    let why = "The JSON-LD form, which is not built yet.";
    maker.token("json_ld", why, r#"{"type":["OpenBadgeCredential"]}"#, "unknown signature unknown form_not_supported")
}
