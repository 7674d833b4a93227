//! Compiled releases and their programs held in memory, by the release's digest. A release never changes, so
//! nothing here grows old; but a release is a whole curriculum, and a site that publishes every week has many,
//! so only those that were asked for last are held. What was let go is compiled again.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{curriculum::Release, programs::Program};

/// So many curricula are held: the newest, and those that people who are under way are pinned to.
const RELEASES: usize = 8;
/// So many releases' programs are held. They are small, and lists of people ask for those of everybody.
const PROGRAMS: usize = 64;

/// The releases that were asked for last.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    turn: tokio::sync::Mutex<()>,
    releases: Recent<Release, RELEASES>,
    programs: Recent<Vec<Program>, PROGRAMS>,
}

impl Shelf {
    /// The turn to compile: of many who ask for the same release at once, as they do after a start, one compiles it.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    pub(crate) fn get(&self, digest: &str) -> Option<Arc<Release>> {
        self.releases.get(digest)
    }

    pub(crate) fn put(&self, release: Arc<Release>) {
        let digest = release.digest.clone();
        self.releases.put(digest, release);
    }

    pub(crate) fn programs(&self, digest: &str) -> Option<Arc<Vec<Program>>> {
        self.programs.get(digest)
    }

    pub(crate) fn put_programs(&self, digest: &str, programs: Arc<Vec<Program>>) {
        self.programs.put(digest.to_owned(), programs);
    }
}

/// The values that were asked for last, at most `MOST` of them, the newest in front.
#[derive(Debug)]
struct Recent<T, const MOST: usize>(Mutex<VecDeque<(String, Arc<T>)>>);

impl<T, const MOST: usize> Default for Recent<T, MOST> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T, const MOST: usize> Recent<T, MOST> {
    fn get(&self, digest: &str) -> Option<Arc<T>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = held.iter().position(|(name, _)| name == digest)?;
        let found = held.remove(place)?;
        let value = found.1.clone();
        held.push_front(found);
        Some(value)
    }

    fn put(&self, digest: String, value: Arc<T>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(name, _)| *name != digest);
        held.push_front((digest, value));
        held.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_longest_ago_is_let_go() {
        let held: Recent<u8, 3> = Recent::default();
        for (digest, value) in [("a", 1), ("b", 2), ("c", 3)] {
            held.put(digest.to_owned(), Arc::new(value));
        }
        assert_eq!(held.get("a").as_deref(), Some(&1), "asked for, so it is the newest now");
        held.put("d".to_owned(), Arc::new(4));
        let found = ["a", "b", "c", "d"].map(|digest| held.get(digest).map(|value| *value));
        assert_eq!(found, [Some(1), None, Some(3), Some(4)]);
    }

    #[test]
    fn putting_the_same_again_lets_nothing_go() {
        let held: Recent<u8, 2> = Recent::default();
        for digest in ["a", "b", "b", "b"] {
            held.put(digest.to_owned(), Arc::new(1));
        }
        assert!(held.get("a").is_some() && held.get("b").is_some());
    }
}
