//! Lessons marked as done. A lesson that was done stays done: it can be read again at any time, and
//! nothing would be gained by taking the mark away.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    sea_query::OnConflict,
};
use types::{EnrolmentId, PersonId};

use super::{
    Enrolment, NotYours,
    enrolment::own_enrolment,
    entity::{lesson as table, reading},
};
use crate::{
    Grouped, Look, Unavailable, Write,
    audit::Act,
    jobs::{self, Job},
    programs::facts::LessonFact,
};

/// Marks a lesson as done, for the acting person. Doing so again changes nothing. Answers whether it was
/// new. That the lesson exists in the enrolment's release is the caller's to know.
pub async fn mark_done(write: &mut Write, enrolment: EnrolmentId, module: &str, lesson: &str) -> Result<bool, NotYours> {
    let Enrolment { id, .. } = own_enrolment(write, enrolment).await?;
    let row = table::Model { enrolment: id, lesson: lesson.to_owned(), module: module.to_owned(), done_at: write.now() };
    let once = OnConflict::columns([table::Column::Enrolment, table::Column::Lesson]).do_nothing().to_owned();
    let written = table::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(write.db())
        .await
        .map_err(Unavailable::from)?;
    if written == 0 {
        return Ok(false);
    }
    write.record(Act::new("lesson.done", id).with("lesson", lesson));
    jobs::enqueue(write, &Job::ReviewEnrolment { enrolment: id }).await?;
    Ok(true)
}

/// This person's enrolment in this program, with the lessons that are done in it, in one question.
pub async fn reading(look: &impl Look, person: PersonId, program: &str) -> Result<Option<(Enrolment, Vec<LessonFact>)>, Unavailable> {
    let rows = reading::Entity::find()
        .filter(reading::Column::Person.eq(person))
        .filter(reading::Column::Program.eq(program))
        .all(look.db())
        .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let enrolment = Enrolment {
        id: first.id,
        person: first.person,
        program: first.program.clone(),
        program_version: first.program_version.clone(),
        release: first.release.clone(),
        enrolled_at: first.enrolled_at,
    };
    let done = rows.into_iter().filter_map(|row| Some(LessonFact { module: row.module?, lesson: row.lesson?, at: row.done_at? })).collect();
    Ok(Some((enrolment, done)))
}

/// The lessons that are done in these enrolments, oldest first.
pub async fn lessons_done(look: &impl Look, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, LessonFact>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.is_in(of.iter().copied()))
        .order_by_asc(table::Column::DoneAt)
        .order_by_asc(table::Column::Lesson)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.enrolment, LessonFact { module: row.module, lesson: row.lesson, at: row.done_at })).collect())
}
