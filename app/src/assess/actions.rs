//! The forms of a check.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    assessment::{self, SaveError, Sent, StartError, SubmitError},
    curriculum::drill_key,
};
use types::AttemptId;

use super::page;
use crate::{
    error::{self, Refusal},
    form::Form,
    learn,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
};

/// POST /learn/{program}/modules/{module}/check: starts, or goes on.
pub async fn start(visit: Visit, Path((program, module)): Path<(String, String)>) -> Result<Response, Refusal> {
    begin(visit, &program, &module).await
}

/// POST /learn/{program}/modules/{module}/drill: starts, or goes on.
pub async fn start_drill(visit: Visit, Path((program, module)): Path<(String, String)>) -> Result<Response, Refusal> {
    begin(visit, &program, &drill_key(&module)).await
}

async fn begin(visit: Visit, program: &str, key: &str) -> Result<Response, Refusal> {
    let (enrolment, release) = learn::enrolled(&visit, program).await?;
    learn::check_of(&visit, &enrolment, &release, key).await?;
    let mut write = visit.platform.write(&visit.actor).await?;
    let attempt = match assessment::start(&mut write, enrolment.person, enrolment.id, &release, key).await {
        Ok(attempt) => attempt,
        Err(StartError::NoCheck) => return Err(Refusal::NotFound),
        Err(StartError::Unavailable(error)) => return Err(error.into()),
    };
    write.commit().await?;
    let paper = assessment::paper(&visit.read(), attempt).await?;
    let at = paper.first_open().map_or_else(|| "all".to_owned(), |number| number.to_string());
    Ok(visit.redirect(format!("{}?q={at}", Route::Attempt { attempt })))
}

/// POST /attempts/{attempt}: saves an answer, or hands in.
pub async fn attempt(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery, form: Form) -> Result<Response, Refusal> {
    visit.person()?;
    let id: AttemptId = id.parse().map_err(|_| Refusal::NotFound)?;
    match form.get("act") {
        "submit" => {
            let mut write = visit.platform.write(&visit.actor).await?;
            match assessment::submit(&mut write, id).await {
                Ok(()) => write.commit().await?,
                Err(SubmitError::NotFound) => return Err(Refusal::NotFound),
                Err(SubmitError::Unavailable(error)) => return Err(error.into()),
            }
            Ok(visit.redirect(Route::Attempt { attempt: id }))
        }
        "save" => save(visit, id, query.as_deref().unwrap_or_default(), &form).await,
        _ => Err(Refusal::BadRequest("We do not know what this form asks for. Open the question and try again.".to_owned())),
    }
}

async fn save(visit: Visit, id: AttemptId, query: &str, form: &Form) -> Result<Response, Refusal> {
    let number = Form::parse(query).get("q").parse::<usize>().unwrap_or(1).max(1);
    let options: Vec<String> = form.all("answer").map(ToOwned::to_owned).collect();
    let drawn = form.all("drawn").next().map(page::listed);
    let sent = Sent { version: form.get("version"), options: &options, once: form.get("once"), drawn: drawn.as_deref() };
    match page::save(&visit, id, sent).await {
        Ok(_) => {}
        Err(SaveError::NotFound) => return Err(Refusal::NotFound),
        Err(SaveError::Submitted) => return Ok(handed_in_before(&visit, id, form)),
        Err(SaveError::Unavailable(error)) => return Err(error.into()),
        Err(error @ (SaveError::NotInAttempt | SaveError::OnlyOne)) => {
            let attempt = assessment::attempt_for(&visit.read(), &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
            let paper = assessment::paper(&visit.read(), id).await?;
            let (program, module) = page::place(&visit, &attempt).await?;
            let number = number.clamp(1, paper.questions.len().max(1));
            return Ok(page::question(&visit, &attempt, &paper, number, (&program, module.as_ref()), Some(error.to_string())));
        }
    }
    let base = Route::Attempt { attempt: id };
    let count = assessment::paper(&visit.read(), id).await?.questions.len();
    Ok(match form.get("go") {
        "stay" => visit.redirect(format!("{base}?q={number}")),
        _ if number >= count => visit.redirect(format!("{base}?q=all")),
        _ => visit.redirect(format!("{base}?q={}", number + 1)),
    })
}

/// The page for an answer that came after its check was handed in, as from another window.
fn handed_in_before(visit: &Visit, id: AttemptId, form: &Form) -> Response {
    let why = "This answer came after that, so it changed nothing. The review shows what counts.".to_owned();
    let page = Page::new("This check is handed in").section(Section::Learn);
    error::came_late(visit, page, why, form, &[], (Route::Attempt { attempt: id }, "See the review"))
}
