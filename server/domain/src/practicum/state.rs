//! How far an entry is: `draft → submitted → approved | returned → submitted …`, withdrawn before approval.

use types::Moment;

/// The words of the states, as they are stored and asked for.
pub(super) const DRAFT: &str = "draft";
pub(super) const SUBMITTED: &str = "submitted";
pub(super) const APPROVED: &str = "approved";
pub(super) const RETURNED: &str = "returned";
pub(super) const WITHDRAWN: &str = "withdrawn";

/// How far an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Only its trainee sees it.
    Draft,
    /// It waits for a trainer since then.
    Submitted(Moment),
    /// It was approved then.
    Approved(Moment),
    /// It was returned then.
    Returned(Moment),
    /// Its trainee took it back then.
    Withdrawn(Moment),
}

/// This cannot be done from where the entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This entry {} now, so that cannot be done any more.", .0.said())]
pub struct InvalidTransition(pub State);

impl State {
    /// Whether its trainee may change what stands in it.
    pub const fn can_be_edited(self) -> bool {
        matches!(self, Self::Draft | Self::Returned(_))
    }

    /// Sent to the trainers.
    pub fn submit(self, at: Moment) -> Result<Self, InvalidTransition> {
        if self.can_be_edited() { Ok(Self::Submitted(at)) } else { Err(InvalidTransition(self)) }
    }

    /// Approved by a trainer.
    pub fn approve(self, at: Moment) -> Result<Self, InvalidTransition> {
        match self {
            Self::Submitted(_) => Ok(Self::Approved(at)),
            other => Err(InvalidTransition(other)),
        }
    }

    /// Returned by a trainer.
    pub fn give_back(self, at: Moment) -> Result<Self, InvalidTransition> {
        match self {
            Self::Submitted(_) => Ok(Self::Returned(at)),
            other => Err(InvalidTransition(other)),
        }
    }

    /// Taken back by its trainee.
    pub fn withdraw(self, at: Moment) -> Result<Self, InvalidTransition> {
        match self {
            Self::Draft | Self::Submitted(_) | Self::Returned(_) => Ok(Self::Withdrawn(at)),
            other => Err(InvalidTransition(other)),
        }
    }

    /// How it is with an entry in this state, in a sentence.
    const fn said(self) -> &'static str {
        match self {
            Self::Draft => "is a draft",
            Self::Submitted(_) => "waits for a trainer",
            Self::Approved(_) => "is approved",
            Self::Returned(_) => "was returned",
            Self::Withdrawn(_) => "is taken back",
        }
    }

    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => DRAFT,
            Self::Submitted(_) => SUBMITTED,
            Self::Approved(_) => APPROVED,
            Self::Returned(_) => RETURNED,
            Self::Withdrawn(_) => WITHDRAWN,
        }
    }

    /// Reads the stored word with its time.
    pub(super) fn stored(word: &str, at: Moment) -> Option<Self> {
        Some(match word {
            DRAFT => Self::Draft,
            SUBMITTED => Self::Submitted(at),
            APPROVED => Self::Approved(at),
            RETURNED => Self::Returned(at),
            WITHDRAWN => Self::Withdrawn(at),
            _ => return None,
        })
    }
}
