//! Statements that are signed.

use super::{About, Far, Judged, words};
use crate::programs::{Evidence, Requirement, Step, Target};

pub(super) fn judge(about: &About<'_>, requirement: &Requirement, statement: &str, needed: &str) -> Judged {
    let signed = about.facts.signatures.iter().find(|fact| fact.statement == statement);
    Judged {
        far: Far::first(&[(signed.is_some(), Far::Met)]),
        needed: needed.to_owned(),
        counted: signed.map(|fact| words::day(fact.at, about.zone)).unwrap_or_default(),
        evidence: signed
            .map(|fact| Evidence {
                words: format!("{}, version {}", requirement.title, fact.version),
                at: fact.at,
                minutes: None,
                target: Some(Target::Statement(statement.to_owned())),
            })
            .into_iter()
            .collect(),
        next: Some(Step {
            words: format!("Read and sign: {}.", requirement.title),
            why: "Take your time. Sign only what you understand and mean.".to_owned(),
            action: "Read it".to_owned(),
            target: Target::Statement(statement.to_owned()),
        }),
        ..Judged::default()
    }
}
