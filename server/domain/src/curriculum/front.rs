//! TOML with places: what stands between `+++`, and whole files.

use serde::de::DeserializeOwned;

use super::Finding;

/// Reads TOML that begins on this line of its file.
pub(super) fn toml<T: DeserializeOwned>(path: &str, text: &str, first_line: usize) -> Result<T, Finding> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = first_line + before.matches('\n').count();
        let column = before.rsplit('\n').next().map_or(1, |rest| rest.chars().count() + 1);
        let words = error.span().and_then(|span| text.get(span)).and_then(|words| words.lines().next()).unwrap_or_default();
        Finding {
            column,
            length: words.chars().count(),
            ..Finding::new(path, line, "toml", error.message(), "See the format in content/README.md.")
        }
    })
}

/// Splits a Markdown file into its front matter, its text, and the line on which the text begins.
pub(super) fn split<'a, T: DeserializeOwned>(path: &str, file: &'a str) -> Result<(T, &'a str, usize), Finding> {
    let missing = || {
        Finding::new(
            path,
            1,
            "front-matter",
            "the file does not begin with front matter between two lines of +++",
            "Begin it with +++, the fields, and +++.",
        )
    };
    let (front, text) = parts(file).ok_or_else(missing)?;
    let line = 3 + front.matches('\n').count() + 1;
    Ok((toml(path, front, 2)?, text, line))
}

/// The text behind the front matter, also where that is no TOML; nothing where it has no two lines of +++.
pub(super) fn body(file: &str) -> Option<&str> {
    parts(file).map(|(_, text)| text)
}

pub(super) fn parts(file: &str) -> Option<(&str, &str)> {
    file.strip_prefix("+++\n")?.split_once("\n+++\n")
}
