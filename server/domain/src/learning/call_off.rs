//! Calling a session off: with a reason, and with a letter to those who may have meant to come.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use types::{EnrolmentId, LiveSessionId, Note};

use super::{
    entity::{attendance, enrolled, in_force, session as table},
    live::trainer,
};
use crate::{
    Look, Unavailable, Write,
    audit::Act,
    jobs::{self, Job, Letter},
};

/// Why a session was not called off.
#[derive(Debug, thiserror::Error)]
pub enum CallOffError {
    /// Only a trainer or an officer does.
    #[error("Only a trainer can call off a live session.")]
    NotATrainer,
    /// There is no such session.
    #[error("There is no such live session.")]
    NotFound,
    /// It was called off before.
    #[error("This session was called off before.")]
    Already,
    /// Somebody was there.
    #[error("It is written down who was there, so this session took place.")]
    TookPlace,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Calls a session off, and has those told who may have meant to come: who is in one of these programs, which hold its
/// module, and was at no session of its kind yet for as long as it is. One at which attendance was recorded has taken place. The same form a
/// second time changes nothing.
pub async fn call_off(write: &mut Write, id: LiveSessionId, why: Note, programs: &[String]) -> Result<(), CallOffError> {
    let by = trainer(write.actor()).ok_or(CallOffError::NotATrainer)?;
    let row =
        table::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?.ok_or(CallOffError::NotFound)?;
    if row.called_off_at.is_some() {
        if row.called_off_by == Some(by) && row.called_off_why.as_deref() == Some(why.as_str()) {
            return Ok(());
        }
        return Err(CallOffError::Already);
    }
    let recorded =
        attendance::Entity::find().filter(attendance::Column::Session.eq(id)).count(write.db()).await.map_err(Unavailable::from)?;
    if recorded > 0 {
        return Err(CallOffError::TookPlace);
    }
    if row.starts_at > write.now() {
        for enrolment in may_come(write, &row, programs).await? {
            jobs::enqueue(write, &Job::Letter(Letter::SessionCalledOff { session: id, enrolment })).await?;
        }
    }
    let mut row = row.into_active_model();
    row.called_off_at = Set(Some(write.now()));
    row.called_off_by = Set(Some(by));
    row.called_off_why = Set(Some(why.into()));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("live-session.called-off", id));
    Ok(())
}

/// Who may have meant to come to a session, each person once, by the enrolment that they have had for longest.
async fn may_come(look: &impl Look, session: &table::Model, programs: &[String]) -> Result<Vec<EnrolmentId>, Unavailable> {
    let of_its_kind = Condition::all().add(in_force::Column::Module.eq(&session.module)).add(match &session.guide {
        Some(guide) => in_force::Column::Guide.eq(guide),
        None => in_force::Column::Guide.is_null(),
    });
    let been = in_force::Entity::find().filter(of_its_kind).filter(in_force::Column::Minutes.gte(session.minutes));
    let been = been.select_only().column(in_force::Column::Person).into_query();
    let mut people = enrolled::Entity::find()
        .filter(enrolled::Column::Program.is_in(programs))
        .filter(enrolled::Column::Person.not_in_subquery(been))
        .order_by_asc(enrolled::Column::EnrolledAt)
        .order_by_asc(enrolled::Column::Id)
        .all(look.db())
        .await?;
    let mut once = BTreeSet::new();
    people.retain(|row| once.insert(row.person));
    Ok(people.into_iter().map(|row| row.id).collect())
}
