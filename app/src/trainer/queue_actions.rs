//! Deciding an entry.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum::Rubric,
    practicum::{self, DecisionError, Reason, Scores, State},
};
use types::{EntryId, Note, Role};

use super::{
    WHO,
    queue_page::{self, FIELDS, late},
};
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    practicum::shown,
    request::Visit,
    routes::Route,
};

/// What a form asks for, read whole.
enum Asked {
    Approve(Scores, Option<Note>),
    Return(Scores, Reason, Note),
}

/// POST /trainer/practicum/{entry}: approves or returns, as `do` says; then the next one opens.
pub async fn decide(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let id: EntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !visit.actor.is(Role::Trainer) {
        return Err(only_reads(&visit, id).await?);
    }
    let rubric = shown::rubric(&visit).await?;
    let mut problems = Problems::default();
    let asked = match form.get("do") {
        "approve" => Some(approval(&form, rubric.as_ref(), &mut problems)),
        "return" => returning(&form, rubric.as_ref(), &mut problems),
        "look" => {
            problems.add("decide", "The Enter key decides nothing here. Press Approve, or Return with this reason.");
            None
        }
        _ => return Err(Refusal::BadRequest("We do not know what this form asks for. Open the entry and try again.".to_owned())),
    };
    let Some(asked) = asked.filter(|_| problems.is_empty()) else {
        return queue_page::show(&visit, id, Sheet { form, problems }, "").await;
    };
    // A form without its version has read none.
    let read = form.get("version").parse().unwrap_or(0);
    let mut write = visit.platform.write(&visit.actor).await?;
    let decided = match &asked {
        Asked::Approve(scores, word) => practicum::approve(&mut write, id, read, rubric.as_ref(), scores, word.as_ref()).await,
        Asked::Return(scores, reason, mend) => practicum::return_entry(&mut write, id, read, *reason, mend, scores).await,
    };
    if let Err(error) = decided {
        // The connection that writes is given back before the page reads.
        drop(write);
        return refused(&visit, id, form, rubric.as_ref(), error).await;
    }
    write.commit().await?;
    Ok(visit.redirect(format!("{}?done={id}", Route::Queue)))
}

/// An officer who is no trainer reads entries and decides none, whatever the form says.
async fn only_reads(visit: &Visit, id: EntryId) -> Result<Refusal, Refusal> {
    let entry = practicum::entry_for(&visit.read(), &visit.actor, id).await?.filter(|entry| entry.state != State::Draft);
    Ok(entry.map_or(Refusal::NotFound, |_| Refusal::Forbidden(DecisionError::NotATrainer.to_string())))
}

/// Nothing that was typed is lost: words that do not go with the button that was pressed stop it.
fn approval(form: &Form, rubric: Option<&Rubric>, problems: &mut Problems) -> Asked {
    let scores = queue_page::chosen(form, rubric);
    for (line, field) in rubric.iter().flat_map(|rubric| &rubric.lines).zip(FIELDS) {
        let given = scores.iter().find(|(id, _)| *id == line.id).map(|(_, points)| *points);
        match line.levels.iter().find(|level| Some(level.points) == given) {
            None => problems.add(field, format!("Please choose a level for “{}”.", line.title)),
            Some(level) if level.blocks => problems.add(field, DecisionError::Blocked(level.label.clone())),
            Some(_) => {}
        }
    }
    let word = form.take_if_any("feedback", problems);
    if !form.get("reason").is_empty() {
        problems.add(
            "reason",
            "You chose a reason, but pressed Approve. To approve, set it back to “Choose a reason”; to return the entry, press Return.",
        );
    }
    if !form.get("mend").trim().is_empty() {
        problems.add("mend", "You wrote here, but pressed Approve. Empty this box to approve, or press Return.");
    }
    Asked::Approve(scores, word)
}

/// The levels that were given are kept too, as far as they were.
fn returning(form: &Form, rubric: Option<&Rubric>, problems: &mut Problems) -> Option<Asked> {
    let scores = queue_page::chosen(form, rubric);
    if !form.get("feedback").trim().is_empty() {
        problems.add("feedback", "This goes only with an approval. Move it to “What would mend it”, or empty this box.");
    }
    let reason = form.get("reason").parse::<Reason>().map_err(|_| problems.add("reason", "Please choose a reason.")).ok();
    let mend = form.take::<Note>("mend", problems);
    Some(Asked::Return(scores, reason?, mend?))
}

async fn refused(visit: &Visit, id: EntryId, form: Form, rubric: Option<&Rubric>, error: DecisionError) -> Result<Response, Refusal> {
    let field = match error {
        DecisionError::NotFound => return Err(Refusal::NotFound),
        DecisionError::Unavailable(error) => return Err(error.into()),
        DecisionError::NotATrainer | DecisionError::Own => return Err(Refusal::Forbidden(error.to_string())),
        DecisionError::Decided(decided) => return Ok(late::decided(visit, id, &form, rubric, &decided)),
        DecisionError::Before(decided) => return Ok(late::before(visit, id, &form, rubric, &decided)),
        DecisionError::Changed => "version",
        DecisionError::Blocked(_) => "decide",
    };
    let mut problems = Problems::default();
    problems.add(field, error);
    queue_page::show(visit, id, Sheet { form, problems }, "").await
}
