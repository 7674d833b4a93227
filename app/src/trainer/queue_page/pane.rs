//! One entry as it was sent, with all that happened to it.

use domain::{
    curriculum::Rubric,
    practicum::{Entry, State},
};
use leptos::prelude::*;

use super::{LATE, is_late};
use crate::{
    practicum::shown,
    request::Visit,
    ui::{self, Mark},
    when,
};

pub(super) fn pane(
    visit: &Visit,
    entry: &Entry,
    name: &str,
    rubric: Option<&Rubric>,
    before: &[Entry],
    if_approved: Option<String>,
) -> impl IntoView + use<> {
    let zone = &visit.site.zone;
    let heading = format!("{name}, {}, {}", when::day(entry.starts_at, zone), entry.minutes);
    let is_decided = !matches!(entry.state, State::Submitted(_));
    let decided = entry.rounds.last().filter(|_| is_decided).map(|round| view! { <p>{shown::did(round, zone)}</p> });
    let sent = entry.rounds.iter().rev().find(|round| round.sent()).map(|round| {
        let late = is_late(entry.starts_at, round.at, zone).then(|| ui::status(Mark::Look, LATE));
        view! { <p class="small soft">"Sent "{when::day_and_time(round.at, zone)}". "{late}</p> }
    });
    let mut facts = shown::rows(entry, before.first());
    facts.extend(if_approved.map(|words| ("If approved", words.into_any())));
    let has_history = entry.rounds.len() > 1 || is_decided;
    let history = has_history.then(|| shown::history(&entry.rounds, rubric, zone));
    let history = history.map(|history| view! { <div class="flow"><h3>"What happened so far"</h3>{history}</div> });
    view! {
        <div class="flow"><h2 id="eh" class="big">{heading}</h2>{decided}{sent}{ui::facts(facts)}</div>
        {words(entry, name, before)}
        {shown::before(entry, before, zone).map(|before| view! { <div>{before}</div> })}
        {history}
    }
}

/// What the trainee wrote, with the words marked that may point to a person.
fn words(entry: &Entry, name: &str, before: &[Entry]) -> impl IntoView + use<> {
    let content = &entry.content;
    let safe = content.safe_because.as_ref().map(|reason| {
        let wrote = if content.kept_words() { "kept words that we pointed to." } else { "wrote why words in it are safe." };
        let (who, reason) = (format!("{name} {wrote} "), format!("Reason given: “{reason}”"));
        view! { <div class="notice"><p><strong>{who}</strong>{reason}</p></div> }
    });
    let learned = content.learned.as_ref().map(|learned| view! { <h3>"What they learned"</h3> {shown::marked(learned.as_str())} });
    let is_other = |then: &Entry| (&then.content.note, &then.content.learned) != (&content.note, &content.learned);
    let changed = before.first().is_some_and(is_other).then(|| {
        view! { <p class="small soft">"These words were changed. Those from before stand below."</p> }
    });
    let wrote = format!("What {name} wrote");
    view! { <div class="flow"><h3>{wrote}</h3>{changed}{shown::marked(content.note.as_str())}{safe}{learned}</div> }
}
