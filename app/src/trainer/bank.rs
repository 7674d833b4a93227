//! The bank of a module's check for those who talk it over with a trainee: every question with its right
//! answers, the reasons and what it is about.

use axum::{extract::Path, response::Response};
use domain::curriculum::{Check, Choice, Credit, Kind, Question, drill_key};
use leptos::prelude::*;

use super::modules::{newest, numbered, trail};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
};

/// GET /trainer/modules/{module}/check
pub async fn check(visit: Visit, Path(module): Path<String>) -> Result<Response, Refusal> {
    bank(&visit, &module).await
}

/// GET /trainer/modules/{module}/drill
pub async fn drill(visit: Visit, Path(module): Path<String>) -> Result<Response, Refusal> {
    bank(&visit, &drill_key(&module)).await
}

async fn bank(visit: &Visit, key: &str) -> Result<Response, Refusal> {
    let release = newest(visit).await?;
    let (module, check) = release.check(key).ok_or(Refusal::NotFound)?;
    let up = (Some(Route::TrainerModule { module: &module.id }.to_string()), numbered(&release, module));
    let questions = check.questions.iter().enumerate().map(|(n, question)| one(n + 1, question)).collect_view();
    Ok(visit.page(
        Page::new(format!("{}: its whole bank", check.title)).section(Section::Modules),
        view! {
            {ui::head(trail(vec![up, (None, check.title.clone())]), check.title.clone(), how_it_is_taken(check))}
            {ui::section("For talking it over", view! {
                <p>"After three tries a trainee is told that you can help. Ask first how they understood the question. Trainees see the reasons as soon as they hand in."</p>
            })}
            {questions}
        },
    ))
}

fn how_it_is_taken(check: &Check) -> String {
    let all = check.questions.len();
    let drawn = if check.draw == all {
        format!("All {all} questions are asked.")
    } else {
        format!("Each try draws {} of {all} questions.", check.draw)
    };
    if check.scored {
        format!("{drawn} {}\u{a0}percent is enough.", check.pass_percent)
    } else {
        format!("{drawn} Nobody passes or fails it.")
    }
}

fn one(number: usize, question: &Question) -> impl IntoView + use<> {
    let kind = match question.kind {
        Kind::Single => "One answer is right",
        Kind::Multiple(Credit::All) => "Several may be right; all or nothing",
        Kind::Multiple(Credit::Partial) => "Several may be right; each part counts",
        Kind::TrueFalse => "True or false",
    };
    let about = format!("{kind}. {}, {}.", question.domain.title(), question.competencies.join(", "));
    let options = question.options.iter().map(option).collect_view();
    let (stem, body, explanation) = (question.stem.clone(), question.body.clone(), question.explanation.clone());
    let body = (!body.is_empty()).then(|| view! { <div class="prose" inner_html=body></div> });
    let explanation = (!explanation.is_empty()).then(|| view! { <div class="kept" inner_html=explanation></div> });
    view! {
        <section class="sec review">
            <div class="side"><h2>"Question "{number}</h2><p class="small soft">{about}</p></div>
            <div class="body flow"><p class="t1 read" inner_html=stem></p>{body}<ul class="plain reviewed">{options}</ul>{explanation}</div>
        </section>
    }
}

fn option(option: &Choice) -> impl IntoView + use<> {
    let (text, feedback) = (option.text.clone(), option.feedback.clone());
    let right = option.right.then(|| ui::status(Mark::Done, "Right answer"));
    view! { <li><p><strong inner_html=text></strong>" "{right}</p><p class="small" inner_html=feedback></p></li> }
}
