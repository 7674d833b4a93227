//! Modules and lessons as a trainee reads them, in the release that the enrolment is pinned to.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use domain::{
    assessment,
    curriculum::{self, Module, Release},
    learning::{self, Enrolment},
};
use leptos::prelude::*;

use super::{
    reading::{self, Around},
    trail,
};
use crate::{
    error::Refusal,
    request::Visit,
    routes::{Reader, Route},
    shell::{Page, Section},
    ui::{self, Mark},
};

/// GET /learn/{program}/modules/{module}
pub async fn module(visit: Visit, Path((program, module)): Path<(String, String)>) -> Result<Response, Refusal> {
    let (enrolment, done, release) = reader(&visit, &program).await?;
    let module = release.module(&module).ok_or(Refusal::NotFound)?;
    let check = progress(&visit, &enrolment, module).await?;
    let pages = Reader::Trainee { program: &program };
    let lessons = module
        .lessons
        .iter()
        .map(|lesson| {
            let (href, title, summary) = (pages.lesson(&module.id, &lesson.slug).to_string(), lesson.title.clone(), lesson.summary.clone());
            let state = if done.contains(&lesson.id) {
                ui::status(Mark::Done, "Done")
            } else {
                ui::status(Mark::NotYet, format!("About {}", lesson.minutes))
            };
            view! { <li><p><a href=href><strong>{title}</strong></a><br/><span class="small soft">{summary}</span></p>{state}</li> }
        })
        .collect_view();
    let lessons = if module.lessons.is_empty() {
        view! { <p>"The lessons of this module are read in the live session."</p> }.into_any()
    } else {
        view! { <ul class="plain rows">{lessons}</ul> }.into_any()
    };
    let first = module.lessons.iter().find(|lesson| !done.contains(&lesson.id)).map(|lesson| {
        let (href, title) = (pages.lesson(&module.id, &lesson.slug).to_string(), lesson.title.clone());
        view! { <p class="row"><a class="btn" href=href>"Read: "{title}</a></p> }
    });
    // What comes next has the main button: the lesson to read, or else the check.
    let read = first.is_none();
    let check = check.map(|(mark, word)| {
        let href = Route::Check { program: &program, module: &module.id }.to_string();
        let class = if read && mark != Mark::Done { "btn" } else { "btn second" };
        ui::section("The check", view! { <p>{ui::status(mark, word)}</p> <p class="row"><a class=class href=href>"Open the check"</a></p> })
    });
    let drill = module.drill.as_ref().map(|drill| {
        let href = Route::Drill { program: &program, module: &module.id }.to_string();
        let words = format!("{} questions to practice on, as often as you like.", drill.draw);
        ui::section(drill.title.clone(), view! { <p>{words}</p> <p class="row"><a class="btn second" href=href>"Open the drill"</a></p> })
    });
    let (title, summary) = (module.title.clone(), module.summary.clone());
    let (about, trail) = (reading::about(&release, module), trail(&program, None, Some(title.clone())));
    Ok(visit.page(
        Page::new(title.clone()).section(Section::Learn),
        view! {
            {ui::head(trail, title, summary)}
            {ui::section("Lessons", view! { {first} {lessons} })}
            {check}
            {drill}
            {about}
        },
    ))
}

/// GET /learn/{program}/modules/{module}/{lesson}
pub async fn lesson(visit: Visit, Path((program, module, lesson)): Path<(String, String, String)>) -> Result<Response, Refusal> {
    let (enrolment, done, release) = reader(&visit, &program).await?;
    let module = release.module(&module).ok_or(Refusal::NotFound)?;
    let lesson = module.lesson(&lesson).ok_or(Refusal::NotFound)?;
    let check = progress(&visit, &enrolment, module).await?;
    let pages = Reader::Trainee { program: &program };
    let action = pages.lesson(&module.id, &lesson.slug).to_string();
    let after = if done.contains(&lesson.id) {
        view! { <div class="done"><p>{ui::status(Mark::Done, "You marked this lesson as done.")}</p><p class="small soft">"You can open it again at any time."</p></div> }.into_any()
    } else {
        view! {
            <form class="done" method="post" action=action>
                <p>"Reading is enough. There is no timer, and you can open this lesson again at any time."</p>
                <div class="row"><button class="btn">"Mark as done"</button></div>
            </form>
        }
        .into_any()
    };
    let around = Around { reader: pages, done, check, after };
    Ok(visit
        .page(Page::new(format!("{}: {}", lesson.title, module.title)).section(Section::Learn), reading::lesson(module, lesson, around)))
}

/// The visitor's enrolment, the ids of the lessons they marked as done, and the release they are pinned to.
/// Somebody who is not enrolled finds nothing here.
async fn reader(visit: &Visit, program: &str) -> Result<(Enrolment, Vec<String>, Arc<Release>), Refusal> {
    let person = visit.person()?;
    let (enrolment, done) = learning::reading(&visit.read(), person, program).await?.ok_or(Refusal::NotFound)?;
    let release = curriculum::release(&visit.platform, &enrolment.release).await?.ok_or(Refusal::Unavailable)?;
    Ok((enrolment, done.into_iter().map(|fact| fact.lesson).collect(), release))
}

/// How a check stands that was handed in: passed once is passed.
async fn taken(visit: &Visit, enrolment: &Enrolment, module: &str) -> Result<(Mark, &'static str), Refusal> {
    let facts = assessment::check_facts(&visit.read(), &[enrolment.id]).await?.take(&enrolment.id);
    let mut tries = facts.iter().filter(|fact| fact.module == module).map(|fact| fact.passed);
    Ok(if tries.clone().any(|passed| passed == Some(true)) {
        (Mark::Done, "Passed")
    } else if tries.any(|passed| passed.is_none()) {
        (Mark::Done, "Taken")
    } else {
        (Mark::UnderWay, "Not passed yet")
    })
}

/// How the check of a module stands, where there is one.
async fn progress(visit: &Visit, enrolment: &Enrolment, module: &Module) -> Result<Option<(Mark, String)>, Refusal> {
    if module.check.is_none() {
        return Ok(None);
    }
    let attempts = assessment::attempts_of(&visit.read(), enrolment.id, &module.id).await?;
    let (mark, word) = match attempts.first() {
        None => (Mark::NotYet, "Not tried yet"),
        Some(newest) if newest.submitted_at.is_none() => (Mark::UnderWay, "Under way"),
        Some(_) => taken(visit, enrolment, &module.id).await?,
    };
    Ok(Some((mark, word.to_owned())))
}
