//! The ledger: what is done, what is next, and why.

use axum::{extract::Path, response::Response};
use domain::{
    credentials, learning,
    learning::{Enrolment, LiveSession},
    ledger,
    programs::{Ledger, Next, Program, Row, Status, Step, Target, Totals},
};
use leptos::prelude::*;

use super::enrolled;
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// GET /learn: the visitor's programs, each with its next step.
pub async fn learn(visit: Visit) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let mut sections = Vec::new();
    for enrolment in learning::enrolments_of(&visit.read(), person).await? {
        let Some((program, ledger)) = evaluated(&visit, &enrolment).await? else { continue };
        let words = format!("{} of {} requirements met.", ledger.met(), ledger.rows.len());
        let href = Route::Ledger { program: &program.id }.to_string();
        let next = next(&visit, &program, &ledger);
        sections.push(ui::section(
            program.title.clone(),
            view! { {next} <p>{words}" "<a href=href>"Open your ledger"<span class="vh">": "{program.title}</span></a></p> },
        ));
    }
    let empty = sections.is_empty().then(|| {
        ui::section(
            "Begin",
            view! {
                <p>"You are in no program yet. Each says what it asks for before you join."</p>
                <p class="row"><a class="btn" href=Route::Programs.to_string()>"See the programs"</a></p>
            },
        )
    });
    let lede = if visit.actor.name().is_empty() { "Welcome.".to_owned() } else { format!("Welcome, {}.", visit.actor.name()) };
    Ok(visit.page(Page::new("Learn").section(Section::Learn), view! { {ui::head(Vec::new(), "Learn", lede)} {empty} {sections} }))
}

async fn evaluated(visit: &Visit, enrolment: &Enrolment) -> Result<Option<(Program, Ledger)>, Refusal> {
    let Some(program) = ledger::program(&visit.platform, &enrolment.release, &enrolment.program).await? else { return Ok(None) };
    let ledger = ledger::of(&visit.read(), enrolment, &program, &visit.site.zone).await?;
    Ok(Some((program, ledger)))
}

/// GET /learn/{program}
pub async fn ledger(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (enrolment, _) = enrolled(&visit, &id).await?;
    let (program, ledger) = evaluated(&visit, &enrolment).await?.ok_or(Refusal::NotFound)?;
    let certificate = credentials::of_enrolment(&visit.read(), enrolment.id).await?;
    let modules: Vec<String> = program.modules.iter().map(|module| module.id.clone()).collect();
    let sessions = learning::sessions_to_come(&visit.read(), &modules).await?;
    let lede = format!(
        "You have met {} of {} requirements{}. Everything you sent is listed, with the reason where it does not count.",
        ledger.met(),
        ledger.rows.len(),
        match ledger.under_way() {
            0 => String::new(),
            1 => ", and one more is under way".to_owned(),
            many => format!(", and {many} more are under way"),
        }
    );
    let certificate = certificate.map(|certificate| {
        let href = Route::Certificate { certificate: certificate.id }.to_string();
        let words = format!("{}, awarded on {}.", certificate.title, when::day(certificate.awarded_at, &visit.site.zone));
        ui::section("Your certificate", view! { <p>{words}</p> <p class="row"><a class="btn" href=href.clone()>"Open your certificate"</a><a class="tap" href=format!("{href}.jwt")>"Download the signed file"</a></p> })
    });
    let next = next(&visit, &program, &ledger);
    let hours = ledger.practicum.as_ref().map(hours);
    let rows = rows(&visit, &program, &ledger);
    let modules = module_list(&program);
    let record = format!(
        "You are on version {} of this program, as it was on {}, the day you joined.",
        enrolment.program_version,
        when::day(enrolment.enrolled_at, &visit.site.zone)
    );
    let trail = vec![(Some(Route::Learn.to_string()), "Learn".to_owned()), (None, program.title.clone())];
    Ok(visit.page(
        Page::new(format!("Your ledger: {}", program.title)).section(Section::Learn),
        view! {
            {ui::head(trail, "Your ledger", lede)}
            {certificate}
            {ui::section("Next", next)}
            {modules}
            {live(&visit, &program, sessions)}
            {hours}
            <section class="sec wide"><h2 id="req" class="t2">"Every requirement"</h2><div class="body">{rows}</div></section>
            {ui::section("Your record", view! { <p>{record}</p> <p>{program.confirm.clone()}</p> })}
        },
    ))
}

/// The one next step, set apart by the double line.
fn next(_visit: &Visit, program: &Program, ledger: &Ledger) -> AnyView {
    match &ledger.next {
        Next::Do(step) => {
            let (words, why) = (step.words.clone(), step.why.clone());
            view! { <div class="next flow"><p><strong>{words}</strong>" "{why}</p><div class="row"><a class="btn" href=address(program, &step.target)>{step.action.clone()}</a></div></div> }.into_any()
        }
        Next::Wait(words) => view! { <div class="next flow"><p>{ui::status(Mark::Waiting, "Nothing for you to do now.")}</p><p>{words.clone()}</p></div> }.into_any(),
        Next::Blocked(words) => view! { <div class="next flow"><p>{words.clone()}</p></div> }.into_any(),
        Next::Complete => view! { <div class="next flow"><p><strong>"Every requirement is met."</strong>" Your certificate is made within a minute."</p></div> }.into_any(),
    }
}

fn module_list(program: &Program) -> AnyView {
    let rows = program
        .modules
        .iter()
        .filter(|module| module.offered)
        .map(|module| {
            let href = Route::Module { program: &program.id, module: &module.id }.to_string();
            let (title, time) = (module.title.clone(), format!("{} live, {} on your own", module.live, module.alone));
            view! { <li><p><a href=href>{title}</a></p><p class="small soft">{time}</p></li> }
        })
        .collect_view();
    ui::section("Modules", view! { <ul class="plain rows">{rows}</ul> })
}

fn live(visit: &Visit, program: &Program, sessions: Vec<LiveSession>) -> AnyView {
    if sessions.is_empty() {
        return ui::section("Live sessions", view! { <p id="live">"None is planned at the moment. A trainer puts the next one here."</p> });
    }
    let rows = sessions
        .into_iter()
        .filter(|session| session.called_off.is_none())
        .map(|session| {
            let title = program.module(&session.module).map_or_else(|| session.module.clone(), |module| module.title.clone());
            let time = format!("{}, {}", when::day_and_time(session.starts_at, &visit.site.zone), session.minutes);
            view! { <li><div class="flow"><p><strong>{title}</strong><br/>{time}</p>{ui::paragraphs(&session.place)}</div></li> }
        })
        .collect_view();
    ui::section("Live sessions", view! { <ul class="plain rows" id="live">{rows}</ul> })
}

fn hours(totals: &Totals) -> AnyView {
    let legend = format!(
        "Thin line: {} needed. Thick line: {} counted. Broken line: {} waiting for approval.",
        totals.needed, totals.counted, totals.waiting
    );
    let domains = totals
        .by_domain
        .iter()
        .filter(|share| share.measure.needed.0 > 0)
        .map(|share| {
            let measure = share.measure;
            let words = format!("{} of {}", measure.counted, measure.needed);
            let left = measure.needed.less(measure.counted);
            let under = if left.0 == 0 { "Enough. More is welcome.".to_owned() } else { format!("{left} to go.") };
            view! { <div><p><strong>{share.of.title()}</strong>" "<span class="num">{words}</span></p>{ui::bar(measure.needed.0, measure.counted.0, measure.waiting.0)}<p class="small soft">{under}</p></div> }
        })
        .collect::<Vec<_>>();
    let domains = (!domains.is_empty()).then(|| ui::section("Hours by domain", view! { <div class="domains">{domains}</div> }));
    view! {
        {ui::section("Practicum hours", view! {
            <dl class="sums">
                <div><dt>"sent by you"</dt><dd>{totals.submitted.to_string()}</dd></div>
                <div><dt>"approved"</dt><dd>{totals.approved.to_string()}</dd></div>
                <div><dt>"counted, of "{totals.needed.to_string()}</dt><dd>{totals.counted.to_string()}</dd></div>
            </dl>
            <div>{ui::bar(totals.needed.0, totals.counted.0, totals.waiting.0)}<p class="small soft">{legend}</p></div>
        })}
        {domains}
    }
    .into_any()
}

/// The table of requirements, what is unmet first.
fn rows(visit: &Visit, program: &Program, ledger: &Ledger) -> impl IntoView + use<> {
    let mut sorted: Vec<&Row> = ledger.rows.iter().collect();
    sorted.sort_by_key(|row| row.met());
    let rows = sorted.into_iter().map(|row| one_row(visit, program, row)).collect_view();
    view! {
        <table class="ledger" role="table" aria-labelledby="req">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Requirement"</th>
                    <th role="columnheader" scope="col">"Needed"</th>
                    <th role="columnheader" scope="col">"Counted"</th>
                    <th role="columnheader" scope="col">"Not counted, and why"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn one_row(visit: &Visit, program: &Program, row: &Row) -> impl IntoView + use<> {
    let (mark, word) = match row.status {
        Status::Met(at) => (Mark::Done, format!("Met on {}", when::day(at, &visit.site.zone))),
        Status::UnderWay if row.to_go.is_empty() => (Mark::UnderWay, "Under way".to_owned()),
        Status::UnderWay => (Mark::UnderWay, format!("Under way: {}", row.to_go)),
        Status::NotStarted => (Mark::NotYet, "Not started".to_owned()),
        Status::Waiting => (Mark::Waiting, "Waiting for a decision".to_owned()),
        Status::NotYetOffered => (Mark::Unknown, "Not yet offered".to_owned()),
        Status::Unknown => (Mark::Unknown, "Could not tell".to_owned()),
    };
    let why = row
        .not_counted
        .iter()
        .map(|item| {
            let words = item.minutes.map_or_else(|| item.reason.clone(), |minutes| format!("{minutes}: {}", item.reason));
            let step = item.step.as_ref().map(|step| link(program, step));
            view! { <li>{words}" "{step}</li> }
        })
        .collect::<Vec<_>>();
    let step = row.next.as_ref().filter(|_| !row.met()).map(|step| view! { <li>{step.words.clone()}" "{link(program, step)}</li> });
    let nothing = why.is_empty() && step.is_none();
    let counted = if row.counted.is_empty() { "Nothing yet".to_owned() } else { row.counted.clone() };
    let evidence = row
        .evidence
        .iter()
        .filter_map(|item| {
            let href = address(program, item.target.as_ref()?);
            let words = format!("{}, {}", item.words, when::day(item.at, &visit.site.zone));
            Some(view! { <li><a href=href>{words}</a></li> })
        })
        .collect::<Vec<_>>();
    let evidence = (!evidence.is_empty()).then(|| view! { <ul>{evidence}</ul> });
    let (title, note, needed) = (row.title.clone(), row.note.clone(), row.needed.clone());
    let last = if nothing { view! { "Nothing" }.into_any() } else { view! { <ul>{why}{step}</ul> }.into_any() };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><h3>{title}</h3>{ui::status(mark, word)}<br/><span class="small soft">{note}</span></th>
            <td role="cell" data-l="Needed">{needed}</td>
            <td role="cell" data-l="Counted">{counted}{evidence}</td>
            <td role="cell" data-l="Not counted, and why">{last}</td>
        </tr>
    }
}

fn link(program: &Program, step: &Step) -> impl IntoView + use<> {
    view! { <a href=address(program, &step.target)>{step.action.clone()}</a> }
}

/// Where a target of the evaluation is found.
fn address(program: &Program, target: &Target) -> String {
    let id = &program.id;
    match target {
        Target::Module(module) => Route::Module { program: id, module }.to_string(),
        Target::Check(module) => Route::Check { program: id, module }.to_string(),
        Target::Attempt(attempt) => Route::Attempt { attempt: *attempt }.to_string(),
        Target::LiveSessions | Target::LiveSession(_) => format!("{}#live", Route::Ledger { program: id }),
        Target::Statement(statement) => Route::Statement { program: id, statement }.to_string(),
        Target::NewEntry => Route::NewEntry.to_string(),
        Target::Entry(entry) => Route::Entry { entry: *entry }.to_string(),
        Target::Practicum => Route::Practicum.to_string(),
    }
}
