//! The signed lists of revoked and of suspended certificates.

use std::collections::HashMap;

use credential::{
    UtcTime,
    keys::{IssuerKeys, PublishedKey},
    status::{BitString, ListDraft, MIN_BITS, Purpose},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use types::{CertificateId, Moment};

use super::{
    Event, Issuer, Standing,
    certificate::read_event,
    entity::{certificate as table, event},
    issuer::utc,
    keys::{self, KeyError},
};
use crate::{Grouped, Look, Unavailable};

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
    /// Which key signed it: a list of the key before is not handed on.
    thumbprint: String,
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
    let keys = keys::history(look, issuer.base()).await?;
    list(look, issuer, &keys, purpose, number).await
}

/// The list, with the history of keys at hand already.
pub(super) async fn list(look: &impl Look, issuer: &Issuer, keys: &IssuerKeys, purpose: Purpose, number: u32) -> Result<String, ListError> {
    let now = look.now();
    // Every event changes the count, so a kept list can never hide one.
    let count = event::Entity::find().count(look.db()).await.map_err(Unavailable::from)?;
    let key = keys.in_force_at(utc(now));
    // Held while it signs, so that those who ask at once wait for one list and do not each sign their own.
    let mut shelf = issuer.shelf().lock().await;
    let kept = shelf.get(&(purpose, number)).filter(|kept| kept.events == count && kept.made_at <= now);
    let age = |kept: &Kept| now.0 - kept.made_at.0;
    if let Some(kept) = kept.filter(|kept| age(kept) < FRESH && key.is_some_and(|key| key.thumbprint() == kept.thumbprint)) {
        return Ok(kept.token.clone());
    }
    match sign(look, issuer, key, purpose, number).await {
        Ok((thumbprint, token)) => {
            shelf.insert((purpose, number), Kept { events: count, made_at: now, thumbprint, token: token.clone() });
            Ok(token)
        }
        Err(error @ (ListError::NotFound | ListError::Unavailable(_))) => Err(error),
        // Where nothing can be signed just now, what was signed before and says all there is to say still holds.
        Err(error) => kept.filter(|kept| age(kept) < HOLDS).map(|kept| kept.token.clone()).ok_or(error),
    }
}

async fn sign(
    look: &impl Look,
    issuer: &Issuer,
    key: Option<&PublishedKey>,
    purpose: Purpose,
    number: u32,
) -> Result<(String, String), ListError> {
    let unwritable = |error: &dyn std::fmt::Display| ListError::Unwritable(error.to_string());
    let mut bits = BitString::new(MIN_BITS).map_err(|error| unwritable(&error))?;
    let list = i32::try_from(number).map_err(|_| ListError::NotFound)?;
    if number != 1 && !is_begun(look, list).await? {
        return Err(ListError::NotFound);
    }
    for (index, decided) in decided(look, list).await? {
        // A list that passes over what it does not understand would call it good.
        let standing = Standing::after(&decided).map_err(|_| unwritable(&"this program does not know what was decided"))?;
        let set =
            matches!((standing, purpose), (Standing::Revoked(_), Purpose::Revocation) | (Standing::Suspended(_), Purpose::Suspension));
        if set {
            bits.set(u32::try_from(index).unwrap_or(u32::MAX), true).map_err(|error| unwritable(&error))?;
        }
    }
    let from = utc(look.now());
    let key = key.ok_or_else(|| unwritable(&"no key is in force"))?;
    let draft = ListDraft { issuer: issuer.base(), purpose, number, bits: &bits, valid_from: from, valid_until: UtcTime(from.0 + HOLDS) };
    let unsigned = draft.unsigned(key).map_err(|error| unwritable(&error))?;
    Ok((key.thumbprint().to_owned(), issuer.sign(key.thumbprint(), unsigned)?))
}

/// Whether a certificate has its place in this list.
async fn is_begun(look: &impl Look, list: i32) -> Result<bool, Unavailable> {
    let one = table::Entity::find().filter(table::Column::StatusList.eq(list));
    let one = one.select_only().column(table::Column::Id).into_tuple::<CertificateId>();
    Ok(one.one(look.db()).await?.is_some())
}

/// The places in this list about which something was decided, with all that was. Two questions, whose answers are
/// as long as what was decided and not as what was issued: anybody may ask for a list.
async fn decided(look: &impl Look, list: i32) -> Result<Vec<(i32, Vec<Event>)>, Unavailable> {
    let listed = table::Entity::find().filter(table::Column::StatusList.eq(list)).select_only();
    let events = event::Entity::find()
        .filter(event::Column::Certificate.in_subquery(listed.clone().column(table::Column::Id).into_query()))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(look.db())
        .await?;
    let mut events: Grouped<CertificateId, Event> = events.into_iter().map(|row| (row.certificate, read_event(row))).collect();
    let touched = event::Entity::find().select_only().column(event::Column::Certificate).into_query();
    let places = listed
        .column(table::Column::Id)
        .column(table::Column::StatusIndex)
        .filter(table::Column::Id.in_subquery(touched))
        .into_tuple::<(CertificateId, i32)>()
        .all(look.db())
        .await?;
    Ok(places.into_iter().map(|(id, index)| (index, events.take(&id))).collect())
}
