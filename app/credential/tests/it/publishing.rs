//! How keys are published, and read back as the history that certificates are checked against.

use credential::{
    BaseUrl,
    keys::{IssuerKeys, KeyHistoryError, KeyPeriod, PublishedKey, ReadKeysError, did_document, jwks, read_jwks},
};
use serde_json::{Value, json};

use crate::{
    Tested, forge,
    world::{BEGUN, Made, NOW, ROTATED, World, base, jwk, time},
};

#[test]
fn did_json_keeps_old_keys() -> Tested {
    let world = World::new()?;
    let document = did_document(&world.issuer);
    let kids: Vec<&str> = world.issuer.all().iter().map(PublishedKey::kid).collect();
    assert_eq!(document.get("id"), Some(&json!("did:web:certify.example")));
    assert_eq!(document.get("assertionMethod"), Some(&json!(kids)));
    let methods = document.get("verificationMethod").and_then(Value::as_array).ok_or("no methods")?;
    for (method, key) in methods.iter().zip(world.issuer.all()) {
        let expected = json!({
            "id": key.kid(),
            "type": "JsonWebKey",
            "controller": "did:web:certify.example",
            "publicKeyJwk": key.to_jwk(),
        });
        assert_eq!(method, &expected);
    }
    assert_eq!(methods.len(), 2);
    Ok(())
}

#[test]
fn a_bare_key_has_its_name_and_no_secret() -> Tested {
    let world = World::new()?;
    let key = world.issuer.in_force_at(time(NOW)?).ok_or("no key")?;
    let jwk = key.to_jwk();
    let mut names: Vec<&String> = jwk.as_object().ok_or("not an object")?.keys().collect();
    names.sort();
    assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
    assert_eq!(key.kid(), format!("did:web:certify.example#{}", key.thumbprint()));
    Ok(())
}

#[test]
fn the_jwk_set_carries_the_history() -> Tested {
    let world = World::new()?;
    let set = jwks(&world.issuer);
    assert_eq!(set.pointer("/keys/0/inForceUntil"), Some(&json!(ROTATED)));
    assert_eq!(set.pointer("/keys/1/inForceUntil"), None);
    assert_eq!(read_jwks(&set.to_string())?, world.issuer);

    let refusal = |pointer: &str, value: Value| -> Made<Option<ReadKeysError>> {
        let mut changed = set.clone();
        forge::set(&mut changed, pointer, value)?;
        Ok(read_jwks(&changed.to_string()).err())
    };
    assert_eq!(refusal("/issuer", json!("https://other.example"))?, Some(ReadKeysError::OtherIssuer));
    assert!(matches!(refusal("/issuer", json!("other"))?, Some(ReadKeysError::Issuer(_))));
    assert_eq!(refusal("/keys/0/inForceFrom", Value::Null)?, Some(ReadKeysError::Dates));
    assert_eq!(refusal("/keys/0/inForceFrom", json!("2024-01-01"))?, Some(ReadKeysError::Dates));
    assert!(matches!(refusal("/keys/0/d", json!("AAAA"))?, Some(ReadKeysError::Key(_))));
    assert_eq!(refusal("/keys/0/kid", json!("1"))?, Some(ReadKeysError::OtherIssuer));
    assert_eq!(read_jwks("[]").err(), Some(ReadKeysError::NotKeys));
    assert_eq!(read_jwks("").err(), Some(ReadKeysError::NotKeys));
    Ok(())
}

#[test]
fn a_history_has_each_key_once() -> Tested {
    let world = World::new()?;
    let (begun, rotated) = (time(BEGUN)?, time(ROTATED)?);
    let period = KeyPeriod { jwk: jwk(&world.signer)?, in_force_from: begun, in_force_until: None };
    let twice = IssuerKeys::new(base()?, [period.clone(), period.clone()]);
    assert_eq!(twice.err(), Some(KeyHistoryError::Twice));
    let backward = KeyPeriod { in_force_from: rotated, in_force_until: Some(begun), ..period.clone() };
    assert_eq!(IssuerKeys::new(base()?, [backward]).err(), Some(KeyHistoryError::EndsBeforeItBegins));
    let with_port = IssuerKeys::new(BaseUrl::parse("http://localhost:3000")?, [period])?;
    let key = with_port.all().first().ok_or("no key")?;
    assert!(key.kid().starts_with("did:web:localhost%3A3000#"));
    assert!(!key.belongs_to(&BaseUrl::parse("http://localhost")?));
    Ok(())
}

#[test]
fn the_key_in_force_is_the_one_that_began_last() -> Tested {
    let world = World::new()?;
    let kid = |when: &str| -> Made<Option<&str>> { Ok(world.issuer.in_force_at(time(when)?).map(PublishedKey::kid)) };
    let [old, new] = world.issuer.all() else {
        return Err("two keys".into());
    };
    assert_eq!(kid("2023-12-31T23:59:59Z")?, None);
    assert_eq!(kid(BEGUN)?, Some(old.kid()));
    assert_eq!(kid("2025-12-31T23:59:59.999Z")?, Some(old.kid()));
    assert_eq!(kid(ROTATED)?, Some(new.kid()));
    Ok(())
}
