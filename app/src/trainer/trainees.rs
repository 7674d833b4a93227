//! Where the trainees are: who is in which program, what is next for them, and who may want to be asked.

use std::sync::Arc;

use axum::response::Response;
use domain::{
    curriculum::Release,
    learning,
    ledger::{self, Standing, Stuck},
    programs::{Next, Program},
};
use leptos::prelude::*;

use super::{WHO, sessions};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// Where one person is in one program.
pub(super) struct Row {
    pub(super) standing: Standing,
    /// What the program is called.
    title: String,
    /// The module whose check they tried so often.
    tried: Option<String>,
}

/// GET /trainer/trainees
pub async fn trainees(visit: Visit) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let rows = standings(&visit).await?;
    let stuck = rows.iter().filter(|row| row.standing.stuck.is_some()).count();
    let lede = match (rows.len(), stuck) {
        (0, _) => "Nobody has joined a program yet.".to_owned(),
        (_, 0) => "Nobody seems to be stuck.".to_owned(),
        (_, 1) => "One of them may want to be asked how it goes. They stand first.".to_owned(),
        (_, some) => format!("{some} may want to be asked how it goes. They stand first."),
    };
    let release = if rows.iter().any(|row| row.tried.is_some()) { Some(sessions::newest(&visit).await?) } else { None };
    let table = (!rows.is_empty()).then(|| table(&visit, release.as_ref(), &rows));
    Ok(visit.page(
        Page::new("Trainees").section(Section::Trainees),
        view! {
            {ui::head(Vec::new(), "Trainees", lede)}
            {table}
        },
    ))
}

/// Everybody in a program: whoever may be stuck first, then those on their way, then those who have finished; each by name.
pub(super) async fn standings(visit: &Visit) -> Result<Vec<Row>, Refusal> {
    let read = visit.read();
    let enrolled = learning::enrolled(&read).await?;
    let mut pinned = Vec::with_capacity(enrolled.len());
    for who in &enrolled {
        pinned.push(ledger::program(&visit.platform, &who.enrolment.release, &who.enrolment.program).await?);
    }
    let known = enrolled.into_iter().zip(&pinned).filter_map(|(who, program)| Some((who, program.as_ref()?)));
    let (people, programs): (Vec<_>, Vec<&Program>) = known.map(|(who, program)| ((who, program), program)).unzip();
    let standings = ledger::standings(&read, people, &visit.site.zone).await?;
    let row = |(standing, program): (Standing, &Program)| {
        let tried = match &standing.stuck {
            Some(Stuck::Check { module, .. }) => program.modules.iter().find(|one| program.number(&one.id) == *module),
            _ => None,
        };
        Row { tried: tried.map(|module| module.id.clone()), title: program.title.clone(), standing }
    };
    let mut rows: Vec<Row> = standings.into_iter().zip(programs).map(row).collect();
    rows.sort_by_cached_key(|row| (row.standing.stuck.is_none(), row.standing.ledger.complete(), row.standing.who.name.to_lowercase()));
    Ok(rows)
}

fn table(visit: &Visit, release: Option<&Arc<Release>>, rows: &[Row]) -> AnyView {
    let rows = rows.iter().map(|row| drawn(visit, release, row)).collect_view();
    view! {
        <section class="sec wide first">
            <h2 id="who" class="vh">"Everybody in a program"</h2>
            <div class="body">
                <table class="ledger people" role="table" aria-labelledby="who">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Who, and where"</th>
                            <th role="columnheader" scope="col">"Requirements met"</th>
                            <th role="columnheader" scope="col">"Last change"</th>
                            <th role="columnheader" scope="col">"What is next"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn drawn(visit: &Visit, release: Option<&Arc<Release>>, row: &Row) -> impl IntoView + use<> {
    let Row { standing, title, tried } = row;
    let ledger = &standing.ledger;
    let next = match &ledger.next {
        Next::Do(step) => step.words.clone(),
        Next::Wait(_) => "Waits for a trainer.".to_owned(),
        Next::Blocked(_) => "Has done all that is offered today.".to_owned(),
        Next::Complete => "Has met everything.".to_owned(),
    };
    let stuck = standing.stuck.as_ref().map(|stuck| {
        let words = match stuck {
            Stuck::Check { module, tries } => format!("{tries}\u{a0}tries at the check of {module}"),
            Stuck::Quiet { days } => format!("Nothing new for {days}\u{a0}days"),
        };
        view! { <p>{ui::status(Mark::Look, words)}</p> }
    });
    // The bank that trainers read is that of the newest release, which may have the module no longer.
    let check = tried.as_ref().and_then(|id| release?.module(id)).filter(|module| module.check.is_some());
    let check = check.map(|module| {
        let href = Route::TrainerCheck { module: &module.id }.to_string();
        view! { <p><a class="tap" href=href>"Read the questions"<span class="vh">{format!(" of the check: {}", module.title)}</span></a></p> }
    });
    let met = format!("{}\u{a0}of\u{a0}{}", ledger.met(), ledger.rows.len());
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><h3>{standing.who.name.clone()}</h3><p class="small soft">{title.clone()}</p>{stuck}{check}</th>
            <td role="cell" data-l="Met">{met}</td>
            <td role="cell" data-l="Last change">{when::day(standing.last, &visit.site.zone)}</td>
            <td role="cell" data-l="What is next"><p>{next}</p>{waiting(visit, standing)}</td>
        </tr>
    }
}

/// How many entries of somebody wait, with the way to them. Nobody decides about their own.
fn waiting(visit: &Visit, standing: &Standing) -> Option<AnyView> {
    let words = match standing.waiting {
        0 => return None,
        1 => "One practicum entry waits.".to_owned(),
        some => format!("{some} practicum entries wait."),
    };
    let href = Route::Queue.to_string();
    Some(if visit.actor.person() == Some(standing.who.enrolment.person) {
        view! { <p class="small soft">{words}</p> }.into_any()
    } else {
        view! { <p><a class="tap" href=href>{words}</a></p> }.into_any()
    })
}
