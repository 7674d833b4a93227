//! What a program asks for, as somebody reads it who has not begun.

use domain::programs::{Ledger, Program, Requirement, Row, Status, evaluate, facts::Facts};
use jiff::{civil::Date, tz::TimeZone};
use leptos::prelude::*;
use types::Moment;

use super::programs::ended;
use crate::ui::{self, Mark};

/// Every requirement with what it needs, whether it is offered, and where it comes from.
pub(super) fn asked(program: &Program, zone: &TimeZone) -> AnyView {
    let blank = blank(program, zone);
    let rows = program.requirements.iter().zip(&blank.rows).map(|(requirement, row)| line(requirement, row)).collect_view();
    view! {
        <section class="sec wide">
            <h2 id="asks" class="t2">"What it asks for"</h2>
            <div class="body">
                <table class="ledger" role="table" aria-labelledby="asks">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Requirement"</th>
                            <th role="columnheader" scope="col">"Needed"</th>
                            <th role="columnheader" scope="col">"Offered here"</th>
                            <th role="columnheader" scope="col">"Where it comes from"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn line(requirement: &Requirement, row: &Row) -> impl IntoView + use<> {
    let (mark, offered) = match row.status {
        Status::NotYetOffered => (Mark::NotYet, "Not yet"),
        Status::Unknown => (Mark::Unknown, "Could not tell"),
        _ if row.not_counted.is_empty() => (Mark::Done, "Yes"),
        _ => (Mark::UnderWay, "In part"),
    };
    let reasons = row.not_counted.iter().map(|not| view! { <br/><span class="small soft">{not.reason.clone()}</span> }).collect_view();
    let source = &requirement.source;
    let link =
        source.url.clone().map(|url| view! { " "<a href=url>"Its page"<span class="vh">": "{requirement.title.clone()}</span></a>"." });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><h3>{row.title.clone()}</h3><span class="small soft">{row.note.clone()}</span></th>
            <td role="cell" data-l="Needed">{row.needed.clone()}</td>
            <td role="cell" data-l="Offered here">{ui::status(mark, offered)}{reasons}</td>
            <td role="cell" data-l="Where it comes from" class="small">{ended(&source.words)}{link}" Looked up on "{day(source.checked_on)}"."</td>
        </tr>
    }
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
        some => Some(format!("{some} of {} requirements are not or not wholly offered here yet", blank.rows.len())),
    }
}

/// The ledger of somebody who has done nothing: its words say what is needed and what is not offered.
fn blank(program: &Program, zone: &TimeZone) -> Ledger {
    evaluate(program, &Facts::default(), Moment::default(), zone)
}

/// `23 November 2026`
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
