//! The ledger page: what is done, what is next, and why.

use axum::{extract::Path, response::Response};
use domain::{
    Look as _,
    learning::{self, Enrolment, LiveSession},
    ledger,
    programs::{self, Ledger, Next, Program, facts::Facts},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::Minutes;

use super::{
    certificate::{self, Got},
    link, sessions,
};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

mod hours;
mod rows;

/// GET /learn/{program}
pub async fn ledger(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (enrolment, _) = super::enrolled(&visit, &id).await?;
    let program = super::program_of(&visit, &enrolment).await?;
    let read = visit.read();
    let facts = ledger::facts_of(&read, &enrolment).await?;
    let ledger = programs::evaluate(&program, &facts, read.now(), &visit.site.zone);
    let certificate = certificate::of(&visit, &enrolment).await?;
    let modules: Vec<String> = program.modules.iter().map(|module| module.id.clone()).collect();
    let sessions = learning::sessions_to_come(&read, &modules).await?;
    let name = certificate::name(&visit, &enrolment, certificate).await?;
    let trail = vec![(Some(Route::Learn.to_string()), "Learn".to_owned()), (None, program.title.clone())];
    Ok(visit.page(
        Page::new(format!("Your ledger: {}", program.title)).section(Section::Learn),
        view! {
            {ui::head(trail, format!("Your ledger: {}", program.title), lede(&ledger))}
            {ui::section("Next", next(&program, &ledger, certificate, &visit.site.zone))}
            {ledger.practicum.as_ref().map(hours::sections)}
            {ui::section("Modules", modules_list(&program, &facts))}
            {ui::section("Live sessions", live(&visit, &program, &sessions))}
            {rows::table(&program.id, &ledger)}
            {ui::section("Your record", record(&visit, &program, &enrolment, name))}
        },
    ))
}

fn lede(ledger: &Ledger) -> String {
    let (met, all, under_way) = (ledger.met(), ledger.rows.len(), ledger.under_way());
    let safe = "Nothing here can be lost: every hour you sent is listed, with the reason where it does not count.";
    if ledger.complete() {
        return format!("You have met all {all} requirements. It stays written down here, with every reason.");
    }
    match (met, under_way) {
        (0, 0) => format!("Nothing is done yet, and nothing is late. {safe}"),
        (0, some) => format!("{} under way. {safe}", count(some, "requirement is", "requirements are")),
        (met, 0) => format!("You have met {met} of {all} requirements. {safe}"),
        (met, 1) => format!("You have met {met} of {all} requirements, and one more is under way. {safe}"),
        (met, some) => format!("You have met {met} of {all} requirements, and {some} more are under way. {safe}"),
    }
}

fn next(program: &Program, ledger: &Ledger, got: Got, zone: &TimeZone) -> AnyView {
    if let Got::Certificate(certificate, force) = got {
        return certificate::there(certificate, force, zone);
    }
    let words = match &ledger.next {
        Next::Do(step) => return link::next(&program.id, step),
        Next::Wait(words) | Next::Blocked(words) => words.clone(),
        Next::Complete => certificate::on_its_way(program, got).to_owned(),
    };
    view! { <div class="next flow"><p>{words}</p></div> }.into_any()
}

fn modules_list(program: &Program, facts: &Facts) -> AnyView {
    let rows = program
        .modules
        .iter()
        .enumerate()
        .filter(|(_, module)| module.offered)
        .map(|(n, module)| {
            let href = Route::Module { program: &program.id, module: &module.id }.to_string();
            let done = facts.lessons.iter().filter(|fact| fact.module == module.id).count().min(module.lessons);
            let (mark, words) = match done {
                0 => (Mark::NotYet, format!("{} to read", count(module.lessons, "lesson", "lessons"))),
                done if done == module.lessons => (Mark::Done, "All lessons done".to_owned()),
                done => (Mark::UnderWay, format!("{done} of {} lessons done", module.lessons)),
            };
            view! { <li><p><a href=href>{format!("{}. {}", n + 1, module.title)}</a></p><p class="small">{ui::status(mark, words)}</p></li> }
        })
        .collect_view();
    let missing = program.modules.iter().filter(|module| !module.offered).count();
    let missing = (missing > 0).then(
        || view! { <p class="small soft">{format!("{} more not offered here yet.", count(missing, "module is", "modules are"))}</p> },
    );
    view! { <ul class="plain rows">{rows}</ul>{missing} }.into_any()
}

/// The next two sessions, and the way to all.
fn live(visit: &Visit, program: &Program, to_come: &[LiveSession]) -> AnyView {
    let next = to_come.iter().filter(|session| session.called_off.is_none()).take(2);
    let rows = next.map(|session| sessions::row(visit, program, session)).collect_view();
    let none = to_come.iter().all(|session| session.called_off.is_some());
    let words = none.then(|| view! { <p>"None is set at the moment. Your trainer sets them, and you see them here."</p> });
    let list = (!none).then(|| view! { <ul class="plain rows">{rows}</ul> });
    view! {
        {words}
        {list}
        <p><a class="tap" href=Route::LearnSessions { program: &program.id }.to_string()>"All sessions, and where you were"</a></p>
    }
    .into_any()
}

/// `name` says which name the certificate will carry.
fn record(visit: &Visit, program: &Program, enrolment: &Enrolment, name: Option<AnyView>) -> AnyView {
    let since = when::day(enrolment.enrolled_at, &visit.site.zone);
    let href = Route::Program { program: &program.id }.to_string();
    view! {
        <p>"You are on version "{program.version.clone()}" of this program, as it was on the day you joined, "{since}". When a newer version comes, nothing changes for you."</p>
        {name}
        <p>"There is no deadline in this program. You may stop and come back."</p>
        <p><a href=href>"What the program asks for, where it comes from, and what it costs"</a></p>
        <p class="small soft">{program.confirm.clone()}</p>
    }
    .into_any()
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `1 h 30 min to go, and as much is waiting.`
fn to_go(needed: Minutes, counted: Minutes, waiting: Minutes) -> String {
    let left = needed.less(counted);
    if left == Minutes::ZERO {
        return "Enough. More is welcome.".to_owned();
    }
    match waiting {
        Minutes::ZERO => format!("{left} to go."),
        waiting if waiting == left => format!("{left} to go, and as much is waiting."),
        waiting => format!("{left} to go, and {waiting} are waiting."),
    }
}
