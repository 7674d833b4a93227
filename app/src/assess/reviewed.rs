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
    let result = if review.score.passed.is_none() {
        view! { <p class="t2">{ui::status(mark, format!("Handed in on {on}"))}</p> }.into_any()
    } else {
        let of = format!("{} of {} points. Handed in on {on}", points(review.score.reached), points(review.score.possible));
        view! { <p class="t2">{ui::status(mark, words)}</p> <p class="small soft">{of}</p> }.into_any()
    };
    let scored = attempt.policy.scored;
    let questions = (1..).zip(&review.questions).map(|(number, question)| one(number, question, scored, own)).collect_view();
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
            {ui::section("Result", result)}
            {next}
            {questions}
        },
    ))
}

/// A result in words, with its mark. Points are in hundredths. What has no score shows none.
pub(super) fn result(reached: i32, possible: i32, passed: Option<bool>, pass_percent: i32) -> (Mark, String) {
    // Rounded down, as in the ledger: nobody is told 80 who has 79 and a half.
    let percent = i64::from(reached) * 100 / i64::from(possible.max(1));
    match passed {
        None => (Mark::Done, "Handed in".to_owned()),
        Some(true) => (Mark::Done, format!("Passed: {percent} percent")),
        Some(false) => (Mark::Look, format!("Not yet: {percent} percent, and {pass_percent} are needed")),
    }
}

/// Hundredths of points as people write them: `7`, `7.5`.
fn points(hundredths: i32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How far an answer was right, beside its question.
fn standing(question: &Reviewed, scored: bool, own: bool) -> (Mark, String) {
    let (mark, word) = if question.choices.iter().all(|choice| !choice.chosen) {
        (Mark::NotYet, if own { "You gave no answer" } else { "No answer" })
    } else if question.reached == question.possible {
        (Mark::Done, "Right")
    } else if question.reached > 0 {
        (Mark::UnderWay, "Right in part")
    } else {
        (Mark::NotYet, if scored { "Not yet" } else { "Worth another look" })
    };
    if scored && mark == Mark::UnderWay {
        return (mark, format!("{word}: {} of {} points", points(question.reached), points(question.possible)));
    }
    (mark, word.to_owned())
}

/// A question with its choices. `own` is whether its own person looks, and not a trainer.
fn one(number: usize, question: &Reviewed, scored: bool, own: bool) -> impl IntoView + use<> {
    let (mark, word) = standing(question, scored, own);
    let whose = if own { "Your" } else { "Their" };
    let choices = question
        .choices
        .iter()
        .map(|choice| {
            let (text, feedback) = (choice.text.clone(), choice.feedback.clone());
            let about = match (choice.chosen, choice.right) {
                (true, true) => Some(ui::status(Mark::Done, format!("{whose} answer, and right"))),
                (true, false) => Some(ui::status(Mark::Look, format!("{whose} answer, but not right"))),
                (false, true) => Some(ui::status(Mark::Done, "Right answer")),
                (false, false) => None,
            };
            view! { <li><p><strong inner_html=text></strong>" "{about}</p><p class="small" inner_html=feedback></p></li> }
        })
        .collect_view();
    let (stem, body, explanation) = (question.stem.clone(), question.body.clone(), question.explanation.clone());
    let body = (!body.is_empty()).then(|| view! { <div inner_html=body></div> });
    let explanation = (!explanation.is_empty()).then(|| view! { <div class="kept" inner_html=explanation></div> });
    view! {
        <section class="sec review">
            <div class="side"><h2>"Question "{number}</h2>{ui::status(mark, word)}</div>
            <div class="body flow"><p class="t1 read" inner_html=stem></p>{body}<ul class="plain reviewed">{choices}</ul>{explanation}</div>
        </section>
    }
}
