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
    /// The millisecond of the newest id, and how many were made in it: ids of one millisecond keep the
    /// order in which they were made, and records are read in that order.
    newest: (u64, u16),
}

impl Source {
    fn new(chance: StdRng) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self { chance, newest: (0, 0) }))
    }
}

impl Ids {
    /// Seeded by the operating system.
    pub fn random() -> Self {
        Self(Source::new(StdRng::from_os_rng()))
    }

    /// The same sequence for the same seed. For tests and nothing else.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::new(StdRng::seed_from_u64(seed)))
    }

    /// A fresh id that sorts by its time (UUID version 7).
    pub fn id<T: From<Uuid>>(&self, now: Moment) -> T {
        let milliseconds = u64::try_from(now.0).unwrap_or(0);
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = if source.newest.0 == milliseconds { source.newest.1.wrapping_add(1) } else { 0 };
        source.newest = (milliseconds, made);
        let mut tail = [0; 10];
        source.chance.fill_bytes(&mut tail);
        // The first twelve bits behind the time count; the rest is chance.
        if let Some(count) = tail.first_chunk_mut::<2>() {
            *count = made.to_be_bytes();
        }
        T::from(uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid())
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
}
