//! What a trainee does: joins a program, signs a statement, marks a lesson as done.

use axum::{extract::Path, response::Response};
use domain::learning::{self, EnrolError, NotYours, Signing};
use types::Name;

use super::statement;
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
};

/// POST /programs/{program}: joins, on the version and the release of now. Joining again changes nothing.
pub async fn enrol(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    visit.person()?;
    let (release, programs) = super::newest(&visit).await?;
    let program = programs.iter().find(|program| program.id == id).ok_or(Refusal::NotFound)?;
    if !super::programs::open_yet(&visit, program) {
        return Err(Refusal::Conflict("This program cannot be joined yet. Its page says from which day on.".to_owned()));
    }
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::enrol(&mut write, &program.id, &program.version, &release).await {
        Ok(_) => {
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done=joined", Route::Ledger { program: &program.id })))
        }
        Err(error @ EnrolError::NotATrainee) => Err(Refusal::Forbidden(error.to_string())),
        Err(EnrolError::Unavailable(error)) => Err(error.into()),
    }
}

/// POST /learn/{program}/statements/{statement}: signs the text that was read, under the typed name.
pub async fn sign(visit: Visit, Path((program, id)): Path<(String, String)>, form: Form) -> Result<Response, Refusal> {
    let (enrolment, release) = super::enrolled(&visit, &program).await?;
    let asked = super::program_of(&visit, &enrolment).await?;
    let text = statement::asked_for(&asked, &release, &id)?;
    let mut problems = Problems::default();
    let typed: Option<Name> = form.take("name", &mut problems);
    if form.get("digest") != text.digest {
        problems.add("name", "The text on this page was not the newest. Please read it again, then sign.");
    }
    let (Some(typed_name), true) = (typed, problems.is_empty()) else {
        return statement::statement_with(&visit, &program, &id, Sheet { form, problems }).await;
    };
    let signing = Signing { statement: text.id.clone(), version: text.version.clone(), digest: text.digest.clone(), typed_name };
    let mut write = visit.platform.write(&visit.actor).await?;
    learning::sign(&mut write, enrolment.id, signing).await.map_err(refused)?;
    write.commit().await?;
    Ok(visit.redirect(format!("{}?done=signed", Route::Ledger { program: &program })))
}

/// POST /learn/{program}/modules/{module}/{lesson}: marks the lesson as done, and goes on to the next one;
/// after the last, to the module.
pub async fn mark_lesson(visit: Visit, Path((program, module, lesson)): Path<(String, String, String)>) -> Result<Response, Refusal> {
    let (enrolment, release) = super::enrolled(&visit, &program).await?;
    let module = super::module_of(&visit, &enrolment, &release, &module).await?;
    let lesson = module.lesson(&lesson).ok_or(Refusal::NotFound)?;
    let mut write = visit.platform.write(&visit.actor).await?;
    learning::mark_done(&mut write, enrolment.id, &module.id, &lesson.id).await.map_err(refused)?;
    write.commit().await?;
    let next = module.lessons.iter().skip_while(|other| other.id != lesson.id).nth(1);
    let to = match next {
        Some(next) => Route::Lesson { program: &program, module: &module.id, lesson: &next.slug },
        None => Route::Module { program: &program, module: &module.id },
    };
    let done = if next.is_some() { "lesson-before" } else { "lesson" };
    Ok(visit.redirect(format!("{to}?done={done}")))
}

fn refused(error: NotYours) -> Refusal {
    match error {
        NotYours::NotFound => Refusal::NotFound,
        NotYours::Unavailable(error) => error.into(),
    }
}
