//! Status lists: which certificates are revoked or suspended, as one bit each.
//!
//! Two signed lists share their number and their indexes, one for revocation and one for suspension. A
//! certificate names only the first (the Open Badges schema allows one entry); the second is ours to
//! look at. A list is a credential of its own, W3C Bitstring Status List 1.0, and goes out of date: a
//! verifier that is shown an old one must notice.

mod bits;
mod entry;
mod list;

use std::fmt;

pub use bits::{BitString, BitsError, DecodeError, MIN_BITS};
pub use entry::StatusPosition;
pub(crate) use entry::{EntryError, check_place, read_entry};
pub use list::{ListDraft, ListDraftError};
pub(crate) use list::{ListError, has_type, read_list};

/// What a set bit means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Withdrawn for good.
    Revocation,
    /// Not in force for now; can be lifted.
    Suspension,
}

impl Purpose {
    /// The word in status lists and in their addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
