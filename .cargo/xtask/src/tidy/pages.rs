//! What every page keeps.

use super::files::{Sources, code_lines};

/// The content security policy refuses inline style, and so does the house: looks are in `style/`.
pub(super) fn have_no_inline_style(sources: &Sources) -> Vec<String> {
    let pages = sources.rust().filter(|(path, _)| path.starts_with("app/src/"));
    let found = pages.flat_map(|(path, text)| {
        code_lines(text)
            .filter(|(_, line)| [" style=", " style:", "<style"].iter().any(|word| line.contains(word)))
            .map(move |(n, line)| format!("{path}:{n} {}", line.trim()))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_style_is_found() {
        let sources =
            Sources::of(&[("app/src/a.rs", "view! { <p style=\"color: red\">\"Red\"</p> <p class=\"style\"/> }\nview! { <p/> }\n")]);
        assert_eq!(have_no_inline_style(&sources).len(), 1);
    }
}
