//! A facilitator's guide: its text with a list of its parts beside it, and the way to set the session that it is for.

use axum::{extract::Path, response::Response};
use domain::curriculum::GuidePart;
use leptos::prelude::*;

use super::{
    modules::{newest, numbered, trail},
    sessions::page::set_href,
};
use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui,
};

/// GET /trainer/modules/{module}/guides/{guide}
pub async fn guide(visit: Visit, Path((module, guide)): Path<(String, String)>) -> Result<Response, Refusal> {
    let release = newest(&visit).await?;
    let module = release.module(&module).ok_or(Refusal::NotFound)?;
    let guide = module.guides.iter().find(|other| other.slug == guide).ok_or(Refusal::NotFound)?;
    let html = guide.html.replace("/~/", &format!("{}/", Route::Trainer));
    let lede = format!("Facilitator’s guide. {}.", guide.minutes);
    let up = (Some(Route::TrainerModule { module: &module.id }.to_string()), numbered(&release, module));
    let set = set_href(module, guide);
    let contents = (!guide.parts.is_empty()).then(|| contents(&guide.parts));
    Ok(visit.page(
        Page::new(format!("{}: facilitator’s guide", guide.title)).section(Section::Modules).reading(),
        view! {
            {ui::head(trail(vec![up, (None, guide.title.clone())]), guide.title.clone(), lede)}
            <p class="row"><a class="tap" href=set>"Set this session"</a></p>
            <div class="lesson">
                {contents}
                <article class="prose guide" inner_html=html></article>
            </div>
        },
    ))
}

fn contents(parts: &[GuidePart]) -> impl IntoView + use<> {
    let part = |part: &GuidePart| {
        let (href, words) = (format!("#{}", part.id), part.words.clone());
        view! { <li><a href=href><span inner_html=words></span></a></li> }
    };
    let parts = parts.iter().map(part).collect_view();
    view! {
        <nav class="toc" aria-labelledby="toch">
            <h2 id="toch">"In this guide"</h2>
            <ol class="plain">{parts}</ol>
        </nav>
    }
}
