//! What a program asks for, as somebody reads it who has not begun.

use domain::programs::{Ledger, Program, Requirement, Row, Status, evaluate, facts::Facts};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::Moment;

use super::programs::ended;
use crate::{
    ui::{self, Mark},
    when,
};

/// Every requirement with what it needs, whether it is offered, and where it comes from. What is said of the whole
/// program, at the end of its page, is not said again of each.
pub(super) fn asked(program: &Program, zone: &TimeZone) -> AnyView {
    let blank = blank(program, zone);
    let differ = program.requirements.iter().any(|requirement| requirement.source != program.source);
    let rows = program
        .requirements
        .iter()
        .zip(&blank.rows)
        .map(|(requirement, row)| line(row, differ.then(|| from(program, requirement))))
        .collect_view();
    let from = differ.then(|| view! { <th role="columnheader" scope="col">"Where it comes from"</th> });
    let note = if differ {
        format!("Where it comes from was looked up on {}, unless another day stands there.", when::date(program.source.checked_on))
    } else {
        "Where all of this comes from stands at the end of this page.".to_owned()
    };
    view! {
        <section class="sec wide">
            <h2 id="asks" class="t2">"What it asks for"</h2>
            <div class="body flow">
                <table class="ledger" role="table" aria-labelledby="asks">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Requirement"</th>
                            <th role="columnheader" scope="col">"Needed"</th>
                            <th role="columnheader" scope="col">"Offered here"</th>
                            {from}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
                <p class="small soft">{note}</p>
            </div>
        </section>
    }
    .into_any()
}

/// `from` is where it comes from, in a table that says so.
fn line(row: &Row, from: Option<AnyView>) -> impl IntoView + use<> {
    let (mark, offered) = match row.status {
        Status::NotYetOffered => (Mark::NotYet, "Not yet"),
        Status::Unknown => (Mark::Unknown, "Could not tell"),
        _ if row.not_counted.is_empty() => (Mark::Done, "Yes"),
        _ => (Mark::UnderWay, "In part"),
    };
    let reasons = row.not_counted.iter().map(|not| view! { <br/><span class="small soft">{not.reason.clone()}</span> }).collect_view();
    let from = from.map(|from| view! { <td role="cell" data-l="Where it comes from" class="small">{from}</td> });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><h3>{row.title.clone()}</h3><span class="small soft">{row.note.clone()}</span></th>
            <td role="cell" data-l="Needed">{row.needed.clone()}</td>
            <td role="cell" data-l="Offered here">{ui::status(mark, offered)}{reasons}</td>
            {from}
        </tr>
    }
}

/// Where a requirement comes from, as far as that is not the same for the whole program.
fn from(program: &Program, requirement: &Requirement) -> AnyView {
    let source = &requirement.source;
    if *source == program.source {
        return "As for the whole program.".into_any();
    }
    let link =
        source.url.clone().map(|url| view! { " "<a href=url>"Its page"<span class="vh">": "{requirement.title.clone()}</span></a>"." });
    let other_day = (source.checked_on != program.source.checked_on).then(|| format!(" Looked up on {}.", when::date(source.checked_on)));
    view! { {ended(&source.words)}{link}{other_day} }.into_any()
}

/// In a few words, how much of a program is not offered yet; nothing where all of it is.
pub(super) fn missing(program: &Program) -> Option<String> {
    let blank = blank(program, &TimeZone::UTC);
    let missing = blank
        .rows
        .iter()
        .filter(|row| matches!(row.status, Status::NotYetOffered | Status::Unknown) || !row.not_counted.is_empty())
        .count();
    match missing {
        0 => None,
        some => Some(format!("{some} of {} requirements cannot be met in full here yet", blank.rows.len())),
    }
}

/// Whether a requirement cannot be met here yet, so that nobody gets the certificate.
pub(super) fn closed(program: &Program) -> bool {
    blank(program, &TimeZone::UTC).rows.iter().any(|row| matches!(row.status, Status::NotYetOffered | Status::Unknown))
}

/// The ledger of somebody who has done nothing: its words say what is needed and what is not offered.
fn blank(program: &Program, zone: &TimeZone) -> Ledger {
    evaluate(program, &Facts::default(), Moment::default(), zone)
}
