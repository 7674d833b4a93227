//! Where a trainee's work begins: their programs, and the next step of each.

use axum::response::Response;
use domain::{
    learning, ledger,
    programs::{Ledger, Next, Program},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;

use super::{
    certificate::{self, Got},
    link,
};
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
    let mut mine: Vec<Mine> = Vec::new();
    for enrolment in learning::enrolments_of(&read, person).await? {
        let program = super::program_of(&visit, &enrolment).await?;
        let ledger = ledger::of(&read, &enrolment, &program, &visit.site.zone).await?;
        let certificate = certificate::of(&visit, &enrolment).await?;
        mine.push(Mine { program, ledger, certificate });
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
    // One next step a page stands beside the double line: that of the first program that has one, or a certificate.
    let to_do = mine.iter().position(|one| !matches!(one.certificate, Got::Certificate(..)) && matches!(one.ledger.next, Next::Do(_)));
    let first = to_do.or_else(|| mine.iter().position(|one| matches!(one.certificate, Got::Certificate(..))));
    let sections = mine.iter().enumerate().map(|(n, mine)| one(mine, first == Some(n), &visit.site.zone)).collect_view();
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

/// A program that the visitor has joined, and how far they are in it.
struct Mine {
    program: Program,
    ledger: Ledger,
    certificate: Got,
}

fn one(mine: &Mine, first: bool, zone: &TimeZone) -> AnyView {
    let Mine { program, ledger, certificate } = mine;
    let (met, all) = (ledger.met(), ledger.rows.len());
    let (mark, words) = match met {
        0 => (Mark::NotYet, format!("None of {all} requirements met yet")),
        met if met == all => (Mark::Done, format!("All {all} requirements met")),
        met => (Mark::UnderWay, format!("{met} of {all} requirements met")),
    };
    let href = Route::Ledger { program: &program.id }.to_string();
    let next = match (certificate, &ledger.next) {
        (Got::Certificate(certificate, force), _) if first => certificate::there(*certificate, *force, zone),
        (Got::Certificate(certificate, force), _) => {
            let (how, _) = force.words(zone);
            let href = Route::Certificate { certificate: *certificate }.to_string();
            let about = format!(": {}", program.title);
            view! { <p><strong>{how}</strong>" "<a href=href>"See your certificate"<span class="vh">{about}</span></a></p> }.into_any()
        }
        (_, Next::Do(step)) if first => link::next(&program.id, step),
        (_, Next::Do(step)) => {
            view! { <p><strong>{step.words.clone()}</strong>" "{step.why.clone()}" "{link::link(&program.id, step, &program.title)}</p> }
                .into_any()
        }
        (_, Next::Wait(words) | Next::Blocked(words)) => view! { <p>{words.clone()}</p> }.into_any(),
        (got, Next::Complete) => view! { <p>{certificate::on_its_way(program, *got)}</p> }.into_any(),
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
