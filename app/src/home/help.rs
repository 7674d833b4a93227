//! "Get help now": works signed out, without script, and when nothing else does.

use std::time::Duration;

use axum::{extract::State, response::Response};
use domain::curriculum::{self, HelpLine};
use http::request::Parts;
use leptos::prelude::*;

use crate::{error::Refusal, form::encode, request::Visit, shell::Page, site::App, ui};

/// GET /help
pub async fn help(State(app): State<App>, parts: Parts) -> Response {
    // The page must stand even where the database does not, and nobody may wait for it: then it shows what is known
    // without it.
    let visit = tokio::time::timeout(PATIENCE, Visit::begin(app.clone(), &parts)).await.ok().and_then(Result::ok);
    let lines = match &visit {
        Some(visit) => tokio::time::timeout(PATIENCE, lines(visit)).await.ok().and_then(Result::ok).unwrap_or_default(),
        None => Vec::new(),
    };
    let visit = visit.unwrap_or_else(|| Visit::nobody(app));
    let sections = lines.iter().map(line).collect_view();
    let plain = lines.is_empty().then(|| {
        ui::section("988 Suicide and Crisis Lifeline", view! { <p>"Call or text 988, at any hour. It is free."</p> <p class="row"><a class="btn paper" href="tel:988">"Call 988"</a><a class="tap paper" href="sms:988">"Text 988"</a></p> })
    });
    visit.page(
        Page::new("Get help now"),
        view! {
            {ui::head(Vec::new(), "Get help now", "If a life is in danger, call 911. You do not have to be sure before you call anyone here.")}
            {plain}
            {sections}
            {ui::section("Later", view! { <p>"Nothing here is kept or counted. What you saved waits where you left it."</p> })}
        },
    )
}

/// So long the database may take to say who asks, and as long again which lines there are.
const PATIENCE: Duration = Duration::from_secs(1);

async fn lines(visit: &Visit) -> Result<Vec<HelpLine>, Refusal> {
    let Some(digest) = curriculum::current(&visit.read()).await? else { return Ok(Vec::new()) };
    let release = curriculum::release(&visit.platform, &digest).await?;
    Ok(release.map(|release| release.help.clone()).unwrap_or_default())
}

fn line(line: &HelpLine) -> AnyView {
    let (name, how, lang) = (line.name.clone(), line.how.clone(), line.lang.clone());
    let note = line.note.clone().map(|note| view! { <p class="small soft">{note}</p> });
    let call = line.call.clone().map(|number| {
        let words = line.to_call.clone().unwrap_or_else(|| format!("Call {number}"));
        view! { <a class="btn paper" href=format!("tel:{number}")>{words}</a> }
    });
    let text = line.text.clone().map(|number| {
        let words = line.to_text.clone().unwrap_or_else(|| format!("Text {number}"));
        let body = line.body.as_ref().map(|body| format!("?body={}", encode(body))).unwrap_or_default();
        view! { <a class="btn second paper" href=format!("sms:{number}{body}")>{words}</a> }
    });
    let chat = line.chat.clone().map(
        |address| view! { <a class="tap paper" href=address.clone()>"Chat at "{address.trim_start_matches("https://").to_owned()}</a> },
    );
    view! {
        <section class="sec">
            <h2 lang=lang.clone()>{name}</h2>
            <div class="body flow"><div class="flow" lang=lang><p>{how}</p> <p class="row">{call}{text}{chat}</p></div> {note}</div>
        </section>
    }
    .into_any()
}
