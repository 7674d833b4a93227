//! Who wrote down that somebody was at a live session, for what a certificate rests on.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use types::{PersonId, RecordId};

use super::entity::attendance as table;
use crate::{Look, Unavailable};

/// Who wrote each of these records. A record never changes, so this is true whenever it is asked.
pub async fn recorders(look: &impl Look, records: &[RecordId]) -> Result<HashMap<RecordId, PersonId>, Unavailable> {
    let rows: Vec<(RecordId, PersonId)> = table::Entity::find()
        .select_only()
        .columns([table::Column::Id, table::Column::RecordedBy])
        .filter(table::Column::Id.is_in(records.iter().copied()))
        .into_tuple()
        .all(look.db())
        .await?;
    Ok(rows.into_iter().collect())
}
