//! The table of every requirement: needed, counted, not counted and why. What is not met stands first.

use domain::programs::{Evidence, Ledger, NotCounted, Row, Status};
use leptos::prelude::*;

use super::super::link;
use crate::ui::{self, Mark};

/// So much evidence shows at once; more folds.
const SHOWN: usize = 3;

pub(super) fn table(program: &str, ledger: &Ledger) -> AnyView {
    let mut rows: Vec<&Row> = ledger.rows.iter().collect();
    rows.sort_by_key(|row| place(row.status));
    let rows = rows.into_iter().map(|row| line(program, row)).collect_view();
    view! {
        <section class="sec wide">
            <h2 id="req" class="t2">"Every requirement"</h2>
            <div class="body">
                <table class="ledger" role="table" aria-labelledby="req">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Requirement"</th>
                            <th role="columnheader" scope="col">"Needed"</th>
                            <th role="columnheader" scope="col">"Counted"</th>
                            <th role="columnheader" scope="col">"Not counted and why, or what to do"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

const fn place(status: Status) -> u8 {
    match status {
        Status::UnderWay => 0,
        Status::Waiting => 1,
        Status::NotStarted => 2,
        Status::NotYetOffered | Status::Unknown => 3,
        Status::Met(_) => 4,
    }
}

fn line(program: &str, row: &Row) -> impl IntoView + use<> {
    let (mark, words) = match row.status {
        Status::Met(_) => (Mark::Done, "Met".to_owned()),
        Status::UnderWay if row.to_go.is_empty() => (Mark::UnderWay, "Under way".to_owned()),
        Status::UnderWay => (Mark::UnderWay, format!("Under way: {}", row.to_go)),
        Status::Waiting => (Mark::Waiting, "Waiting for a trainer".to_owned()),
        Status::NotStarted => (Mark::NotYet, "Not begun".to_owned()),
        Status::NotYetOffered => (Mark::NotYet, "Not yet offered".to_owned()),
        Status::Unknown => (Mark::Unknown, "Could not tell".to_owned()),
    };
    let note = (!row.note.is_empty()).then(|| view! { <br/><span class="small soft">{row.note.clone()}</span> });
    let reasons: Vec<AnyView> = row.not_counted.iter().map(|not| reason(program, row, not)).chain(to_do(program, row)).collect();
    let none = reasons.is_empty();
    let label = if row.not_counted.is_empty() { "What to do" } else { "Not counted, and why" };
    let reasons = if none { "Nothing".into_any() } else { view! { <ul>{reasons}</ul> }.into_any() };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><h3>{row.title.clone()}</h3>{ui::status(mark, words)}{note}</th>
            <td role="cell" data-l="Needed">{row.needed.clone()}</td>
            <td role="cell" data-l="Counted">{row.counted.clone()}{evidence(program, row)}</td>
            <td role="cell" class=none.then_some("none") data-l=label>{reasons}</td>
        </tr>
    }
}

fn reason(program: &str, row: &Row, not: &NotCounted) -> AnyView {
    let minutes = not.minutes.map(|minutes| format!("{minutes}: "));
    let step = not.step.as_ref().map(|step| view! { " "{link::link(program, step, &row.title)}"." });
    view! { <li>{minutes}{not.reason.clone()}{step}</li> }.into_any()
}

/// The step of a requirement, unless one of its reasons has said it already.
fn to_do(program: &str, row: &Row) -> Option<AnyView> {
    let step = row.next.as_ref()?;
    let said = row.not_counted.iter().any(|not| not.step.as_ref().is_some_and(|other| other.target == step.target));
    (!said).then(|| view! { <li>{step.words.clone()}" "{link::link(program, step, &row.title)}"."</li> }.into_any())
}

/// What counted, piece by piece. A single piece that is said already in the sum is not said twice.
fn evidence(program: &str, row: &Row) -> AnyView {
    let linked: Vec<&Evidence> = row.evidence.iter().filter(|evidence| evidence.target.is_some() || row.evidence.len() > 1).collect();
    if linked.is_empty() {
        return ().into_any();
    }
    let count = linked.len();
    let items = linked.into_iter().map(|evidence| piece(program, evidence)).collect_view();
    if count <= SHOWN {
        return view! { <ul>{items}</ul> }.into_any();
    }
    let about = format!(": {}", row.title);
    view! { <details><summary>{format!("All {count}")}<span class="vh">{about}</span></summary><ul>{items}</ul></details> }.into_any()
}

fn piece(program: &str, evidence: &Evidence) -> AnyView {
    let minutes = evidence.minutes.map(|minutes| format!(", {minutes}"));
    let words = evidence.words.clone();
    match &evidence.target {
        Some(target) => view! { <li><a href=link::address(program, target)>{words}</a>{minutes}</li> }.into_any(),
        None => view! { <li>{words}{minutes}</li> }.into_any(),
    }
}
