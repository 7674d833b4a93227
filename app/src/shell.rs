//! The frame of every page: head, header, navigation, footer; and the rendering of a view to text.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use leptos::{prelude::*, reactive::owner::Owner};
use types::Role;

use crate::{request::Visit, routes::Route};

/// What the frame needs to know of a page.
#[derive(Debug, Clone)]
pub struct Page {
    title: String,
    section: Section,
    status: StatusCode,
    islands: bool,
    kept: bool,
    reading: bool,
    body_class: &'static str,
}

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the navigation entry of its name")]
pub enum Section {
    None,
    Programs,
    Verify,
    SignIn,
    Learn,
    Practicum,
    Today,
    Queue,
    LiveSessions,
    Trainees,
    Modules,
    Office,
    Account,
}

impl Page {
    /// A page with this title: where the visitor is, from the narrow to the wide.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            section: Section::None,
            status: StatusCode::OK,
            islands: false,
            kept: true,
            reading: false,
            body_class: "",
        }
    }

    /// Its title.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// Under this entry of the navigation.
    #[must_use]
    pub fn section(self, section: Section) -> Self {
        Self { section, ..self }
    }

    /// With this status.
    #[must_use]
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The page holds an island, so it loads the script. No other page does.
    #[must_use]
    pub(crate) fn with_islands(self) -> Self {
        Self { islands: true, ..self }
    }

    /// A page of a lesson: its stories and words are in italics, which are fetched with the page and not after it.
    #[must_use]
    pub fn reading(self) -> Self {
        Self { reading: true, ..self }
    }

    /// The browser keeps nothing of it, not even for the way back: what it says may not hold any more by then.
    #[must_use]
    pub fn never_kept(self) -> Self {
        Self { kept: false, ..self }
    }

    /// With this class on the body, for what prints differently.
    #[must_use]
    pub fn body_class(self, body_class: &'static str) -> Self {
        Self { body_class, ..self }
    }
}

/// Draws the page around the view, which is made inside: an island finds what it needs only there.
pub fn respond<V: IntoView + 'static>(visit: &Visit, page: Page, view: impl FnOnce() -> V) -> Response {
    let (status, islands, kept) = (page.status, page.islands, page.kept);
    let mut html = render(|| frame(visit, &page, view().into_any()));
    if !islands {
        // What holds a place for a value that is not there is of use to an island only.
        html = html.replace("<!>", "");
    }
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    // A page of a signed-in person must not be kept by anything between us and them.
    let keep = if !kept || visit.actor.person().is_some() { "no-store" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(if islands { WITH_SCRIPT } else { WITHOUT_SCRIPT }));
    response
}

/// Nothing but our own style, pictures and forms. No script at all.
const WITHOUT_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same, and our own script with its WebAssembly.
const WITH_SCRIPT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Renders a view to text. Only islands are marked for the browser to wake.
pub fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let context = Arc::new(hydration_context::SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(context));
    let body = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{body}")
}

fn frame(visit: &Visit, page: &Page, content: AnyView) -> impl IntoView + use<> {
    let assets = &visit.site.assets;
    // A form that came back says so first, where a screen reader begins.
    let back = if page.status == StatusCode::UNPROCESSABLE_ENTITY { "Not done yet: " } else { "" };
    let title = format!("{back}{} · Alongside", page.title);
    let loader = page.islands.then(|| {
        view! { <script type="module" src=assets.url("island.js")></script> }
    });
    let demo = visit.site.demo_outbox.is_some().then(|| {
        view! {
            <p class="demonote">
                "This is a demonstration. The people in it are examples. "
                <a href=Route::Outbox.to_string()>"Read its mail"</a>
            </p>
        }
    });
    let italic = page.reading.then(|| {
        view! { <link rel="preload" href=assets.url("fonts/source-serif-4-latin-wght-italic.woff2") r#as="font" type="font/woff2" crossorigin=""/> }
    });
    let body_class = (!page.body_class.is_empty()).then_some(page.body_class);
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=assets.url("mark.svg") type="image/svg+xml"/>
                <link rel="preload" href=assets.url("fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2") r#as="font" type="font/woff2" crossorigin=""/>
                <link rel="preload" href=assets.url("fonts/source-serif-4-latin-wght-normal.woff2") r#as="font" type="font/woff2" crossorigin=""/>
                {italic}
                <link rel="stylesheet" href=assets.url("main.css")/>
                {loader}
            </head>
            <body class=body_class>
                <a class="skip" href="#main">"Skip to the page"</a>
                <header class="top">
                    <div class="wrap top-in">
                        <a class="brand" href=Route::Home.to_string()>{crate::ui::brand()}" Alongside"</a>
                        <a class="help" href=Route::Help.to_string()>"Get help now"</a>
                        <nav class="nav" aria-label="Main">
                            <ul class="plain">{navigation(visit, page.section)}</ul>
                        </nav>
                    </div>
                </header>
                <main id="main" class="wrap" tabindex="-1">{done(visit)}{content}</main>
                <footer class="foot">
                    <div class="wrap">
                        <p>
                            <strong>"If life is at risk, call 911."</strong>
                            " To talk to someone, call or text "
                            <a href="tel:988">"988"</a>
                            ", any hour, free."
                        </p>
                        <ul class="plain">
                            <li><a href=Route::Privacy.to_string()>"Privacy"</a></li>
                            <li><a href=Route::Access.to_string()>"Access and formats"</a></li>
                            <li><a href=Route::Verify.to_string()>"Check a certificate"</a></li>
                        </ul>
                        <p class="whose">{visit.site.whose()}</p>
                        {demo}
                    </div>
                </footer>
            </body>
        </html>
    }
}

/// What an act has just done, as the address says it came back from one. The words are ours, and only a page of ours
/// leads to them: a link that somebody made elsewhere says nothing.
fn done(visit: &Visit) -> Option<AnyView> {
    let (_, query) = visit.path.split_once('?').filter(|_| visit.from_here)?;
    let signed_in = visit.actor.person().is_some();
    let words = match query.strip_prefix("done=")? {
        "signed-off" if !signed_in => "You are signed out. Your work stays as it is.",
        _ if !signed_in => return None,
        "kept" => "Your draft is kept. Nobody else sees it.",
        "names" => "Your names are changed.",
        "password" => "Your new password holds from now on, and other devices are signed out.",
        "ready" => "Your account is ready. You can join this program here.",
        "accepted" => "You have accepted the invitation. Here is where your work begins.",
        "lesson" => "The lesson is marked as done.",
        "lesson-before" => "The lesson before this one is marked as done.",
        "signed" => "Your signature is kept, with the text you signed.",
        "joined" => "You have joined. Your ledger shows what comes first.",
        "thrown-away" => "The draft is thrown away.",
        "signed-out" => "That device is signed out.",
        "place" => "Your place is added.",
        "invited" => "The invitation is on its way by mail.",
        "withdrawn" => "The invitation is withdrawn. Its link no longer works.",
        _ => return None,
    };
    Some(view! { <p class="notice done-word" role="status">{crate::ui::status(crate::ui::Mark::Done, words)}</p> }.into_any())
}

/// The entries that this visitor has use for, and no others.
fn navigation(visit: &Visit, current: Section) -> impl IntoView + use<> {
    let actor = &visit.actor;
    let mut entries: Vec<(Section, Route<'static>, &'static str)> = Vec::new();
    if actor.person().is_none() {
        entries.push((Section::Programs, Route::Programs, "Programs"));
        entries.push((Section::Verify, Route::Verify, "Check a certificate"));
        entries.push((Section::SignIn, Route::SignIn, "Sign in"));
    }
    if actor.is(Role::Trainee) {
        entries.push((Section::Learn, Route::Learn, "Learn"));
        entries.push((Section::Practicum, Route::Practicum, "Practicum"));
    }
    if actor.is(Role::Trainer) || actor.is(Role::Officer) {
        entries.push((Section::Today, Route::Trainer, "Today"));
        entries.push((Section::Queue, Route::Queue, "Entries to read"));
        entries.push((Section::LiveSessions, Route::LiveSessions, "Live sessions"));
        entries.push((Section::Trainees, Route::Trainees, "Trainees"));
        entries.push((Section::Modules, Route::TrainerModules, "Modules"));
    }
    if actor.is(Role::Officer) {
        entries.push((Section::Office, Route::Office, "Office"));
    }
    if actor.person().is_some() {
        entries.push((Section::Account, Route::Account, "Your account"));
    }
    entries
        .into_iter()
        .map(|(section, route, words)| {
            // A page within a section is not the page that its entry leads to.
            let href = route.to_string();
            let here = if visit.path.split('?').next() == Some(href.as_str()) { "page" } else { "true" };
            let current = (section == current).then_some(here);
            // The words a second time, unseen and unread, keep room for their bold form: nothing moves from page to page.
            view! { <li><a href=href aria-current=current data-words=words>{words}</a></li> }
        })
        .collect_view()
}
