//! Deciding an entry.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum::Rubric,
    practicum::{self, DecisionError, Reason, Scores},
};
use types::{EntryId, Note, Role};

use super::queue_page::{self, FIELDS};
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    practicum::shown,
    request::Visit,
    routes::Route,
};

/// POST /trainer/practicum/{entry}: approves or sends back, as `do` says; then the next one opens.
pub async fn decide(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    visit.only(&[Role::Trainer, Role::Officer])?;
    let id: EntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut problems = Problems::default();
    let rubric = shown::rubric(&visit).await?;
    let approving = match form.get("do") {
        "approve" => true,
        "return" => false,
        _ => return Err(Refusal::BadRequest("We do not know what this form asks for. Open the entry and try again.".to_owned())),
    };
    let scores = scores(&form, rubric.as_ref(), approving, &mut problems);
    let feedback: Option<Note> = form.take_if_any("feedback", &mut problems);
    // A form without its version has read none.
    let read = form.get("version").parse().unwrap_or(0);
    let (mut reason, mut mend) = (None, None);
    if !approving {
        reason = form.get("reason").parse::<Reason>().map_err(|_| problems.add("reason", "Please choose a reason.")).ok();
        mend = form.take::<Note>("mend", &mut problems);
    }
    if !problems.is_empty() {
        return queue_page::show(&visit, id, Sheet { form, problems }, "").await;
    }
    let mut write = visit.platform.write(&visit.actor).await?;
    let decided = match (approving, reason, mend) {
        (true, ..) => practicum::approve(&mut write, id, read, &scores, feedback.as_ref()).await,
        (false, Some(reason), Some(mend)) => practicum::return_entry(&mut write, id, read, reason, &mend, &scores).await,
        _ => return Err(Refusal::BadRequest("The form did not arrive whole. Please send it again.".to_owned())),
    };
    match decided {
        Ok(()) => write.commit().await?,
        Err(DecisionError::NotFound) => return Err(Refusal::NotFound),
        Err(error @ DecisionError::Changed) => {
            drop(write);
            problems.add("version", error);
            return queue_page::show(&visit, id, Sheet { form, problems }, "").await;
        }
        Err(error @ (DecisionError::NotATrainer | DecisionError::Own)) => return Err(Refusal::Forbidden(error.to_string())),
        Err(DecisionError::Decided(decided)) => {
            return Ok(queue_page::came_after(&visit, &form, decided.what == "withdrawn", decided.to_string()));
        }
        Err(error @ DecisionError::Before) => return Ok(queue_page::came_after(&visit, &form, false, error.to_string())),
        Err(DecisionError::Unavailable(error)) => return Err(error.into()),
    }
    Ok(visit.redirect(format!("{}?done={id}", Route::Queue)))
}

/// Points by line. To approve, every line needs its level; to send back, those that were given are kept.
fn scores(form: &Form, rubric: Option<&Rubric>, approving: bool, problems: &mut Problems) -> Scores {
    let mut scores = Vec::new();
    for (line, field) in rubric.iter().flat_map(|rubric| &rubric.lines).zip(FIELDS) {
        let given = form.get(field).parse::<i32>().ok().filter(|points| line.levels.iter().any(|level| level.points == *points));
        match given {
            Some(points) => scores.push((line.id.clone(), points)),
            None if approving => problems.add(field, format!("Please choose a level for “{}”.", line.title)),
            None => {}
        }
    }
    scores
}
