//! The signed lists of revoked and of suspended certificates.

use std::{collections::HashMap, sync::PoisonError};

use credential::{
    UtcTime,
    status::{BitString, ListDraft, MIN_BITS, Purpose},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use types::Moment;

use super::{
    Issuer, Standing,
    certificate::events,
    entity::{certificate as table, event},
    issuer::utc,
    keys::{self, KeyError},
};
use crate::{Look, Unavailable};

/// How long others may rely on a list.
const HOLDS: i64 = Moment::DAY;
/// After this a list is signed afresh even where nothing changed.
const FRESH: i64 = 15 * Moment::MINUTE;

/// Lists that were signed not long ago, so that a busy page does not sign for every visitor.
pub(super) type Shelf = HashMap<(Purpose, u32), Kept>;

#[derive(Debug, Clone)]
pub(super) struct Kept {
    events: u64,
    made_at: Moment,
    token: String,
}

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// There is no list with this number.
    #[error("there is no status list with this number")]
    NotFound,
    /// See there.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It could not be written.
    #[error("the status list cannot be written: {0}")]
    Unwritable(String),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// The list as a signed token. There is the list 1 from the start, and another once it is full.
pub async fn signed_list(look: &impl Look, issuer: &Issuer, purpose: Purpose, number: u32) -> Result<String, ListError> {
    let now = look.now();
    // Every event changes the count, so a kept list can never hide one.
    let count = event::Entity::find().count(look.db()).await.map_err(Unavailable::from)?;
    let kept = issuer.shelf().lock().unwrap_or_else(PoisonError::into_inner).get(&(purpose, number)).cloned();
    if let Some(kept) = kept.filter(|kept| kept.events == count && kept.made_at <= now && now.0 - kept.made_at.0 < FRESH) {
        return Ok(kept.token);
    }
    let token = sign(look, issuer, purpose, number).await?;
    let kept = Kept { events: count, made_at: now, token: token.clone() };
    issuer.shelf().lock().unwrap_or_else(PoisonError::into_inner).insert((purpose, number), kept);
    Ok(token)
}

async fn sign(look: &impl Look, issuer: &Issuer, purpose: Purpose, number: u32) -> Result<String, ListError> {
    let list = i32::try_from(number).map_err(|_| ListError::NotFound)?;
    let rows = table::Entity::find().filter(table::Column::StatusList.eq(list)).all(look.db()).await.map_err(Unavailable::from)?;
    if rows.is_empty() && number != 1 {
        return Err(ListError::NotFound);
    }
    let unwritable = |error: &dyn std::fmt::Display| ListError::Unwritable(error.to_string());
    let mut bits = BitString::new(MIN_BITS).map_err(|error| unwritable(&error))?;
    let touched = event::Entity::find().all(look.db()).await.map_err(Unavailable::from)?;
    for row in rows.iter().filter(|row| touched.iter().any(|event| event.certificate == row.id)) {
        let set = matches!(
            (Standing::after(&events(look, row.id).await?), purpose),
            (Standing::Revoked(_), Purpose::Revocation) | (Standing::Suspended(_), Purpose::Suspension)
        );
        if set {
            bits.set(u32::try_from(row.status_index).unwrap_or(u32::MAX), true).map_err(|error| unwritable(&error))?;
        }
    }
    let keys = keys::history(look, issuer.base()).await?;
    let from = utc(look.now());
    let key = keys.in_force_at(from).ok_or_else(|| unwritable(&"no key is in force"))?;
    let draft = ListDraft { issuer: issuer.base(), purpose, number, bits: &bits, valid_from: from, valid_until: UtcTime(from.0 + HOLDS) };
    let unsigned = draft.unsigned(key).map_err(|error| unwritable(&error))?;
    Ok(issuer.sign(key.thumbprint(), unsigned)?)
}
