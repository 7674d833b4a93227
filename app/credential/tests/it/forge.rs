//! Tokens that the crate itself would never write.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::world::Made;

pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn unbase64(text: &str) -> Made<Vec<u8>> {
    Ok(URL_SAFE_NO_PAD.decode(text)?)
}

/// The document with its members in the order of their names, whichever order `serde_json` keeps.
pub(crate) fn sorted(document: &Value) -> Value {
    match document {
        Value::Object(members) => {
            let members: BTreeMap<&String, &Value> = members.iter().collect();
            members.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// A document as text that is always the same.
pub(crate) fn text(document: &Value) -> String {
    sorted(document).to_string()
}

/// Signs any header over any payload, with the low s that our verifier wants.
pub(crate) fn signed(header: &str, payload: &str, key: &SigningKey) -> String {
    let input = format!("{}.{}", base64(header), base64(payload));
    let signature: Signature = key.sign(input.as_bytes());
    let signature = signature.normalize_s().unwrap_or(signature);
    format!("{input}.{}", base64(signature.to_bytes()))
}

/// The token with its other signature, (r, n - s), which fits the key just as well.
pub(crate) fn mirrored(token: &str) -> Made<String> {
    let (input, signature) = token.rsplit_once('.').ok_or("no signature")?;
    let (r, s) = Signature::from_slice(&unbase64(signature)?)?.split_scalars();
    let mirrored = Signature::from_scalars(r, -*s)?;
    Ok(format!("{input}.{}", base64(mirrored.to_bytes())))
}

/// The token with the bytes of its signature replaced.
pub(crate) fn with_signature(token: &str, signature: &[u8]) -> Made<String> {
    let (input, _) = token.rsplit_once('.').ok_or("no signature")?;
    Ok(format!("{input}.{}", base64(signature)))
}

pub(crate) fn signature(token: &str) -> Made<Vec<u8>> {
    unbase64(token.rsplit_once('.').ok_or("no signature")?.1)
}

/// HMAC-SHA-256 over a token's input, with what an attacker knows, the public key, as the secret.
pub(crate) fn hmac_signed(header: &str, payload: &str, secret: &[u8]) -> String {
    let input = format!("{}.{}", base64(header), base64(payload));
    let mut block = [0_u8; 64];
    let key = if secret.len() > 64 { Sha256::digest(secret).to_vec() } else { secret.to_vec() };
    block.iter_mut().zip(key).for_each(|(byte, key)| *byte = key);
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(&input).finalize();
    let outer = Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize();
    format!("{input}.{}", base64(outer))
}

/// Sets the value at a pointer such as `/credentialSubject/id`; its parent must be there.
pub(crate) fn set(document: &mut Value, pointer: &str, value: Value) -> Made<()> {
    let (parent, name) = pointer.rsplit_once('/').ok_or("not a pointer")?;
    let parent = document.pointer_mut(parent).and_then(Value::as_object_mut).ok_or("no such parent")?;
    parent.insert(name.to_owned(), value);
    Ok(())
}

/// Takes away the member at a pointer.
pub(crate) fn remove(document: &mut Value, pointer: &str) -> Made<()> {
    let (parent, name) = pointer.rsplit_once('/').ok_or("not a pointer")?;
    let parent = document.pointer_mut(parent).and_then(Value::as_object_mut).ok_or("no such parent")?;
    parent.remove(name).map(|_| ()).ok_or_else(|| "no such member".into())
}
