//! Questions, from Markdown to one version of each.

use std::collections::{BTreeMap, BTreeSet};

use types::Domain;

use super::{Choice, Credit, Finding, Kind, Question, markdown::Writer, place, versions};

/// Reads every question of a bank that is asked. `first_line` is where the text begins in its file.
pub(super) fn read(writer: &mut Writer<'_>, text: &str, first_line: usize, competencies: &BTreeSet<String>) -> Vec<Question> {
    all(writer, text, first_line, competencies).into_iter().filter(|(_, retired)| !retired).map(|(question, _)| question).collect()
}

/// Reads also those that are retired, and says which they are. A retired question stays in the text so that its
/// id is not used again; what was asked with it is stored.
pub(super) fn all(writer: &mut Writer<'_>, text: &str, first_line: usize, competencies: &BTreeSet<String>) -> Vec<(Question, bool)> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| line.starts_with("### ")).map(|(n, _)| n).collect();
    let mut seen = BTreeSet::new();
    let mut questions = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let block = lines.get(*start..end).unwrap_or_default();
        if let Some(question) = one(writer, block, first_line + start, competencies) {
            if !seen.insert(question.id.clone()) {
                writer.find_words(
                    first_line + start,
                    &format!("{{#{}", question.id),
                    "id-twice",
                    format!("the id {} stands twice in this bank", question.id),
                    "Give one of them another id.",
                );
            }
            questions.push((question, block.first().is_some_and(|heading| heading.contains(" retired=true"))));
        }
    }
    questions
}

fn one(writer: &mut Writer<'_>, block: &[&str], line: usize, competencies: &BTreeSet<String>) -> Option<Question> {
    let heading = block.first()?.trim_start_matches("### ");
    let (stem, attributes) = split_attributes(heading);
    let Some((id, attributes)) = attributes else {
        writer.find(
            line,
            "question-attributes",
            "this question has no attributes",
            "Write {#id kind=single points=1 competency=CC01.1 domain=MEN} at the end of its heading.",
        );
        return None;
    };
    values(writer, &attributes, line);
    let value = |name: &str| attributes.get(name).map(String::as_str);
    let written = |name: &str| value(name).map(|value| format!("{name}={value}")).unwrap_or_default();
    let kind = match (value("kind"), value("credit")) {
        (Some("single"), _) => Kind::Single,
        (Some("multiple"), Some("partial")) => Kind::Multiple(Credit::Partial),
        (Some("multiple"), _) => Kind::Multiple(Credit::All),
        (Some("truefalse"), _) => Kind::TrueFalse,
        (other, _) => {
            writer.find_words(
                line,
                &written("kind"),
                "kind",
                format!("there is no kind of question called {}", other.unwrap_or("nothing")),
                "Use single, multiple or truefalse.",
            );
            return None;
        }
    };
    let points = value("points").map_or(Some(1), |points| points.parse::<i32>().ok()).filter(|points| (1..=100).contains(points));
    if points.is_none() {
        writer.find_words(line, &written("points"), "points", "points are a whole number from 1 to 100", "Write points=1.");
    }
    let domain = value("domain").and_then(|domain| domain.parse::<Domain>().ok());
    if domain.is_none() {
        writer.find_words(
            line,
            &written("domain"),
            "domain",
            "this question has no domain that we know",
            "Write domain=ADV, ETH, MEN, REC or HAR.",
        );
    }
    let named: Vec<String> = value("competency").map(|list| list.split(',').map(ToOwned::to_owned).collect()).unwrap_or_default();
    for competency in named.iter().filter(|competency| !competencies.contains(*competency)) {
        writer.find_words(line, competency, "competency", format!("there is no competency {competency}"), "See competencies.toml.");
    }
    let parts = Parts::read(writer, block, line);
    let options = parts.options;
    let right = options.iter().filter(|option| option.right).count();
    let sound = match kind {
        Kind::Single => right == 1 && options.len() >= 2,
        Kind::TrueFalse => right == 1 && options.len() == 2,
        Kind::Multiple(_) => right >= 1 && options.len() >= 2,
    };
    if !sound {
        writer.find(
            line,
            "options",
            format!("{right} of {} options are right, which does not go with this kind", options.len()),
            "single and truefalse have one right option, truefalse has two options, multiple has one or more.",
        );
    }
    let mut question = Question {
        id,
        digest: String::new(),
        kind,
        points: points.unwrap_or(1),
        stem: writer.inline(stem, line),
        body: parts.body,
        options,
        fixed: value("fixed") == Some("true"),
        explanation: parts.explanation,
        competencies: named,
        domain: domain.unwrap_or(Domain::Ethics),
    };
    question.digest = versions::digest(&question);
    Some(question)
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
fn values(writer: &mut Writer<'_>, attributes: &BTreeMap<String, String>, line: usize) {
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

/// What stands in a question under its heading.
#[derive(Default)]
struct Parts {
    body: String,
    options: Vec<Choice>,
    explanation: String,
}

/// An option on its way: its text and its feedback, each with the line that it begins on.
struct Written {
    id: String,
    text: String,
    right: bool,
    at: usize,
    feedback: String,
    feedback_at: usize,
}

impl Parts {
    fn read(writer: &mut Writer<'_>, block: &[&str], line: usize) -> Self {
        let mut parts = Self::default();
        let (mut body, mut explanation, mut explained_at) = (String::new(), String::new(), line);
        let mut texts: Vec<Written> = Vec::new();
        let mut explaining = None;
        for (n, row) in block.iter().enumerate().skip(1) {
            let at = line + n;
            if explaining.is_some() {
                if row.trim() == ":::" {
                    explained_at = explaining.take().unwrap_or(line);
                } else {
                    explanation.push_str(row);
                    explanation.push('\n');
                }
            } else if row.starts_with(":::explanation") {
                explaining = Some(at + 1);
            } else if let Some((right, text)) = option(row) {
                let (text, attributes) = split_attributes(text);
                let (id, attributes) = attributes.unwrap_or_default();
                for name in attributes.keys() {
                    let message = format!("an option has no attribute called {name}");
                    writer.find_words(at, name, "attribute", message, "An option has an id only: {#a}.");
                }
                if id.is_empty() {
                    writer.find(at, "option-id", "this option has no id", "Write {#a} at its end, or run the check with --fix.");
                }
                if !id.is_empty() && texts.iter().any(|other| other.id == id) {
                    let message = format!("the option id {id} stands twice");
                    writer.find_words(at, &format!("{{#{id}}}"), "id-twice", message, "Give one of them another id.");
                }
                texts.push(Written { id, text: text.to_owned(), right, at, feedback: String::new(), feedback_at: at });
            } else if let (Some(feedback), Some(last)) = (row.trim_start().strip_prefix('>'), texts.last_mut()) {
                if last.feedback.is_empty() {
                    last.feedback_at = at;
                }
                last.feedback.push_str(feedback.trim_start());
                last.feedback.push('\n');
            } else if texts.is_empty() {
                body.push_str(row);
                body.push('\n');
            } else if let Some(last) = texts.last_mut().filter(|_| !row.trim().is_empty()) {
                last.text.push(' ');
                last.text.push_str(row.trim());
            }
        }
        if let Some(at) = explaining {
            explained_at = at;
            writer.find(at - 1, "container-open", "the explanation is not closed", "Write ::: alone on a line after it.");
        }
        for Written { id, text, right, at, feedback, feedback_at } in texts {
            if feedback.trim().is_empty() {
                writer.find(at, "feedback", "this option has no feedback", "Write > and what it teaches, indented, under it.");
            }
            parts.options.push(Choice { id, text: writer.inline(&text, at), right, feedback: writer.inline(&feedback, feedback_at) });
        }
        parts.body = writer.markdown(&body, line + 1);
        parts.explanation = writer.markdown(&explanation, explained_at);
        parts
    }
}

fn option(row: &str) -> Option<(bool, &str)> {
    let rest = row.strip_prefix("- [")?;
    let (mark, text) = rest.split_once("] ")?;
    match mark {
        " " => Some((false, text)),
        "x" | "X" => Some((true, text)),
        _ => None,
    }
}

/// An id and the attributes beside it.
type Attributes = (String, BTreeMap<String, String>);

/// Splits `text {#id a=b}`.
fn split_attributes(text: &str) -> (&str, Option<Attributes>) {
    let trimmed = text.trim_end();
    let Some((before, inside)) = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#")) else { return (trimmed, None) };
    let mut words = inside.split_whitespace();
    let id = words.next().unwrap_or_default().to_owned();
    let attributes = words
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        .collect();
    (before.trim_end(), Some((id, attributes)))
}

/// Findings about a bank as a whole.
pub(super) fn check_bank(path: &str, text: &str, draw: usize, questions: &[Question]) -> Option<Finding> {
    (questions.len() < draw).then(|| {
        Finding::at(
            path,
            text,
            place::in_field(text, "draw", &draw.to_string()),
            "draw",
            format!("the bank has {} questions, and an attempt draws {draw}", questions.len()),
            "Write more questions, or draw fewer.",
        )
    })
}
