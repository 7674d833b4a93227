//! What was enqueued a short while ago.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use types::Moment;

use super::{Job, entity};
use crate::{Look, Unavailable};

/// Whether the same job was enqueued after this time, done or not.
pub(crate) async fn was_enqueued(look: &impl Look, job: &Job, since: Moment) -> Result<bool, Unavailable> {
    let payload = serde_json::to_string(job).map_err(|error| Unavailable::unreadable("job", error))?;
    let found = entity::Entity::find().filter(entity::Column::Payload.eq(payload)).filter(entity::Column::CreatedAt.gt(since)).limit(1);
    Ok(found.one(look.db()).await?.is_some())
}
