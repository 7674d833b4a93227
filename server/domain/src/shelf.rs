//! Compiled releases and their programs held in memory, by the release's digest. A release never changes, so
//! nothing here grows old.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use crate::{curriculum::Release, programs::Program};

/// The releases that were asked for since the start.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    releases: RwLock<HashMap<String, Arc<Release>>>,
    programs: RwLock<HashMap<String, Arc<Vec<Program>>>>,
}

impl Shelf {
    pub(crate) fn get(&self, digest: &str) -> Option<Arc<Release>> {
        self.releases.read().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    pub(crate) fn put(&self, release: Arc<Release>) {
        self.releases.write().unwrap_or_else(PoisonError::into_inner).insert(release.digest.clone(), release);
    }

    pub(crate) fn programs(&self, digest: &str) -> Option<Arc<Vec<Program>>> {
        self.programs.read().unwrap_or_else(PoisonError::into_inner).get(digest).cloned()
    }

    pub(crate) fn put_programs(&self, digest: &str, programs: Arc<Vec<Program>>) {
        self.programs.write().unwrap_or_else(PoisonError::into_inner).insert(digest.to_owned(), programs);
    }
}
