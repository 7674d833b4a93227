//! Question versions: the canonical form, its digest, and the way back.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use types::Domain;

use super::{Choice, Credit, Kind, Question};
use crate::ids::hex;

/// The stored form of a question version. The order of the members is part of its name, so it is stated.
#[derive(Serialize, Deserialize)]
struct Stored {
    id: String,
    kind: String,
    credit: String,
    points: i32,
    stem: String,
    body: String,
    options: Vec<StoredChoice>,
    fixed: bool,
    explanation: String,
    competencies: Vec<String>,
    domain: Domain,
}

#[derive(Serialize, Deserialize)]
struct StoredChoice {
    id: String,
    text: String,
    right: bool,
    feedback: String,
}

/// SHA-256 over the canonical form.
pub(super) fn digest(question: &Question) -> String {
    hex(&Sha256::digest(canonical(question).as_bytes()))
}

/// The canonical form of a question version.
pub(super) fn canonical(question: &Question) -> String {
    let (kind, credit) = match question.kind {
        Kind::Single => ("single", "all"),
        Kind::Multiple(Credit::All) => ("multiple", "all"),
        Kind::Multiple(Credit::Partial) => ("multiple", "partial"),
        Kind::TrueFalse => ("truefalse", "all"),
    };
    let stored = Stored {
        id: question.id.clone(),
        kind: kind.to_owned(),
        credit: credit.to_owned(),
        points: question.points,
        stem: question.stem.clone(),
        body: question.body.clone(),
        options: question
            .options
            .iter()
            .map(|option| StoredChoice {
                id: option.id.clone(),
                text: option.text.clone(),
                right: option.right,
                feedback: option.feedback.clone(),
            })
            .collect(),
        fixed: question.fixed,
        explanation: question.explanation.clone(),
        competencies: question.competencies.clone(),
        domain: question.domain,
    };
    // Strings, numbers and lists of them always make JSON.
    serde_json::to_string(&stored).unwrap_or_default()
}

/// Reads a stored version back.
pub(super) fn from_canonical(digest: &str, text: &str) -> Option<Question> {
    let stored: Stored = serde_json::from_str(text).ok()?;
    let kind = match (stored.kind.as_str(), stored.credit.as_str()) {
        ("single", _) => Kind::Single,
        ("multiple", "partial") => Kind::Multiple(Credit::Partial),
        ("multiple", _) => Kind::Multiple(Credit::All),
        ("truefalse", _) => Kind::TrueFalse,
        _ => return None,
    };
    Some(Question {
        id: stored.id,
        digest: digest.to_owned(),
        kind,
        points: stored.points,
        stem: stored.stem,
        body: stored.body,
        options: stored
            .options
            .into_iter()
            .map(|option| Choice { id: option.id, text: option.text, right: option.right, feedback: option.feedback })
            .collect(),
        fixed: stored.fixed,
        explanation: stored.explanation,
        competencies: stored.competencies,
        domain: stored.domain,
    })
}
