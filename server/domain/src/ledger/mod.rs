//! The ledger of one enrolment: gathers its dated facts from the modules below and has `programs` evaluate
//! them. Keeps nothing of its own.

use jiff::tz::TimeZone;

use crate::{
    Look, Platform, Unavailable, assessment,
    learning::{self, Enrolment},
    practicum,
    programs::{self, Ledger, Program, evaluate, facts::Facts},
};

mod standing;
#[cfg(test)]
mod tests;

pub use standing::{Standing, Stuck, standing};

/// Every fact of this enrolment.
pub async fn facts(look: &impl Look, enrolment: &Enrolment) -> Result<Facts, Unavailable> {
    Ok(Facts {
        enrolled_at: enrolment.enrolled_at,
        lessons: learning::lessons_done(look, enrolment.id).await?,
        attendance: learning::attendance_facts(look, enrolment.person).await?,
        signatures: learning::signature_facts(look, enrolment.id).await?,
        begun: assessment::begun_facts(look, enrolment.id).await?,
        checks: assessment::check_facts(look, enrolment.id).await?,
        practicum: practicum::facts(look, enrolment.id).await?,
    })
}

/// The program with this id as the release with this digest offers it.
pub async fn program(platform: &Platform, release: &str, id: &str) -> Result<Option<Program>, Unavailable> {
    Ok(programs::programs_of(platform, release).await?.iter().find(|program| program.id == id).cloned())
}

/// The ledger of this enrolment as it is now. The program is the one of the enrolment's own version, read
/// from the release it is pinned to.
pub async fn of(look: &impl Look, enrolment: &Enrolment, program: &Program, zone: &TimeZone) -> Result<Ledger, Unavailable> {
    Ok(evaluate(program, &facts(look, enrolment).await?, look.now(), zone))
}
