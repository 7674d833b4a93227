//! What a trainee reads and does: programs, the ledger, statements, live sessions, modules and lessons.

pub mod actions;
mod certificate;
mod force;
pub mod ledger;
pub mod lessons;
mod link;
pub mod programs;
pub mod reading;
mod requirements;
pub mod sessions;
pub mod start;
pub mod statement;

use std::sync::Arc;

use axum::{Router, routing::get};

use domain::{
    curriculum::{self, Check, Module, Release},
    learning::{self, Enrolment},
    programs::Program,
};

use crate::{error::Refusal, request::Visit, routes::Route, site::App};

/// The pages of programs and learning.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/programs", get(programs::programs))
        .route("/programs/{program}", get(programs::program).post(actions::enrol))
        .route("/learn", get(start::start))
        .route("/learn/{program}", get(ledger::ledger))
        .route("/learn/{program}/sessions", get(sessions::sessions))
        .route("/learn/{program}/modules/{module}", get(lessons::module))
        .route("/learn/{program}/modules/{module}/{lesson}", get(lessons::lesson).post(actions::mark_lesson))
        .route("/learn/{program}/statements/{statement}", get(statement::statement).post(actions::sign))
}

/// The visitor's enrolment in a program and the release that it is pinned to. Somebody who is not
/// enrolled finds nothing here.
pub(crate) async fn enrolled(visit: &Visit, program: &str) -> Result<(Enrolment, Arc<Release>), Refusal> {
    let person = visit.person()?;
    let enrolment = learning::enrolment_in(&visit.read(), person, program).await?.ok_or(Refusal::NotFound)?;
    let release = curriculum::release(&visit.platform, &enrolment.release).await?.ok_or(Refusal::Unavailable)?;
    Ok((enrolment, release))
}

/// A module of the program of an enrolment. Its release may hold others: those are not this trainee's to do.
pub(crate) async fn module_of<'r>(visit: &Visit, enrolment: &Enrolment, release: &'r Release, id: &str) -> Result<&'r Module, Refusal> {
    let programs = domain::programs::programs_of(&visit.platform, &enrolment.release).await?;
    let is_asked = programs.iter().any(|program| program.id == enrolment.program && program.module(id).is_some());
    release.module(id).filter(|_| is_asked).ok_or(Refusal::NotFound)
}

/// The check or the drill with this key, and its module, under the same rule.
pub(crate) async fn check_of<'r>(
    visit: &Visit,
    enrolment: &Enrolment,
    release: &'r Release,
    key: &str,
) -> Result<(&'r Module, &'r Check), Refusal> {
    let (module, check) = release.check(key).ok_or(Refusal::NotFound)?;
    module_of(visit, enrolment, release, &module.id).await?;
    Ok((module, check))
}

/// The program of an enrolment, as the release it is pinned to offers it.
pub(crate) async fn program_of(visit: &Visit, enrolment: &Enrolment) -> Result<Program, Refusal> {
    let programs = domain::programs::programs_of(&visit.platform, &enrolment.release).await?;
    // A release never loses a program, so its absence is a fault of ours.
    programs.iter().find(|program| program.id == enrolment.program).cloned().ok_or(Refusal::Unavailable)
}

/// Whether a program is offered now.
pub(crate) async fn is_offered(visit: &Visit, program: &str) -> Result<bool, Refusal> {
    Ok(newest(visit).await?.1.iter().any(|offered| offered.id == program))
}

/// The programs of the newest release, and its digest.
async fn newest(visit: &Visit) -> Result<(String, Arc<Vec<Program>>), Refusal> {
    let digest = curriculum::current(&visit.read()).await?.unwrap_or_default();
    let programs = domain::programs::programs_of(&visit.platform, &digest).await?;
    Ok((digest, programs))
}

/// The way to a page of a program: Learn, the program, the module, and a last word.
pub(crate) fn trail(program: &str, module: Option<&Module>, last: Option<String>) -> Vec<(Option<String>, String)> {
    let mut trail =
        vec![(Some(Route::Learn.to_string()), "Learn".to_owned()), (Some(Route::Ledger { program }.to_string()), "Your ledger".to_owned())];
    trail.extend(module.map(|module| (Some(Route::Module { program, module: &module.id }.to_string()), module.title.clone())));
    trail.extend(last.map(|last| (None, last)));
    trail
}
