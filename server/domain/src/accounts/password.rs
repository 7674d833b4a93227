//! Passwords: a length rule and a check against what is commonly used. No rules about kinds of letters.

use argon2::{
    Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _,
    password_hash::{Salt, SaltString},
};

use tokio::sync::Semaphore;

use crate::{Ids, Unavailable};

/// A password that may be used here. Never stored, never shown.
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a password was not taken. The message is shown beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Below the least length.
    #[error("Please use at least 10 letters. Three or four words in a row are easy to keep in mind.")]
    Short,
    /// Above the greatest length.
    #[error("Please use at most 200 letters.")]
    Long,
    /// Among the first that anybody would try, or made of the person's own name or address.
    #[error(
        "Many people use this password, or it is made of your name or e-mail, so it would be tried first. Three or four words that do not belong together work well."
    )]
    Common,
}

impl Password {
    /// Checks a typed password. `about` are words that somebody who knows the person would try.
    pub fn parse(text: &str, about: &[&str]) -> Result<Self, WeakPassword> {
        let letters = text.chars().count();
        if letters < 10 {
            return Err(WeakPassword::Short);
        }
        if letters > 200 {
            return Err(WeakPassword::Long);
        }
        // A guesser who goes down the lists of leaked passwords and common words gets to it within ten
        // million tries: then it is a common password, whatever letters stand in it.
        let words: Vec<&str> = about.iter().copied().chain(["alongside", "recovery", "peer"]).collect();
        if zxcvbn::zxcvbn(text, &words).guesses() < 10_000_000 {
            return Err(WeakPassword::Common);
        }
        Ok(Self(text.to_owned()))
    }
}

/// Hashes away from the threads that answer requests: it is slow on purpose.
pub(super) async fn hash(password: Password, ids: &Ids) -> Result<String, Unavailable> {
    let salt = ids.bytes::<16>();
    offload(move || {
        let salt = SaltString::encode_b64(&salt).map_err(|error| Unavailable::unreadable("salt", error))?;
        let hash = Argon2::default()
            .hash_password(password.0.as_bytes(), Salt::from(&salt))
            .map_err(|error| Unavailable::unreadable("password", error))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether `typed` is the password of this hash. Without a hash it takes as long and says no.
pub(super) async fn matches(typed: String, hash: Option<String>) -> Result<bool, Unavailable> {
    offload(move || {
        let text = hash.as_deref().unwrap_or(NOBODYS);
        let parsed = PasswordHash::new(text).map_err(|error| Unavailable::unreadable("password hash", error))?;
        let right = Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok();
        Ok(right && hash.is_some())
    })
    .await
}

/// The hash of a password that nobody has, with the parameters of all others.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmUhIQ$pT3QXwJgq1kXn0fQ8mZ0vQ0l0vF4q9k3yq3n2Jq9b1E";

/// Each hash takes 19 MiB while it is made; more than a few at once would let strangers fill the memory.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

async fn offload<T: Send + 'static>(work: impl FnOnce() -> Result<T, Unavailable> + Send + 'static) -> Result<T, Unavailable> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| Unavailable::unreadable("password", error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Unavailable::unreadable("password", error))?
}
