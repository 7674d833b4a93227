//! Live sessions as those see them who lead them: schedule, write down who was there, correct.

pub mod actions;
pub mod page;
pub mod sheet;

use std::sync::Arc;

use domain::{
    curriculum::{self, Module, Release},
    learning::LiveSession,
    programs,
};
use leptos::prelude::*;
use types::Moment;

use crate::{
    error::Refusal,
    request::Visit,
    ui::{self, Mark},
};

/// The newest release: sessions are held for its modules.
async fn newest(visit: &Visit) -> Result<Arc<Release>, Refusal> {
    let digest = curriculum::current(&visit.read()).await?.ok_or(Refusal::NotFound)?;
    curriculum::release(&visit.platform, &digest).await?.ok_or(Refusal::NotFound)
}

/// The ids of the programs that hold this module: whoever is in one of them may stand on the sheet.
async fn programs_with(visit: &Visit, module: &str) -> Result<Vec<String>, Refusal> {
    let digest = curriculum::current(&visit.read()).await?.unwrap_or_default();
    let programs = programs::programs_of(&visit.platform, &digest).await?;
    Ok(programs.iter().filter(|program| program.module(module).is_some()).map(|program| program.id.clone()).collect())
}

/// What a module is called; its id where the newest release no longer has it.
fn title(release: &Release, module: &str) -> String {
    release.module(module).map_or_else(|| module.to_owned(), |module| module.title.clone())
}

/// The number of a module's session among its sessions: `session 1 of 2`.
fn nth(module: &Module, n: usize) -> String {
    match module.guides.len() {
        1 => "session".to_owned(),
        all => format!("session {} of {all}", n + 1),
    }
}

/// Which of its module's sessions this is; nothing where that was never said, or the newest release has it no longer.
fn which_of(release: &Release, session: &LiveSession) -> Option<String> {
    let module = release.module(&session.module)?;
    let wanted = session.guide.as_ref()?;
    let (n, guide) = module.guides.iter().enumerate().find(|(_, guide)| guide.id == *wanted)?;
    Some(format!("Live {}: {}", nth(module, n), guide.title))
}

/// How far a session is.
fn state(session: &LiveSession, recorded: bool, now: Moment) -> AnyView {
    match &session.called_off {
        Some((_, why)) => ui::status(Mark::Fail, format!("Called off: {why}")),
        None if recorded => ui::status(Mark::Done, "Written down who was there"),
        None if session.begun(now) => ui::status(Mark::Look, "Nobody is written down yet"),
        None => ui::status(Mark::Waiting, "To come"),
    }
}
