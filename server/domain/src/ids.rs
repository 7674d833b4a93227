//! Where ids and secrets come from: a value, so that a test can have the same ones each time.

use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{RngCore as _, SeedableRng as _, rngs::StdRng};
use sha2::{Digest as _, Sha256};
use types::Moment;
use uuid::Uuid;

/// The source of ids, tokens, salts and seeds.
#[derive(Debug, Clone)]
pub struct Ids(Arc<Mutex<StdRng>>);

impl Ids {
    /// Seeded by the operating system.
    pub fn random() -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_os_rng())))
    }

    /// The same sequence for the same seed. For tests and nothing else.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// A fresh id that sorts by its time (UUID version 7).
    pub fn id<T: From<Uuid>>(&self, now: Moment) -> T {
        let milliseconds = u64::try_from(now.0).unwrap_or(0);
        let random: [u8; 10] = self.bytes();
        T::from(uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
    }

    /// A secret of 256 bits.
    pub fn secret(&self) -> Secret {
        Secret(URL_SAFE_NO_PAD.encode(self.bytes::<32>()))
    }

    /// So many random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
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
