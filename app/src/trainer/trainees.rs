//! Where the trainees are: who is in which program, what is next for them, and who may want to be asked.

use axum::response::Response;
use domain::{
    learning,
    ledger::{self, Standing, Stuck},
    programs::Next,
};
use leptos::prelude::*;

use super::WHO;
use crate::{
    error::Refusal,
    request::Visit,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// GET /trainer/trainees
pub async fn trainees(visit: Visit) -> Result<Response, Refusal> {
    visit.only(WHO)?;
    let standings = standings(&visit).await?;
    let stuck = standings.iter().filter(|(standing, _)| standing.stuck.is_some()).count();
    let lede = match (standings.len(), stuck) {
        (0, _) => "Nobody has joined a program yet.".to_owned(),
        (_, 0) => "Nobody seems to be stuck.".to_owned(),
        (_, 1) => "One of them may want to be asked how it goes. They stand first.".to_owned(),
        (_, some) => format!("{some} may want to be asked how it goes. They stand first."),
    };
    let table = (!standings.is_empty()).then(|| table(&visit, &standings));
    Ok(visit.page(
        Page::new("Trainees").section(Section::Trainees),
        view! {
            {ui::head(Vec::new(), "Trainees", lede)}
            {table}
        },
    ))
}

/// Everybody in a program with its title, whoever may be stuck first, then by name.
pub(super) async fn standings(visit: &Visit) -> Result<Vec<(Standing, String)>, Refusal> {
    let read = visit.read();
    let enrolled = learning::enrolled(&read).await?;
    let mut pinned = Vec::with_capacity(enrolled.len());
    for who in &enrolled {
        pinned.push(ledger::program(&visit.platform, &who.enrolment.release, &who.enrolment.program).await?);
    }
    let known = enrolled.into_iter().zip(&pinned).filter_map(|(who, program)| Some((who, program.as_ref()?)));
    let (people, titles): (Vec<_>, Vec<_>) = known.map(|(who, program)| ((who, program), program.title.clone())).unzip();
    let standings = ledger::standings(&read, people, &visit.site.zone).await?;
    let mut standings: Vec<_> = standings.into_iter().zip(titles).collect();
    standings.sort_by_key(|(standing, _)| (standing.stuck.is_none(), standing.who.name.to_lowercase()));
    Ok(standings)
}

fn table(visit: &Visit, standings: &[(Standing, String)]) -> AnyView {
    let rows = standings.iter().map(|(standing, title)| row(visit, standing, title)).collect_view();
    view! {
        <section class="sec wide first">
            <h2 id="who" class="vh">"Everybody in a program"</h2>
            <div class="body">
                <table class="ledger" role="table" aria-labelledby="who">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Who, and where"</th>
                            <th role="columnheader" scope="col">"Met"</th>
                            <th role="columnheader" scope="col">"Last new"</th>
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

fn row(visit: &Visit, standing: &Standing, title: &str) -> impl IntoView + use<> {
    let ledger = &standing.ledger;
    let next = match &ledger.next {
        Next::Do(step) => step.words.clone(),
        Next::Wait(_) => "Waits for a trainer.".to_owned(),
        Next::Blocked(_) => "Has done all that is offered today.".to_owned(),
        Next::Complete => "Has met everything.".to_owned(),
    };
    let stuck = standing.stuck.as_ref().map(|stuck| {
        let words = match stuck {
            Stuck::Check { module, tries } => format!("{tries} tries at the check of {module}"),
            Stuck::Quiet { days } => format!("Nothing new for {days} days"),
        };
        view! { <br/>{ui::status(Mark::Look, words)} }
    });
    let waiting = match standing.waiting {
        0 => None,
        1 => Some("One practicum entry waits.".to_owned()),
        some => Some(format!("{some} practicum entries wait.")),
    };
    let waiting = waiting.map(|words| view! { <br/><span class="small soft">{words}</span> });
    let met = format!("{} of {}", ledger.met(), ledger.rows.len());
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><h3>{standing.who.name.clone()}</h3><span class="small soft">{title.to_owned()}</span>{stuck}</th>
            <td role="cell" data-l="Met">{met}</td>
            <td role="cell" data-l="Last new">{when::day(standing.last, &visit.site.zone)}</td>
            <td role="cell" data-l="What is next">{next}{waiting}</td>
        </tr>
    }
}
