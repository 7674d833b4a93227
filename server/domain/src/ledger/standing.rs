//! Where somebody is on the way, for those who walk beside them.

use jiff::tz::TimeZone;
use types::Moment;

use super::facts;
use crate::{
    Look, Unavailable,
    learning::{Enrolled, Enrolment},
    programs::{
        Ledger, Next, Program, evaluate,
        facts::{CheckFact, Facts, PracticumState},
    },
};

/// After so many days without anything new, somebody asks how it goes (a house rule).
const QUIET: i64 = 14;
/// After so many tries at one check, talking it over helps better than another try (a house rule).
const TRIES: usize = 3;

/// Where one person is in one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who, and in which program.
    pub who: Enrolled,
    /// Their ledger.
    pub ledger: Ledger,
    /// When something last became so.
    pub last: Moment,
    /// How many practicum entries wait for a trainer.
    pub waiting: usize,
    /// Why somebody may want to ask how it goes.
    pub stuck: Option<Stuck>,
}

/// Why somebody may want to ask how it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuck {
    /// A module's check was tried so often and not passed.
    Check {
        /// The module, as people call it: `module 2`.
        module: String,
        /// How often.
        tries: usize,
    },
    /// Nothing new for so many days, and it is the trainee's turn.
    Quiet {
        /// How many days.
        days: i64,
    },
}

/// Where these people are, in their order. Each program is the one the enrolment is pinned to.
pub async fn standings(look: &impl Look, people: Vec<(Enrolled, &Program)>, zone: &TimeZone) -> Result<Vec<Standing>, Unavailable> {
    let enrolments: Vec<&Enrolment> = people.iter().map(|(who, _)| &who.enrolment).collect();
    let facts = facts(look, &enrolments).await?;
    let standing = |((who, program), facts): ((Enrolled, &Program), Facts)| {
        let ledger = evaluate(program, &facts, look.now(), zone);
        let waiting = facts.practicum.iter().filter(|fact| matches!(fact.state, PracticumState::Submitted(_))).count();
        let stuck = stuck(program, &ledger, &facts, look.now());
        Standing { who, ledger, last: facts.last(), waiting, stuck }
    };
    Ok(people.into_iter().zip(facts).map(standing).collect())
}

/// Whoever waits for us is not stuck, and whoever has finished is not either.
fn stuck(program: &Program, ledger: &Ledger, facts: &Facts, now: Moment) -> Option<Stuck> {
    if !matches!(ledger.next, Next::Do(_)) {
        return None;
    }
    let tried = program.checks().flat_map(|checks| checks.passed.iter()).find_map(|module| {
        let tries: Vec<&CheckFact> = facts.checks.iter().filter(|fact| fact.module == *module).collect();
        let failed = tries.len() >= TRIES && tries.iter().all(|fact| fact.passed != Some(true));
        failed.then(|| Stuck::Check { module: program.number(module), tries: tries.len() })
    });
    let days = (now.0 - facts.last().0) / Moment::DAY;
    tried.or_else(|| (days >= QUIET).then_some(Stuck::Quiet { days }))
}
