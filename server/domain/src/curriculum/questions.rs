//! Questions, from Markdown to one version of each.

use std::collections::{BTreeMap, BTreeSet};

use types::Domain;

use super::{Choice, Credit, Finding, Kind, Question, markdown::Writer, versions};

/// Reads every question of a bank. `first_line` is where the text begins in its file.
pub(super) fn read(writer: &mut Writer<'_>, text: &str, first_line: usize, competencies: &BTreeSet<String>) -> Vec<Question> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| line.starts_with("### ")).map(|(n, _)| n).collect();
    let mut seen = BTreeSet::new();
    let mut questions = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let block = lines.get(*start..end).unwrap_or_default();
        if let Some(question) = one(writer, block, first_line + start, competencies) {
            if !seen.insert(question.id.clone()) {
                writer.find(
                    first_line + start,
                    "id-twice",
                    format!("the id {} stands twice in this bank", question.id),
                    "Give one of them another id.",
                );
            }
            // It stays in the text so that its id is not used again; what was asked with it is stored.
            if !block.first().is_some_and(|heading| heading.contains(" retired=true")) {
                questions.push(question);
            }
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
    let known = ["kind", "points", "competency", "domain", "scenario", "source", "fixed", "rev", "regrade", "retired", "credit", "module"];
    for name in attributes.keys().filter(|name| !known.contains(&name.as_str())) {
        writer.find(line, "attribute", format!("there is no attribute called {name}"), "See the format in content/README.md.");
    }
    let value = |name: &str| attributes.get(name).map(String::as_str);
    let kind = match (value("kind"), value("credit")) {
        (Some("single"), _) => Kind::Single,
        (Some("multiple"), Some("partial")) => Kind::Multiple(Credit::Partial),
        (Some("multiple"), _) => Kind::Multiple(Credit::All),
        (Some("truefalse"), _) => Kind::TrueFalse,
        (other, _) => {
            writer.find(
                line,
                "kind",
                format!("there is no kind of question called {}", other.unwrap_or("nothing")),
                "Use single, multiple or truefalse.",
            );
            return None;
        }
    };
    let points = value("points").map_or(Some(1), |points| points.parse::<i32>().ok()).filter(|points| (1..=100).contains(points));
    if points.is_none() {
        writer.find(line, "points", "points are a whole number from 1 to 100", "Write points=1.");
    }
    let domain = value("domain").and_then(|domain| domain.parse::<Domain>().ok());
    if domain.is_none() {
        writer.find(line, "domain", "this question has no domain that we know", "Write domain=ADV, ETH, MEN, REC or HAR.");
    }
    let named: Vec<String> = value("competency").map(|list| list.split(',').map(ToOwned::to_owned).collect()).unwrap_or_default();
    for competency in named.iter().filter(|competency| !competencies.contains(*competency)) {
        writer.find(line, "competency", format!("there is no competency {competency}"), "See competencies.toml.");
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

/// What stands in a question under its heading.
#[derive(Default)]
struct Parts {
    body: String,
    options: Vec<Choice>,
    explanation: String,
}

impl Parts {
    fn read(writer: &mut Writer<'_>, block: &[&str], line: usize) -> Self {
        let mut parts = Self::default();
        let (mut body, mut explanation) = (String::new(), String::new());
        let mut texts: Vec<(String, String, bool, String, usize)> = Vec::new();
        let mut explaining = false;
        for (n, row) in block.iter().enumerate().skip(1) {
            let at = line + n;
            if explaining {
                if row.trim() == ":::" {
                    explaining = false;
                } else {
                    explanation.push_str(row);
                    explanation.push('\n');
                }
            } else if row.starts_with(":::explanation") {
                explaining = true;
            } else if let Some((right, text)) = option(row) {
                let (text, attributes) = split_attributes(text);
                let id = attributes.map(|(id, _)| id).unwrap_or_default();
                if id.is_empty() {
                    writer.find(at, "option-id", "this option has no id", "Write {#a} at its end, or run the check with --fix.");
                }
                if texts.iter().any(|other| other.0 == id) {
                    writer.find(at, "id-twice", format!("the option id {id} stands twice"), "Give one of them another id.");
                }
                texts.push((id, text.to_owned(), right, String::new(), at));
            } else if let (Some(feedback), Some(last)) = (row.trim_start().strip_prefix('>'), texts.last_mut()) {
                last.3.push_str(feedback.trim_start());
                last.3.push('\n');
            } else if texts.is_empty() {
                body.push_str(row);
                body.push('\n');
            } else if let Some(last) = texts.last_mut().filter(|_| !row.trim().is_empty()) {
                last.1.push(' ');
                last.1.push_str(row.trim());
            }
        }
        if explaining {
            writer.find(line, "container-open", "the explanation is not closed", "Write ::: alone on a line after it.");
        }
        for (id, text, right, feedback, at) in texts {
            if feedback.trim().is_empty() {
                writer.find(at, "feedback", "this option has no feedback", "Write > and what it teaches, indented, under it.");
            }
            parts.options.push(Choice { id, text: writer.inline(&text, at), right, feedback: writer.inline(&feedback, at) });
        }
        parts.body = writer.markdown(&body, line + 1);
        parts.explanation = writer.markdown(&explanation, line);
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
pub(super) fn check_bank(path: &str, draw: usize, questions: &[Question]) -> Option<Finding> {
    (questions.len() < draw).then(|| {
        Finding::new(
            path,
            1,
            "draw",
            format!("the bank has {} questions, and an attempt draws {draw}", questions.len()),
            "Write more questions, or draw fewer.",
        )
    })
}
