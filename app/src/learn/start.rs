//! Where a trainee's work begins: their programs, and the next step of each.

use axum::response::Response;
use domain::{
    learning, ledger,
    programs::{Ledger, Next, Program},
};
use leptos::prelude::*;

use super::link;
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
};

/// GET /learn
pub async fn start(visit: Visit) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let read = visit.read();
    let mut mine: Vec<(Program, Ledger)> = Vec::new();
    for enrolment in learning::enrolments_of(&read, person).await? {
        let program = super::program_of(&visit, &enrolment).await?;
        let ledger = ledger::of(&read, &enrolment, &program, &visit.site.zone).await?;
        mine.push((program, ledger));
    }
    let lede = match mine.as_slice() {
        [] => "You are in no program yet.",
        [_] => "Your program, and the next step in it.",
        _ => "Your programs, and the next step of each.",
    };
    let empty = mine.is_empty().then(|| {
        ui::section("Choose one", view! {
            <p>"Read what each program asks for, what it costs, and what you leave with. You can join more than one. A live session that you attend counts in each."</p>
            <p class="row"><a class="btn" href=Route::Programs.to_string()>"See the programs"</a></p>
        })
    });
    let more = (!mine.is_empty()).then(|| ui::section("More", view! { <p><a href=Route::Programs.to_string()>"Other programs"</a></p> }));
    // One next step a page stands beside the double line: that of the first program that has one.
    let first = mine.iter().position(|(_, ledger)| matches!(ledger.next, Next::Do(_)));
    let sections = mine.iter().enumerate().map(|(n, (program, ledger))| one(program, ledger, first == Some(n))).collect_view();
    Ok(visit.page(
        Page::new("Learn").section(Section::Learn),
        view! {
            {ui::head(Vec::new(), "Learn", lede)}
            {empty}
            {sections}
            {more}
        },
    ))
}

fn one(program: &Program, ledger: &Ledger, first: bool) -> AnyView {
    let (met, all) = (ledger.met(), ledger.rows.len());
    let (mark, words) = match met {
        0 => (Mark::NotYet, format!("None of {all} requirements met yet")),
        met if met == all => (Mark::Done, format!("All {all} requirements met")),
        met => (Mark::UnderWay, format!("{met} of {all} requirements met")),
    };
    let href = Route::Ledger { program: &program.id }.to_string();
    let next = match &ledger.next {
        Next::Do(step) if first => link::next(&program.id, step),
        Next::Do(step) => {
            view! { <p><strong>{step.words.clone()}</strong>" "{step.why.clone()}" "{link::link(&program.id, step, &program.title)}</p> }
                .into_any()
        }
        Next::Wait(words) | Next::Blocked(words) => view! { <p>{words.clone()}</p> }.into_any(),
        Next::Complete => view! { <p>"You have met everything. Your ledger shows what comes now."</p> }.into_any(),
    };
    ui::section(
        program.title.clone(),
        view! {
            <p>{ui::status(mark, words)}</p>
            {next}
            <p><a class="tap" href=href>"Open your ledger"<span class="vh">": "{program.title.clone()}</span></a></p>
        },
    )
}
