//! What the ledger is told, and the totals of a trainee's own page.

use types::{Category, EnrolmentId, Minutes};

use super::{Entry, State, entries_of};
use crate::{
    Grouped, Look, Unavailable,
    programs::facts::{PracticumFact, PracticumState},
};

/// Totals of an enrolment. Nothing is counted twice: an entry has one category and one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Sent and waiting, or approved.
    pub sent: Minutes,
    /// Approved.
    pub approved: Minutes,
    /// Returned, and not sent again yet.
    pub returned: Minutes,
    /// Approved and waiting minutes by category.
    pub by_category: Vec<(Category, Minutes, Minutes)>,
}

/// The practicum facts of these enrolments, oldest work first. Drafts are no facts yet.
pub async fn facts(look: &impl Look, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, PracticumFact>, Unavailable> {
    let entries = entries_of(look, of).await?;
    Ok(entries.iter().rev().filter_map(|entry| Some((entry.enrolment, fact(entry)?))).collect())
}

fn fact(entry: &Entry) -> Option<PracticumFact> {
    let state = match entry.state {
        State::Draft => return None,
        State::Submitted(at) => PracticumState::Submitted(at),
        State::Approved(at) => PracticumState::Approved(at),
        State::Returned(at) => PracticumState::Returned(at),
        State::Withdrawn(_) => PracticumState::Withdrawn,
    };
    Some(PracticumFact {
        entry: entry.id,
        category: entry.content.category,
        domain: entry.content.domain,
        at: entry.starts_at,
        minutes: entry.minutes,
        direct: entry.content.direct,
        placement_from: Some(entry.placement.from_at),
        state,
    })
}

/// Adds up a trainee's entries.
pub fn totals(entries: &[Entry]) -> Totals {
    let sum = |category: Option<Category>, approved: bool| -> Minutes {
        entries
            .iter()
            .filter(|entry| category.is_none_or(|category| entry.content.category == category))
            .filter(|entry| if approved { matches!(entry.state, State::Approved(_)) } else { matches!(entry.state, State::Submitted(_)) })
            .map(|entry| entry.minutes)
            .sum()
    };
    let by_category = Category::ALL.iter().map(|category| (*category, sum(Some(*category), true), sum(Some(*category), false)));
    Totals {
        sent: sum(None, true) + sum(None, false),
        approved: sum(None, true),
        returned: entries.iter().filter(|entry| matches!(entry.state, State::Returned(_))).map(|entry| entry.minutes).sum(),
        by_category: by_category.filter(|(_, approved, waiting)| *approved + *waiting > Minutes::ZERO).collect(),
    }
}
