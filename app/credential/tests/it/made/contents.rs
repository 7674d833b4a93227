//! The contents: members that are wrong, missing, there twice, or at odds with each other.

use serde_json::{Value, json};

use super::Maker;
use crate::{
    forge,
    world::{Made, World},
};

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    let token = maker.token.clone();
    maker.token("valid", "The certificate as issued.", token, "valid contents pass ok")?;
    let mut draft = maker.world.draft()?;
    draft.valid_until = None;
    draft.email = None;
    let token = maker.world.issue(&draft)?;
    maker.token("valid_without_end", "A certificate that never ends.", token, "valid period pass ok")?;
    written(maker)?;
    forms(maker)?;
    claims(maker)?;
    missing(maker)
}

/// JSON that readers could take in two ways. It is written by hand, for no library would.
fn written(maker: &mut Maker<'_>) -> Made<()> {
    let header = forge::text(&maker.header()?);
    let payload = forge::text(&maker.payload()?);
    let sign = |world: &World, payload: &str| forge::signed(&header, payload, &world.signer);

    let twice = "invalid contents fail json_duplicate_member";
    let text = sign(maker.world, &payload.replacen('{', r#"{"validUntil":"2099-01-01T00:00:00Z","#, 1));
    maker.token("duplicate_member", "The end stands twice.", text, twice)?;
    let inner = r#""achievement":{"name":"Certified Surgeon","#;
    let text = sign(maker.world, &payload.replacen(r#""achievement":{"#, inner, 1));
    maker.token("duplicate_member_inside", "The achievement's name stands twice.", text, twice)?;
    let text = sign(maker.world, &payload.replacen('{', r#"{"\u0069d":"urn:x","#, 1));
    maker.token("duplicate_member_escaped", "The id stands twice, once in escapes.", text, twice)?;
    let deep = format!(r#"{{"evidence":{}{},"#, "[".repeat(32), "]".repeat(32));
    let text = sign(maker.world, &payload.replacen('{', &deep, 1));
    maker.token("payload_too_deep", "Nested deeper than 32.", text, "invalid contents fail json_too_deep")?;
    let deep = format!(r#"{{"evidence":{}{},"#, "[".repeat(31), "]".repeat(31));
    let text = sign(maker.world, &payload.replacen('{', &deep, 1));
    maker.token("valid_depth_32", "Nested 32 deep.", text, "valid contents pass ok")?;

    let not_json = "invalid contents fail json_invalid";
    let text = sign(maker.world, &format!("{payload}{payload}"));
    maker.token("payload_twice", "Two documents after each other.", text, not_json)?;
    let text = sign(maker.world, "certified");
    maker.token("payload_not_json", "Not JSON.", text, not_json)?;
    let text = sign(maker.world, "[]");
    maker.token("payload_array", "An array.", text, "invalid issuer fail not_this_issuer")
}

fn forms(maker: &mut Maker<'_>) -> Made<()> {
    let payload = maker.payload()?;
    let did = json!("did:web:certify.example");
    for wrapper in ["vc", "vp"] {
        let mut wrapped = payload.clone();
        forge::set(&mut wrapped, &format!("/{wrapper}"), payload.clone())?;
        let token = maker.sign(&wrapped)?;
        let why = "The certificate stands once more in a wrapper of an older form.";
        maker.token(&format!("wrapped_{wrapper}"), why, token, "invalid contents fail wrapped")?;
        let token = maker.sign(&json!({wrapper: payload}))?;
        let why = "The certificate stands in a wrapper, and nothing beside it.";
        maker.token(&format!("wrapped_bare_{wrapper}"), why, token, "invalid contents fail wrapped")?;
    }
    let bare = json!({"iss": did, "issuer": did, "vc": payload});
    let token = maker.sign(&bare)?;
    maker.token("wrapped_only", "The certificate stands in a wrapper only.", token, "invalid contents fail wrapped")?;

    let v2 = "https://www.w3.org/ns/credentials/v2";
    let ob = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    let contexts = [
        ("order", json!([ob, v2]), "The contexts are in the wrong order."),
        ("missing", json!([v2]), "The context of Open Badges is missing."),
        ("single", json!(v2), "The context is not an array."),
        ("other", json!(["https://www.w3.org/2018/credentials/v1", ob]), "The context of an older version."),
    ];
    for (name, value, why) in contexts {
        change(maker, &format!("context_{name}"), why, "/@context", value, "context")?;
    }
    let types = [
        ("badge", json!(["VerifiableCredential"]), "The type of Open Badges is missing."),
        ("credential", json!(["OpenBadgeCredential"]), "The type of credentials is missing."),
        ("single", json!("OpenBadgeCredential"), "The type is not an array."),
    ];
    for (name, value, why) in types {
        change(maker, &format!("type_{name}"), why, "/type", value, "not_a_certificate")?;
    }
    let list = maker.world.list(credential::status::Purpose::Revocation, &[])?;
    let why = "A status list of the issuer, presented as a certificate.";
    maker.token("type_status_list", why, list, "invalid contents fail not_a_certificate")
}

fn claims(maker: &mut Maker<'_>) -> Made<()> {
    let texts = [
        ("iss", json!("did:web:other.example"), "The token's issuer is not the certificate's."),
        ("jti", json!("https://certify.example/certificates/other"), "The token's id is not the certificate's."),
        ("sub", json!("urn:uuid:00000000-0000-4000-8000-000000000000"), "The token's subject is not the holder."),
        ("nbf", json!(0), "The token begins on another day than the certificate."),
        ("exp", json!(4_102_444_800_u32), "The token ends on another day than the certificate."),
    ];
    for (name, value, why) in texts {
        let code = format!("{name}_disagrees");
        change(maker, &format!("claim_{name}_other"), why, &format!("/{name}"), value, &code)?;
        let mut payload = maker.payload()?;
        forge::remove(&mut payload, &format!("/{name}"))?;
        let token = maker.sign(&payload)?;
        let expected = format!("invalid contents fail {code}");
        maker.token(&format!("claim_{name}_missing"), "A required claim is missing.", token, &expected)?;
    }
    let start = json!("1793631600");
    change(maker, "claim_nbf_text", "The start is a text.", "/nbf", start, "nbf_disagrees")?;
    let start = json!(1_793_631_600.5);
    change(maker, "claim_nbf_fraction", "The start has a fraction.", "/nbf", start, "nbf_disagrees")?;
    let end = Value::Null;
    change(maker, "claim_exp_null", "The end is there without a value.", "/exp", end, "exp_disagrees")?;
    let mut payload = maker.payload()?;
    forge::remove(&mut payload, "/validUntil")?;
    let token = maker.sign(&payload)?;
    let why = "The token ends, the certificate does not.";
    maker.token("claim_exp_alone", why, token, "invalid contents fail exp_disagrees")?;

    let mut payload = maker.payload()?;
    for (pointer, value) in [("/id", "https://evil.test/certificates/1"), ("/jti", "https://evil.test/certificates/1")] {
        forge::set(&mut payload, pointer, json!(value))?;
    }
    let token = maker.sign(&payload)?;
    maker.token("id_foreign", "The number is of another site.", token, "invalid contents fail id_foreign")
}

fn missing(maker: &mut Maker<'_>) -> Made<()> {
    let members = [
        ("start", "/validFrom"),
        ("award", "/awardedDate"),
        ("achievement_name", "/credentialSubject/achievement/name"),
        ("issuer_name", "/issuer/name"),
        ("holder", "/credentialSubject/identifier"),
    ];
    for (name, pointer) in members {
        let mut payload = maker.payload()?;
        forge::remove(&mut payload, pointer)?;
        let token = maker.sign(&payload)?;
        let why = "A member that every certificate has is missing.";
        maker.token(&format!("missing_{name}"), why, token, "invalid contents fail member_missing")?;
    }
    let pointer = "/credentialSubject/identifier/0/hashed";
    change(maker, "missing_holder_hashed", "The name is hashed.", pointer, json!(true), "member_missing")
}

/// The certificate with one member changed before the issuer signed it.
fn change(maker: &mut Maker<'_>, name: &str, why: &'static str, pointer: &str, value: Value, code: &str) -> Made<()> {
    let mut payload = maker.payload()?;
    forge::set(&mut payload, pointer, value)?;
    let token = maker.sign(&payload)?;
    maker.token(name, why, token, &format!("invalid contents fail {code}"))
}
