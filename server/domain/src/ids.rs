//! Where ids and secrets come from: a value, so that a test can have the same ones each time.

use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{RngCore as _, SeedableRng as _, rngs::StdRng};
use sha2::{Digest as _, Sha256};
use types::Moment;
use uuid::Uuid;

/// The source of ids, tokens, salts and seeds.
#[derive(Debug, Clone)]
pub struct Ids(Arc<Mutex<Source>>);

#[derive(Debug)]
struct Source {
    chance: StdRng,
    /// The millisecond of the newest id, and how many were made in it: ids keep the order in which they were made, also
    /// where an act that began earlier makes one later, and records are read in that order.
    newest: (u64, u16),
    /// What makes names for texts that nobody can find the text from.
    salt: [u8; 16],
}

/// So many ids fit into one millisecond: the count has twelve bits.
const IN_ONE_MILLISECOND: u16 = 1 << 12;

impl Source {
    fn new(mut chance: StdRng) -> Arc<Mutex<Self>> {
        let mut salt = [0; 16];
        chance.fill_bytes(&mut salt);
        Arc::new(Mutex::new(Self { chance, newest: (0, 0), salt }))
    }
}

impl Ids {
    /// Seeded by the operating system.
    #[expect(clippy::disallowed_methods, reason = "this is the one place with a generator")]
    pub fn random() -> Self {
        Self(Source::new(StdRng::from_os_rng()))
    }

    /// The same sequence for the same seed. For tests and nothing else.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::new(StdRng::seed_from_u64(seed)))
    }

    /// A fresh id (UUID version 7). Ids sort as they were made; the time in one is `now`, or that of an id before it
    /// which is later.
    pub fn id<T: From<Uuid>>(&self, now: Moment) -> T {
        let milliseconds = u64::try_from(now.0).unwrap_or(0);
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (milliseconds, made) = match source.newest {
            (newest, _) if newest < milliseconds => (milliseconds, 0),
            (newest, made) if made + 1 < IN_ONE_MILLISECOND => (newest, made + 1),
            (newest, _) => (newest + 1, 0),
        };
        source.newest = (milliseconds, made);
        let mut tail = [0; 10];
        source.chance.fill_bytes(&mut tail);
        // The first twelve bits behind the time count; the rest is chance.
        if let Some(count) = tail.first_chunk_mut::<2>() {
            *count = made.to_be_bytes();
        }
        T::from(uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid())
    }

    /// The same id for the same text while this program runs, which stands for nothing and from which the text cannot be
    /// found.
    pub(crate) fn alias<T: From<Uuid>>(&self, text: &str) -> T {
        let salt = self.0.lock().unwrap_or_else(PoisonError::into_inner).salt;
        let digest = Sha256::new().chain_update(salt).chain_update(text).finalize();
        T::from(uuid::Builder::from_custom_bytes(digest.first_chunk().copied().unwrap_or_default()).into_uuid())
    }

    /// A secret of 256 bits.
    pub fn secret(&self) -> Secret {
        Secret(URL_SAFE_NO_PAD.encode(self.bytes::<32>()))
    }

    /// So many random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).chance.fill_bytes(&mut bytes);
        bytes
    }
}

/// A secret that is handed out once and kept only as its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes what a browser or a link brought back. Anything may stand in it.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text to hand out.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up: the SHA-256 digest in hexadecimal. A secret of 256 random bits
    /// needs no salt and no slow hash.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_keep_their_order() {
        let ids = Ids::random();
        let made: Vec<Uuid> = (0..1000).map(|_| ids.id(Moment(1_788_264_000_000))).collect();
        assert!(made.is_sorted());
    }

    #[test]
    fn ids_keep_their_order_whichever_act_began_first_and_however_many_there_are() {
        let ids = Ids::random();
        let acts = [Moment(1_788_264_000_000), Moment(1_788_264_000_007), Moment(1_788_263_999_000)];
        let made: Vec<Uuid> = (0..3 * usize::from(IN_ONE_MILLISECOND)).map(|n| ids.id(acts[n % acts.len()])).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn an_alias_is_the_same_for_the_same_text_in_one_program_only() {
        let (ids, other) = (Ids::random(), Ids::random());
        let alias = |ids: &Ids, text| ids.alias::<Uuid>(text);
        assert_eq!(alias(&ids, "a@example.org"), alias(&ids, "a@example.org"));
        assert_ne!(alias(&ids, "a@example.org"), alias(&ids, "b@example.org"));
        assert_ne!(alias(&ids, "a@example.org"), alias(&other, "a@example.org"));
    }
}
