//! A lesson set for reading: the text, its words and sources, and the contents of its module. The
//! trainee's page and the trainer's draw the same.

use domain::curriculum::{Lesson, Module, Release};
use leptos::prelude::*;

use crate::{
    routes::Reader,
    ui::{self, Mark},
};

/// What the page knows besides the lesson.
pub struct Around<'a> {
    /// Who reads.
    pub reader: Reader<'a>,
    /// Ids of lessons that the reader marked as done.
    pub done: Vec<String>,
    /// How the check of the module stands, where there is one: its mark and a word.
    pub check: Option<(Mark, String)>,
    /// What stands after the sources: the form to mark the lesson as done.
    pub after: AnyView,
}

/// The lesson as a page's content.
pub fn lesson(module: &Module, lesson: &Lesson, around: Around<'_>) -> impl IntoView + use<> {
    let place = module.lessons.iter().position(|other| other.id == lesson.id).unwrap_or(0);
    let meta = format!("Lesson {} of {}. About {}.", place + 1, module.lessons.len(), lesson.minutes);
    let html = lesson.html.replace("/~/", &format!("{}/", around.reader.start()));
    let words = (!lesson.words.is_empty()).then(|| {
        let words = lesson
            .words
            .iter()
            .map(|term| {
                let (id, name, about) = (format!("w-{}", term.id), term.term.clone(), term.html.clone());
                let back = back(&format!("t-{}", term.id), &term.term);
                view! { <div id=id><dt>{name}</dt><dd><span inner_html=about></span>{back}</dd></div> }
            })
            .collect_view();
        view! { <h2 id="words">"Words in this lesson"</h2> <dl class="words">{words}</dl> }
    });
    let sources = (!lesson.sources.is_empty()).then(|| {
        let sources = lesson
            .sources
            .iter()
            .enumerate()
            .map(|(n, source)| {
                let (number, source) = (n + 1, source.clone());
                let back = back(&format!("c{number}"), &format!("source {number}"));
                view! { <li id=format!("r{number}")><span inner_html=source></span>{back}</li> }
            })
            .collect_view();
        view! { <h2 id="sources">"Sources"</h2> <ol class="refs">{sources}</ol> }
    });
    let before = place.checked_sub(1).and_then(|n| module.lessons.get(n)).map(|other| turn(around.reader, module, other, "Before: "));
    let next = module.lessons.get(place + 1).map(|other| turn(around.reader, module, other, "Next: "));
    let last = next.is_none().then(|| {
        module.check.as_ref().zip(around.check.as_ref()).map(|(check, _)| {
            let (href, title) = (around.reader.check(&module.id).to_string(), check.title.clone());
            view! { <a class="tap" href=href>"Next: "{title}</a> }
        })
    });
    let contents = contents(module, Some(&lesson.id), &around);
    let title = lesson.title.clone();
    view! {
        <div class="lesson">
            <article class="prose">
                <p class="meta">{meta}" "<a class="tocjump" href="#toch">"All of this module"</a></p>
                <h1>{title}</h1>
                // The text comes from the release, whose compiler lets no raw HTML through.
                <div class="text" inner_html=html></div>
                {words}
                {sources}
                {around.after}
                <nav class="turn ui" aria-label="Lessons before and after">{before}{next}{last.flatten()}</nav>
            </article>
            {contents}
        </div>
    }
}

/// The way back to the place in the text that has this name. `about` tells it from the others.
fn back(place: &str, about: &str) -> AnyView {
    let (href, about) = (format!("#{place}"), format!(": {about}"));
    view! { " "<a class="small noprint" href=href>"Back to the text"<span class="vh">{about}</span></a> }.into_any()
}

fn turn(reader: Reader<'_>, module: &Module, lesson: &Lesson, word: &'static str) -> impl IntoView + use<> {
    let (href, title) = (reader.lesson(&module.id, &lesson.slug).to_string(), lesson.title.clone());
    view! { <a class="tap" href=href>{word}{title}</a> }
}

/// The contents of a module, with what is done.
fn contents(module: &Module, current: Option<&str>, around: &Around<'_>) -> impl IntoView + use<> {
    let lessons = module
        .lessons
        .iter()
        .enumerate()
        .map(|(n, lesson)| {
            let here = current == Some(lesson.id.as_str());
            let (href, title) = (around.reader.lesson(&module.id, &lesson.slug).to_string(), format!("{}. {}", n + 1, lesson.title));
            let state = (!here).then(|| {
                if around.done.contains(&lesson.id) { ui::status(Mark::Done, "Done") } else { ui::status(Mark::NotYet, "To read") }
            });
            view! { <li><a href=href aria-current=here.then_some("page")><span>{title}</span>{state}</a></li> }
        })
        .collect_view();
    let check = module.check.as_ref().zip(around.check.clone()).map(|(check, (mark, word))| {
        let href = around.reader.check(&module.id).to_string();
        let title = format!("Check: {} questions", check.draw);
        view! { <li><a href=href><span>{title}</span>{ui::status(mark, word)}</a></li> }
    });
    let (href, title) = (around.reader.module(&module.id).to_string(), module.title.clone());
    view! {
        <nav class="toc" aria-labelledby="toch">
            <h2 id="toch"><a href=href>{title}</a></h2>
            <ol class="plain">{lessons}{check}</ol>
        </nav>
    }
}

/// Minutes by their kind, and what a module is about: the part of the module pages that all readers share.
pub fn about(release: &Release, module: &Module) -> AnyView {
    let objectives = module
        .objectives
        .iter()
        .map(|objective| {
            let text = objective.text.clone();
            view! { <li>{text}</li> }
        })
        .collect_view();
    let idea = module.big_idea.clone();
    let mut rows = vec![("In live sessions", module.live.to_string().into_any()), ("On your own", module.alone.to_string().into_any())];
    let domains = module
        .domains
        .iter()
        .filter(|(_, minutes)| minutes.0 > 0)
        // A number does not part from its unit.
        .map(|(domain, minutes)| format!("{}\u{a0}{}", domain.title(), minutes.to_string().replace(' ', "\u{a0}")))
        .collect::<Vec<_>>()
        .join("; ");
    rows.push(("By domain", domains.into_any()));
    let first: Vec<&str> = module.prerequisites.iter().filter_map(|id| Some(release.module(id)?.title.as_str())).collect();
    if !first.is_empty() {
        rows.push(("Best read before it", first.join("; ").into_any()));
    }
    view! {
        {ui::section("The one idea", view! { <p class="lede">{idea}</p> })}
        {ui::section("Afterward you can", view! { <ul>{objectives}</ul> })}
        {ui::section("Time and order", ui::facts(rows))}
    }
    .into_any()
}
