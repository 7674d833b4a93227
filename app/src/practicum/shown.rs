//! How entries are shown, to their trainee and to trainers alike.

use domain::practicum::{Entry, Round, State};
use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::{
    ui::{self, Mark},
    when,
};

/// How far an entry is, with its mark.
pub fn state(state: State) -> AnyView {
    match state {
        State::Draft => ui::status(Mark::NotYet, "Draft, only you see it"),
        State::Submitted(_) => ui::status(Mark::Waiting, "Waiting for a trainer"),
        State::Approved(_) => ui::status(Mark::Done, "Approved"),
        State::Returned(_) => ui::status(Mark::SentBack, "Sent back"),
        State::Withdrawn(_) => ui::status(Mark::NotYet, "Taken back"),
    }
}

/// An entry in a few words: its work, how long, its day and when it began.
pub fn line(entry: &Entry, zone: &TimeZone) -> String {
    let start = entry.content.when.start.strftime("%-I:%M %P");
    format!("{}, {}, {}, {start}", entry.content.category.title(), entry.minutes, when::day(entry.starts_at, zone))
}

/// What an entry says, fact by fact.
pub fn facts(entry: &Entry) -> AnyView {
    let content = &entry.content;
    let time = format!("{} to {} ({})", content.when.start.strftime("%-I:%M %P"), content.when.end.strftime("%-I:%M %P"), entry.minutes);
    let people = format!("{}, {}", content.format.title(), content.people.title().to_lowercase());
    let direct = if content.direct { "Direct work with people" } else { "Not direct" };
    let place = format!("{} ({})", entry.placement.organization, entry.placement.setting.title());
    let supervisor = format!("{} ({})", entry.placement.supervisor, entry.placement.supervisor_kind.title().to_lowercase());
    ui::facts(vec![
        ("Time", time.into_any()),
        ("Work", content.category.title().into_any()),
        ("Domain", content.domain.title().into_any()),
        ("How, and how many", people.into_any()),
        ("Kind of hours", format!("{direct}, {}", content.hours.title().to_lowercase()).into_any()),
        ("Place", place.into_any()),
        ("Supervisor", supervisor.into_any()),
        ("Observed", if content.observed { "Yes" } else { "No" }.into_any()),
    ])
}

/// A note with the words marked that may point to a person, and the reasons under it.
pub fn marked(text: &str) -> AnyView {
    let findings = guard::find(text);
    let mut parts = Vec::new();
    let mut from = 0;
    for (n, finding) in findings.iter().enumerate() {
        parts.push(text.get(from..finding.range.start).unwrap_or_default().to_owned().into_any());
        let words = text.get(finding.range.clone()).unwrap_or_default().to_owned();
        parts.push(view! { <mark>{words}<sup>{n + 1}</sup></mark> }.into_any());
        from = finding.range.end;
    }
    parts.push(text.get(from..).unwrap_or_default().to_owned().into_any());
    let reasons = (!findings.is_empty()).then(|| {
        let reasons = findings.iter().map(|finding| view! { <li>{finding.kind.advice()}</li> }).collect_view();
        view! { <ol class="small">{reasons}</ol> }
    });
    view! { <p class="note">{parts}</p> {reasons} }.into_any()
}

/// What happened to an entry, newest first.
pub fn history(rounds: &[Round], zone: &TimeZone) -> AnyView {
    let rows = rounds
        .iter()
        .rev()
        .map(|round| {
            let (mark, word) = match round.what.as_str() {
                "approved" => (Mark::Done, "Approved"),
                "returned" => (Mark::SentBack, "Sent back"),
                "submitted" => (Mark::Waiting, "Sent"),
                _ => (Mark::NotYet, "Taken back"),
            };
            let head = format!("{word} by {}, {}", round.by, when::day_and_time(round.at, zone));
            let reason = round.reason.map(|reason| view! { <p>"Reason: "{reason.title()}</p> });
            let note = round.note.as_deref().map(ui::paragraphs);
            view! { <li><div class="flow"><p>{ui::status(mark, head)}</p>{reason}{note}</div></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}
