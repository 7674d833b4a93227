//! What every Rust file keeps.

use super::files::{Sources, code_lines, is};

/// Each file opens with what it owns.
pub(super) fn opens_with_its_doc(sources: &Sources) -> Vec<String> {
    let without = sources.rust().filter(|(_, text)| !text.starts_with("//! "));
    without.map(|(path, _)| format!("{path} does not open with a //! line")).collect()
}

/// A lint is set aside by `expect` with a reason, which says so when it is needed no more.
pub(super) fn allows_nothing(sources: &Sources) -> Vec<String> {
    let attribute = ["allow", "("].concat();
    let found = sources.rust().flat_map(|(path, text)| {
        let attribute = &attribute;
        code_lines(text)
            .filter(move |(_, line)| ["#[", "#!["].iter().any(|open| line.contains(&format!("{open}{attribute}"))))
            .map(move |(n, _)| format!("{path}:{n} allows a lint; use expect, with a reason"))
    });
    found.collect()
}

/// No note to self stays behind.
pub(super) fn leaves_nothing_for_later(sources: &Sources) -> Vec<String> {
    let words = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["//! place", "holder"]].map(|halves| halves.concat());
    let is_source = |path: &str| ["rs", "css", "js", "mjs"].iter().any(|end| is(path, end));
    let found = sources.all().filter(|(path, _)| is_source(path)).flat_map(|(path, text)| {
        let words = &words;
        (1..)
            .zip(text.lines())
            .filter(move |(_, line)| words.iter().any(|word| line.contains(word)))
            .map(move |(n, line): (usize, &str)| format!("{path}:{n} {}", line.trim()))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lint_that_is_allowed_is_found() {
        let text = format!("//! A file.\n#[{}dead_code)]\nfn f() {{}}\n", "allow(");
        let sources = Sources::of(&[("app/src/a.rs", &text), ("app/src/b.rs", "fn f() {}\n")]);
        assert_eq!(allows_nothing(&sources), ["app/src/a.rs:2 allows a lint; use expect, with a reason"]);
        assert_eq!(opens_with_its_doc(&sources), ["app/src/b.rs does not open with a //! line"]);
    }

    #[test]
    fn what_was_left_for_later_is_found() {
        let text = format!("//! A file.\n// {}: all of it\n", ["TO", "DO"].concat());
        assert_eq!(leaves_nothing_for_later(&Sources::of(&[("app/src/a.rs", &text)])).len(), 1);
    }
}
