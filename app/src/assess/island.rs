//! Saves an answer as it is chosen, and says so. The form around it works without.
#![expect(missing_docs, reason = "the macros of islands and server functions write public items of their own")]

use leptos::prelude::*;

/// How an answer stands. The server draws a line with its mark for each, and lets one of them show; the island
/// lets another one show, and writes its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// There is no answer yet.
    Open,
    /// It is on its way.
    Saving,
    /// It is saved.
    Saved,
    /// It is not saved: please look.
    Look,
}

impl Says {
    /// The name of its line on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Saving => "saving",
            Self::Saved => "saved",
            Self::Look => "look",
        }
    }
}

/// Wraps the fields of a question. Every change is sent at once; where it cannot be, it is tried again
/// with growing pauses, and the person is told. Who follows a link meanwhile is held until the answer is
/// saved, and then goes on.
#[island]
pub fn AnswerSaver(attempt: String, version: String, children: Children) -> impl IntoView {
    let around = NodeRef::<leptos::html::Div>::new();
    let save = move |_event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        if let Some(around) = around.get() {
            browser::save(&around, attempt.clone(), version.clone());
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&attempt, &version, around);
    };
    view! {
        <div node_ref=around on:change=save>
            {children()}
        </div>
    }
}

/// Saves one answer of the visitor's own attempt. `options` are option ids with commas between; `once`
/// names this one save. Answers the words that say how it stands now. A refusal of the answer itself is a
/// `ServerError`; being signed out is a `MiddlewareError`, after which the same save is worth another try.
#[server(name = SaveAnswer, prefix = "/api/fn", endpoint = "save-answer", server = server_fn::axum::AxumServerFnBackend)]
pub async fn save_answer(attempt: String, version: String, options: String, once: String) -> Result<String, ServerFnError> {
    super::page::saved_from_island(&attempt, &version, &options, &once).await
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        time::Duration,
    };

    use leptos::{ev, prelude::*, reactive::spawn_local};
    use web_sys::wasm_bindgen::JsCast as _;

    use super::Says;
    use crate::links;

    /// One save: what the server is told.
    struct Save {
        attempt: String,
        version: String,
        options: String,
        once: String,
    }

    thread_local! {
        /// What is to be sent next. Only the newest choice matters.
        static NEXT: RefCell<Option<Save>> = const { RefCell::new(None) };
        /// Whether something is on its way. The next one waits for it, so that they arrive in their order.
        static BUSY: Cell<bool> = const { Cell::new(false) };
        /// Counts the changes on this page.
        static CHANGES: Cell<u32> = const { Cell::new(0) };
        /// Where somebody wants to go as soon as everything is saved.
        static THEN: RefCell<Option<String>> = const { RefCell::new(None) };
        /// Whether the form itself is being sent, which saves what is chosen, or help is called. Then nobody is asked.
        static SENT: Cell<bool> = const { Cell::new(false) };
    }

    pub(super) fn save(around: &web_sys::HtmlDivElement, attempt: String, version: String) {
        let Some(quiz) = around.closest(".quiz").ok().flatten() else { return };
        if CHANGES.get() == 0 {
            watch(quiz.clone());
        }
        // Until it is saved, what the form sends is a choice of its own, whatever the page was drawn with.
        drawn(&quiz, None);
        CHANGES.set(CHANGES.get().wrapping_add(1));
        let once = format!("{:.0}-{}", js_sys::Date::now(), CHANGES.get());
        NEXT.set(Some(Save { attempt, version, options: chosen(around), once }));
        SENT.set(false);
        say(&quiz, Says::Saving, "Saving…");
        if !BUSY.replace(true) {
            send_next(0, quiz);
        }
    }

    fn send_next(tries: u32, quiz: web_sys::Element) {
        let Some(save) = NEXT.take() else {
            BUSY.set(false);
            if let Some(address) = THEN.take() {
                let _ = window().location().assign(&address);
            }
            return;
        };
        spawn_local(async move {
            let answer = super::save_answer(save.attempt.clone(), save.version.clone(), save.options.clone(), save.once.clone()).await;
            let newer = NEXT.with_borrow(Option::is_some);
            match answer {
                Ok(words) => {
                    let says = if save.options.is_empty() { Says::Open } else { Says::Saved };
                    show(&quiz, "[aria-current=step]", says);
                    if !newer {
                        drawn(&quiz, Some(&save.options));
                    }
                    if !newer {
                        say(&quiz, says, &words);
                    }
                }
                Err(ServerFnError::ServerError(refused)) => {
                    // To be read here, and not left behind.
                    THEN.set(None);
                    say(&quiz, Says::Look, &refused);
                }
                Err(error) => {
                    let held = THEN.with_borrow(Option::is_some);
                    let words = match error {
                        ServerFnError::MiddlewareError(signed_out) => signed_out,
                        _ => "Not saved yet: there is no connection.".to_owned(),
                    };
                    say(&quiz, Says::Look, &format!("{words}{}", if held { LEAVE } else { WAIT }));
                    if !newer {
                        NEXT.set(Some(save));
                    }
                    let pause = Duration::from_secs(2_u64.saturating_pow(tries.min(4) + 1));
                    set_timeout(move || send_next(tries + 1, quiz), pause);
                    return;
                }
            }
            send_next(0, quiz);
        });
    }

    /// What is said besides of a save that does not come about: to somebody who stays, and to somebody who wants to go.
    const WAIT: &str = " We keep trying.";
    const LEAVE: &str = " To leave without it, use the link again.";

    /// Keeps the page until what was chosen is saved. A link that is followed meanwhile waits for it; followed
    /// once more it is not held, and the browser asks.
    fn watch(quiz: web_sys::Element) {
        window_event_listener(ev::click, move |event| {
            let elsewhere = event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            let Some(address) = links::followed(&event).filter(|_| BUSY.get() && !elsewhere && !event.default_prevented()) else { return };
            // Help is never held, nor asked about.
            if links::is_help(&address) {
                SENT.set(true);
                return;
            }
            // The second half of a double click is no second wish.
            if event.detail() < 2 && THEN.with_borrow(|then| then.as_ref() == Some(&address)) {
                THEN.set(None);
                return;
            }
            event.prevent_default();
            THEN.set(Some(address));
            say(&quiz, Says::Saving, "Saving your answer first, then we go on…");
        });
        window_event_listener(ev::submit, |event| {
            let form = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            SENT.set(form.is_some_and(|form| matches!(form.query_selector("input[name=answer]"), Ok(Some(_)))));
        });
        // The last resort, for what no link is: closing the tab, going back, another address.
        window_event_listener(ev::beforeunload, |event| {
            if BUSY.get() && !SENT.get() {
                event.prevent_default();
            }
        });
    }

    /// What the form says that was chosen when it was drawn: what was saved last, or nothing.
    fn drawn(quiz: &web_sys::Element, options: Option<&str>) {
        let field = quiz.query_selector("input[name=drawn]").ok().flatten();
        let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
        field.set_disabled(options.is_none());
        field.set_value(options.unwrap_or_default());
    }

    /// Says above the question how its answer stands.
    fn say(quiz: &web_sys::Element, says: Says, words: &str) {
        let line = show(quiz, ".saved", says);
        if let Some(text) = line.and_then(|line| line.query_selector(".st > span").ok().flatten()) {
            text.set_text_content(Some(words));
        }
    }

    /// Lets the line for this show in a part of the page, and no other one. Answers it.
    fn show(quiz: &web_sys::Element, part: &str, says: Says) -> Option<web_sys::Element> {
        let lines = quiz.query_selector_all(&format!("{part} [data-says]")).ok()?;
        let mut shown = None;
        for line in (0..lines.length()).filter_map(|n| lines.item(n)?.dyn_into::<web_sys::Element>().ok()) {
            let away = line.get_attribute("data-says").as_deref() != Some(says.name());
            let _ = line.toggle_attribute_with_force("hidden", away);
            if !away {
                shown = Some(line);
            }
        }
        shown
    }

    /// The ids of the options that are chosen now.
    fn chosen(around: &web_sys::HtmlDivElement) -> String {
        let Ok(inputs) = around.query_selector_all("input[name=answer]:checked") else { return String::new() };
        (0..inputs.length())
            .filter_map(|n| inputs.item(n)?.dyn_into::<web_sys::HtmlInputElement>().ok())
            .map(|input| input.value())
            .collect::<Vec<_>>()
            .join(",")
    }
}
