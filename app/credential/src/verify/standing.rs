//! Whether a certificate is revoked or suspended.
//!
//! The signed lists tell only of today. What was so on an earlier day, the register's history tells,
//! where it is at hand; where it is not, the answer is that nobody knows.

use std::cmp::Ordering;

use serde_json::Value;

use super::{
    Times,
    finding::Finding,
    report::{Standing, Verdict},
    view::{IssuerView, StatusChange, StatusEvent},
};
use crate::{
    UtcTime,
    status::{EntryError, ListError, Purpose, StatusPosition, check_place, read_entry, read_list},
};

pub(super) fn check(status: Option<&Value>, view: &IssuerView<'_>, times: Times) -> (Finding, Dated) {
    match look_up(status, view, times) {
        Ok(standing) => {
            let since = view.register.history().and_then(|history| since(history, standing, times.at));
            (tell(standing, times), Dated { standing, since })
        }
        Err(error) => (error.into(), Dated { standing: Standing::Unknown, since: None }),
    }
}

/// A standing, and since when it is so, where the register tells.
pub(super) struct Dated {
    pub(super) standing: Standing,
    pub(super) since: Option<UtcTime>,
}

/// Why a standing could not be found out.
enum Unclear {
    /// The certificate's own entry is wrong.
    Entry(EntryError),
    /// A list is missing or is not to be relied on.
    List(ListError),
    /// The time asked about is past, and only today is known.
    NoHistory,
    /// The list says what the history does not.
    HistoryIncomplete,
    /// Something was decided, and this program does not know what it means.
    NotUnderstood,
    /// The time asked about is still to come.
    Future,
}

fn look_up(status: Option<&Value>, view: &IssuerView<'_>, times: Times) -> Result<Standing, Unclear> {
    let position = read_entry(status, view.keys.base()).map_err(Unclear::Entry)?;
    let listed = match listed_today(position, view, times.now) {
        Err(error @ Unclear::Entry(_)) => return Err(error),
        listed => listed,
    };
    check_place(status, position, view.keys.base()).map_err(Unclear::Entry)?;
    let history = view.register.history();
    let recorded = history.map(|history| standing_at(history, times.now));
    // Of the list and the register, the worse counts: a list may lag a few minutes behind.
    let today = match (listed, recorded) {
        (Ok(Standing::Revoked), _) => Ok(Standing::Revoked),
        (_, Some(Standing::Unknown)) => Err(Unclear::NotUnderstood),
        (Ok(listed), recorded) => Ok(listed.max(recorded.unwrap_or(Standing::Active))),
        (Err(_), Some(recorded)) if recorded > Standing::Active => Ok(recorded),
        (Err(error), _) => Err(error),
    };
    match times.at.cmp(&times.now) {
        Ordering::Equal => today,
        // What is revoked stays so. Nothing else can be said of a day to come.
        Ordering::Greater => match today? {
            Standing::Revoked => Ok(Standing::Revoked),
            _ => Err(Unclear::Future),
        },
        Ordering::Less => {
            let history = history.ok_or(Unclear::NoHistory)?;
            if today.is_ok_and(|today| today > standing_at(history, times.now)) {
                return Err(Unclear::HistoryIncomplete);
            }
            match standing_at(history, times.at) {
                Standing::Unknown => Err(Unclear::NotUnderstood),
                standing => Ok(standing),
            }
        }
    }
}

fn listed_today(position: StatusPosition, view: &IssuerView<'_>, now: UtcTime) -> Result<Standing, Unclear> {
    let is_set = |purpose: Purpose, of: &'static str| {
        let list = view.lists.iter().find(|list| list.is(purpose, position.list));
        let list = list.ok_or(Unclear::List(ListError::Missing(of)))?;
        let bits = read_list(list.token, view.keys, purpose, position.list, now).map_err(Unclear::List)?;
        bits.get(position.index).ok_or(Unclear::Entry(EntryError::OutOfRange))
    };
    if is_set(Purpose::Revocation, "revoked")? {
        return Ok(Standing::Revoked);
    }
    if is_set(Purpose::Suspension, "suspended")? {
        return Ok(Standing::Suspended);
    }
    Ok(Standing::Active)
}

/// What the history says of one instant. Nothing follows a revocation; before it, the last word counts, unless
/// there is a word among them that nobody here understands.
fn standing_at(history: &[StatusEvent], time: UtcTime) -> Standing {
    let until_then = || history.iter().filter(|event| event.at <= time);
    let has = |change| until_then().any(|event| event.change == change);
    if has(StatusChange::Revoked) {
        return Standing::Revoked;
    }
    if has(StatusChange::NotUnderstood) {
        return Standing::Unknown;
    }
    match until_then().max_by_key(|event| event.at).map(|event| event.change) {
        Some(StatusChange::Suspended) => Standing::Suspended,
        _ => Standing::Active,
    }
}

/// When the decision was made by which it stands so at this time.
fn since(history: &[StatusEvent], standing: Standing, time: UtcTime) -> Option<UtcTime> {
    let until_then = || history.iter().filter(|event| event.at <= time);
    match standing {
        Standing::Revoked => until_then().filter(|event| event.change == StatusChange::Revoked).map(|event| event.at).min(),
        Standing::Suspended => {
            until_then().max_by_key(|event| event.at).filter(|event| event.change == StatusChange::Suspended).map(|event| event.at)
        }
        Standing::Active | Standing::Unknown => None,
    }
}

fn tell(standing: Standing, times: Times) -> Finding {
    let today = times.at == times.now;
    match standing {
        Standing::Revoked if today => Finding::fail_with(Verdict::Revoked, "revoked", "The issuer has revoked it."),
        Standing::Revoked if times.at > times.now => {
            Finding::fail_with(Verdict::Revoked, "revoked", "The issuer has revoked it. That is for good.")
        }
        Standing::Revoked => Finding::fail_with(Verdict::Revoked, "revoked", "At the time asked about, it was revoked."),
        Standing::Suspended if today => Finding::fail_with(Verdict::Suspended, "suspended", "The issuer has suspended it for now."),
        Standing::Suspended => Finding::fail_with(Verdict::Suspended, "suspended", "At the time asked about, it was suspended."),
        Standing::Active if today => Finding::pass("It is neither revoked nor suspended."),
        Standing::Active => Finding::pass("At the time asked about, it was neither revoked nor suspended."),
        Standing::Unknown => Finding::unknown("status_unknown", "Its status could not be found out."),
    }
}

impl From<Unclear> for Finding {
    fn from(unclear: Unclear) -> Self {
        match unclear {
            Unclear::Entry(error) => Self::refused(error.code(), &error),
            Unclear::List(error) => Self::unknown(error.code(), error.to_string()),
            Unclear::NoHistory => Self::unknown(
                "history_not_at_hand",
                "The status lists tell only of today. What held on that earlier day, only the issuer can tell.",
            ),
            Unclear::HistoryIncomplete => Self::unknown(
                "history_incomplete",
                "The issuer's list and its records do not agree, so we cannot tell what held on that day.",
            ),
            Unclear::NotUnderstood => {
                Self::unknown("decision_not_understood", "The issuer decided something about it that this program does not understand.")
            }
            Unclear::Future => Self::unknown("at_in_future", "Nobody can tell now whether it will be revoked or suspended by then."),
        }
    }
}
