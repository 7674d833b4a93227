//! A check question by question, and the saving of its answers.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    assessment::{self, Attempt, Paper, PaperQuestion, SaveError, Sent},
    curriculum::Module,
    learning,
};
use http::StatusCode;
use leptos::prelude::*;
use types::{AttemptId, Moment};

use super::{
    island::{AnswerSaver, Says},
    look_over, reviewed,
};
use crate::{
    error::Refusal,
    form::Form,
    learn,
    request::{CallStatus, Visit},
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// What is said of a question without an answer.
const OPEN: &str = "No answer yet. You may come back to it.";

/// GET /attempts/{attempt}?q=3, or ?q=all before handing in; the review once it is handed in. Without a number it
/// goes on where there is no answer yet.
pub async fn attempt(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    visit.person()?;
    let id: AttemptId = id.parse().map_err(|_| Refusal::NotFound)?;
    let attempt = assessment::attempt_for(&visit.read(), &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
    if attempt.submitted_at.is_some() {
        return reviewed::page(&visit, &attempt).await;
    }
    let query = Form::parse(query.as_deref().unwrap_or_default());
    let paper = assessment::paper(&visit.read(), id).await?;
    let (program, module) = place(&visit, &attempt).await?;
    let place = (program.as_str(), module.as_ref());
    let asked = match query.get("q") {
        "all" => None,
        number => number.parse::<usize>().ok().or_else(|| paper.first_open()),
    };
    Ok(match asked {
        Some(number) => question(&visit, &attempt, &paper, number.clamp(1, paper.questions.len().max(1)), place, None),
        None => look_over::page(&visit, &attempt, &paper, place),
    })
}

/// Where an attempt belongs: its program, and its module where the release that it is pinned to knows it. A
/// later program may read an old release less well; what was drawn is stored with its words and needs neither.
pub(super) async fn place(visit: &Visit, attempt: &Attempt) -> Result<(String, Option<Module>), Refusal> {
    let enrolment = learning::enrolment(&visit.read(), attempt.enrolment).await?.ok_or(Refusal::NotFound)?;
    let release = domain::curriculum::release(&visit.platform, &enrolment.release).await.unwrap_or_else(|error| {
        let _: Refusal = error.into();
        None
    });
    let module = release.and_then(|release| release.check(&attempt.module).map(|(module, _)| module.clone()));
    Ok((enrolment.program, module))
}

/// One question. `problem` is what was wrong with the answer that came in.
pub(super) fn question(
    visit: &Visit,
    attempt: &Attempt,
    paper: &Paper,
    number: usize,
    place: (&str, Option<&Module>),
    problem: Option<String>,
) -> Response {
    let Some(asked) = paper.questions.get(number - 1) else { return axum::response::IntoResponse::into_response(Refusal::NotFound) };
    let (program, module) = place;
    let count = paper.questions.len();
    let action = format!("{}?q={number}", Route::Attempt { attempt: attempt.id });
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (said, fields) = (said(visit, asked), fields(asked, attempt.policy.scored));
    let error = problem.map(|problem| view! { <p class="err" id="answer-e">{ui::mark(Mark::Look)}<span>{problem}</span></p> });
    let once = visit.platform.ids().secret();
    let drawn: Vec<&str> = asked.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.id.as_str()).collect();
    let drawn = drawn.join(",");
    // Which check it is, and what is asked of it: on a phone no other line says so.
    let enough = if attempt.policy.scored {
        format!("No time limit, no limit on tries. {} percent of the points is enough.", attempt.policy.pass_percent)
    } else {
        "No time limit. Nobody passes or fails this one.".to_owned()
    };
    let lede = format!("{}. {enough}", attempt.title);
    let last = number == count;
    visit.page_with_islands(
        Page::new(format!("Question {number} of {count}: {}", attempt.title)).section(Section::Learn).status(status),
        move || view! {
            {ui::head(learn::trail(program, module, Some(attempt.title.clone())), format!("Question {number} of {count}"), lede)}
            <div class="quiz">
                <form method="post" action=action>
                    {ui::hidden("act", "save")}
                    {ui::hidden("version", asked.version.clone())}
                    {ui::once_field(once.reveal())}
                    {ui::hidden("drawn", drawn)}
                    {error}
                    <AnswerSaver attempt=attempt.id.to_string() version=asked.version.clone()>{said}{fields}</AnswerSaver>
                    <div class="row after">
                        <button class="btn" name="go" value="next">{if last { "Save and look it over" } else { "Save and go on" }}</button>
                        <button class="btn second" name="go" value="stay">"Save and stay"</button>
                    </div>
                    <p class="after small soft">"The right answer and the reason for each choice are shown when you hand in."</p>
                </form>
                {contents(attempt, paper, number)}
            </div>
        },
    )
}

/// How the answer stands, above its question.
fn said(visit: &Visit, asked: &PaperQuestion) -> AnyView {
    let (now, words) = match asked.saved_at.filter(|_| asked.is_answered()) {
        Some(at) => (Says::Saved, saved_words(visit, at)),
        None => (Says::Open, OPEN.to_owned()),
    };
    let lines = [(Says::Open, Mark::NotYet), (Says::Saving, Mark::UnderWay), (Says::Saved, Mark::Done), (Says::Look, Mark::Look)]
        .into_iter()
        .map(|(says, mark)| line(says, says == now, ui::status(mark, if says == now { words.clone() } else { String::new() })))
        .collect_view();
    view! { <p class="saved" role="status">{lines}</p> }.into_any()
}

/// One of the lines of which one shows. Which it is, the island changes as the answer is saved.
fn line(says: Says, shows: bool, status: AnyView) -> AnyView {
    let away = !shows;
    view! { <span data-says=says.name() hidden=away>{status}</span> }.into_any()
}

fn fields(asked: &PaperQuestion, scored: bool) -> impl IntoView + use<> {
    let kind = if asked.several { "checkbox" } else { "radio" };
    let (stem, body) = (asked.stem.clone(), asked.body.clone());
    let hint = hint(asked, scored).map(|hint| view! { <p class="hint">{hint}</p> });
    let body = (!body.is_empty()).then(|| view! { <div class="prose" inner_html=body></div> });
    let choices = asked
        .choices
        .iter()
        .map(|choice| {
            let (id, text, chosen) = (choice.id.clone(), choice.text.clone(), choice.chosen);
            view! { <label class="opt"><input type=kind name="answer" value=id checked=chosen/>" "<span inner_html=text></span></label> }
        })
        .collect_view();
    view! { <fieldset><legend><span inner_html=stem></span></legend>{body}{hint}<div class="opts">{choices}</div></fieldset> }
}

/// What is out of the ordinary about a question: that it is worth more than one point, that several may be right.
fn hint(asked: &PaperQuestion, scored: bool) -> Option<String> {
    let points = (scored && asked.points > 1).then(|| format!("{}\u{a0}points", asked.points));
    match (points, asked.several) {
        (Some(points), true) => Some(format!("{points}: more than one may be right.")),
        (Some(points), false) => Some(format!("{points}.")),
        (None, true) => Some("More than one may be right.".to_owned()),
        (None, false) => None,
    }
}

fn contents(attempt: &Attempt, paper: &Paper, current: usize) -> impl IntoView + use<> {
    let base = Route::Attempt { attempt: attempt.id }.to_string();
    let rows = (1..)
        .zip(&paper.questions)
        .map(|(number, question): (usize, &PaperQuestion)| {
            let (here, answered) = (number == current, question.is_answered());
            let state = if here {
                [(Says::Open, false), (Says::Saved, true)].map(|(says, of)| line(says, of == answered, state(of))).collect_view().into_any()
            } else {
                state(answered)
            };
            let step = here.then_some("step");
            view! { <li><a href=format!("{base}?q={number}") aria-current=step><span class="num"><span class="vh">"Question "</span>{number}</span>{state}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="qnav" aria-labelledby="qn">
            <h2 id="qn">"Your questions"</h2>
            <ol class="plain">{rows}</ol>
            <p class="after"><a class="tap" href=format!("{base}?q=all")>"Look over and hand in"</a></p>
        </nav>
    }
}

/// Ids with commas between, as forms and the island send them.
pub(super) fn listed(ids: &str) -> Vec<String> {
    ids.split(',').filter(|id| !id.is_empty()).map(ToOwned::to_owned).collect()
}

/// Whether a question has an answer.
pub(super) fn state(answered: bool) -> AnyView {
    if answered { ui::status(Mark::Done, "Saved") } else { ui::status(Mark::NotYet, "No answer") }
}

/// `Saved on 19 November 2026, 10:42 am. You can close this page.`, without the day where it is today.
fn saved_words(visit: &Visit, at: Moment) -> String {
    let zone = &visit.site.zone;
    if when::day(at, zone) == when::day(visit.platform.now(), zone) {
        format!("Saved at {}. You can close this page.", when::time(at, zone))
    } else {
        format!("Saved on {}. You can close this page.", when::day_and_time(at, zone))
    }
}

/// The server's half of the island's call.
pub(super) async fn saved_from_island(attempt: &str, version: &str, options: &str, once: &str) -> Result<String, ServerFnError> {
    let (Some(visit), Some(status)) = (use_context::<Visit>(), use_context::<CallStatus>()) else {
        return Err(ServerFnError::ServerError("The visit is not known.".to_owned()));
    };
    let refuse = |code: StatusCode, words: String| {
        status.set(code);
        Err(ServerFnError::ServerError(words))
    };
    if visit.actor.person().is_none() {
        status.set(StatusCode::UNAUTHORIZED);
        let words = "Not saved yet: you are signed out. Sign in from another tab.";
        return Err(ServerFnError::MiddlewareError(words.to_owned()));
    }
    let Ok(id) = attempt.parse::<AttemptId>() else { return refuse(StatusCode::NOT_FOUND, SaveError::NotFound.to_string()) };
    let options = listed(options);
    // The island sends changes only.
    match save(&visit, id, Sent { version, options: &options, once, drawn: None }).await {
        Ok(_) if options.is_empty() => Ok(OPEN.to_owned()),
        Ok(at) => Ok(saved_words(&visit, at)),
        Err(error @ SaveError::NotFound) => refuse(StatusCode::NOT_FOUND, error.to_string()),
        Err(error @ SaveError::Submitted) => refuse(StatusCode::CONFLICT, error.to_string()),
        Err(error @ (SaveError::NotInAttempt | SaveError::OnlyOne)) => refuse(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
        Err(SaveError::Unavailable(error)) => {
            let _: Refusal = error.into();
            status.set(StatusCode::SERVICE_UNAVAILABLE);
            Err(ServerFnError::Request("not now".to_owned()))
        }
    }
}

/// Saves an answer as the visitor.
pub(super) async fn save(visit: &Visit, id: AttemptId, sent: Sent<'_>) -> Result<Moment, SaveError> {
    let mut write = visit.platform.write(&visit.actor).await?;
    let at = assessment::save_answer(&mut write, id, sent).await?;
    write.commit().await?;
    Ok(at)
}
