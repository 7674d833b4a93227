//! Points to words that may identify somebody while the note is being written. It never blocks; the server
//! looks again. And it asks before somebody leaves the page with words that were not sent.

use leptos::prelude::*;

/// Wraps a field of several lines and tells under it what may point to a person.
#[island]
pub fn NoteGuard(children: Children) -> impl IntoView {
    let found = RwSignal::new(Vec::<String>::new());
    // One short sentence, and only when the number changes: the list itself is read on the way.
    let count = Memo::new(move |_| found.with(Vec::len));
    let around = NodeRef::<leptos::html::Div>::new();
    // Counts what is typed, so that only the newest is looked at.
    let typed = StoredValue::new(0_u32);
    #[cfg(feature = "hydrate")]
    browser::hold_what_came_back();
    let look = move |_event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        {
            browser::hold();
            browser::after_a_pause(typed, move || {
                if let Some(around) = around.get_untracked() {
                    found.set(browser::look(&around));
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (around, typed);
    };
    view! {
        <div node_ref=around on:input=look>
            {children()}
            <div class="guard">
                {move || {
                    let found = found.get();
                    (!found.is_empty()).then(|| {
                        let rows = found.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
                        view! { <div class="notice warn flow after"><p><strong>"Please look at these words"</strong></p> <ol class="small">{rows}</ol></div> }
                    })
                }}
            </div>
            <p class="vh" role="status">
                {move || match count.get() {
                    0 => String::new(),
                    1 => "One place to look at stands under this field.".to_owned(),
                    several => format!("{several} places to look at stand under this field."),
                }}
            </p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, time::Duration};

    use leptos::{ev, prelude::*};
    use web_sys::wasm_bindgen::JsCast as _;

    use crate::links;

    thread_local! {
        /// Whether somebody is watched who leaves.
        static WATCHED: Cell<bool> = const { Cell::new(false) };
        /// Whether words stand there that were not sent, nor is help called.
        static UNSENT: Cell<bool> = const { Cell::new(false) };
    }

    /// Does this once nobody has typed for a moment: what is half typed is not to be talked about.
    pub(super) fn after_a_pause(typed: StoredValue<u32>, act: impl Fn() + 'static) {
        const PAUSE: Duration = Duration::from_millis(900);
        let this = typed.get_value().wrapping_add(1);
        typed.set_value(this);
        set_timeout(
            move || {
                if typed.get_value() == this {
                    act();
                }
            },
            PAUSE,
        );
    }

    /// A form that came back with something wrong in it holds words that are kept nowhere.
    pub(super) fn hold_what_came_back() {
        if document().query_selector("form .err").is_ok_and(|wrong| wrong.is_some()) {
            hold();
        }
    }

    /// Has the browser ask before these words are left behind.
    pub(super) fn hold() {
        UNSENT.set(true);
        if WATCHED.replace(true) {
            return;
        }
        window_event_listener(ev::submit, |_| UNSENT.set(false));
        window_event_listener(ev::click, |event| {
            if links::followed(&event).is_some_and(|address| links::is_help(&address)) && UNSENT.replace(false) {
                // A call leaves the page where it is.
                set_timeout(|| UNSENT.set(true), Duration::from_secs(2));
            }
        });
        window_event_listener(ev::beforeunload, |event| {
            if UNSENT.get() {
                event.prevent_default();
            }
        });
    }

    /// What may point to a person, each with the words and the advice.
    pub(super) fn look(around: &web_sys::HtmlDivElement) -> Vec<String> {
        let field =
            around.query_selector("textarea").ok().flatten().and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        let Some(field) = field else { return Vec::new() };
        let text = field.value();
        guard::find(&text)
            .into_iter()
            .filter_map(|finding| Some(format!("“{}”. {}", text.get(finding.range)?, finding.kind.advice())))
            .collect()
    }
}
