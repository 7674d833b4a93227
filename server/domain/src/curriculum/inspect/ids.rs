//! Ids that are missing: found, and written by `--fix`. Nothing else of a text is touched.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::{
    super::{Source, files::CheckFront, front},
    lock,
};
use crate::ids::hex;

/// Ids that a bank must not give again: answers are kept by them.
#[derive(Default)]
pub(super) struct Used {
    questions: BTreeSet<String>,
    /// By question.
    options: BTreeMap<String, BTreeSet<String>>,
}

impl Used {
    /// Those that are retired, those in the lock, and those of the other parts of the exam.
    pub(super) fn of(source: &Source, path: &str, text: &str) -> Self {
        let mut used = Self::default();
        if let Ok((front, ..)) = front::split::<CheckFront>(path, text) {
            used.options = lock::known(source, &front.id);
            used.questions.extend(front.retired_ids);
            used.questions.extend(used.options.keys().cloned());
        }
        if path.starts_with("exams/") {
            for (path, text) in source.files.iter().filter(|(path, _)| path.starts_with("exams/")) {
                used.questions.extend(headings(text));
                used.questions.extend(front::split::<CheckFront>(path, text).into_iter().flat_map(|(front, ..)| front.retired_ids));
            }
        }
        used
    }
}

/// The ids of the questions of a text.
fn headings(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| line.starts_with("### ")).filter_map(id)
}

/// The text with an id for every question and option that had none; nothing where none was missing.
pub(super) fn mended(text: &str, used: &Used) -> Option<String> {
    let mut taken: BTreeSet<String> = headings(text).chain(used.questions.iter().cloned()).collect();
    let mut options = BTreeSet::new();
    let mut changed = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (bare, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let mut kept = bare.to_owned();
        if bare.starts_with("### ") {
            options = id(bare).and_then(|id| used.options.get(&id).cloned()).unwrap_or_default();
            if id(bare).is_none() && bare.trim_end().ends_with('}') {
                let new = question(bare, &taken);
                if let Some(at) = bare.rfind('{') {
                    kept.insert_str(at + 1, &format!("#{new} "));
                    taken.insert(new);
                }
            }
        } else if let Some(id) = id(bare).filter(|_| bare.starts_with("- [")) {
            options.insert(id);
        } else if bare.starts_with("- [ ] ") || bare.starts_with("- [x] ") || bare.starts_with("- [X] ") {
            let of_question = options_after(text, &out);
            let new = letters().find(|letter| !options.contains(letter) && !of_question.contains(letter)).unwrap_or_default();
            kept.insert_str(bare.trim_end().len(), &format!(" {{#{new}}}"));
            options.insert(new);
        }
        changed |= kept != bare;
        out.push_str(&kept);
        out.push_str(end);
    }
    changed.then_some(out)
}

/// The ids that options further down in the same question have.
fn options_after(text: &str, before: &str) -> BTreeSet<String> {
    let done = before.lines().count();
    text.lines().skip(done).take_while(|line| !line.starts_with("### ")).filter(|line| line.starts_with("- [")).filter_map(id).collect()
}

fn id(line: &str) -> Option<String> {
    let (_, inside) = line.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    inside.split_whitespace().next().map(ToOwned::to_owned)
}

/// Four letters and digits that say nothing, from the question's own words; more of them where those are taken.
fn question(heading: &str, taken: &BTreeSet<String>) -> String {
    let mut n = 0_u32;
    loop {
        let digest = hex(&Sha256::digest(format!("{heading}{n}").as_bytes()));
        let new: String = std::iter::once('q').chain(digest.chars().take(if n < 100 { 3 } else { 8 })).collect();
        if !taken.contains(&new) {
            return new;
        }
        n += 1;
    }
}

fn letters() -> impl Iterator<Item = String> {
    ('a'..='z').map(String::from).chain((1..).map(|n| format!("z{n}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_written() {
        let text = "### One? {kind=single}\n\n- [ ] No\n  > x\n- [x] Yes {#a}\n### Two? {#q123 kind=single}\n- [ ] No {#b}\n- [x] Yes\n";
        let mended = mended(text, &Used::default()).unwrap();
        assert!(mended.contains("### One? {#q") && mended.contains("- [ ] No {#b}\n  > x\n- [x] Yes {#a}"), "{mended}");
        assert!(mended.ends_with("### Two? {#q123 kind=single}\n- [ ] No {#b}\n- [x] Yes {#a}\n"), "{mended}");
        assert_eq!(super::mended(&mended, &Used::default()), None, "and a second time nothing");
        // Also an option with a slip in its mark has its id.
        let slip = super::mended("### One? {#q1 kind=single}\n- [y] No {#a}\n- [x] Yes\n", &Used::default()).unwrap();
        assert!(slip.ends_with("- [y] No {#a}\n- [x] Yes {#b}\n"), "{slip}");
    }
}
