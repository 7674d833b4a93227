//! How long Rust files are. Tests do not count: they may be as long as what they check has cases.

use super::files::{Sources, is_test, without_tests};

const MOST: usize = 300;
const MEDIAN: usize = 100;

/// Files that are longer, each with its reason.
const DECLARED: &[(&str, &str)] = &[];

/// None is long, and half of them are short.
pub(super) fn small(sources: &Sources) -> Vec<String> {
    let lengths = lengths(sources);
    let long = lengths.iter().filter(|(lines, path)| *lines > MOST && !DECLARED.iter().any(|(declared, _)| declared == path));
    let mut found: Vec<String> = long.map(|(lines, path)| format!("{path} has {lines} lines; {MOST} is the most")).collect();
    let median = middle(&lengths);
    if median >= MEDIAN {
        found.push(format!("half of the files have {median} lines or more; it should be under {MEDIAN}"));
    }
    found
}

/// The sizes in one line.
pub(super) fn told(sources: &Sources) -> String {
    let lengths = lengths(sources);
    let nine_in_ten = lengths.get(lengths.len() * 9 / 10).map_or(0, |(lines, _)| *lines);
    format!("{} Rust files without their tests: half have up to {} lines, nine in ten up to {nine_in_ten}", lengths.len(), middle(&lengths))
}

fn middle(lengths: &[(usize, String)]) -> usize {
    lengths.get(lengths.len() / 2).map_or(0, |(lines, _)| *lines)
}

/// From the shortest to the longest.
fn lengths(sources: &Sources) -> Vec<(usize, String)> {
    let files = sources.rust().filter(|(path, _)| !is_test(path));
    let mut lengths: Vec<_> = files.map(|(path, text)| (without_tests(text).lines().count(), path.to_owned())).collect();
    lengths.sort();
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_and_tests_do_not_count() {
        let long = "// a line\n".repeat(301);
        let tests = format!("//! Short.\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        let sources =
            Sources::of(&[("app/src/a.rs", &long), ("app/src/b.rs", &tests), ("app/src/c.rs", ""), ("server/tests/it/d.rs", &long)]);
        assert_eq!(small(&sources), ["app/src/a.rs has 301 lines; 300 is the most"]);
    }
}
