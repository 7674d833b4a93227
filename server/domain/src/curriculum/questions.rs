//! Questions, from Markdown to one version of each.

use std::collections::{BTreeMap, BTreeSet};

use types::Domain;

use super::{
    Choice, Finding, Kind, Question,
    attributes::{kind, values, written},
    markdown::Writer,
    place, versions,
};

/// A question as its text says it.
pub(super) struct Read {
    pub(super) question: Question,
    /// It is not asked any more. It stays in the text so that its id is not used again; what was asked with it is stored.
    pub(super) retired: bool,
    /// It says what it is, and of every option whether it is right. Where it does not, that is what is wrong with it,
    /// and what would follow from the rest is not true.
    pub(super) sure: bool,
}

/// Reads every question of a bank that is asked. `first_line` is where the text begins in its file.
pub(super) fn read(writer: &mut Writer<'_>, text: &str, first_line: usize, competencies: &BTreeSet<String>) -> Vec<Question> {
    all(writer, text, first_line, competencies).into_iter().filter(|read| !read.retired).map(|read| read.question).collect()
}

/// Reads also those that are retired.
pub(super) fn all(writer: &mut Writer<'_>, text: &str, first_line: usize, competencies: &BTreeSet<String>) -> Vec<Read> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| line.starts_with("### ")).map(|(n, _)| n).collect();
    let mut seen = BTreeSet::new();
    let mut questions = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let block = lines.get(*start..end).unwrap_or_default();
        if let Some(read) = one(writer, block, first_line + start, competencies) {
            let id = &read.question.id;
            if !seen.insert(id.clone()) {
                writer.find_words(
                    first_line + start,
                    &format!("{{#{id}"),
                    "id-twice",
                    format!("the id {id} stands twice in this bank"),
                    "Give one of them another id.",
                );
            }
            questions.push(read);
        }
    }
    questions
}

fn one(writer: &mut Writer<'_>, block: &[&str], line: usize, competencies: &BTreeSet<String>) -> Option<Read> {
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
    let before = writer.findings.len();
    values(writer, &attributes, line);
    let kind = kind(writer, &attributes, line);
    let value = |name: &str| attributes.get(name).map(String::as_str);
    let points = value("points").map_or(Some(1), |points| points.parse::<i32>().ok()).filter(|points| (1..=100).contains(points));
    if points.is_none() {
        let words = written(&attributes, "points");
        writer.find_words(line, &words, "points", "points are a whole number from 1 to 100", "Write points=1.");
    }
    let domain = value("domain").and_then(|domain| domain.parse::<Domain>().ok());
    if domain.is_none() {
        let words = written(&attributes, "domain");
        writer.find_words(line, &words, "domain", "this question has no domain that we know", "Write domain=ADV, ETH, MEN, REC or HAR.");
    }
    let said = writer.findings.len() == before;
    let named: Vec<String> = value("competency").map(|list| list.split(',').map(ToOwned::to_owned).collect()).unwrap_or_default();
    for competency in named.iter().filter(|competency| !competencies.contains(*competency)) {
        writer.find_words(line, competency, "competency", format!("there is no competency {competency}"), "See competencies.toml.");
    }
    let parts = Parts::read(writer, block, line);
    let sure = said && !parts.unmarked;
    parts.suit(writer, kind.filter(|_| !parts.unmarked), line);
    let mut question = Question {
        id,
        digest: String::new(),
        kind: kind.unwrap_or(Kind::Single),
        points: points.unwrap_or(1),
        stem: writer.inline(stem, line),
        body: parts.body,
        options: parts.options,
        fixed: value("fixed") == Some("true"),
        explanation: parts.explanation,
        competencies: named,
        domain: domain.unwrap_or(Domain::Ethics),
    };
    question.digest = versions::digest(&question);
    Some(Read { question, retired: heading.contains(" retired=true"), sure })
}

/// What stands in a question under its heading.
#[derive(Default)]
struct Parts {
    body: String,
    options: Vec<Choice>,
    /// An option does not say whether it is right.
    unmarked: bool,
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

impl Written {
    /// An option from its first line. Its mark is whether it is right, or what stands between the brackets instead.
    fn begin(writer: &mut Writer<'_>, before: &[Self], mark: Result<bool, &str>, text: &str, at: usize) -> Self {
        let right = mark.unwrap_or_else(|mark| {
            let mark = format!("[{mark}]");
            let mend = "Write - [x] before a right option and - [ ] before a wrong one, each with a space behind it.";
            writer.find_words(at, &mark, "option-mark", format!("this option begins with {mark}"), mend);
            false
        });
        let (text, attributes) = split_attributes(text);
        let (id, attributes) = attributes.unwrap_or_default();
        for name in attributes.keys() {
            let message = format!("an option has no attribute called {name}");
            writer.find_words(at, name, "attribute", message, "An option has an id only: {#a}.");
        }
        if id.is_empty() {
            writer.find(at, "option-id", "this option has no id", "Write {#a} at its end, or run the check with --fix.");
        }
        if !id.is_empty() && before.iter().any(|other| other.id == id) {
            let message = format!("the option id {id} stands twice");
            writer.find_words(at, &format!("{{#{id}}}"), "id-twice", message, "Give one of them another id.");
        }
        Self { id, text: text.to_owned(), right, at, feedback: String::new(), feedback_at: at }
    }
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
            } else if let Some((mark, text)) = option(row) {
                parts.unmarked |= mark.is_err();
                let begun = Written::begin(writer, &texts, mark, text, at);
                texts.push(begun);
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

    /// As many options are right as its kind needs; nothing is said where that is not known.
    fn suit(&self, writer: &mut Writer<'_>, kind: Option<Kind>, line: usize) {
        let (count, right) = (self.options.len(), self.options.iter().filter(|option| option.right).count());
        let sound = match kind {
            None => true,
            Some(Kind::Single) => right == 1 && count >= 2,
            Some(Kind::TrueFalse) => right == 1 && count == 2,
            Some(Kind::Multiple(_)) => right >= 1 && count >= 2,
        };
        if !sound {
            writer.find(
                line,
                "options",
                format!("{right} of {count} options are right, which does not go with this kind"),
                "single and truefalse have one right option, truefalse has two options, multiple has one or more.",
            );
        }
    }
}

/// The mark of an option and its text: whether it is right, or what stands between the brackets instead.
fn option(row: &str) -> Option<(Result<bool, &str>, &str)> {
    let (mark, text) = row.strip_prefix("- [")?.split_once(']')?;
    let right = match mark {
        " " => Some(false),
        "x" | "X" => Some(true),
        _ => None,
    };
    if let (Some(right), Some(text)) = (right, text.strip_prefix(' ')) {
        return Some((Ok(right), text));
    }
    // A link or a citation in a list is no option.
    let link = mark.starts_with('@') || text.starts_with(['(', '[', ':']);
    let meant = mark.trim().chars().count() <= 1 || split_attributes(text).1.is_some();
    (meant && !link).then_some((Err(mark), text.trim_start()))
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
pub(super) fn check_bank(path: &str, text: &str, draw: usize, count: usize) -> Option<Finding> {
    (count < draw).then(|| {
        Finding::at(
            path,
            text,
            place::in_field(text, "draw", &draw.to_string()),
            "draw",
            format!("the bank has {count} questions, and an attempt draws {draw}"),
            "Write more questions, or draw fewer.",
        )
    })
}
