//! What stands in braces behind a question's heading: its kind and its other attributes.

use std::collections::BTreeMap;

use super::{Credit, Kind, markdown::Writer};

/// The kind of a question, where it has one that there is.
pub(super) fn kind(writer: &mut Writer<'_>, attributes: &BTreeMap<String, String>, line: usize) -> Option<Kind> {
    let value = |name: &str| attributes.get(name).map(String::as_str);
    match (value("kind"), value("credit")) {
        (Some("single"), _) => Some(Kind::Single),
        (Some("multiple"), Some("partial")) => Some(Kind::Multiple(Credit::Partial)),
        (Some("multiple"), _) => Some(Kind::Multiple(Credit::All)),
        (Some("truefalse"), _) => Some(Kind::TrueFalse),
        (other, _) => {
            let message = format!("there is no kind of question called {}", other.unwrap_or("nothing"));
            writer.find_words(line, &written(attributes, "kind"), "kind", message, "Use single, multiple or truefalse.");
            None
        }
    }
}

/// An attribute as it stands in the text; nothing where it is not there.
pub(super) fn written(attributes: &BTreeMap<String, String>, name: &str) -> String {
    attributes.get(name).map(|value| format!("{name}={value}")).unwrap_or_default()
}

/// Attributes that only take some words. A slip in one would change in silence how a question is asked or graded.
const WORDS: &[(&str, &[&str])] = &[
    ("scenario", &["true", "false"]),
    ("fixed", &["true", "false"]),
    ("retired", &["true", "false"]),
    ("credit", &["all", "partial"]),
    ("regrade", &["none", "full", "either", "new"]),
];

/// Attributes that take what they like, or are looked at elsewhere.
const FREE: &[&str] = &["kind", "points", "competency", "domain", "source", "rev", "module"];

/// Every attribute is one that we know, with a value that it can have.
pub(super) fn values(writer: &mut Writer<'_>, attributes: &BTreeMap<String, String>, line: usize) {
    for (name, value) in attributes {
        if let Some((_, words)) = WORDS.iter().find(|(known, _)| known == name) {
            if !words.contains(&value.as_str()) {
                let message = format!("{name} cannot be {}", if value.is_empty() { "nothing" } else { value.as_str() });
                writer.find_words(line, &format!("{name}={value}"), "value", message, format!("Write {name}={}.", words.join(" or ")));
            }
        } else if !FREE.contains(&name.as_str()) {
            let message = format!("there is no attribute called {name}");
            writer.find_words(line, name, "attribute", message, "See the format in content/README.md.");
        }
    }
    if let Some(rev) = attributes.get("rev").filter(|rev| !rev.parse::<u32>().is_ok_and(|rev| rev > 0)) {
        writer.find_words(line, &format!("rev={rev}"), "value", "rev is a whole number from 1 on", "Write rev=2.");
    }
    if attributes.contains_key("credit") && attributes.get("kind").is_none_or(|kind| kind != "multiple") {
        writer.find_words(line, "credit=", "value", "only a question with kind=multiple has credit", "Take credit out.");
    }
}
