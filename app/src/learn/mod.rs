//! What a trainee reads and does: programs, the ledger, modules and lessons.

pub mod reading;

use std::sync::Arc;

use domain::{
    curriculum::{self, Module, Release},
    learning::{self, Enrolment},
};

use crate::{error::Refusal, request::Visit, routes::Route};

/// The visitor's enrolment in a program and the release that it is pinned to. Somebody who is not
/// enrolled finds nothing here.
pub(crate) async fn enrolled(visit: &Visit, program: &str) -> Result<(Enrolment, Arc<Release>), Refusal> {
    let person = visit.person()?;
    let enrolment = learning::enrolment_in(&visit.read(), person, program).await?.ok_or(Refusal::NotFound)?;
    let release = curriculum::release(&visit.platform, &enrolment.release).await?.ok_or(Refusal::Unavailable)?;
    Ok((enrolment, release))
}

/// The way to a page of a program: Learn, the program, the module, and a last word.
pub(crate) fn trail(program: &str, module: Option<&Module>, last: Option<String>) -> Vec<(Option<String>, String)> {
    let mut trail = vec![
        (Some(Route::Learn.to_string()), "Learn".to_owned()),
        (Some(Route::Ledger { program }.to_string()), "Your ledger".to_owned()),
    ];
    trail.extend(module.map(|module| (Some(Route::Module { program, module: &module.id }.to_string()), module.title.clone())));
    trail.extend(last.map(|last| (None, last)));
    trail
}
