//! The evaluation: a pure function from a program, dated facts and a day to a ledger.
//!
//! Each kind of rule has a judge; a judge sees the program and the facts and nothing else. What cannot be
//! met here, and what nobody has looked up, is decided here and never by a judge, so that no judge can
//! pass it by mistake.

mod checks;
mod live;
mod next;
mod practicum;
mod statements;
mod training;
mod words;

use jiff::tz::TimeZone;
use types::Moment;

use super::{Evidence, Ledger, Measure, NotCounted, Program, Requirement, Row, Rule, Status, Step, Target, facts::Facts};

/// The ledger of these facts under this program, as it is at `today`: facts from later are left out. Days
/// are those of the zone. The order of the facts does not matter.
pub fn evaluate(program: &Program, facts: &Facts, today: Moment, zone: &TimeZone) -> Ledger {
    let facts = tidy(facts.until(today));
    let about = About { program, facts: &facts, zone };
    let rows: Vec<Row> = program.requirements.iter().map(|requirement| row(&about, requirement)).collect();
    Ledger {
        program: program.id.clone(),
        version: program.version.clone(),
        practicum: program.practicum().map(|rule| practicum::totals(&about, rule)),
        next: next::next(&rows),
        rows,
    }
}

/// What a judge sees.
#[derive(Clone, Copy)]
struct About<'a> {
    program: &'a Program,
    facts: &'a Facts,
    zone: &'a TimeZone,
}

/// How far a requirement is, as its judge sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Far {
    #[default]
    NotStarted,
    UnderWay,
    /// What is left waits for somebody else.
    Waiting,
    /// What is left is not offered here yet.
    Closed,
    Met,
}

impl Far {
    /// The first of these that holds.
    fn first(of: &[(bool, Self)]) -> Self {
        of.iter().find(|(holds, _)| *holds).map(|(_, far)| *far).unwrap_or_default()
    }
}

/// What a judge says.
#[derive(Default)]
struct Judged {
    far: Far,
    to_go: String,
    needed: String,
    counted: String,
    measure: Option<Measure>,
    evidence: Vec<Evidence>,
    not_counted: Vec<NotCounted>,
    next: Option<Step>,
}

fn row(about: &About<'_>, requirement: &Requirement) -> Row {
    let rule = &requirement.rule;
    let missing = if requirement.declared_missing { Some("this part") } else { rule.missing_here() };
    let mut judged = judge(about, requirement);
    let status = if let Rule::Unknown { ask } = rule {
        judged.not_counted.push(NotCounted {
            minutes: None,
            reason: format!("We have not looked this rule up. It is not treated as met. Ask {ask}."),
            step: None,
        });
        Status::Unknown
    } else if let Some(what) = missing {
        judged.not_counted.push(NotCounted {
            minutes: None,
            reason: format!("Not offered here yet: {what}. You lose nothing by going on with the rest."),
            step: None,
        });
        Status::NotYetOffered
    } else {
        match judged.far {
            Far::Met => Status::Met(met_at(about, requirement)),
            Far::Closed => Status::NotYetOffered,
            Far::Waiting => Status::Waiting,
            Far::UnderWay => Status::UnderWay,
            Far::NotStarted => Status::NotStarted,
        }
    };
    let to_do = matches!(status, Status::UnderWay | Status::NotStarted);
    // What came back can be mended and sent again, whatever else is not offered here.
    let sent_back = |step: &Step| status == Status::NotYetOffered && matches!(step.target, Target::Entry(_));
    let counted = if judged.counted.is_empty() { "Nothing yet".to_owned() } else { judged.counted };
    Row {
        id: requirement.id.clone(),
        title: requirement.title.clone(),
        note: requirement.note.clone(),
        status,
        to_go: if to_do { judged.to_go } else { String::new() },
        needed: judged.needed,
        counted,
        measure: judged.measure,
        evidence: judged.evidence,
        not_counted: judged.not_counted,
        next: judged.next.filter(|step| to_do || sent_back(step)),
    }
}

fn judge(about: &About<'_>, requirement: &Requirement) -> Judged {
    let wanted = |needed: String| Judged { needed, ..Judged::default() };
    match &requirement.rule {
        Rule::Lessons { module } => training::lessons(about, module),
        Rule::Checks(rule) => checks::judge(about, rule),
        Rule::Live { modules, sessions, minutes } => live::sessions(about, modules, *sessions, *minutes),
        Rule::LiveHours => live::hours(about),
        Rule::TrainingHours { minutes, by_domain } => training::hours(about, *minutes, by_domain),
        Rule::Statement { statement } => statements::judge(about, requirement, statement, "Signed"),
        Rule::Attestation { statement } => statements::judge(about, requirement, statement, "Your signature"),
        Rule::WellnessPlan { statement } => statements::judge(about, requirement, statement, "You say you have one"),
        Rule::Practicum(rule) => practicum::judge(about, rule),
        Rule::Supervision(rule) => wanted(words::supervision(rule)),
        Rule::Exam(rule) => wanted(words::exam(rule)),
        Rule::RolePlay { .. } => wanted("Rated as ready".to_owned()),
        Rule::Drill { module, pass_percent } => checks::drill(about, module, *pass_percent),
        Rule::OfficerDecision => wanted("An officer’s decision".to_owned()),
        Rule::Unknown { .. } => wanted("Not known".to_owned()),
    }
}

/// Since when a requirement is met: the first moment whose facts meet it. Only asked where today's do.
fn met_at(about: &About<'_>, requirement: &Requirement) -> Moment {
    let moments = about.facts.moments();
    let unmet = |moment: &Moment| {
        let then = about.facts.until(*moment);
        judge(&About { facts: &then, ..*about }, requirement).far != Far::Met
    };
    let first = moments.partition_point(unmet);
    moments.get(first).copied().unwrap_or(about.facts.enrolled_at)
}

/// The facts in one fixed order and each once, however they came in.
fn tidy(mut facts: Facts) -> Facts {
    facts.lessons.sort_by(|a, b| (&a.lesson, a.at, &a.module).cmp(&(&b.lesson, b.at, &b.module)));
    facts.lessons.dedup_by(|b, a| a.lesson == b.lesson);
    facts.lessons.sort_by(|a, b| (a.at, &a.lesson).cmp(&(b.at, &b.lesson)));
    facts.begun.sort_by(|a, b| (a.attempt, a.at, &a.module).cmp(&(b.attempt, b.at, &b.module)));
    facts.begun.dedup_by(|b, a| a.attempt == b.attempt);
    facts.checks.sort_by(|a, b| {
        (a.attempt, a.at, a.reached, a.possible, a.passed, &a.module).cmp(&(b.attempt, b.at, b.reached, b.possible, b.passed, &b.module))
    });
    facts.checks.dedup_by(|b, a| a.attempt == b.attempt);
    facts.checks.sort_by_key(|fact| (fact.at, fact.attempt));
    facts
        .attendance
        .sort_by(|a, b| (a.session, b.minutes, a.at, &a.module, &a.guide).cmp(&(b.session, a.minutes, b.at, &b.module, &b.guide)));
    facts.attendance.dedup_by(|b, a| a.session == b.session);
    facts.attendance.sort_by_key(|fact| (fact.at, fact.session));
    facts.signatures.sort_by(|a, b| (a.at, &a.statement, &a.version).cmp(&(b.at, &b.statement, &b.version)));
    facts.practicum.sort_by_key(|fact| {
        (fact.entry, fact.at, practicum::rank(fact.state), fact.minutes, fact.category, fact.domain, fact.direct, fact.placement_from)
    });
    facts.practicum.dedup_by(|b, a| a.entry == b.entry);
    facts.practicum.sort_by_key(|fact| (fact.at, fact.entry));
    facts
}
