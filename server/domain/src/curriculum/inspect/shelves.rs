//! The reference list, the glossary and the help page against the texts that lean on them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Finding, Release, Source, place, source},
    items::Bank,
};

/// The least that the glossary explains.
const TERMS: usize = 80;

/// `whole`: the folder is a whole curriculum, not a part of one.
pub(super) fn look(
    source: &Source,
    release: &Release,
    works: &BTreeMap<String, String>,
    banks: &[Bank],
    whole: bool,
    findings: &mut Vec<Finding>,
) {
    references(source, works, banks, findings);
    glossary(source, release, whole, findings);
    if !release.help.iter().any(|line| [&line.call, &line.text].into_iter().flatten().any(|way| way.contains("988"))) {
        findings.push(Finding::new("help.toml", 1, "988", "the help page does not name 988", "Add the 988 Suicide & Crisis Lifeline."));
    }
}

/// The list holds every work that is cited, and no other.
fn references(source: &Source, works: &BTreeMap<String, String>, banks: &[Bank], findings: &mut Vec<Finding>) {
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    for text in source.files.iter().filter(|(path, _)| source::ending(path) == "md").map(|(_, text)| text) {
        for part in text.split("[@").skip(1) {
            let inside = part.split(']').next().unwrap_or_default();
            cited.extend(inside.split(';').map(|key| key.trim().trim_start_matches('@')));
        }
    }
    for (bank, item) in banks.iter().flat_map(|bank| bank.written().map(move |item| (bank, item))) {
        for key in item.source.iter().flat_map(|keys| keys.split(',')) {
            if !works.contains_key(key) {
                let message = format!("references.bib has no work called {key}");
                findings.push(bank.find(item.line, key, "citation", message, "Add the work, or mend the key."));
            }
            cited.insert(key);
        }
    }
    let list = source.files.get("references.bib").map(String::as_str).unwrap_or_default();
    for key in works.keys().filter(|key| !cited.contains(key.as_str())) {
        let written = format!("{{{key},");
        let at = place::of(list, &written, false);
        let at = if list.contains(&written) { at.start + 1..at.end - 1 } else { at };
        let message = format!("nothing cites {key}");
        findings.push(Finding::at("references.bib", list, at, "uncited", message, "Cite it where it is told, or take it out."));
    }
}

fn glossary(source: &Source, release: &Release, whole: bool, findings: &mut Vec<Finding>) {
    let count = release.glossary.len();
    if whole && count < TERMS {
        findings.push(Finding::new("glossary.md", 1, "glossary", format!("the glossary explains {count} terms"), "Explain at least 80."));
    }
    let text = source.files.get("glossary.md").map(String::as_str).unwrap_or_default();
    for term in &release.glossary {
        let link = format!("(term:{})", term.id);
        if !source.files.iter().any(|(_, text)| text.contains(&link)) {
            let at = place::of(text, &format!("{{#{}}}", term.id), false);
            let message = format!("no lesson links to “{}”", term.term);
            findings.push(Finding::at("glossary.md", text, at, "unlinked", message, "Link it where it is first used."));
        }
    }
}
