//! The ledger of one enrolment: gathers its dated facts from the modules below and has `programs` evaluate
//! them. Keeps nothing of its own.

use jiff::tz::TimeZone;
use types::{EnrolmentId, EntryId, PersonId};

use crate::{
    Look, Platform, Unavailable, assessment,
    learning::{self, Enrolment},
    practicum,
    programs::{
        self, Ledger, Program, Totals, evaluate,
        facts::{Facts, PracticumState},
    },
};

mod standing;
#[cfg(test)]
mod tests;

pub use standing::{Standing, Stuck, standings};

/// How many enrolments are asked about at once; each is one parameter of a question, and databases take many
/// thousands.
const AT_ONCE: usize = 500;

/// Every fact of these enrolments, in their order. Many cost no more questions than one.
pub async fn facts(look: &impl Look, enrolments: &[&Enrolment]) -> Result<Vec<Facts>, Unavailable> {
    let mut facts = Vec::with_capacity(enrolments.len());
    for some in enrolments.chunks(AT_ONCE) {
        let ids: Vec<EnrolmentId> = some.iter().map(|enrolment| enrolment.id).collect();
        let mut people: Vec<PersonId> = some.iter().map(|enrolment| enrolment.person).collect();
        people.sort_unstable();
        people.dedup();
        let mut lessons = learning::lessons_done(look, &ids).await?;
        let mut signatures = learning::signature_facts(look, &ids).await?;
        let mut begun = assessment::begun_facts(look, &ids).await?;
        let mut checks = assessment::check_facts(look, &ids).await?;
        let mut practicum = practicum::facts(look, &ids).await?;
        let attendance = learning::attendance_facts(look, &people).await?;
        facts.extend(some.iter().map(|enrolment| Facts {
            enrolled_at: enrolment.enrolled_at,
            lessons: lessons.take(&enrolment.id),
            // One person may be in two programs, and was at a session once.
            attendance: attendance.of(&enrolment.person).to_vec(),
            signatures: signatures.take(&enrolment.id),
            begun: begun.take(&enrolment.id),
            checks: checks.take(&enrolment.id),
            practicum: practicum.take(&enrolment.id),
        }));
    }
    Ok(facts)
}

/// Every fact of this enrolment.
pub async fn facts_of(look: &impl Look, enrolment: &Enrolment) -> Result<Facts, Unavailable> {
    let facts = facts(look, &[enrolment]).await?.pop();
    facts.ok_or_else(|| Unavailable::unreadable("enrolment", "it has no facts"))
}

/// The program with this id as the release with this digest offers it.
pub async fn program(platform: &Platform, release: &str, id: &str) -> Result<Option<Program>, Unavailable> {
    Ok(programs::programs_of(platform, release).await?.iter().find(|program| program.id == id).cloned())
}

/// The ledger of this enrolment as it is now. The program is the one of the enrolment's own version, read
/// from the release it is pinned to.
pub async fn of(look: &impl Look, enrolment: &Enrolment, program: &Program, zone: &TimeZone) -> Result<Ledger, Unavailable> {
    Ok(evaluate(program, &facts_of(look, enrolment).await?, look.now(), zone))
}

/// The practicum hours of this enrolment as they are now, and as they would be with this entry approved now. Nothing
/// where the program asks for none.
pub async fn with_approved(
    look: &impl Look,
    enrolment: &Enrolment,
    program: &Program,
    entry: EntryId,
    zone: &TimeZone,
) -> Result<Option<(Totals, Totals)>, Unavailable> {
    let (mut facts, now) = (facts_of(look, enrolment).await?, look.now());
    let today = evaluate(program, &facts, now, zone).practicum;
    for fact in facts.practicum.iter_mut().filter(|fact| fact.entry == entry) {
        fact.state = PracticumState::Approved(now);
    }
    Ok(today.zip(evaluate(program, &facts, now, zone).practicum))
}
