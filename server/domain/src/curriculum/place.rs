//! Where words stand in an authored text, in bytes: what a finding underlines.

use std::ops::Range;

/// Words of a paragraph that begins on this line; the whole line where they do not stand there, and where
/// there are none.
pub(super) fn in_line(text: &str, line: usize, words: &str) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let paragraph = rest.split("\n\n").next().unwrap_or_default();
    if let Some(at) = find(paragraph, words) {
        return start + at..start + at + words.len();
    }
    let whole = rest.lines().next().unwrap_or_default();
    let from = start + (whole.len() - whole.trim_start().len());
    from..from + whole.trim().len()
}

/// Words behind a key of a TOML text; the line of the key where they do not stand there; nothing where there is no such key.
pub(super) fn in_field(text: &str, key: &str, words: &str) -> Range<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let named = line.trim_start().strip_prefix(key).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        if named {
            let from = at + (line.len() - line.trim_start().len());
            let behind = from + key.len();
            let found = text.get(behind..).and_then(|rest| find(rest, words)).map(|found| behind + found..behind + found + words.len());
            return found.unwrap_or(from..at + line.trim_end().len());
        }
        at += line.len();
    }
    0..0
}

/// The first place of these words, or the last one; the first line where they stand nowhere.
pub(super) fn of(text: &str, words: &str, last: bool) -> Range<usize> {
    let found = if last { text.rfind(words) } else { text.find(words) };
    found.map_or_else(|| in_line(text, 1, ""), |at| at..at + words.len())
}

/// The first place where words stand by themselves, or else the first one at all.
fn find(text: &str, words: &str) -> Option<usize> {
    let letter = |c: char| c.is_alphanumeric();
    let alone = |at: &usize| {
        let before = text.get(..*at).is_some_and(|before| before.ends_with(letter)) && words.starts_with(letter);
        let behind = text.get(at + words.len()..).is_some_and(|rest| rest.starts_with(letter)) && words.ends_with(letter);
        !before && !behind
    };
    if words.is_empty() {
        return None;
    }
    text.match_indices(words).map(|(at, _)| at).find(alone).or_else(|| text.find(words))
}
