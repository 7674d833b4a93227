//! The drawn marks: always with a word beside them, never alone.

use leptos::prelude::*;

/// The states that have a mark of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Met, passed, saved: a disc with a tick.
    Done,
    /// Under way: half a disc.
    UnderWay,
    /// Not yet: a ring.
    NotYet,
    /// Waiting for somebody: a clock.
    Waiting,
    /// Sent back: a bent arrow.
    SentBack,
    /// Please look: a triangle.
    Look,
    /// Does not hold: a square with a cross.
    Fail,
    /// Could not tell: a diamond with a question.
    Unknown,
}

/// The mark as a picture. It says nothing to a screen reader: the word beside it does.
pub fn mark(mark: Mark) -> AnyView {
    let drawing = match mark {
        Mark::Done => {
            view! { <circle class="fill" cx="10" cy="10" r="8"></circle><path class="cut" d="m6 10.3 2.8 2.8L14 7.4"></path> }.into_any()
        }
        Mark::UnderWay => {
            view! { <circle cx="10" cy="10" r="8"></circle><path class="fill" stroke="none" d="M10 2a8 8 0 0 0 0 16z"></path> }.into_any()
        }
        Mark::NotYet => view! { <circle cx="10" cy="10" r="8"></circle> }.into_any(),
        Mark::Waiting => view! { <circle cx="10" cy="10" r="8"></circle><path d="M10 5v5.2l3.4 2"></path> }.into_any(),
        Mark::SentBack => view! { <path d="M7.5 3.5 3 8l4.5 4.5M3 8h9a5 5 0 0 1 0 9H8"></path> }.into_any(),
        Mark::Look => {
            view! { <path d="m10 2 8.5 15.5h-17z"></path><path d="M10 8v4.2"></path><circle cx="10" cy="14.8" r=".5"></circle> }.into_any()
        }
        Mark::Fail => {
            view! { <path class="fill" d="M2.5 2.5h15v15h-15z"></path><path class="cut" d="m6.5 6.5 7 7m0-7-7 7"></path> }.into_any()
        }
        Mark::Unknown => view! {
            <path d="m10 1.2 8.8 8.8-8.8 8.8L1.2 10z"></path>
            <path d="M7.8 8.1a2.2 2.2 0 1 1 3 2c-.6.3-.8.6-.8 1.2"></path>
            <circle cx="10" cy="13.7" r=".5"></circle>
        }
        .into_any(),
    };
    view! { <svg class="mark" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">{drawing}</svg> }.into_any()
}

/// A mark and its word.
pub fn status(shape: Mark, words: impl Into<String>) -> AnyView {
    let class = match shape {
        Mark::Done => "st ok",
        Mark::Look | Mark::SentBack | Mark::Fail => "st bad",
        _ => "st",
    };
    view! { <span class=class>{mark(shape)}<span>{words.into()}</span></span> }.into_any()
}

/// The mark of the house: two paths, side by side.
pub fn brand() -> AnyView {
    view! {
        <svg width="24" height="30" viewBox="0 0 24 30" fill="none" stroke="currentColor" aria-hidden="true">
            <path class="mk-a" d="M6 28c0-7-3.6-9.5-1.2-16C6 8.6 8.5 6.5 8.5 2"></path>
            <path class="mk-b" d="M15.5 28c0-7-3.6-9.5-1.2-16C15.5 8.6 18 6.5 18 2"></path>
        </svg>
    }
    .into_any()
}
