//! The checker of authored content: everything that can be seen to be wrong, in one run.
//!
//! What cannot be compiled is found by the compiler; this adds what a careful editor looks at: the reading
//! grade, words that are not used here, hours that agree, every competency taught and checked, questions
//! that are fair and do not change in passing. A release that was published stays readable whatever this
//! learns later.

mod banks;
mod coverage;
mod grade;
mod ids;
mod items;
mod lock;
mod prose;
mod shape;
mod shelves;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use types::Domain;

use super::{Finding, Release, Source, bibliography, compile, finding, front};
use coverage::gaps;
pub use coverage::{CompetencyRow, Coverage, ModuleRow};

/// Where the exam's blueprint lies.
const BLUEPRINT: &str = "exams/blueprint.toml";

/// What the exam asks, and the hours that the modules give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Blueprint {
    /// At least so many items in a hundred are scenarios.
    scenario_percent: usize,
    domain: Vec<Cell>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    code: Domain,
    /// Hours of the core.
    hours: i32,
    /// Items of one exam.
    items: usize,
}

/// Kinds of finding that do not keep content from being published, each with its reason. All others do.
const WARNINGS: &[(&str, &str)] = &[("unlinked", "a word may be explained before the lesson that uses it is written")];

/// What came of looking.
#[derive(Debug)]
pub struct Inspection {
    /// Everything that is wrong, in the order of the files.
    pub findings: Vec<Finding>,
    /// What the texts make, as far as they go.
    pub release: Release,
    /// Where each competency stands, and the hours. Nothing where the texts do not compile.
    pub coverage: Option<Coverage>,
}

impl Inspection {
    /// Adds what somebody else has found, such as faults of programs. What only follows from a file that cannot be
    /// read is left out.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
        finding::causes(&mut self.findings);
        self.findings.sort();
        self.findings.dedup();
    }

    /// Whether anything keeps the content from being published.
    pub fn refuses(&self) -> bool {
        self.findings.iter().any(|finding| !is_warning(finding))
    }
}

/// Whether a finding is only a warning.
pub fn is_warning(finding: &Finding) -> bool {
    WARNINGS.iter().any(|(code, _)| *code == finding.code)
}

/// Looks at everything.
pub fn inspect(source: &Source) -> Inspection {
    let (release, mut findings) = compile::everything(source);
    let works = works(source);
    let banks = banks_of(source, &release, &works, &mut findings);
    for bank in &banks {
        banks::fair(bank, &mut findings);
    }
    banks::checks(&release, &banks, &mut findings);
    shape::look(source, &release, &mut findings);
    lock::look(source, &banks, &mut findings);
    let blueprint = source.files.get(BLUEPRINT).and_then(|text| match front::toml::<Blueprint>(BLUEPRINT, text, 1) {
        Ok(blueprint) => Some(blueprint),
        Err(finding) => {
            findings.push(finding);
            None
        }
    });
    shelves::look(source, &release, &works, &banks, blueprint.is_some(), &mut findings);
    if let Some(blueprint) = &blueprint {
        banks::exam(blueprint, source.text(BLUEPRINT).unwrap_or_default(), &banks, &release, &mut findings);
    }
    let coverage = coverage::coverage(source, &release, &banks, blueprint.as_ref());
    // A single module in a folder of its own is not a curriculum: only one with a blueprint owes all of it.
    if blueprint.is_some() {
        gaps(source, &coverage, &mut findings);
    }
    let mut inspection = Inspection { findings: Vec::new(), release, coverage: Some(coverage) };
    inspection.add(findings);
    inspection
}

/// The texts with every missing id written: the path and the new text of each file that changes.
pub fn with_ids(source: &Source) -> Vec<(String, String)> {
    let banks =
        source.files.iter().filter(|(path, _)| path.ends_with("/check.md") || path.ends_with("/drill.md") || path.starts_with("exams/"));
    banks
        .filter_map(|(path, text)| Some((path.clone(), ids::mended(source.raw(path, text), &ids::Used::of(source, path, text))?)))
        .collect()
}

/// The name and the text of the file that locks the questions as they are now.
pub fn locked(source: &Source) -> Result<(&'static str, String), Vec<Finding>> {
    let (release, mut findings) = compile::everything(source);
    let banks = banks_of(source, &release, &works(source), &mut findings);
    Ok((lock::FILE, lock::written(source, &banks)?))
}

fn works(source: &Source) -> BTreeMap<String, String> {
    source.files.get("references.bib").and_then(|text| bibliography::read("references.bib", text).ok()).unwrap_or_default()
}

fn banks_of(source: &Source, release: &Release, works: &BTreeMap<String, String>, findings: &mut Vec<Finding>) -> Vec<items::Bank> {
    let competencies: BTreeSet<String> = release.competencies.iter().map(|competency| competency.id.clone()).collect();
    items::banks(source, &competencies, works, findings)
}
