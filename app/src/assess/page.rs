//! The pages of a check: before it, during it, after it.

use axum::{
    extract::{Path, RawQuery},
    response::Response,
};
use domain::{
    assessment::{self, Attempt, Paper, PaperQuestion, SaveError},
    curriculum::{Check, Module, drill_key},
    learning,
};
use http::StatusCode;
use leptos::prelude::*;
use types::{AttemptId, Moment};

use super::{island::AnswerSaver, reviewed};
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

/// GET /learn/{program}/modules/{module}/check
pub async fn check(visit: Visit, Path((program, module)): Path<(String, String)>) -> Result<Response, Refusal> {
    let action = Route::Check { program: &program, module: &module }.to_string();
    before(&visit, &program, &module, action).await
}

/// GET /learn/{program}/modules/{module}/drill
pub async fn drill(visit: Visit, Path((program, module)): Path<(String, String)>) -> Result<Response, Refusal> {
    let action = Route::Drill { program: &program, module: &module }.to_string();
    before(&visit, &program, &drill_key(&module), action).await
}

/// The page before a check: what it asks, the tries so far, and the way in. `key` is its key in the release.
async fn before(visit: &Visit, program: &str, key: &str, action: String) -> Result<Response, Refusal> {
    let (enrolment, release) = learn::enrolled(visit, program).await?;
    let (module, check) = release.check(key).ok_or(Refusal::NotFound)?;
    let attempts = assessment::attempts_of(&visit.read(), enrolment.id, key).await?;
    let facts = assessment::check_facts(&visit.read(), &[enrolment.id]).await?.take(&enrolment.id);
    let open = attempts.iter().any(|attempt| attempt.submitted_at.is_none());
    let tries = attempts.iter().filter(|attempt| attempt.submitted_at.is_some()).count();
    let passed = facts.iter().any(|fact| fact.module == key && fact.passed == Some(true));
    let earlier = facts
        .iter()
        .filter(|fact| fact.module == key)
        .rev()
        .map(|fact| {
            let (mark, words) = reviewed::result(fact.reached, fact.possible, fact.passed, check.pass_percent);
            let on = when::day_and_time(fact.at, &visit.site.zone);
            let href = Route::Attempt { attempt: fact.attempt }.to_string();
            view! { <li><p>{ui::status(mark, words)}<br/><span class="small soft">{on.clone()}</span></p><a class="tap" href=href>"See the review"<span class="vh">" of "{on}</span></a></li> }
        })
        .collect_view();
    let help = (check.scored && !passed && tries >= 3).then(|| {
        view! { <p class="notice"><strong>"A person can help. "</strong>"You have tried three times. Ask your trainer to go over it with you; talking it through is often quicker than a fourth try alone. You may also simply try again."</p> }
    });
    let words = if open {
        "Go on where you were"
    } else if tries > 0 {
        "Start a new try"
    } else {
        "Start"
    };
    Ok(visit.page(
        Page::new(check.title.clone()).section(Section::Learn),
        view! {
            {ui::head(learn::trail(program, Some(module), None), check.title.clone(), lede(check))}
            {ui::section("Begin", view! {
                {help}
                <p>"Each answer is saved when you send it. You can leave at any time and go on later, on another device too. The right answers and the reason for each choice are shown when you hand in."</p>
                <form method="post" action=action><p class="row"><button class="btn">{words}</button><a class="tap" href=Route::Module { program, module: &module.id }.to_string()>"Read the lessons first"</a></p></form>
            })}
            {(tries > 0).then(|| ui::section("Your tries", view! { <ul class="plain rows">{earlier}</ul> }))}
        },
    ))
}

fn lede(check: &Check) -> String {
    if check.scored {
        format!("{} questions. No time limit, no limit on tries. {} percent is enough.", check.draw, check.pass_percent)
    } else {
        format!("{} questions, for you alone. Nobody passes or fails this one.", check.draw)
    }
}

/// GET /attempts/{attempt}?q=3, or ?q=all before handing in; the review once it is handed in.
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
    if query.get("q") == "all" {
        return Ok(look_over(&visit, &attempt, &paper, (&program, module.as_ref())));
    }
    let number = query.get("q").parse::<usize>().unwrap_or(1).clamp(1, paper.questions.len().max(1));
    Ok(question(&visit, &attempt, &paper, number, (&program, module.as_ref()), None))
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
    let first = asked.saved_at.map_or_else(|| "Not answered yet.".to_owned(), |at| saved_words(visit, at));
    let fields = fields(asked);
    let error = problem.map(|problem| view! { <p class="err" id="answer-e">{ui::mark(Mark::Look)}<span>{problem}</span></p> });
    let once = visit.platform.ids().secret();
    let last = number == count;
    visit.page_with_islands(
        Page::new(format!("Question {number} of {count}: {}", attempt.title)).section(Section::Learn).status(status),
        move || view! {
            {ui::head(learn::trail(program, module, Some(attempt.title.clone())), format!("Question {number} of {count}"), "")}
            <div class="quiz">
                <form method="post" action=action>
                    {ui::hidden("act", "save")}
                    {ui::hidden("version", asked.version.clone())}
                    {ui::once_field(once.reveal())}
                    {error}
                    <AnswerSaver attempt=attempt.id.to_string() version=asked.version.clone() first=first>{fields}</AnswerSaver>
                    <div class="row after">
                        <button class="btn" name="go" value="next">{if last { "Save and look it over" } else { "Save and go on" }}</button>
                        <button class="btn second" name="go" value="stay">"Save and stay"</button>
                    </div>
                    <p class="after small soft">"The right answer and the reason for each choice are shown when you hand in."</p>
                </form>
                {contents(attempt, paper, Some(number))}
            </div>
        },
    )
}

fn fields(asked: &PaperQuestion) -> impl IntoView + use<> {
    let kind = if asked.several { "checkbox" } else { "radio" };
    let (stem, body) = (asked.stem.clone(), asked.body.clone());
    let several = asked.several.then(|| view! { <p class="hint">"More than one may be right."</p> });
    let body = (!body.is_empty()).then(|| view! { <div class="prose" inner_html=body></div> });
    let choices = asked
        .choices
        .iter()
        .map(|choice| {
            let (id, text, chosen) = (choice.id.clone(), choice.text.clone(), choice.chosen);
            view! { <label class="opt"><input type=kind name="answer" value=id checked=chosen/>" "<span inner_html=text></span></label> }
        })
        .collect_view();
    view! { <fieldset><legend><span inner_html=stem></span></legend>{body}{several}<div class="opts">{choices}</div></fieldset> }
}

fn contents(attempt: &Attempt, paper: &Paper, current: Option<usize>) -> impl IntoView + use<> {
    let base = Route::Attempt { attempt: attempt.id }.to_string();
    let rows = paper
        .questions
        .iter()
        .enumerate()
        .map(|(n, question)| {
            let number = n + 1;
            let (mark, word) = if question.is_answered() { (Mark::Done, "Saved") } else { (Mark::NotYet, "No answer") };
            let here = (current == Some(number)).then_some("step");
            view! { <li><a href=format!("{base}?q={number}") aria-current=here><span class="num"><span class="vh">"Question "</span>{number}</span>{ui::status(mark, word)}</a></li> }
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

fn look_over(visit: &Visit, attempt: &Attempt, paper: &Paper, (program, module): (&str, Option<&Module>)) -> Response {
    let open: Vec<usize> = paper.questions.iter().enumerate().filter(|(_, question)| !question.is_answered()).map(|(n, _)| n + 1).collect();
    let base = Route::Attempt { attempt: attempt.id }.to_string();
    let lede = match open.as_slice() {
        [] => "Every question has an answer.".to_owned(),
        [one] => format!("Question {one} has no answer yet. You may leave it so."),
        many => format!("{} questions have no answer yet. You may leave them so.", many.len()),
    };
    let links = open
        .iter()
        .map(|number| view! { <li><a class="tap" href=format!("{base}?q={number}")>"Question "{*number}</a></li> })
        .collect_view();
    let missing = (!open.is_empty()).then(|| ui::section("No answer yet", view! { <ul class="plain">{links}</ul> }));
    visit.page(
        Page::new(format!("Look over and hand in: {}", attempt.title)).section(Section::Learn),
        view! {
            {ui::head(learn::trail(program, module, Some(attempt.title.clone())), "Look over and hand in", lede)}
            {missing}
            {ui::section("Hand in", view! {
                <p>"After this the answers stay as they are, and you see the reasons. You can start a new try at any time."</p>
                <form method="post" action=base>
                    {ui::hidden("act", "submit")}
                    <p class="row"><button class="btn">"Hand in"</button></p>
                </form>
            })}
            {contents(attempt, paper, None)}
        },
    )
}

/// `Saved on 19 November 2026, 10:42 am. You can close this page.`, without the day where it is today.
fn saved_words(visit: &Visit, at: Moment) -> String {
    let zone = &visit.site.zone;
    if when::day(at, zone) == when::day(visit.platform.now(), zone) {
        format!("Saved at {}. You can close this page.", when::in_zone(at, zone).strftime("%-I:%M %P"))
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
        let words = "Not saved yet: you are signed out. Sign in again in another tab, and this page saves it by itself.";
        return Err(ServerFnError::MiddlewareError(words.to_owned()));
    }
    let Ok(id) = attempt.parse::<AttemptId>() else { return refuse(StatusCode::NOT_FOUND, SaveError::NotFound.to_string()) };
    let options: Vec<String> = options.split(',').filter(|option| !option.is_empty()).map(ToOwned::to_owned).collect();
    match save(&visit, id, version, &options, once).await {
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
pub(super) async fn save(visit: &Visit, id: AttemptId, version: &str, options: &[String], once: &str) -> Result<Moment, SaveError> {
    let mut write = visit.platform.write(&visit.actor).await?;
    let at = assessment::save_answer(&mut write, id, version, options, once).await?;
    write.commit().await?;
    Ok(at)
}
