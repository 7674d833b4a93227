//! The token's header: fields that bring keys or change the rules, and algorithms that are not ours.

use serde_json::json;

use super::{Maker, rows};
use crate::{
    forge,
    world::{Made, jwk},
};

/// Name, member, value, code, why.
const MEMBERS: &str = r#"
jku | jku | "https://evil.test/keys" | header_jku | The header says where to fetch keys.
x5u | x5u | "https://evil.test/keys" | header_x5u | The header says where to fetch a key's papers.
x5c | x5c | ["MIIB"] | header_x5c | The header brings a key's papers.
x5t | x5t | "AAAA" | header_x5t | The header names a key's papers.
x5t_s256 | x5t#S256 | "AAAA" | header_x5t | The header names a key's papers by SHA-256.
crit | crit | ["exp"] | header_crit | The header makes a field critical.
crit_unknown | crit | ["http://evil.test/x"] | header_crit | The header makes an unknown field critical.
b64_true | b64 | true | header_b64 | The header says how the payload is encoded.
zip | zip | "DEF" | header_zip | The header says that the payload is packed.
cty | cty | "vc" | header_member | The header has a field that we do not know.
iss | iss | "did:web:certify.example" | header_member | The header repeats a claim.
typ_presentation | typ | "vp+jwt" | header_typ | The type is that of a presentation.
typ_small | typ | "jwt" | header_typ | The type is in small letters.
typ_media | typ | "application/vc+jwt" | header_typ | The type is written out.
typ_null | typ | null | header_typ | The type is there without a value.
"#;

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    for [name, member, value, code, why] in rows(MEMBERS)? {
        let token = maker.sign_header(member, serde_json::from_str(value)?)?;
        let expected = format!("invalid signature fail {code}");
        maker.token(&format!("header_{name}"), why, token, &expected)?;
    }
    written(maker)?;
    types(maker)?;
    algorithms(maker)
}

fn written(maker: &mut Maker<'_>) -> Made<()> {
    let payload = forge::text(&maker.payload()?);
    let header = forge::text(&maker.header()?);
    let (signer, stranger) = (maker.world.signer.clone(), &maker.world.stranger);
    let mut own = maker.header()?;
    forge::set(&mut own, "/jwk", jwk(stranger)?.to_json())?;
    let text = forge::signed(&forge::text(&own), &payload, stranger);
    let why = "Signed by a stranger, whose key the header brings along.";
    maker.token("header_jwk", why, text, "invalid signature fail header_jwk")?;

    let mut keep = |name: &str, why, header: &str, code: &str| {
        let token = forge::signed(header, &payload, &signer);
        let expected = format!("invalid signature fail {code}");
        maker.token(&format!("header_{name}"), why, token, &expected)
    };
    let both = header.replace('{', r#"{"b64":false,"crit":["b64"],"#);
    keep("b64", "An unencoded payload, RFC 7797.", &both, "header_b64")?;
    let twice = header.replace('{', r#"{"alg":"none","#);
    keep("duplicate", "The header names two algorithms.", &twice, "json_duplicate_member")?;
    let deep = format!(r#"{{"crit":{}{}}}"#, "[".repeat(32), "]".repeat(32));
    keep("too_deep", "The header is nested too deeply.", &deep, "json_too_deep")?;
    keep("not_json", "The header is not JSON.", "ES256", "json_invalid")?;
    keep("array", "The header is an array.", r#"["ES256"]"#, "header_not_object")
}

fn types(maker: &mut Maker<'_>) -> Made<()> {
    let token = maker.sign_header("typ", json!("vc+jwt"))?;
    let why = "The type that the newer specification writes.";
    maker.token("valid_typ_vc_jwt", why, token, "valid signature pass ok")?;
    let mut header = maker.header()?;
    forge::remove(&mut header, "/typ")?;
    let payload = forge::text(&maker.payload()?);
    let text = forge::signed(&forge::text(&header), &payload, &maker.world.signer);
    maker.token("valid_typ_absent", "Without a type.", text, "valid signature pass ok")
}

fn algorithms(maker: &mut Maker<'_>) -> Made<()> {
    let payload = forge::text(&maker.payload()?);
    let key = forge::text(&jwk(&maker.world.signer)?.to_json());
    for (name, word) in [("alg_none", "none"), ("alg_none_capitals", "NONE"), ("alg_none_mixed", "nOnE")] {
        let header = forge::text(&maker.header()?).replace("ES256", word);
        let text = format!("{}.{}.", forge::base64(&header), forge::base64(&payload));
        maker.token(name, "It says that it is not signed.", text, "invalid signature fail alg_none")?;
    }
    for word in ["HS256", "HS384", "HS512"] {
        let header = forge::text(&maker.header()?).replace("ES256", word);
        let text = forge::hmac_signed(&header, &payload, key.as_bytes());
        let name = format!("alg_hmac_{}", word.to_lowercase());
        let why = "An HMAC with the public key as its secret.";
        maker.token(&name, why, text, "invalid signature fail alg_hmac")?;
    }
    for word in ["ES384", "ES256K", "RS256", "PS256", "EdDSA", "es256", "ES256 "] {
        let token = maker.sign_header("alg", json!(word))?;
        let name = format!("alg_other_{}", word.replace(' ', "_space").replace("es256", "small"));
        let why = "An algorithm that is not in the key's own list.";
        maker.token(&name.to_lowercase(), why, token, "invalid signature fail alg_not_for_key")?;
    }
    let mut header = maker.header()?;
    forge::remove(&mut header, "/alg")?;
    let text = forge::signed(&forge::text(&header), &payload, &maker.world.signer);
    maker.token("alg_missing", "No algorithm.", text, "invalid signature fail alg_missing")?;
    let token = maker.sign_header("alg", json!(["ES256"]))?;
    maker.token("alg_array", "The algorithm is an array.", token, "invalid signature fail alg_missing")
}
