//! Ids: one type a thing, so that an entry's id cannot be handed where a person's is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        // SeaORM asks this of every primary key; ours never come from a counter.
        #[cfg(feature = "sea-orm")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}

ids! {
    /// A person with an account.
    PersonId,
    /// One signed-in browser.
    SessionId,
    /// An invitation to take a role.
    InvitationId,
    /// One person in one program.
    EnrolmentId,
    /// One try at a check or an exam.
    AttemptId,
    /// A scheduled live session.
    LiveSessionId,
    /// A place where a trainee practices, with its dates.
    PlacementId,
    /// One practicum entry, through all its versions.
    EntryId,
    /// An entry, or changes to one, that is not filled in yet.
    UnfinishedId,
    /// A certificate, through all its documents.
    CertificateId,
    /// A unit of background work.
    JobId,
    /// Any dated record that is only ever added.
    RecordId,
}
