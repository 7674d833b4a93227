//! How entries are shown, to their trainee and to trainers alike.

use domain::{
    curriculum::{self, PRACTICUM_ENTRY, Rubric},
    practicum::{Band, Entry, Round, State},
};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use types::Minutes;

use crate::{
    error::Refusal,
    request::Visit,
    ui::{self, Mark},
    when,
};

/// The rubric by which entries are graded, from the newest release.
pub async fn rubric(visit: &Visit) -> Result<Option<Rubric>, Refusal> {
    let Some(digest) = curriculum::current(&visit.read()).await? else { return Ok(None) };
    let release = curriculum::release(&visit.platform, &digest).await?;
    Ok(release.and_then(|release| release.rubric(PRACTICUM_ENTRY).cloned()))
}

/// How far an entry is, with its mark.
pub fn state(state: State) -> AnyView {
    match state {
        State::Draft => ui::status(Mark::NotYet, "Draft, only you see it"),
        State::Submitted(_) => ui::status(Mark::Waiting, "Waiting for a trainer"),
        State::Approved(_) => ui::status(Mark::Done, "Approved"),
        State::Returned(_) => ui::status(Mark::SentBack, "Returned"),
        State::Withdrawn(_) => ui::status(Mark::NotYet, "Taken back"),
    }
}

/// An entry in a few words: its work, how long, its day and when it began.
pub fn line(entry: &Entry, zone: &TimeZone) -> String {
    let start = when::clock(entry.content.when.start);
    format!("{}, {}, {}, {start}", entry.content.category.title(), entry.minutes, when::day(entry.starts_at, zone))
}

/// What an entry says, fact by fact.
pub fn facts(entry: &Entry) -> AnyView {
    ui::facts(rows(entry, None))
}

/// The same as rows, each with what it said in the version before, where that was something else.
pub fn rows(entry: &Entry, before: Option<&Entry>) -> Vec<(&'static str, AnyView)> {
    let then = before.map(told).unwrap_or_default();
    let row = |(name, now): (&'static str, String)| {
        let was = then.iter().find(|(other, was)| *other == name && *was != now).map(|(_, was)| format!(", was “{was}”"));
        let was = was.map(|was| view! { <span class="soft">{was}</span> });
        (name, view! { {now} {was} }.into_any())
    };
    told(entry).into_iter().map(row).collect()
}

/// The facts in words.
fn told(entry: &Entry) -> Vec<(&'static str, String)> {
    let content = &entry.content;
    let day = when::date(content.when.day);
    let time = format!("{} to {} ({})", when::clock(content.when.start), when::clock(content.when.end), entry.minutes);
    let people = match content.people {
        Band::None => "nobody else".to_owned(),
        Band::One => "1\u{a0}person".to_owned(),
        band => format!("{} people", band.title()),
    };
    let direct = if content.direct { "Direct work with people" } else { "Not direct" };
    let place = format!("{} ({})", entry.placement.organization, entry.placement.setting.title());
    let supervisor = format!("{} ({})", entry.placement.supervisor, entry.placement.supervisor_kind.title().to_lowercase());
    vec![
        ("Day", day),
        ("Time", time),
        ("Work", content.category.title().to_owned()),
        ("Domain", content.domain.title().to_owned()),
        ("How, and how many", format!("{}, {people}", content.format.title())),
        ("Kind of hours", format!("{direct}, {}", content.hours.title().to_lowercase())),
        ("Place", place),
        ("Supervisor", supervisor),
        ("Observed", if content.observed { "By the supervisor" } else { "Not by the supervisor" }.to_owned()),
    ]
}

/// What an entry said each time that it was sent before, folded away under what it says now.
pub fn before(entry: &Entry, before: &[Entry], zone: &TimeZone) -> Option<AnyView> {
    let same = before.first()?.content == entry.content;
    let same = same.then(|| view! { <p class="small soft">"Nothing in it was changed since it was sent before."</p> });
    let folds = before
        .iter()
        .map(|then| {
            let sent = then.rounds.first().map(|round| format!(", sent {}", when::day_and_time(round.at, zone)));
            let safe = then.content.safe_because.as_ref().map(|reason| {
                let reason = format!("Why the words are safe: “{reason}”");
                view! { <p class="small">{reason}</p> }
            });
            let learned = then.content.learned.as_ref().map(|learned| shown_as_learned(learned.as_str()));
            view! {
                <details class="fold">
                    <summary>"As it was before"{sent}</summary>
                    <div class="flow">{marked(then.content.note.as_str())}{safe}{learned}{facts(then)}</div>
                </details>
            }
        })
        .collect_view();
    Some(view! { {same} {folds} }.into_any())
}

fn shown_as_learned(text: &str) -> AnyView {
    view! { <p class="small soft">"What was learned:"</p> {marked(text)} }.into_any()
}

/// A note with the words marked that may point to a person, and the reasons under it.
pub fn marked(text: &str) -> AnyView {
    let findings = guard::find(text);
    let mut parts = Vec::new();
    let mut from = 0;
    for (n, finding) in findings.iter().enumerate() {
        parts.push(lines(text.get(from..finding.range.start).unwrap_or_default()));
        let words = text.get(finding.range.clone()).unwrap_or_default().to_owned();
        parts.push(view! { <mark>{words}<sup>{n + 1}</sup></mark> }.into_any());
        from = finding.range.end;
    }
    parts.push(lines(text.get(from..).unwrap_or_default()));
    let reasons = (!findings.is_empty()).then(|| {
        let reasons = findings.iter().map(|finding| view! { <li>{finding.kind.advice()}</li> }).collect_view();
        view! { <ol class="small">{reasons}</ol> }
    });
    view! { <p class="note">{parts}</p> {reasons} }.into_any()
}

/// A text with its line breaks.
fn lines(text: &str) -> AnyView {
    let line = |(n, line): (usize, &str)| view! { {(n > 0).then(|| view! { <br/> })} {line.to_owned()} };
    text.split('\n').enumerate().map(line).collect_view().into_any()
}

/// The level that was given on each line of the rubric. A line or a level that the rubric no longer has is told by
/// what is stored of it.
pub fn levels(scores: &[(String, i32)], rubric: Option<&Rubric>) -> Option<AnyView> {
    let rows = scores
        .iter()
        .map(|(id, points)| {
            let line = rubric.and_then(|rubric| rubric.lines.iter().find(|line| line.id == *id));
            let level = line.and_then(|line| line.levels.iter().find(|level| level.points == *points));
            let title = line.map_or(id.as_str(), |line| line.title.as_str());
            let level = level.map_or_else(|| format!("points: {points}"), |level| level.label.clone());
            view! { <li>{format!("{title}: {level}")}</li> }
        })
        .collect_view();
    (!scores.is_empty()).then(|| view! { <ul class="small">{rows}</ul> }.into_any())
}

/// What a round did, by whom and when.
pub fn did(round: &Round, zone: &TimeZone) -> AnyView {
    let (mark, word) = match round.state {
        State::Approved(_) => (Mark::Done, "Approved"),
        State::Returned(_) => (Mark::SentBack, "Returned"),
        State::Submitted(_) => (Mark::Waiting, "Sent"),
        State::Withdrawn(_) => (Mark::NotYet, "Taken back"),
        State::Draft => (Mark::NotYet, "Kept"),
    };
    ui::status(mark, format!("{word} by {}, {}", round.by, when::day_and_time(round.at, zone)))
}

/// What happened to an entry, newest first, each decision with its levels of the rubric.
pub fn history(rounds: &[Round], rubric: Option<&Rubric>, zone: &TimeZone) -> AnyView {
    let rows = rounds
        .iter()
        .rev()
        .map(|round| {
            let reason = round.reason.map(|reason| view! { <p>"Reason: "{reason.title()}</p> });
            let levels = levels(&round.scores, rubric);
            let note = round.note.as_deref().map(ui::paragraphs);
            view! { <li><div class="flow"><p>{did(round, zone)}</p>{reason}{levels}{note}</div></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}

/// Why hours that were returned are in no sum; nothing where there are none.
pub(crate) fn came_back(returned: Minutes) -> Option<AnyView> {
    (returned > Minutes::ZERO).then(|| {
        view! { <p>{format!("{returned} of yours came back to you. That is not in these sums until you send it again.")}</p> }.into_any()
    })
}
