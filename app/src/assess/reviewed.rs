//! The review of a check that was handed in, from what was stored with it.

use axum::response::Response;
use domain::assessment::{self, Attempt, Reviewed};
use leptos::prelude::*;

use super::page::place;
use crate::{
    error::Refusal,
    learn,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// The review. A trainer sees it too; only its own person is offered another try.
pub(super) async fn page(visit: &Visit, attempt: &Attempt) -> Result<Response, Refusal> {
    let review = assessment::review(&visit.read(), attempt).await?.ok_or(Refusal::NotFound)?;
    let (program, module) = place(visit, attempt).await?;
    let own = visit.actor.person() == Some(attempt.person);
    let (mark, words) = result(review.score.reached, review.score.possible, review.score.passed, attempt.policy.pass_percent);
    let lede = match review.score.passed {
        None => "Thank you. This one is for you alone: nobody passes or fails it.",
        Some(true) => "The reasons stand below, also for what you got right.",
        Some(false) => "Read the reasons below, then try again when you like. There is no limit.",
    };
    let on = attempt.submitted_at.map(|at| when::day_and_time(at, &visit.site.zone)).unwrap_or_default();
    let questions = review.questions.iter().enumerate().map(|(n, question)| one(n + 1, question, attempt.policy.scored)).collect_view();
    let next = own.then(|| {
        let again = module.as_ref().map(|module| {
            let route = if attempt.module == module.id {
                Route::Check { program: &program, module: &module.id }
            } else {
                Route::Drill { program: &program, module: &module.id }
            };
            (route.to_string(), "Try again")
        });
        let ledger = (Route::Ledger { program: &program }.to_string(), "To your ledger");
        let (first, second) = match again {
            Some(again) if review.score.passed == Some(false) => (again, Some(ledger)),
            again => (ledger, again),
        };
        let second = second.map(|(href, words)| view! { <a class="tap" href=href>{words}</a> });
        ui::section("Next", view! { <p class="row"><a class="btn" href=first.0>{first.1}</a>{second}</p> })
    });
    let trail = if own { learn::trail(&program, module.as_ref(), Some(attempt.title.clone())) } else { Vec::new() };
    Ok(visit.page(
        Page::new(format!("Review: {}", attempt.title)).section(if own { Section::Learn } else { Section::Trainees }),
        view! {
            {ui::head(trail, attempt.title.clone(), lede)}
            {ui::section("Result", view! { <p class="t2">{ui::status(mark, words)}</p> <p class="small soft">"Handed in on "{on}</p> })}
            {next}
            {questions}
        },
    ))
}

/// A result in words, with its mark. Points are in hundredths.
pub(super) fn result(reached: i32, possible: i32, passed: Option<bool>, pass_percent: i32) -> (Mark, String) {
    let (reached, possible_words) = (points(reached), points(possible));
    match passed {
        None => (Mark::Done, format!("Taken: {reached} of {possible_words} points")),
        Some(true) => (Mark::Done, format!("Passed: {reached} of {possible_words} points")),
        Some(false) => {
            let needed = (i64::from(possible) * i64::from(pass_percent) + 99) / 100;
            (
                Mark::Look,
                format!(
                    "Not yet: {reached} of {possible_words} points, and {} are needed",
                    points(i32::try_from(needed).unwrap_or(i32::MAX))
                ),
            )
        }
    }
}

/// Hundredths of points as people write them: `7`, `7.5`.
fn points(hundredths: i32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn one(number: usize, question: &Reviewed, scored: bool) -> impl IntoView + use<> {
    let (mark, word) = if question.reached == question.possible {
        (Mark::Done, "Right".to_owned())
    } else if question.reached > 0 {
        (Mark::UnderWay, format!("{} of {} points", points(question.reached), points(question.possible)))
    } else {
        (Mark::NotYet, if scored { "Not yet".to_owned() } else { "Worth another look".to_owned() })
    };
    let choices = question
        .choices
        .iter()
        .map(|choice| {
            let (text, feedback) = (choice.text.clone(), choice.feedback.clone());
            let chosen = choice.chosen.then(|| view! { <span class="small">" (your answer)"</span> });
            let right = choice.right.then(|| ui::status(Mark::Done, "Right answer"));
            view! { <li><p><strong inner_html=text></strong>{chosen}" "{right}</p><p class="small" inner_html=feedback></p></li> }
        })
        .collect_view();
    let (stem, body, explanation) = (question.stem.clone(), question.body.clone(), question.explanation.clone());
    let body = (!body.is_empty()).then(|| view! { <div inner_html=body></div> });
    let explanation = (!explanation.is_empty()).then(|| view! { <div class="next" inner_html=explanation></div> });
    view! {
        <section class="sec review">
            <div class="side"><h2>"Question "{number}</h2>{ui::status(mark, word)}</div>
            <div class="body flow"><p class="t1 read" inner_html=stem></p>{body}<ul class="plain reviewed">{choices}</ul>{explanation}</div>
        </section>
    }
}
