//! Laws: whatever is done to a token, it is never called valid again, and nothing makes the verifier
//! panic or show a certificate that it does not vouch for.

use std::sync::LazyLock;

use credential::{
    Calendar, IssuerView, MAX_TOKEN_BYTES, Presented, Report, UtcTime, Verdict,
    status::Purpose,
    verify,
    verify::{CheckName, PublishedList, Register, peek},
};
use proptest::prelude::*;

use crate::{
    vectors::holds_for_every_report,
    world::{Made, NOW, POSITION, World, time},
};

#[expect(clippy::expect_used, reason = "without the cast there is nothing to test")]
static SCENE: LazyLock<Scene> = LazyLock::new(|| scene().expect("the cast can be made"));

struct Scene {
    now: UtcTime,
    world: World,
    token: String,
    revocation: String,
    suspension: String,
}

fn scene() -> Made<Scene> {
    let world = World::new()?;
    let token = world.token()?;
    let [revocation, suspension] = [world.list(Purpose::Revocation, &[])?, world.list(Purpose::Suspension, &[])?];
    Ok(Scene { now: time(NOW)?, world, token, revocation, suspension })
}

impl Scene {
    fn report(&self, token: &str, revocation: &str) -> Report {
        let lists = [
            PublishedList { purpose: Purpose::Revocation, number: POSITION.list, token: revocation },
            PublishedList { purpose: Purpose::Suspension, number: POSITION.list, token: &self.suspension },
        ];
        let view = IssuerView { keys: &self.world.issuer, lists: &lists, register: Register::NotAtHand, calendar: Calendar::default() };
        let report = verify(Presented::Token(token), &view, self.now, self.now);
        holds_for_every_report(&report, token);
        report
    }
}

#[test]
fn the_untouched_token_is_valid() {
    assert_eq!(SCENE.report(&SCENE.token, &SCENE.revocation).verdict, Verdict::Valid);
}

/// Not a sample: every letter of the token in turn, to its neighbour and to letters that tempt.
#[test]
fn no_letter_can_be_changed() {
    for (at, old) in SCENE.token.char_indices() {
        let neighbour = char::from_u32(u32::from(old) ^ 1).unwrap_or('A');
        for new in [neighbour, '.', '=', ' '] {
            if new != old {
                let mut changed = SCENE.token.clone();
                changed.replace_range(at..=at, new.encode_utf8(&mut [0; 4]));
                let report = SCENE.report(&changed, &SCENE.revocation);
                assert_eq!(report.verdict, Verdict::Invalid, "letter {at} from {old:?} to {new:?}");
            }
        }
    }
}

#[test]
fn no_letter_of_a_list_can_be_changed() {
    for (at, old) in SCENE.revocation.char_indices() {
        let new = if old == 'A' { 'B' } else { 'A' };
        let mut changed = SCENE.revocation.clone();
        changed.replace_range(at..=at, new.encode_utf8(&mut [0; 4]));
        let report = SCENE.report(&SCENE.token, &changed);
        assert_eq!(report.verdict, Verdict::Unknown, "letter {at}");
    }
}

#[test]
fn the_longest_token_is_read_and_a_longer_one_is_not() {
    let code = |length: usize| {
        let report = SCENE.report(&"A".repeat(length), &SCENE.revocation);
        report.checks.iter().find(|check| check.name == CheckName::Signature).map(|check| check.code)
    };
    assert_eq!(code(MAX_TOKEN_BYTES), Some("token_segments"));
    assert_eq!(code(MAX_TOKEN_BYTES + 1), Some("token_too_large"));
}

proptest! {
    #[test]
    fn no_byte_can_be_flipped(at in 0..SCENE.token.len(), flip in 1_u8..128) {
        let mut bytes = SCENE.token.clone().into_bytes();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= flip;
        }
        // A token is ASCII, and so is every flip of its lower seven bits.
        let changed = String::from_utf8(bytes)?;
        prop_assert_eq!(SCENE.report(&changed, &SCENE.revocation).verdict, Verdict::Invalid);
    }

    #[test]
    fn nothing_can_be_cut_out_doubled_or_put_in(
        at in 0..SCENE.token.len(),
        length in 1..200_usize,
        put in "[A-Za-z0-9_.=-]{0,8}",
    ) {
        let end = (at + length).min(SCENE.token.len());
        let (head, tail) = (SCENE.token.get(..at).unwrap_or(""), SCENE.token.get(end..).unwrap_or(""));
        let middle = SCENE.token.get(at..end).unwrap_or("");
        for changed in [format!("{head}{put}{tail}"), format!("{head}{middle}{middle}{tail}"), format!("{head}{put}{middle}{tail}")] {
            if changed != SCENE.token {
                prop_assert_ne!(SCENE.report(&changed, &SCENE.revocation).verdict, Verdict::Valid);
            }
        }
    }

    #[test]
    fn any_text_gets_a_report(text in "\\PC{0,200}") {
        prop_assert_eq!(SCENE.report(&text, &SCENE.revocation).verdict, Verdict::Invalid);
        let _ = peek(&text, SCENE.world.issuer.base());
        let _ = Presented::read(&text, SCENE.world.issuer.base()).is_legible();
    }

    #[test]
    fn any_segments_get_a_report(header in "\\PC{0,60}", payload in "\\PC{0,60}", signature: Vec<u8>) {
        let [header, payload] = [header, payload].map(crate::forge::base64);
        let text = format!("{header}.{payload}.{}", crate::forge::base64(signature));
        prop_assert_eq!(SCENE.report(&text, &SCENE.revocation).verdict, Verdict::Invalid);
    }
}
