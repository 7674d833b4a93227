//! Compiled releases held in memory, by their digests. A release never changes, so nothing here grows old.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use crate::curriculum::Release;

/// The releases that were asked for since the start.
#[derive(Debug, Default)]
pub(crate) struct Shelf(RwLock<HashMap<String, Arc<Release>>>);

impl Shelf {
    pub(crate) fn get(&self, digest: &str) -> Option<Arc<Release>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    pub(crate) fn put(&self, release: Arc<Release>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(release.digest.clone(), release);
    }
}
