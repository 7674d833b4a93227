//! Words that do not belong in the project.

use super::files::{Sources, is, is_test, without_tests};

/// What belongs to the machine that somebody works at, and not to the project: notes, folders, mirrors of packages.
const FOREIGN: &[&str] = &[
    "domain.md",
    "product.md",
    "toolchain.md",
    "/work/",
    "/root/",
    "/tmp/wt",
    "/tmp/target",
    "/home/user",
    "registry.npmjs.org",
    "npmmirror",
    "artifactory",
    "verdaccio",
];

/// British spellings, with what is written instead.
const BRITISH: &[(&str, &str)] = &[
    ("analyse", "analyze"),
    ("apologise", "apologize"),
    ("behaviour", "behavior"),
    ("behaviours", "behaviors"),
    ("cancelled", "canceled"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("centres", "centers"),
    ("colour", "color"),
    ("colours", "colors"),
    ("counselling", "counseling"),
    ("counsellor", "counselor"),
    ("defence", "defense"),
    ("emphasise", "emphasize"),
    ("enrol", "enroll"),
    ("enrolment", "enrollment"),
    ("enrolments", "enrollments"),
    ("enrols", "enrolls"),
    ("favour", "favor"),
    ("favourite", "favorite"),
    ("fulfil", "fulfill"),
    ("grey", "gray"),
    ("honour", "honor"),
    ("judgement", "judgment"),
    ("labelled", "labeled"),
    ("labour", "labor"),
    ("licence", "license"),
    ("neighbour", "neighbor"),
    ("neighbours", "neighbors"),
    ("organisation", "organization"),
    ("organisations", "organizations"),
    ("organise", "organize"),
    ("practise", "practice"),
    ("practised", "practiced"),
    ("practises", "practices"),
    ("practising", "practicing"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("realise", "realize"),
    ("recognise", "recognize"),
    ("skilful", "skillful"),
    ("stigmatise", "stigmatize"),
    ("summarise", "summarize"),
    ("towards", "toward"),
    ("travelled", "traveled"),
    ("whilst", "while"),
];

/// Nothing of one machine is left in the project.
pub(super) fn ours(sources: &Sources) -> Vec<String> {
    let files = sources.all().filter(|(path, _)| !path.ends_with("tidy/words.rs"));
    let found = files.flat_map(|(path, text)| {
        (1_usize..).zip(text.lines()).flat_map(move |(n, line)| {
            FOREIGN.iter().filter(move |word| line.contains(**word)).map(move |word| format!("{path}:{n} speaks of {word}"))
        })
    });
    found.collect()
}

/// What people read is spelled as in America. Titles and quotations keep their own spelling: they stand in
/// `references.bib`, or in a line that names their source.
pub(super) fn american(sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources.all() {
        let is_content = path.starts_with("content/") && (is(path, "md") || is(path, "toml"));
        let is_page = path.starts_with("app/src/") && is(path, "rs") && !is_test(path);
        if is_content {
            for (n, line) in (1_usize..).zip(text.lines()).filter(|(_, line)| !line.contains('@')) {
                found.extend(spelled(line).map(|words| format!("{path}:{n} {words}")));
            }
        } else if is_page {
            for (n, line) in (1_usize..).zip(without_tests(text).lines()).filter(|(_, line)| !line.trim_start().starts_with("//")) {
                found.extend(prose(line).flat_map(spelled).map(|words| format!("{path}:{n} {words}")));
            }
        }
    }
    found
}

/// The strings of a line that hold sentences, not names.
fn prose(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2).filter(|string| string.contains(' '))
}

fn spelled(line: &str) -> impl Iterator<Item = String> {
    line.split(|letter: char| !letter.is_alphabetic()).filter_map(|word| {
        let lower = word.to_lowercase();
        BRITISH.iter().find(|(british, _)| *british == lower).map(|(_, american)| format!("{word}: {american}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_one_machine_is_found() {
        assert_eq!(ours(&Sources::of(&[("README.md", "as product.md says\n")])), ["README.md:1 speaks of product.md"]);
    }

    #[test]
    fn sentences_are_checked_and_names_are_not() {
        let sources = Sources::of(&[
            ("app/src/a.rs", "let enrolment = \"enrolment\"; // your enrolment\nview! { \"Your enrolment ends.\" }\n"),
            ("content/a.md", "The Centre opened.\n"),
        ]);
        assert_eq!(american(&sources), ["app/src/a.rs:2 enrolment: enrollment", "content/a.md:1 Centre: center"]);
    }
}
