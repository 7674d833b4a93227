//! Starting an attempt: everything that could change later is frozen.

use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, sea_query::OnConflict};
use types::{AttemptId, EnrolmentId, PersonId};

use super::{
    attempt::open_attempt,
    draw::draw,
    entity::{attempt as table, drawn},
};
use crate::{
    Look as _, Unavailable, Write,
    audit::Act,
    curriculum::{self, Release},
};

/// Why no attempt was started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The module has no check.
    #[error("This module has no check.")]
    NoCheck,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Starts an attempt at a module's check or drill, by its key, or answers the one that is open.
pub async fn start(
    write: &mut Write,
    person: PersonId,
    enrolment: EnrolmentId,
    release: &Release,
    module: &str,
) -> Result<AttemptId, StartError> {
    let (_, check) = release.check(module).ok_or(StartError::NoCheck)?;
    if let Some(open) = open_attempt(write, enrolment, module).await? {
        return Ok(open.id);
    }
    let seed = u64::from_be_bytes(write.ids().bytes());
    let row = table::Model {
        id: write.new_id(),
        person,
        enrolment,
        module: module.to_owned(),
        quiz: check.id.clone(),
        title: check.title.clone(),
        release: release.digest.clone(),
        scored: check.scored,
        pass_percent: check.pass_percent,
        accommodations: String::new(),
        seed: seed.cast_signed(),
        started_at: write.now(),
        deadline: None,
        submitted_at: None,
    };
    let id = row.id;
    // Two browsers may start at the same moment: the unique index lets one through, the other goes on with it.
    let written = table::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(write.db())
        .await
        .map_err(Unavailable::from)?;
    if written == 0 {
        let open = open_attempt(write, enrolment, module).await?;
        return open.map(|open| open.id).ok_or_else(|| Unavailable::unreadable("attempt", "it was handed in meanwhile").into());
    }
    for (place, (question, order)) in draw(check, seed).into_iter().enumerate() {
        curriculum::keep_version(write, question).await?;
        let row = drawn::Model {
            attempt: id,
            place: i32::try_from(place).unwrap_or(i32::MAX),
            version: question.digest.clone(),
            option_order: serde_json::to_string(&order).map_err(|error| Unavailable::unreadable("attempt", error))?,
        };
        drawn::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    }
    write.record(Act::new("attempt.started", id).with("module", module));
    Ok(id)
}
