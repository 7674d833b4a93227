//! The demonstration's mail, readable on a page. Outside a demonstration the page does not exist.

use axum::response::Response;
use leptos::prelude::*;

use crate::{error::Refusal, request::Visit, shell::Page, ui};

/// GET /outbox
pub async fn outbox(visit: Visit) -> Result<Response, Refusal> {
    let folder = visit.site.demo_outbox.clone().ok_or(Refusal::NotFound)?;
    let mut letters = Vec::new();
    if let Ok(entries) = std::fs::read_dir(folder) {
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "eml")) {
            if let Ok(text) = std::fs::read_to_string(&path) {
                letters.push((path, text));
            }
        }
    }
    letters.sort_by(|one, other| other.0.cmp(&one.0));
    let empty = letters.is_empty().then(|| view! { <p>"No letters yet."</p> });
    let letters = letters.into_iter().take(50).map(|(_, text)| letter(&text)).collect_view();
    Ok(visit.page(
        Page::new("Mail of the demonstration"),
        view! {
            {ui::head(Vec::new(), "Mail of the demonstration", "Nothing leaves this machine. These are the letters that would have been sent, newest first.")}
            {ui::section("Letters", view! { {empty} {letters} })}
        },
    ))
}

/// A letter as it lies in the folder: its heads, an empty line, its text.
fn letter(text: &str) -> impl IntoView + use<> {
    let text = text.replace("\r\n", "\n");
    let (heads, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let head = |name: &str| heads.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
    let lines = body.lines().map(line).collect_view();
    view! {
        <article class="flow letter">
            <h3>{head("Subject:")}</h3>
            <p class="small soft">"To "{head("To:")}", "{head("Date:")}</p>
            {lines}
        </article>
    }
}

fn line(text: &str) -> AnyView {
    match text.trim() {
        "" => ().into_any(),
        address if address.starts_with("http") && !address.contains(' ') => {
            view! { <p><a href=address.to_owned()>{address.to_owned()}</a></p> }.into_any()
        }
        other => view! { <p>{other.to_owned()}</p> }.into_any(),
    }
}
