//! Saves an answer as it is chosen, and says so. The form around it works without.
#![expect(missing_docs, reason = "the macros of islands and server functions write public items of their own")]

use leptos::prelude::*;

/// Wraps the fields of a question. Every change is sent at once; where it cannot be, it is tried again
/// with growing pauses, and the person is told. Who follows a link meanwhile is held until the answer is
/// saved, and then goes on. `first` is what stands there before anything changed.
#[island]
pub fn AnswerSaver(attempt: String, version: String, first: String, children: Children) -> impl IntoView {
    let words = RwSignal::new(first);
    let around = NodeRef::<leptos::html::Div>::new();
    let save = move |_event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        if let Some(around) = around.get() {
            browser::save(&around, attempt.clone(), version.clone(), words);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&attempt, &version, around);
    };
    view! {
        <div node_ref=around on:change=save>
            <p class="saved" role="status">{words}</p>
            {children()}
        </div>
    }
}

/// Saves one answer of the visitor's own attempt. `options` are option ids with commas between; `once`
/// names this one save. Answers the words that say when it was saved. A refusal of the answer itself is a
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

    pub(super) fn save(around: &web_sys::HtmlDivElement, attempt: String, version: String, words: RwSignal<String>) {
        if CHANGES.get() == 0 {
            watch(words);
        }
        CHANGES.set(CHANGES.get().wrapping_add(1));
        let once = format!("{:.0}-{}", js_sys::Date::now(), CHANGES.get());
        NEXT.set(Some(Save { attempt, version, options: chosen(around), once }));
        SENT.set(false);
        words.set("Saving…".to_owned());
        if !BUSY.replace(true) {
            send_next(0, words);
        }
    }

    fn send_next(tries: u32, words: RwSignal<String>) {
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
                Ok(saved) if !newer => words.set(saved),
                Err(ServerFnError::ServerError(refused)) => {
                    // To be read here, and not left behind.
                    THEN.set(None);
                    words.set(refused);
                }
                Ok(_) => {}
                Err(error) => {
                    let held = if THEN.with_borrow(Option::is_some) { LEAVE } else { "" };
                    words.set(match error {
                        ServerFnError::MiddlewareError(signed_out) => format!("{signed_out}{held}"),
                        _ => format!("Not saved yet: there is no connection. We keep trying. The button below saves too.{held}"),
                    });
                    if !newer {
                        NEXT.set(Some(save));
                    }
                    let pause = Duration::from_secs(2_u64.saturating_pow(tries.min(4) + 1));
                    set_timeout(move || send_next(tries + 1, words), pause);
                    return;
                }
            }
            send_next(0, words);
        });
    }

    /// What is said to somebody who waits for a save that does not come about.
    const LEAVE: &str = " To leave without this answer, use the link again.";

    /// Keeps the page until what was chosen is saved. A link that is followed meanwhile waits for it; followed
    /// once more it is not held, and the browser asks.
    fn watch(words: RwSignal<String>) {
        window_event_listener(ev::click, move |event| {
            let elsewhere = event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let address = link.and_then(|link| link.get_attribute("href")).filter(|address| !address.starts_with('#'));
            let Some(address) = address.filter(|_| BUSY.get() && !elsewhere && !event.default_prevented()) else { return };
            // Help is never held, nor asked about.
            if is_help(&address) {
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
            words.set("Saving your answer first, then we go on…".to_owned());
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

    fn is_help(address: &str) -> bool {
        address == "/help" || ["tel:", "sms:"].iter().any(|way| address.starts_with(way))
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
