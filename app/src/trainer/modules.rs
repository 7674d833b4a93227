//! The modules of the newest release for those who lead them: lessons, banks and the way to the facilitator's guides.
//! To a trainee these pages do not exist.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use domain::curriculum::{self, Guide, Module, Release};
use leptos::prelude::*;
use types::Minutes;

use super::{WHO, sessions::page::set_href};
use crate::{
    error::Refusal,
    learn::reading::{self, Around},
    request::Visit,
    routes::{Reader, Route},
    shell::{Page, Section},
    ui,
};

pub(super) async fn newest(visit: &Visit) -> Result<Arc<Release>, Refusal> {
    visit.only(WHO)?;
    let digest = curriculum::current(&visit.read()).await?.ok_or(Refusal::NotFound)?;
    curriculum::release(&visit.platform, &digest).await?.ok_or(Refusal::NotFound)
}

pub(super) fn trail(rest: Vec<(Option<String>, String)>) -> Vec<(Option<String>, String)> {
    std::iter::once((Some(Route::TrainerModules.to_string()), "Modules".to_owned())).chain(rest).collect()
}

/// A module with the number that people call it by: `2. Self-help and mutual aid`.
pub(super) fn numbered(release: &Release, module: &Module) -> String {
    match release.modules.iter().position(|other| other.id == module.id) {
        Some(n) => format!("{}. {}", n + 1, module.title),
        None => module.title.clone(),
    }
}

/// How long a module takes: live, and where there is such time, on one's own.
fn time_of(module: &Module) -> String {
    let live = format!("{} live", module.live);
    if module.alone == Minutes::ZERO { live } else { format!("{live}, {} on their own", module.alone) }
}

/// GET /trainer/modules
pub async fn modules(visit: Visit) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let rows = release
        .modules
        .iter()
        .map(|module| {
            let (href, title) = (Route::TrainerModule { module: &module.id }.to_string(), numbered(&release, module));
            let (summary, time) = (module.summary.clone(), time_of(module));
            view! { <li><p><a href=href><strong>{title}</strong></a><br/><span class="small soft">{summary}</span></p><p class="small">{time}</p></li> }
        })
        .collect_view();
    Ok(visit.page(
        Page::new("Modules").section(Section::Modules),
        view! {
            {ui::head(Vec::new(), "Modules", "As they are offered now, with the facilitator’s guides. A trainee stays with the texts of the day they joined.")}
            {ui::section("All modules", view! { <ul class="plain rows">{rows}</ul> })}
        },
    ))
}

/// GET /trainer/modules/{module}
pub async fn module(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let module = release.module(&id).ok_or(Refusal::NotFound)?;
    let guides = module.guides.iter().map(|guide| guide_row(module, guide)).collect_view();
    let lessons = module
        .lessons
        .iter()
        .map(|lesson| {
            let href = Route::TrainerLesson { module: &module.id, lesson: &lesson.slug }.to_string();
            let (title, time) = (lesson.title.clone(), lesson.minutes.to_string());
            view! { <li><p><a href=href>{title}</a></p><p class="small">{time}</p></li> }
        })
        .collect_view();
    let check = module.check.as_ref().map(|check| (check, Route::TrainerCheck { module: &module.id }));
    let drill = module.drill.as_ref().map(|drill| (drill, Route::TrainerDrill { module: &module.id }));
    let banks: Vec<_> = check
        .into_iter()
        .chain(drill)
        .map(|(check, route)| {
            let words = format!("{} questions, with their answers and the reasons", check.questions.len());
            view! { <li><p><a href=route.to_string()>{check.title.clone()}</a></p><p class="small">{words}</p></li> }
        })
        .collect();
    let (title, summary) = (numbered(&release, module), module.summary.clone());
    Ok(visit.page(
        Page::new(format!("{}: module", module.title)).section(Section::Modules),
        view! {
            {ui::head(trail(vec![(None, title.clone())]), title, summary)}
            {reading::about(&release, module)}
            {ui::section("Facilitator’s guides", view! { <ul class="plain rows">{guides}</ul> })}
            {ui::section("Lessons", view! { <ul class="plain rows">{lessons}</ul> })}
            {ui::section("To check oneself", view! { <ul class="plain rows">{banks}</ul> })}
        },
    ))
}

/// A guide, with the way to set the session that it is for.
fn guide_row(module: &Module, guide: &Guide) -> impl IntoView + use<> {
    let (href, set) = (Route::TrainerGuide { module: &module.id, guide: &guide.slug }.to_string(), set_href(module, guide));
    let (title, time) = (guide.title.clone(), guide.minutes.to_string());
    view! {
        <li>
            <p><a href=href>"Guide: "{title.clone()}</a></p>
            <p class="small">{time}</p>
            <p><a class="tap" href=set>"Set this session"<span class="vh">": "{title}</span></a></p>
        </li>
    }
}

/// GET /trainer/modules/{module}/{lesson}
pub async fn lesson(visit: Visit, Path((module, lesson)): Path<(String, String)>) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let module = release.module(&module).ok_or(Refusal::NotFound)?;
    let lesson = module.lesson(&lesson).ok_or(Refusal::NotFound)?;
    let around = Around { reader: Reader::Trainer, done: Vec::new(), check: None, after: ().into_any() };
    Ok(visit.page(
        Page::new(format!("{}: {}", lesson.title, module.title)).section(Section::Modules).reading(),
        reading::lesson(module, lesson, around),
    ))
}
