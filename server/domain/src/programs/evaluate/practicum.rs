//! Practicum hours: which minutes of which entry count, the three totals, and what is left.
//!
//! A minute counts once or not at all, and what does not count has one reason; so what was sent is always
//! what counts and all reasons together.

use types::{Category, Domain, Minutes, Moment};

use super::{About, Far, Judged, checks, words};
use crate::programs::{
    Attestor, Evidence, Measure, Practicum, Share, Step, Target, Totals,
    facts::{PracticumFact, PracticumState},
};

mod say;

/// Why minutes do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// A trainer has not decided yet.
    Waiting,
    /// A trainer sent the entry back.
    SentBack,
    /// The program also needs the word of the site's supervisor.
    NoSupervisor,
    /// The program needs a placement, and the entry has none.
    NoPlacement,
    /// It was before the placement began.
    BeforePlacement(Moment),
    /// It was work with people before the modules that come first.
    BeforeGate,
    /// The category is full.
    Above(Category, Minutes),
}

/// The minutes of one entry: those that count, or those that do not and why. An entry that fills its
/// category stands in it twice.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    fact: &'a PracticumFact,
    minutes: Minutes,
    why_not: Option<Reason>,
}

pub(super) fn judge(about: &About<'_>, rule: &Practicum) -> Judged {
    let pieces = pieces(about, rule, false);
    let sums = Sums(&pieces);
    let hopeful = self::pieces(about, rule, true);
    let sent_back = pieces.iter().find(|piece| piece.why_not == Some(Reason::SentBack));
    Judged {
        far: Far::first(&[
            (enough(rule, &sums), Far::Met),
            (enough(rule, &Sums(&hopeful)), Far::Waiting),
            (!pieces.is_empty(), Far::UnderWay),
        ]),
        to_go: say::to_go(rule, &sums),
        needed: say::amount(rule, rule.entries, rule.minutes, rule.categories),
        counted: if sums.entries() == 0 { String::new() } else { say::amount(rule, sums.entries(), sums.counted(), sums.categories()) },
        measure: Some(Measure { needed: rule.minutes, counted: sums.counted(), waiting: sums.waiting() }),
        evidence: pieces.iter().filter(|piece| piece.why_not.is_none()).map(|piece| evidence(piece)).collect(),
        not_counted: say::not_counted(about, rule, &pieces),
        next: Some(match sent_back {
            Some(piece) => say::sent_back_step(about, piece.fact),
            None => log_step(rule, &sums),
        }),
    }
}

pub(super) fn totals(about: &About<'_>, rule: &Practicum) -> Totals {
    let pieces = pieces(about, rule, false);
    let sums = Sums(&pieces);
    let all = |of: fn(&PracticumState) -> bool| pieces.iter().filter(|piece| of(&piece.fact.state)).map(|piece| piece.minutes).sum();
    Totals {
        submitted: all(|state| matches!(state, PracticumState::Submitted(_) | PracticumState::Approved(_))),
        approved: all(|state| matches!(state, PracticumState::Approved(_))),
        sent_back: all(|state| matches!(state, PracticumState::Returned(_))),
        counted: sums.counted(),
        waiting: sums.waiting(),
        needed: rule.minutes,
        entries: sums.entries(),
        by_category: Category::ALL.iter().filter_map(|category| category_share(rule, &sums, *category)).collect(),
        by_domain: Domain::ALL.iter().filter_map(|domain| domain_share(rule, &sums, *domain)).collect(),
        direct: sums.measure(rule.direct, |fact| is_direct(rule, fact)),
    }
}

/// Every entry but those taken back, piece by piece and by the day of the work. With `hopeful` those that wait
/// are treated as approved. A category that has a limit fills in the order of approval, so what counted once goes
/// on counting whatever is approved later.
fn pieces<'a>(about: &About<'a>, rule: &Practicum, hopeful: bool) -> Vec<Piece<'a>> {
    let gate = gate_opens(about, rule);
    let mut full: Vec<(Category, Minutes)> = Vec::new();
    let mut pieces = Vec::new();
    let mut facts: Vec<&PracticumFact> =
        about.facts.practicum.iter().filter(|fact| fact.state != PracticumState::Withdrawn && fact.minutes > Minutes::ZERO).collect();
    facts.sort_by_key(|fact| match fact.state {
        PracticumState::Approved(at) => (at, fact.at, fact.entry),
        _ => (Moment(i64::MAX), fact.at, fact.entry),
    });
    for fact in facts {
        if let Some(reason) = whole_reason(rule, fact, gate, hopeful) {
            pieces.push(Piece { fact, minutes: fact.minutes, why_not: Some(reason) });
            continue;
        }
        let most = rule.by_category.iter().find(|limit| limit.category == fact.category).and_then(|limit| limit.most);
        let Some(most) = most else {
            pieces.push(Piece { fact, minutes: fact.minutes, why_not: None });
            continue;
        };
        let used: Minutes = full.iter().filter(|(category, _)| *category == fact.category).map(|(_, minutes)| *minutes).sum();
        let fits = fact.minutes.min(most.less(used));
        full.push((fact.category, fits));
        let parts = [(fits, None), (fact.minutes.less(fits), Some(Reason::Above(fact.category, most)))];
        pieces.extend(parts.into_iter().filter(|(minutes, _)| *minutes > Minutes::ZERO).map(|(minutes, why_not)| Piece {
            fact,
            minutes,
            why_not,
        }));
    }
    pieces.sort_by_key(|piece| (piece.fact.at, piece.fact.entry));
    pieces
}

/// Why no minute of an entry counts, if so.
fn whole_reason(rule: &Practicum, fact: &PracticumFact, gate: Option<Moment>, hopeful: bool) -> Option<Reason> {
    match fact.state {
        PracticumState::Returned(_) => return Some(Reason::SentBack),
        PracticumState::Submitted(_) if !hopeful => return Some(Reason::Waiting),
        _ => {}
    }
    match fact.placement_from {
        None if rule.placement => return Some(Reason::NoPlacement),
        Some(from) if fact.at < from => return Some(Reason::BeforePlacement(from)),
        _ => {}
    }
    if is_direct(rule, fact) && gate.is_none_or(|opens| fact.at < opens) {
        return Some(Reason::BeforeGate);
    }
    rule.attest.contains(&Attestor::SiteSupervisor).then_some(Reason::NoSupervisor)
}

/// When work with people may begin: with the last of the checks that come before it. `None` while one of
/// them is not done.
fn gate_opens(about: &About<'_>, rule: &Practicum) -> Option<Moment> {
    rule.gate.iter().map(|module| checks::done_at(about, module)).try_fold(Moment(i64::MIN), |latest, at| Some(latest.max(at?)))
}

fn is_direct(rule: &Practicum, fact: &PracticumFact) -> bool {
    fact.direct && (rule.direct_categories.is_empty() || rule.direct_categories.contains(&fact.category))
}

/// Sums over the pieces that count.
struct Sums<'a, 'f>(&'a [Piece<'f>]);

impl Sums<'_, '_> {
    fn sum(&self, of: impl Fn(&PracticumFact) -> bool) -> Minutes {
        self.0.iter().filter(|piece| piece.why_not.is_none() && of(piece.fact)).map(|piece| piece.minutes).sum()
    }

    fn counted(&self) -> Minutes {
        self.sum(|_| true)
    }

    fn waiting(&self) -> Minutes {
        self.waiting_of(|_| true)
    }

    fn waiting_of(&self, of: impl Fn(&PracticumFact) -> bool) -> Minutes {
        self.0.iter().filter(|piece| piece.why_not == Some(Reason::Waiting) && of(piece.fact)).map(|piece| piece.minutes).sum()
    }

    fn entries(&self) -> usize {
        // An entry has at most one piece that counts.
        self.0.iter().filter(|piece| piece.why_not.is_none()).count()
    }

    fn categories(&self) -> usize {
        Category::ALL.iter().filter(|category| self.sum(|fact| fact.category == **category) > Minutes::ZERO).count()
    }

    fn measure(&self, needed: Minutes, of: impl Fn(&PracticumFact) -> bool) -> Measure {
        Measure { needed, counted: self.sum(&of), waiting: self.waiting_of(&of) }
    }
}

fn enough(rule: &Practicum, sums: &Sums<'_, '_>) -> bool {
    sums.counted() >= rule.minutes
        && sums.entries() >= rule.entries
        && sums.categories() >= rule.categories
        && rule.by_category.iter().all(|limit| sums.sum(|fact| fact.category == limit.category) >= limit.least)
        && rule.by_domain.iter().all(|(domain, least)| sums.sum(|fact| fact.domain == *domain) >= *least)
        && sums.sum(|fact| is_direct(rule, fact)) >= rule.direct
}

fn category_share(rule: &Practicum, sums: &Sums<'_, '_>, category: Category) -> Option<Share<Category>> {
    let limit = rule.by_category.iter().find(|limit| limit.category == category);
    let measure = sums.measure(limit.map_or(Minutes::ZERO, |limit| limit.least), |fact| fact.category == category);
    let any = limit.is_some() || measure.counted + measure.waiting > Minutes::ZERO;
    any.then(|| Share { of: category, measure, most: limit.and_then(|limit| limit.most) })
}

fn domain_share(rule: &Practicum, sums: &Sums<'_, '_>, domain: Domain) -> Option<Share<Domain>> {
    let least = rule.by_domain.iter().find(|(of, _)| *of == domain).map(|(_, least)| *least);
    let measure = sums.measure(least.unwrap_or_default(), |fact| fact.domain == domain);
    let any = least.is_some() || measure.counted + measure.waiting > Minutes::ZERO;
    any.then_some(Share { of: domain, measure, most: None })
}

fn evidence(piece: &Piece<'_>) -> Evidence {
    let fact = piece.fact;
    Evidence { words: fact.category.title().to_owned(), at: fact.at, minutes: Some(piece.minutes), target: Some(Target::Entry(fact.entry)) }
}

fn log_step(rule: &Practicum, sums: &Sums<'_, '_>) -> Step {
    let waiting = sums.waiting();
    let waits = if waiting > Minutes::ZERO { format!(" {waiting} wait for a trainer.") } else { String::new() };
    let lacks = say::nearest_lacks(rule, sums);
    let why = if lacks.is_empty() {
        format!("Write down what you did, never who it was with.{waits}")
    } else {
        format!("Still needed: {}.{waits}", words::list(&lacks))
    };
    Step { words: "Log practicum hours.".to_owned(), why, action: "Write an entry".to_owned(), target: Target::NewEntry }
}

/// A fixed order of states, so that of two reports of one entry the same is taken whichever came first.
pub(super) const fn rank(state: PracticumState) -> (u8, Moment) {
    match state {
        PracticumState::Withdrawn => (0, Moment(0)),
        PracticumState::Returned(at) => (1, at),
        PracticumState::Submitted(at) => (2, at),
        PracticumState::Approved(at) => (3, at),
    }
}
