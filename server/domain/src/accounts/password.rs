//! Passwords: a length rule and a check against what is commonly used. No rules about kinds of letters.

use std::collections::BTreeSet;

use argon2::{
    Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _,
    password_hash::{Salt, SaltString},
};
use tokio::sync::Semaphore;
use types::{Email, Name};

use crate::{Ids, Unavailable};

/// A password of a length that may be used here. Never stored, never shown.
#[derive(Clone)]
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

/// Why a password was not hashed, or not compared with a hash.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// It would be tried first.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// So many wait for the same work that one more would wait too long.
    #[error("Too many passwords are being checked at once.")]
    Busy,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl Password {
    /// Takes a typed password of the right length. Whether it is a common one is seen where it is hashed: that is
    /// work, which not everybody may ask for.
    pub fn parse(text: &str) -> Result<Self, WeakPassword> {
        match text.chars().count() {
            ..10 => Err(WeakPassword::Short),
            10..=200 => Ok(Self(text.to_owned())),
            _ => Err(WeakPassword::Long),
        }
    }

    /// As it was typed, to compare it with a hash.
    pub(super) fn into_typed(self) -> String {
        self.0
    }
}

/// Hashes a password that is not a common one, away from the threads that answer requests: it is slow on purpose.
/// `about` are words that somebody who knows the person would try.
pub(super) async fn hash(password: Password, about: Vec<String>, ids: &Ids) -> Result<String, HashError> {
    let salt = ids.bytes::<16>();
    offload(&ROOM, move || {
        if is_common(&password.0, &about) {
            return Err(WeakPassword::Common.into());
        }
        let salt = SaltString::encode_b64(&salt).map_err(|error| Unavailable::unreadable("salt", error))?;
        let hash = Argon2::default()
            .hash_password(password.0.as_bytes(), Salt::from(&salt))
            .map_err(|error| Unavailable::unreadable("password", error))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether `typed` is the password of this hash. Without a hash it takes as long and says no.
pub(super) async fn matches(typed: String, hash: Option<String>) -> Result<bool, HashError> {
    offload(&ROOM, move || {
        let text = hash.as_deref().unwrap_or(NOBODYS);
        let parsed = PasswordHash::new(text).map_err(|error| Unavailable::unreadable("password hash", error))?;
        let right = Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok();
        Ok(right && hash.is_some())
    })
    .await
}

/// The words of a person's names and of their address.
pub(super) fn about(names: &[&Name], email: &Email) -> Vec<String> {
    let (local, domain) = email.as_str().rsplit_once('@').unwrap_or((email.as_str(), ""));
    let texts = names.iter().map(|name| name.as_str()).chain([email.as_str(), local, domain]);
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([text]));
    // Two letters stand in many words and give nothing away.
    let words: BTreeSet<String> = words.filter(|word| word.chars().nth(2).is_some()).map(str::to_lowercase).collect();
    words.into_iter().collect()
}

/// Whether a guesser who goes down the lists of leaked passwords and common words, and of words about the person,
/// gets to it within ten million tries: then it is a common password, whatever letters stand in it.
pub(super) fn is_common(password: &str, about: &[String]) -> bool {
    // The work grows fast with the length; what is hard to guess in so many letters is hard to guess.
    let start: String = password.chars().take(40).collect();
    let words: Vec<&str> = about.iter().map(String::as_str).chain(["alongside", "recovery", "peer"]).collect();
    zxcvbn::zxcvbn(&start, &words).guesses() < 10_000_000 || is_made_of(&start, &words)
}

/// Whether these words stand in it, and with them a year and signs at most, there is next to nothing left.
fn is_made_of(password: &str, words: &[&str]) -> bool {
    let mut rest = password.to_lowercase();
    let mut longest_first = words.to_vec();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in longest_first {
        rest = rest.replace(word, " ");
    }
    let is_year = |part: &&str| part.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
    let letters =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|part| !is_year(part)).map(|part| part.chars().count()).sum();
    let (before, left): (usize, usize) = (letters(&password.to_lowercase()), letters(&rest));
    left < before && left < 6
}

/// The hash of a password that nobody has, with the parameters of all others.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmUhIQ$pT3QXwJgq1kXn0fQ8mZ0vQ0l0vF4q9k3yq3n2Jq9b1E";

/// Where passwords are worked on: so many at once, and so many more that wait for it.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) turns: Semaphore,
    pub(super) places: Semaphore,
}

impl Room {
    pub(super) const fn new(turns: usize, waiting: usize) -> Self {
        Self { turns: Semaphore::const_new(turns), places: Semaphore::const_new(turns + waiting) }
    }
}

/// Each hash takes 19 MiB while it is made; more than a few at once would let strangers fill the memory. And a queue
/// without an end would let them keep everybody waiting.
static ROOM: Room = Room::new(4, 128);

pub(super) async fn offload<T: Send + 'static>(
    room: &'static Room,
    work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
) -> Result<T, HashError> {
    let Ok(place) = room.places.try_acquire() else { return Err(HashError::Busy) };
    let turn = room.turns.acquire().await.map_err(|error| Unavailable::unreadable("password", error))?;
    // Work that has begun goes on when the visitor has hung up, and keeps its turn until it is done.
    let work = move || {
        let _held = (place, turn);
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Unavailable::unreadable("password", error))?
}
