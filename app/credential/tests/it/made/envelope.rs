//! The token around the contents: its segments, their spelling, its signature.

use p256::ecdsa::Signature;
use serde_json::json;

use super::Maker;
use crate::{forge, world::Made};

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    spelling(maker)?;
    forms(maker)?;
    changes(maker)
}

fn spelling(maker: &mut Maker<'_>) -> Made<()> {
    let token = maker.token.clone();
    let (input, signature) = token.rsplit_once('.').ok_or("no signature")?;
    let (header, payload) = input.split_once('.').ok_or("no payload")?;
    let segments = "invalid signature fail token_segments";
    maker.token("segments_two", "The signature is cut off.", input, segments)?;
    maker.token("segments_four", "A segment is added.", format!("{token}.AA"), segments)?;
    let jwe = format!("{header}.{payload}.{signature}.AA.AA");
    maker.token("segments_five", "The form of an encrypted token.", jwe, segments)?;
    maker.token("segments_trailing_dot", "A dot is added.", format!("{token}."), segments)?;
    let words = "Certified Peer Support Specialist";
    maker.token("segments_none", "Not a token at all.", words, segments)?;

    let padded = "invalid signature fail base64_padded";
    maker.token("padding_signature", "The signature is padded.", format!("{token}=="), padded)?;
    let text = format!("{header}=.{payload}.{signature}");
    maker.token("padding_header", "The header is padded.", text, padded)?;

    let last = token.chars().last().ok_or("empty")?;
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = alphabet.chars().skip_while(|c| *c != last).nth(1).ok_or("no next letter")?;
    let text = format!("{}{next}", token.strip_suffix(last).ok_or("empty")?);
    let why = "The unused bits of the last letter are set: another text for the same signature.";
    maker.token("base64_not_canonical", why, text, "invalid signature fail base64_not_canonical")?;

    let invalid = "invalid signature fail base64_invalid";
    let text = format!("{header}.+{}.{signature}", payload.get(1..).unwrap_or_default());
    maker.token("base64_other_alphabet", "A letter of plain base64.", text, invalid)?;
    let text = format!("{header}./{}.{signature}", payload.get(1..).unwrap_or_default());
    maker.token("base64_slash", "A letter of plain base64 that stands in links too.", text, invalid)?;
    let text = format!("{header}.\n{payload}.{signature}");
    maker.token("base64_white_space", "A line break inside the token.", text, invalid)
}

fn forms(maker: &mut Maker<'_>) -> Made<()> {
    let token = maker.token.clone();
    let bytes = forge::signature(&token)?;
    let der = Signature::from_slice(&bytes)?.to_der();
    let short: Vec<u8> = bytes.iter().copied().take(63).collect();
    let long = [bytes.clone(), vec![0]].concat();
    let mut keep = |name: &str, why, signature: &[u8]| {
        let token = forge::with_signature(&token, signature)?;
        maker.token(&format!("signature_{name}"), why, token, "invalid signature fail signature_form")
    };
    keep("der", "The signature in its ASN.1 form.", der.as_bytes())?;
    keep("short", "The signature lacks a byte.", &short)?;
    keep("long", "The signature has a byte too many.", &long)?;
    keep("zero", "r and s are zero, which fits any key in careless libraries.", &[0; 64])?;
    keep("full", "r and s are larger than the order of the curve.", &[255; 64])?;
    keep("empty", "The signature is empty.", &[])?;
    let mirrored = forge::mirrored(&token)?;
    let why = "The other signature that fits: s taken from the order of the curve.";
    maker.token("signature_mirrored", why, mirrored, "invalid signature fail signature_mirrored")
}

fn changes(maker: &mut Maker<'_>) -> Made<()> {
    let wrong = "invalid signature fail signature_wrong";
    let signature = forge::signature(&maker.token)?;
    let (header, payload) = (forge::text(&maker.header()?), maker.payload()?);
    let join = |header: &str, payload: &str| {
        let input = format!("{}.{}", forge::base64(header), forge::base64(payload));
        format!("{input}.{}", forge::base64(&signature))
    };
    let text = join(&header.replace("JWT", "vc+jwt"), &forge::text(&payload));
    maker.token("changed_header", "The type was changed after signing.", text, wrong)?;
    let mut other = payload.clone();
    let pointer = "/credentialSubject/identifier/0/identityHash";
    forge::set(&mut other, pointer, json!("Somebody Else"))?;
    let text = join(&header, &forge::text(&other));
    maker.token("changed_holder", "The name was changed after signing.", text, wrong)?;
    let mut other = payload.clone();
    forge::remove(&mut other, "/credentialStatus")?;
    let text = join(&header, &forge::text(&other));
    maker.token("changed_status", "The status entry was taken out after signing.", text, wrong)?;
    let text = join(&header, &format!("{:#}", forge::sorted(&payload)));
    maker.token("changed_spacing", "The same contents with other white space.", text, wrong)?;

    let text = forge::signed(&header, &forge::text(&payload), &maker.world.stranger);
    maker.token("signed_by_stranger", "A stranger under the issuer's kid.", text, wrong)?;
    let text = forge::signed(&header, &forge::text(&payload), &maker.world.old_signer);
    maker.token("signed_by_other_key", "Another key of the issuer than the one named.", text, wrong)
}
