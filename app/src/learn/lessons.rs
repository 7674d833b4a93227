//! Modules and lessons as a trainee reads them, in the release that the enrolment is pinned to.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use domain::{
    assessment,
    curriculum::{self, Lesson, Module, Release},
    learning::{self, Enrolment},
    programs::{Program, facts::LessonFact},
};
use leptos::prelude::*;
use types::Moment;

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
    when,
};

/// GET /learn/{program}/modules/{module}
pub async fn module(visit: Visit, Path((program, module)): Path<(String, String)>) -> Result<Response, Refusal> {
    let (enrolment, done, release) = reader(&visit, &program).await?;
    let module = super::module_of(&visit, &enrolment, &release, &module).await?;
    let check = progress(&visit, &enrolment, module).await?;
    let asked = super::program_of(&visit, &enrolment).await?;
    let pages = Reader::Trainee { program: &program };
    let lessons = lessons(module, pages, &done);
    let first = module.lessons.iter().find(|lesson| done_at(&done, &lesson.id).is_none()).map(|lesson| {
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
    let (title, summary) = (numbered(&asked, module), module.summary.clone());
    let (about, trail) = (reading::about(&release, module), trail(&program, None, Some(module.title.clone())));
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

/// `Module 1: Starting well`, as the program counts it; a module that the program does not ask for has no number.
fn numbered(program: &Program, module: &Module) -> String {
    match program.modules.iter().position(|other| other.id == module.id) {
        Some(place) => format!("Module\u{a0}{}: {}", place + 1, module.title),
        None => module.title.clone(),
    }
}

fn lessons(module: &Module, pages: Reader<'_>, done: &[LessonFact]) -> AnyView {
    if module.lessons.is_empty() {
        return view! { <p>"The lessons of this module are read in the live session."</p> }.into_any();
    }
    let rows = (1..)
        .zip(&module.lessons)
        .map(|(number, lesson): (usize, &Lesson)| {
            let (href, title) = (pages.lesson(&module.id, &lesson.slug).to_string(), format!("{number}. {}", lesson.title));
            let state = if done_at(done, &lesson.id).is_some() {
                ui::status(Mark::Done, "Done")
            } else {
                ui::status(Mark::NotYet, format!("To read, about {}", lesson.minutes))
            };
            view! { <li><p><a href=href><strong>{title}</strong></a><br/><span class="small soft">{lesson.summary.clone()}</span></p>{state}</li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}

/// When a lesson was marked as done, if it was.
fn done_at(done: &[LessonFact], lesson: &str) -> Option<Moment> {
    done.iter().find(|fact| fact.lesson == lesson).map(|fact| fact.at)
}

/// GET /learn/{program}/modules/{module}/{lesson}
pub async fn lesson(visit: Visit, Path((program, module, lesson)): Path<(String, String, String)>) -> Result<Response, Refusal> {
    let (enrolment, done, release) = reader(&visit, &program).await?;
    let module = super::module_of(&visit, &enrolment, &release, &module).await?;
    let lesson = module.lesson(&lesson).ok_or(Refusal::NotFound)?;
    let check = progress(&visit, &enrolment, module).await?;
    let pages = Reader::Trainee { program: &program };
    let action = pages.lesson(&module.id, &lesson.slug).to_string();
    let after = if let Some(at) = done_at(&done, &lesson.id) {
        let words = format!("Done on {}", when::day_and_time(at, &visit.site.zone));
        view! { <div class="done"><p>{ui::status(Mark::Done, words)}</p><p class="small soft">"You can open it again at any time."</p></div> }.into_any()
    } else {
        view! {
            <form class="done" method="post" action=action>
                <p>"Reading is enough. There is no timer, and you can open this lesson again at any time."</p>
                <div class="row"><button class="btn">"Mark as done"</button></div>
            </form>
        }
        .into_any()
    };
    let done = done.into_iter().map(|fact| fact.lesson).collect();
    let around = Around { reader: pages, done, check, after };
    Ok(visit.page(
        Page::new(format!("{}: {}", lesson.title, module.title)).section(Section::Learn).reading(),
        reading::lesson(module, lesson, around),
    ))
}

/// The visitor's enrolment, the lessons they marked as done, and the release they are pinned to.
/// Somebody who is not enrolled finds nothing here.
async fn reader(visit: &Visit, program: &str) -> Result<(Enrolment, Vec<LessonFact>, Arc<Release>), Refusal> {
    let person = visit.person()?;
    let (enrolment, done) = learning::reading(&visit.read(), person, program).await?.ok_or(Refusal::NotFound)?;
    let release = curriculum::release(&visit.platform, &enrolment.release).await?.ok_or(Refusal::Unavailable)?;
    Ok((enrolment, done, release))
}

/// How a check stands that was handed in: passed once is passed.
async fn taken(visit: &Visit, enrolment: &Enrolment, module: &str) -> Result<(Mark, &'static str), Refusal> {
    let facts = assessment::check_facts(&visit.read(), &[enrolment.id]).await?.take(&enrolment.id);
    let mut tries = facts.iter().filter(|fact| fact.module == module).map(|fact| fact.passed);
    Ok(if tries.clone().any(|passed| passed == Some(true)) {
        (Mark::Done, "Passed")
    } else if tries.any(|passed| passed.is_none()) {
        (Mark::Done, "Handed in")
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
