//! What lessons, guides and modules owe their readers beside true words.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Finding, Module, Release, Source, front, markdown::word_count, place, source},
    grade, prose, wording,
};

/// Words of a lesson.
const WORDS: std::ops::RangeInclusive<usize> = 900..=1800;
/// The hardest reading grade of a lesson, and its longest average sentence, as plain language asks.
const GRADE: f64 = 8.0;
const LENGTH: f64 = 18.0;
/// What stands in every facilitator's guide.
const HEADINGS: &[&str] =
    &["Purpose", "Before the session", "Agenda", "What to say", "What to watch for", "Including everyone", "If someone is distressed"];

/// The whole folder.
pub(super) fn look(source: &Source, release: &Release, findings: &mut Vec<Finding>) {
    for (path, text) in &source.files {
        words(path, text, findings);
    }
    for module in &release.modules {
        one_module(source, module, findings);
    }
    prerequisites(source, release, findings);
}

/// Words that are not used here. The reference list keeps the titles of works as they are.
fn words(path: &str, text: &str, findings: &mut Vec<Finding>) {
    if matches!(source::ending(path), "bib" | "lock") {
        return;
    }
    for (at, length, rule) in wording::find(text) {
        let found = text.get(at..at + length).unwrap_or_default();
        findings.push(Finding::at(path, text, at..at + length, "wording", format!("“{found}” is not used here"), rule.instead));
    }
}

fn one_module(source: &Source, module: &Module, findings: &mut Vec<Finding>) {
    let folder = |path: &&String| {
        path.starts_with("modules/") && path.split('/').nth(1).is_some_and(|name| name.split('-').next() == Some(&module.id))
    };
    let mut pauses = 0;
    let mut file_of_module = "modules/";
    for path in source.files.keys().filter(folder) {
        let Some(text) = source.files.get(path) else { continue };
        let name = path.rsplit('/').next().unwrap_or_default();
        pauses += text.matches("\n:::pause").count();
        if name == "module.toml" {
            file_of_module = path;
        } else if name.starts_with("live-") {
            guide(path, text, findings);
        } else if name.starts_with(|c: char| c.is_ascii_digit()) {
            lesson(path, text, findings);
        }
    }
    let text = source.text(file_of_module).unwrap_or_default();
    let mut find = |key, code, message: String, mend: &str| {
        findings.push(Finding::at(file_of_module, text, place::in_field(text, key, ""), code, message, mend));
    };
    if pauses == 0 {
        find("id", "pause", "no lesson of this module has a pause card".to_owned(), "Put :::pause where it is hard.");
    }
    let live: i32 = module.guides.iter().map(|guide| guide.minutes.0).sum();
    if live != module.live.0 {
        let message = format!("its guides take {live} minutes, and the module has {} in live sessions", module.live.0);
        find("minutes_live", "live", message, "Make them agree.");
    }
    let reading: i32 = module.lessons.iter().map(|lesson| lesson.minutes.0).sum();
    if module.alone.0 == 0 && reading > live {
        find(
            "minutes_live",
            "live",
            format!("its lessons take {reading} minutes in sessions of {live}"),
            "They are read in the live sessions, so they must fit.",
        );
    }
}

fn lesson(path: &str, text: &str, findings: &mut Vec<Finding>) {
    // Its words are counted also where its front matter cannot be read; but where that has no end, nobody knows where they begin.
    let body = front::body(text);
    let mut find = |code, message: String, mend: &str| findings.push(Finding::new(path, 1, code, message, mend));
    if let Some(count) = body.map(word_count).filter(|count| !WORDS.contains(count)) {
        find("length", format!("this lesson has {count} words"), "Write 900 to 1,800.");
    }
    if !text.contains("\n:::activity{") {
        find("activity", "this lesson has nothing to do in it".to_owned(), "Add :::activity{minutes=10} with something to try.");
    }
    if !text.contains("\n:::story") && !text.contains("\n:::write") {
        find("story", "this lesson has neither a practice story nor a pair to compare".to_owned(), "Add :::story or :::write.");
    }
    let last = text.rfind("\n## ").map_or(0, |at| at + 1);
    if !text.get(last..).is_some_and(|end| end.contains("(page:practicum)")) {
        let heading = last + text.get(last..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        findings.push(Finding::at(
            path,
            text,
            last..heading,
            "practicum-link",
            "the end of this lesson does not lead to the practicum",
            "Link [your practicum](page:practicum) in its last part.",
        ));
    }
    let sentences = body.map(|_| prose::sentences(text)).unwrap_or_default();
    let Some(reading) = grade::reading(&sentences) else { return };
    let (grade_high, length_high) = (reading.grade > GRADE, reading.length > LENGTH);
    if grade_high || length_high {
        let mut worst: Vec<_> = sentences.iter().collect();
        worst.sort_by_key(|sentence| std::cmp::Reverse(grade::weight(sentence)));
        for sentence in worst.into_iter().take(3) {
            let (words, syllables) = grade::weight(sentence);
            let message = if grade_high {
                format!("the reading grade is {:.1}; this sentence has {words} words and {syllables} syllables", reading.grade)
            } else {
                format!("sentences have {:.1} words on average; this one has {words}", reading.length)
            };
            findings.push(Finding::at(
                path,
                text,
                sentence.place.clone(),
                "grade",
                message,
                "Cut it in two, or use shorter words: grade 8 and 18 words a sentence are the most.",
            ));
        }
    }
}

fn guide(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for heading in HEADINGS {
        if !text.lines().any(|line| line.strip_prefix("## ").is_some_and(|title| title.trim().starts_with(heading))) {
            findings.push(Finding::new(path, 1, "guide", format!("this guide says nothing under “{heading}”"), "Write that part."));
        }
    }
}

/// Every prerequisite exists, and nobody waits for themselves.
fn prerequisites(source: &Source, release: &Release, findings: &mut Vec<Finding>) {
    let needs: BTreeMap<&str, &[String]> =
        release.modules.iter().map(|module| (module.id.as_str(), module.prerequisites.as_slice())).collect();
    for module in &release.modules {
        let start = format!("modules/{}-", module.id);
        let path = source.files.keys().find(|path| path.starts_with(&start) && path.ends_with("/module.toml")).cloned().unwrap_or(start);
        let text = source.text(&path).unwrap_or_default();
        for need in module.prerequisites.iter().filter(|need| !needs.contains_key(need.as_str())) {
            let at = place::in_field(text, "prerequisites", need);
            let message = format!("there is no module {need}");
            findings.push(Finding::at(&path, text, at, "prerequisite", message, "Name modules that exist."));
        }
        let (mut open, mut reached) = (module.prerequisites.iter().map(String::as_str).collect::<Vec<_>>(), BTreeSet::new());
        while let Some(need) = open.pop() {
            if reached.insert(need) {
                open.extend(needs.get(need).copied().unwrap_or_default().iter().map(String::as_str));
            }
        }
        if reached.contains(module.id.as_str()) {
            findings.push(Finding::at(
                &path,
                text,
                place::in_field(text, "prerequisites", ""),
                "prerequisite",
                format!("{} needs itself to be done before it", module.id),
                "Break the circle.",
            ));
        }
    }
}
