//! Appending to the chain, and checking it from its first row.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use sha2::{Digest as _, Sha256};
use types::Moment;

use super::{
    Act, By, Place,
    entity::{head, row},
};
use crate::{Look, Unavailable, ids::hex};

/// The chain does not hold: rows were changed, added or taken out behind the platform's back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A row's seal does not fit its contents and the row before it.
    #[error("{0} does not fit its seal: it, or a row before it, was changed or taken out")]
    Row(Place),
    /// The rows end elsewhere than the head says.
    #[error("the chain ends at row {found}, but its head says {head}: rows were taken off or added at the end")]
    End {
        /// The last row there is.
        found: i64,
        /// The last row there should be.
        head: i64,
    },
    /// The last row fits its own seal, and the head knows another.
    #[error("the head's seal is not that of row {0}: the last row was changed and sealed again, or the head was")]
    Head(i64),
}

/// Seals these acts onto the chain, inside the act's own transaction.
pub(crate) async fn append(tx: &impl ConnectionTrait, by: &By, at: Moment, acts: Vec<Act>) -> Result<(), Unavailable> {
    if acts.is_empty() {
        return Ok(());
    }
    let head = head::Entity::find_by_id(1)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| Unavailable::unreadable("audit head", "there is none"))?;
    let (mut seq, mut seal) = (head.seq, head.seal.clone());
    for act in acts {
        seq += 1;
        let mut row = row::Model {
            seq,
            at,
            by_kind: by.kind.to_owned(),
            by_person: by.person,
            act: act.name.to_owned(),
            subject: act.subject,
            details: serde_json::Value::Object(act.details).to_string(),
            seal: String::new(),
        };
        row.seal = sealed(&seal, &row);
        seal.clone_from(&row.seal);
        row::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    }
    let mut next = head.into_active_model();
    next.seq = Set(seq);
    next.seal = Set(seal);
    next.update(tx).await?;
    Ok(())
}

/// How many rows are read at once.
const PAGE: u64 = 1000;

/// Recomputes every seal. Answers how many rows were checked, or where the chain first breaks.
///
/// The site goes on meanwhile, so the head is read first and the rows up to it: what is done later is for the
/// next time.
pub async fn verify(look: &impl Look) -> Result<Result<u64, Broken>, Unavailable> {
    let (end, end_seal) = ends(look).await?;
    // The first row has number 1; what stands before it was put there.
    if let Some(stray) = row::Entity::find().filter(row::Column::Seq.lt(1)).one(look.db()).await? {
        return Ok(Err(Broken::Row(Place::of(&stray))));
    }
    let (mut seal, mut seq) = (String::new(), 0);
    while seq < end {
        let rows = row::Entity::find()
            .filter(row::Column::Seq.gt(seq))
            .filter(row::Column::Seq.lte(end))
            .order_by_asc(row::Column::Seq)
            .limit(PAGE)
            .all(look.db())
            .await?;
        if rows.is_empty() {
            return Ok(Err(Broken::End { found: seq, head: end }));
        }
        for row in rows {
            if row.seq != seq + 1 || sealed(&seal, &row) != row.seal {
                return Ok(Err(Broken::Row(Place::of(&row))));
            }
            (seal, seq) = (row.seal, row.seq);
        }
    }
    if seal != end_seal {
        return Ok(Err(Broken::Head(seq)));
    }
    // A row and the head that knows it are one act: the head, read after the newest row, can only be further.
    let newest = row::Entity::find().order_by_desc(row::Column::Seq).one(look.db()).await?.map_or(0, |row| row.seq);
    let (head, _) = ends(look).await?;
    if newest > head {
        return Ok(Err(Broken::End { found: newest, head }));
    }
    Ok(Ok(u64::try_from(seq).unwrap_or(0)))
}

/// When the first act was done, where there is one.
pub async fn since(look: &impl Look) -> Result<Option<Moment>, Unavailable> {
    Ok(row::Entity::find().order_by_asc(row::Column::Seq).one(look.db()).await?.map(|row| row.at))
}

/// The number of the newest act.
pub(crate) async fn newest(look: &impl Look) -> Result<i64, Unavailable> {
    Ok(ends(look).await?.0)
}

/// The number and the seal that the last row should have.
async fn ends(look: &impl Look) -> Result<(i64, String), Unavailable> {
    Ok(head::Entity::find_by_id(1).one(look.db()).await?.map_or((0, String::new()), |head| (head.seq, head.seal)))
}

/// SHA-256 over the seal before and the row's fields, each with its length in front so that no two rows
/// can be written that seal alike.
pub(super) fn sealed(before: &str, row: &row::Model) -> String {
    let person = row.by_person.map(|person| person.to_string()).unwrap_or_default();
    let fields = [before, &row.seq.to_string(), &row.at.0.to_string(), &row.by_kind, &person, &row.act, &row.subject, &row.details];
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hex(&hash.finalize())
}
