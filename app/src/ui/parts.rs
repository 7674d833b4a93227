//! Headings, sections, dates, bars.

use leptos::prelude::*;

/// The head of a page: the way that leads here, the title, and one sentence. `trail` holds the pages
/// above as (address, words); the last word is where we are.
pub fn head(trail: Vec<(Option<String>, String)>, title: impl Into<String>, lede: impl Into<String>) -> AnyView {
    let running = (!trail.is_empty()).then(|| {
        let steps = trail
            .into_iter()
            .map(|(href, words)| match href {
                Some(href) => view! { <li><a href=href>{words}</a></li> }.into_any(),
                None => view! { <li>{words}</li> }.into_any(),
            })
            .collect_view();
        view! { <nav aria-label="Where you are"><ol class="running">{steps}</ol></nav> }
    });
    let lede: String = lede.into();
    let lede = (!lede.is_empty()).then(|| view! { <p class="lede">{lede}</p> });
    view! { <div class="head">{running}<h1>{title.into()}</h1>{lede}</div> }.into_any()
}

/// A section with its heading hung in the margin.
pub fn section(heading: impl Into<String>, body: impl IntoView) -> AnyView {
    view! { <section class="sec"><h2>{heading.into()}</h2><div class="body flow">{body.into_view()}</div></section> }.into_any()
}

/// Named facts, one a row.
pub fn facts(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    let rows = rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

/// A person's text with its line breaks kept as paragraphs.
pub fn paragraphs(text: &str) -> AnyView {
    text.split('\n').filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
}

/// The same, where addresses of pages can be followed: for what a trainer writes about where to meet.
pub fn linked_paragraphs(text: &str) -> AnyView {
    let lines = text.split('\n').filter(|line| !line.trim().is_empty());
    lines.map(|line| view! { <p>{line.split_inclusive(' ').map(linked).collect_view()}</p> }).collect_view().into_any()
}

/// A word with the blank behind it, as a link where it is an address. What ends a sentence is no part of one.
fn linked(word: &str) -> AnyView {
    let address = word.trim_end().trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
    let rest = word.get(address.len()..).unwrap_or_default().to_owned();
    if ["https://", "http://"].iter().any(|start| address.len() > start.len() && address.starts_with(start)) {
        let address = address.to_owned();
        view! { <a href=address.clone() rel="noopener noreferrer">{address.clone()}</a>{rest} }.into_any()
    } else {
        word.to_owned().into_any()
    }
}

/// Hours drawn as two lines: a thin one for what is asked, a thick one beside it for what is done, and a
/// broken one for what waits. Always with its text beside it. All three in the same unit.
pub fn bar(need: i32, done: i32, waiting: i32) -> AnyView {
    let share = |part: i32| f64::from(part.clamp(0, need.max(1))) / f64::from(need.max(1)) * 100.0;
    let (done_end, wait_end) = (share(done), share(done.saturating_add(waiting)));
    let done = (done > 0).then(|| view! { <line class="done" x1="0" x2=format!("{done_end:.1}") y1="11" y2="11"></line> });
    let wait = (waiting > 0 && wait_end > done_end).then(|| {
        view! { <line class="wait" x1=format!("{done_end:.1}") x2=format!("{wait_end:.1}") y1="11" y2="11"></line> }
    });
    view! {
        <svg class="bar" width="100%" height="14" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
            <line class="need" x1="0" x2="100" y1="3" y2="3"></line>
            {done}
            {wait}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_place_can_be_followed_and_nothing_else() {
        let html = |text: &'static str| crate::shell::render(move || linked_paragraphs(text)).replace("<!>", "").replace("<!---->", "");
        let meet = html("Room 2, or https://meet.example.org/a?b=1. Call 555-0100.");
        assert!(
            meet.contains(
                r#"or <a href="https://meet.example.org/a?b=1" rel="noopener noreferrer">https://meet.example.org/a?b=1</a>. Call"#
            ),
            "{meet}"
        );
        for text in ["javascript:alert(1)", "https://", "nohttps://x.example"] {
            assert!(!html(text).contains("<a"), "{text}");
        }
        assert!(!html("https://x.example/\"><b>").contains("<b>"));
    }
}
