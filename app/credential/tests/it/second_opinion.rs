//! What another library says of our signatures, and what it lets through that we refuse.
//!
//! `jsonwebtoken` is a second opinion here and nothing more: in production the same `p256` that it stands on
//! is called behind our own strict reader. The last test is the reason.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation, crypto, decode};
use p256::pkcs8::EncodePrivateKey as _;
use serde_json::Value;

use crate::{
    Tested, forge,
    made::USUAL,
    vectors::stored,
    world::{Made, World, parts},
};

/// The keys and lists that most vectors share.
fn usual() -> Made<Value> {
    let stored = stored()?;
    Ok(serde_json::from_str(stored.get(&format!("{USUAL}.json")).ok_or("no usual keys and lists")?)?)
}

fn vector(name: &str) -> Made<Value> {
    let stored = stored()?;
    Ok(serde_json::from_str(stored.get(&format!("{name}.json")).ok_or_else(|| format!("no vector {name}"))?)?)
}

/// The key that a token names, among published ones.
fn key(token: &str, keys: &Value) -> Made<DecodingKey> {
    let (header, _) = parts(token)?;
    let keys = keys.get("keys").and_then(Value::as_array).ok_or("no keys")?;
    let named = keys.iter().find(|key| key.get("kid") == header.get("kid")).ok_or("no such key")?;
    let text = |name: &str| named.get(name).and_then(Value::as_str).unwrap_or_default();
    Ok(DecodingKey::from_ec_components(text("x"), text("y"))?)
}

fn verifies(token: &str, keys: &Value) -> Made<bool> {
    let (signed, signature) = token.rsplit_once('.').ok_or("no signature")?;
    Ok(crypto::verify(signature, signed.as_bytes(), &key(token, keys)?, Algorithm::ES256)?)
}

#[test]
fn what_is_valid_here_verifies_there() -> Tested {
    let usual = usual()?;
    let shared = usual.get("keys").ok_or("no keys")?;
    let lists: Vec<&Value> = usual.get("lists").and_then(Value::as_array).into_iter().flatten().collect();
    assert_eq!(lists.len(), 2);
    for list in lists {
        let token = list.get("token").and_then(Value::as_str).ok_or("no token")?;
        assert!(verifies(token, shared)?, "{list:#}");
    }
    let mut asked = 0;
    for (name, text) in stored()?.into_iter().filter(|(name, _)| name.starts_with("valid")) {
        let vector: Value = serde_json::from_str(&text)?;
        assert_eq!(vector.pointer("/expect/verdict").and_then(Value::as_str), Some("valid"), "{name}");
        let token = vector.get("presented").and_then(Value::as_str).ok_or("nothing is presented")?;
        let keys = vector.get("keys").filter(|keys| keys.is_object()).unwrap_or(shared);
        assert!(verifies(token.trim(), keys)?, "{name}");
        asked += 1;
    }
    assert!(asked >= 10, "only {asked} vectors were found");
    for name in ["changed_holder", "signed_by_stranger"] {
        let token = vector(name)?;
        let token = token.get("presented").and_then(Value::as_str).ok_or("nothing is presented")?;
        assert!(!verifies(token, shared)?, "{name}");
    }
    Ok(())
}

#[test]
fn what_it_signs_is_taken() -> Tested {
    let world = World::new()?;
    let draft = world.draft()?;
    let key = world.issuer.in_force_at(draft.valid_from).ok_or("no key in force")?;
    let unsigned = draft.unsigned(key)?;
    let secret = world.signer.to_pkcs8_der()?;
    let signature = crypto::sign(unsigned.signing_input(), &EncodingKey::from_ec_der(secret.as_bytes()), Algorithm::ES256)?;
    let token = unsigned.attach(&forge::unbase64(&signature)?)?;
    assert_eq!(token, world.token()?, "signatures by RFC 6979 come out the same each time");
    Ok(())
}

/// Each of these is signed by the issuer's own key, and each is refused by us: its vector says so. A library of
/// the general kind has no cause to refuse them.
#[test]
fn it_lets_through_what_we_refuse() -> Tested {
    let usual = usual()?;
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    for name in ["header_crit_unknown", "header_b64", "duplicate_member_inside", "claim_jti_other"] {
        let vector = vector(name)?;
        assert_eq!(vector.pointer("/expect/verdict").and_then(Value::as_str), Some("invalid"), "{name}");
        let token = vector.get("presented").and_then(Value::as_str).ok_or("nothing is presented")?;
        let key = key(token, usual.get("keys").ok_or("no keys")?)?;
        decode::<Value>(token, &key, &validation).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}
