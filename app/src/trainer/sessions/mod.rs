//! Live sessions as those see them who lead them: schedule, write down who was there, correct.

pub mod actions;
pub mod page;
mod people;
mod record;
pub mod sheet;

use std::sync::Arc;

use domain::{
    accounts,
    curriculum::{self, Guide, Module, Release},
    learning::LiveSession,
    programs,
};
use leptos::prelude::*;
use types::Moment;

use crate::{
    error::Refusal,
    request::Visit,
    ui::{self, Mark},
    when,
};

/// The newest release: sessions are held for its modules.
pub(super) async fn newest(visit: &Visit) -> Result<Arc<Release>, Refusal> {
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
pub(super) fn title(release: &Release, module: &str) -> String {
    release.module(module).map_or_else(|| module.to_owned(), |module| module.title.clone())
}

/// The number of a module's session among its sessions: `session 1 of 2`.
fn nth(module: &Module, n: usize) -> String {
    match module.guides.len() {
        1 => "session".to_owned(),
        all => format!("session\u{a0}{}\u{a0}of\u{a0}{all}", n + 1),
    }
}

/// The guide that a session runs, with its place in its module; nothing where that was never said, or the newest release
/// has it no longer.
fn guide_of<'a>(release: &'a Release, session: &LiveSession) -> Option<(&'a Module, usize, &'a Guide)> {
    let module = release.module(&session.module)?;
    let wanted = session.guide.as_ref()?;
    module.guides.iter().enumerate().find(|(_, guide)| guide.id == *wanted).map(|(n, guide)| (module, n, guide))
}

/// Which of its module's sessions this is: `Live session 1 of 2: Four supports, many roads`.
fn which_of(release: &Release, session: &LiveSession) -> Option<String> {
    guide_of(release, session).map(|(module, n, guide)| format!("Live {}: {}", nth(module, n), guide.title))
}

/// What a session is called: as its guide is, or else as its module.
fn name_of(release: &Release, session: &LiveSession) -> String {
    guide_of(release, session).map_or_else(|| title(release, &session.module), |(_, _, guide)| guide.title.clone())
}

/// How far a session is.
fn state(session: &LiveSession, recorded: bool, now: Moment) -> AnyView {
    match &session.called_off {
        Some(off) => ui::status(Mark::Fail, format!("Called off: {}", off.why)),
        None if recorded => ui::status(Mark::Done, "Written down who was there"),
        None if session.ends_at() <= now => ui::status(Mark::Look, "Nobody is written down yet"),
        None if session.begun(now) => ui::status(Mark::UnderWay, "On now"),
        None => ui::status(Mark::Waiting, "To come"),
    }
}

/// Who called a session off, when and why; nothing where nobody did.
async fn called_off(visit: &Visit, session: &LiveSession) -> Result<Option<String>, Refusal> {
    let Some(off) = &session.called_off else { return Ok(None) };
    let names = accounts::names(&visit.read(), off.by.as_slice()).await?;
    let name = off.by.and_then(|by| names.get(&by)).map_or_else(|| "Somebody".to_owned(), ToString::to_string);
    let who = if off.by.is_some() && off.by == visit.actor.person() { "You".to_owned() } else { name };
    Ok(Some(format!("{who} called it off on {}: {}", when::day_and_time(off.at, &visit.site.zone), off.why)))
}
