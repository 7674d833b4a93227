//! What reads as a certificate, be it right or wrong, and what was cut or mistyped on its way: of that, nobody may say
//! that it is forged.

use credential::Presented;
use serde_json::Value;

use crate::{
    Tested,
    made::USUAL,
    vectors::stored,
    world::{World, base},
};

/// The vectors of which a part is missing, runs on, or has letters that no token has.
const NOT_LEGIBLE: [&str; 18] = [
    "base64_other_alphabet",
    "base64_slash",
    "base64_white_space",
    "header_not_json",
    "json_ld",
    "link_elsewhere",
    "padding_header",
    "padding_signature",
    "payload_not_json",
    "payload_twice",
    "segments_five",
    "segments_four",
    "segments_none",
    "segments_trailing_dot",
    "segments_two",
    "signature_empty",
    "signature_long",
    "signature_short",
];

#[test]
fn every_forged_vector_reads_as_a_certificate() -> Tested {
    let base = base()?;
    for (name, text) in stored()? {
        let name = name.trim_end_matches(".json");
        if name == USUAL {
            continue;
        }
        let vector: Value = serde_json::from_str(&text)?;
        let presented = vector.get("presented").and_then(Value::as_str).ok_or("nothing is presented")?;
        assert_eq!(Presented::read(presented, &base).is_legible(), !NOT_LEGIBLE.contains(&name), "{name}");
    }
    Ok(())
}

#[test]
fn whatever_is_cut_off_at_either_end_is_not_legible() -> Tested {
    let token = World::new()?.token()?;
    assert!(Presented::Token(&token).is_legible());
    for length in 1..token.len() {
        let (head, tail) = token.split_at_checked(length).ok_or("not at a letter")?;
        assert!(!Presented::Token(head).is_legible(), "{head}");
        assert!(!Presented::Token(tail).is_legible(), "{tail}");
    }
    Ok(())
}
