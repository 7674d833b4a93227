//! The modules of the newest release for those who lead them: lessons and facilitator's guides. To a
//! trainee these pages do not exist.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use domain::curriculum::{self, Release};
use leptos::prelude::*;

use super::WHO;
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

/// GET /trainer/modules
pub async fn modules(visit: Visit) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let rows = release
        .modules
        .iter()
        .map(|module| {
            let (href, title, summary) = (Route::TrainerModule { module: &module.id }.to_string(), module.title.clone(), module.summary.clone());
            let time = format!("{} live, {} alone", module.live, module.alone);
            view! { <li><p><a href=href><strong>{title}</strong></a><br/><span class="small soft">{summary}</span></p><p class="small">{time}</p></li> }
        })
        .collect_view();
    let version = release.digest.chars().take(12).collect::<String>();
    Ok(visit.page(
        Page::new("Modules").section(Section::Modules),
        view! {
            {ui::head(Vec::new(), "Modules", "The newest release, with the facilitator’s guides. A trainee stays on the release they enrolled under.")}
            {ui::section("All modules", view! { <ul class="plain rows">{rows}</ul> <p class="small soft">"Release "<code>{version}</code></p> })}
        },
    ))
}

/// GET /trainer/modules/{module}
pub async fn module(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let module = release.module(&id).ok_or(Refusal::NotFound)?;
    let guides = module
        .guides
        .iter()
        .map(|guide| {
            let href = Route::TrainerGuide { module: &module.id, guide: &guide.slug }.to_string();
            let (title, time) = (guide.title.clone(), guide.minutes.to_string());
            view! { <li><p><a href=href>{title}</a></p><p class="small">{time}</p></li> }
        })
        .collect_view();
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
    let (title, summary) = (module.title.clone(), module.summary.clone());
    Ok(visit.page(
        Page::new(format!("{title}: module")).section(Section::Modules),
        view! {
            {ui::head(trail(vec![(None, title.clone())]), title, summary)}
            {reading::about(&release, module)}
            {ui::section("Live sessions", view! { <ul class="plain rows">{guides}</ul> })}
            {ui::section("Lessons", view! { <ul class="plain rows">{lessons}</ul> })}
            {ui::section("To check oneself", view! { <ul class="plain rows">{banks}</ul> })}
        },
    ))
}

/// GET /trainer/modules/{module}/{lesson}
pub async fn lesson(visit: Visit, Path((module, lesson)): Path<(String, String)>) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let module = release.module(&module).ok_or(Refusal::NotFound)?;
    let lesson = module.lesson(&lesson).ok_or(Refusal::NotFound)?;
    let around = Around { reader: Reader::Trainer, done: Vec::new(), check: None, after: ().into_any() };
    Ok(visit
        .page(Page::new(format!("{}: {}", lesson.title, module.title)).section(Section::Modules), reading::lesson(module, lesson, around)))
}

/// GET /trainer/modules/{module}/guides/{guide}
pub async fn guide(visit: Visit, Path((module, guide)): Path<(String, String)>) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let module = release.module(&module).ok_or(Refusal::NotFound)?;
    let guide = module.guides.iter().find(|other| other.slug == guide).ok_or(Refusal::NotFound)?;
    let html = guide.html.replace("/~/", "/trainer/");
    let lede = format!("Facilitator’s guide. {}.", guide.minutes);
    let up = (Some(Route::TrainerModule { module: &module.id }.to_string()), module.title.clone());
    Ok(visit.page(
        Page::new(format!("{}: facilitator’s guide", guide.title)).section(Section::Modules),
        view! {
            {ui::head(trail(vec![up, (None, guide.title.clone())]), guide.title.clone(), lede)}
            <article class="prose guide" inner_html=html></article>
        },
    ))
}
