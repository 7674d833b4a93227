//! The page before handing in: every question with the answer that was chosen.

use axum::response::Response;
use domain::{
    assessment::{Attempt, Paper, PaperQuestion},
    curriculum::Module,
};
use leptos::prelude::*;

use super::page::state;
use crate::{
    learn,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui,
};

/// The page. `place` is where the attempt belongs: its program, and its module where that is known.
pub(super) fn page(visit: &Visit, attempt: &Attempt, paper: &Paper, place: (&str, Option<&Module>)) -> Response {
    let open: Vec<usize> = (1..).zip(&paper.questions).filter(|(_, question)| !question.is_answered()).map(|(number, _)| number).collect();
    let base = Route::Attempt { attempt: attempt.id }.to_string();
    let lede = match open.as_slice() {
        [] => "Every question has an answer.".to_owned(),
        [one] => format!("Question\u{a0}{one} has no answer yet. You may leave it so."),
        many => format!("{} questions have no answer yet. You may leave them so.", many.len()),
    };
    let answers = (1..).zip(&paper.questions).map(|(number, question)| one(&base, number, question)).collect_view();
    visit.page(
        Page::new(format!("Look over and hand in: {}", attempt.title)).section(Section::Learn),
        view! {
            {ui::head(learn::trail(place.0, place.1, Some(attempt.title.clone())), "Look over and hand in", lede)}
            {ui::section("Your answers", view! { <ol class="plain reviewed">{answers}</ol> })}
            {ui::section("Hand in", view! {
                <p>"After this the answers stay as they are, and you see the reasons. You can start a new try at any time."</p>
                <form method="post" action=base>
                    {ui::hidden("act", "submit")}
                    <p class="row"><button class="btn">"Hand in"</button></p>
                </form>
            })}
        },
    )
}

/// A question, the way back to it, and what was chosen.
fn one(base: &str, number: usize, question: &PaperQuestion) -> AnyView {
    let (href, stem) = (format!("{base}?q={number}"), question.stem.clone());
    let chosen: Vec<String> = question.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.text.clone()).collect();
    let word = if chosen.len() > 1 { "Your answers" } else { "Your answer" };
    let chosen = (!chosen.is_empty()).then(|| {
        let chosen = chosen.into_iter().map(|text| view! { <li><strong inner_html=text></strong></li> }).collect_view();
        view! { <p class="small soft">{word}</p> <ul class="plain">{chosen}</ul> }
    });
    view! {
        <li class="flow">
            <p class="row"><a class="tap" href=href>"Question\u{a0}"{number}</a>{state(question.is_answered())}</p>
            <p class="read" inner_html=stem></p>
            {chosen}
        </li>
    }
    .into_any()
}
