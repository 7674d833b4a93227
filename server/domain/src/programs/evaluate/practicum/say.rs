//! The words about practicum hours.

use types::{Category, Minutes, Moment};

use super::{Piece, Reason, Sums, is_direct};
use crate::programs::{
    NotCounted, Practicum, Step, Target,
    evaluate::{About, words},
    facts::PracticumFact,
};

/// `3 entries, 6 h, 2 categories`: only what the program asks about.
pub(super) fn amount(rule: &Practicum, entries: usize, minutes: Minutes, categories: usize) -> String {
    let mut parts = Vec::new();
    if rule.entries > 0 {
        parts.push(words::count(entries, "entry", "entries"));
    }
    parts.push(minutes.to_string());
    if rule.categories > 1 {
        parts.push(words::count(categories, "category", "categories"));
    }
    parts.join(", ")
}

/// `1 entry and 2 h to go`; where these are reached and a part is not, `8 h of advocacy and rights to go`.
pub(super) fn to_go(rule: &Practicum, sums: &Sums<'_, '_>) -> String {
    let parts = nearest_lacks(rule, sums);
    if parts.is_empty() { String::new() } else { format!("{} to go", words::list(&parts)) }
}

/// What is left in all; where nothing is, the first parts that are short. All of them at once would be a
/// list that nobody reads: the hours by kind stand on the page.
pub(super) fn nearest_lacks(rule: &Practicum, sums: &Sums<'_, '_>) -> Vec<String> {
    let mut parts = main_lacks(rule, sums);
    if parts.is_empty() {
        parts = part_lacks(rule, sums);
        parts.truncate(2);
    }
    parts
}

fn main_lacks(rule: &Practicum, sums: &Sums<'_, '_>) -> Vec<String> {
    let mut parts = Vec::new();
    let entries = rule.entries.saturating_sub(sums.entries());
    if entries > 0 {
        parts.push(words::count(entries, "entry", "entries"));
    }
    let minutes = rule.minutes.less(sums.counted());
    if minutes > Minutes::ZERO {
        parts.push(minutes.to_string());
    }
    let categories = rule.categories.saturating_sub(sums.categories());
    if categories > 0 && rule.categories > 1 {
        let (one, many) = if sums.categories() == 0 { ("category", "categories") } else { ("more category", "more categories") };
        parts.push(words::count(categories, one, many));
    }
    parts
}

fn part_lacks(rule: &Practicum, sums: &Sums<'_, '_>) -> Vec<String> {
    let mut parts = Vec::new();
    let mut lack = |least: Minutes, reached: Minutes, of: &str| {
        let left = least.less(reached);
        if left > Minutes::ZERO {
            parts.push(format!("{left} of {of}"));
        }
    };
    for limit in &rule.by_category {
        lack(limit.least, sums.sum(|fact| fact.category == limit.category), &limit.category.title().to_lowercase());
    }
    for (domain, least) in &rule.by_domain {
        lack(*least, sums.sum(|fact| fact.domain == *domain), &domain.title().to_lowercase());
    }
    lack(rule.direct, sums.sum(|fact| is_direct(rule, fact)), "work with people");
    parts
}

/// Each reason once with all its minutes; an entry that was returned stands alone, with the way to it.
pub(super) fn not_counted(about: &About<'_>, rule: &Practicum, pieces: &[Piece<'_>]) -> Vec<NotCounted> {
    let mut groups: Vec<(Reason, Vec<&Piece<'_>>)> = Vec::new();
    for piece in pieces {
        let Some(reason) = piece.why_not else { continue };
        let alone = reason == Reason::SentBack;
        match groups.iter_mut().find(|(known, _)| *known == reason && !alone) {
            Some((_, group)) => group.push(piece),
            None => groups.push((reason, vec![piece])),
        }
    }
    groups.sort_by_key(|(reason, _)| order(*reason));
    groups
        .into_iter()
        .map(|(reason, group)| NotCounted {
            minutes: Some(group.iter().map(|piece| piece.minutes).sum()),
            reason: sentence(about, rule, reason, &group),
            step: group.first().filter(|_| reason == Reason::SentBack).map(|piece| sent_back_step(about, piece.fact)),
        })
        .collect()
}

/// What somebody can do something about comes first.
const fn order(reason: Reason) -> u8 {
    match reason {
        Reason::SentBack => 0,
        Reason::Waiting => 1,
        Reason::NoPlacement => 2,
        Reason::BeforePlacement(_) => 3,
        Reason::BeforeGate => 4,
        Reason::NoSupervisor => 5,
        Reason::Above(..) => 6,
    }
}

fn sentence(about: &About<'_>, rule: &Practicum, reason: Reason, group: &[&Piece<'_>]) -> String {
    let day = |moment: Moment| words::day(moment, about.zone);
    let of = group.first().map(|piece| day(piece.fact.at)).unwrap_or_default();
    match reason {
        Reason::SentBack => format!("the entry of {of} was returned to you. Nothing of it is lost."),
        Reason::Waiting if group.len() == 1 => format!("the entry of {of} waits for a trainer."),
        Reason::Waiting => format!("{} entries wait for a trainer.", group.len()),
        Reason::NoPlacement => "without a placement. This program counts hours at a site with an agreement.".to_owned(),
        Reason::BeforePlacement(from) => format!("before your placement began on {}.", day(from)),
        Reason::BeforeGate => {
            let gate: Vec<&str> = rule.gate.iter().map(String::as_str).collect();
            let checks = if gate.len() == 1 { "the check" } else { "the checks" };
            format!("work with people before {checks} of {}.", words::modules(about.program, &gate))
        }
        Reason::NoSupervisor => "your site supervisor has to confirm it too, and that is not offered here yet.".to_owned(),
        Reason::Above(category, most) => format!("{} above the limit of {most}.", lower(category)),
    }
}

fn lower(category: Category) -> String {
    category.title().to_lowercase()
}

pub(super) fn sent_back_step(about: &About<'_>, fact: &PracticumFact) -> Step {
    Step {
        words: "Look at the entry that was returned to you.".to_owned(),
        why: format!(
            "It is the one of {}, {}. The trainer wrote why. You can change it and send it again.",
            words::day(fact.at, about.zone),
            fact.minutes
        ),
        action: "Open the entry".to_owned(),
        target: Target::Entry(fact.entry),
    }
}
