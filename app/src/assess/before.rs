//! The page before a check: what it asks, how far a try is that was begun, and those that were handed in.

use axum::{extract::Path, response::Response};
use domain::{
    assessment::{self, Paper},
    curriculum::{Check, drill_key},
    programs::facts::CheckFact,
};
use leptos::prelude::*;

use super::reviewed;
use crate::{
    error::Refusal,
    learn,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// After so many tries that did not pass, a person helps better than another try.
const TRIES_ALONE: usize = 3;

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

/// `key` is the check's key in its release.
async fn before(visit: &Visit, program: &str, key: &str, action: String) -> Result<Response, Refusal> {
    let (enrolment, release) = learn::enrolled(visit, program).await?;
    let (module, check) = learn::check_of(visit, &enrolment, &release, key).await?;
    let read = visit.read();
    let open = match assessment::open_attempt(&read, enrolment.id, key).await? {
        Some(attempt) => Some(assessment::paper(&read, attempt.id).await?),
        None => None,
    };
    let mut tries = assessment::check_facts(&read, &[enrolment.id]).await?.take(&enrolment.id);
    tries.retain(|fact| fact.module == key);
    let passed = tries.iter().any(|fact| fact.passed == Some(true));
    let help = (check.scored && !passed && tries.len() >= TRIES_ALONE).then(|| {
        let tried = format!("You have tried {} times. ", tries.len());
        view! { <p class="notice"><strong>"A person can help. "</strong>{tried}"Ask your trainer to go over it with you; talking it through is often quicker than another try alone. You may also simply try again."</p> }
    });
    let what = if key == module.id { "check" } else { "drill" };
    let Way { heading, far, button, lessons } = way_in(open.as_ref(), !tries.is_empty(), what);
    let far = far.map(|far| view! { <p>{ui::status(Mark::UnderWay, far)}</p> });
    let lessons_at = Route::Module { program, module: &module.id }.to_string();
    Ok(visit.page(
        Page::new(check.title.clone()).section(Section::Learn),
        view! {
            {ui::head(learn::trail(program, Some(module), None), check.title.clone(), lede(check))}
            {ui::section(heading, view! {
                {help}
                {far}
                <p>"Your answers are saved as you go. You can leave at any time and go on later, on another device too. The right answers and the reason for each choice are shown when you hand in."{of_points(check)}</p>
                <form method="post" action=action><p class="row"><button class="btn">{button}</button><a class="tap" href=lessons_at>{lessons}</a></p></form>
            })}
            {(!tries.is_empty()).then(|| ui::section("Your tries", tries_so_far(visit, check, &tries)))}
        },
    ))
}

/// What stands around the button.
struct Way {
    heading: &'static str,
    far: Option<String>,
    button: String,
    lessons: &'static str,
}

fn way_in(open: Option<&Paper>, tried: bool, what: &str) -> Way {
    if let Some(paper) = open {
        let (all, answered) = (paper.questions.len(), paper.questions.iter().filter(|question| question.is_answered()).count());
        let button = match paper.first_open() {
            Some(number) => format!("Go on with question\u{a0}{number}"),
            None => "Go on: look over and hand in".to_owned(),
        };
        let far = format!("{answered} of {all} questions have an answer");
        return Way { heading: "Where you are", far: Some(far), button, lessons: "Read the lessons again" };
    }
    let button = if tried { "Start a new try".to_owned() } else { format!("Start the {what}") };
    Way { heading: "Before you start", far: None, button, lessons: if tried { "Read the lessons again" } else { "Read the lessons first" } }
}

fn lede(check: &Check) -> String {
    if check.scored {
        format!("{} questions. No time limit, no limit on tries. {} percent of the points is enough.", check.draw, check.pass_percent)
    } else {
        format!("{} questions, for you alone. Nobody passes or fails this one.", check.draw)
    }
}

/// That questions may differ in what they are worth, where they do.
fn of_points(check: &Check) -> Option<&'static str> {
    let differ = check.scored && check.questions.iter().any(|question| question.points > 1);
    differ.then_some(" A question that counts for more than one point says so.")
}

/// What was handed in, newest first.
fn tries_so_far(visit: &Visit, check: &Check, tries: &[CheckFact]) -> AnyView {
    let rows = tries
        .iter()
        .rev()
        .map(|fact| {
            let (mark, words) = reviewed::result(fact.reached, fact.possible, fact.passed, check.pass_percent);
            let on = when::day_and_time(fact.at, &visit.site.zone);
            let href = Route::Attempt { attempt: fact.attempt }.to_string();
            view! { <li><p>{ui::status(mark, words)}<br/><span class="small soft">{on.clone()}</span></p><a class="tap" href=href>"See the review"<span class="vh">" of "{on}</span></a></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}
