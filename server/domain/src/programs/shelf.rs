//! The programs of a release, read once and held in memory.

use std::sync::Arc;

use super::{CertificateKind, Known, Place, Program, ProgramError, check_against, parse};
use crate::{
    Platform, Unavailable,
    curriculum::{self, Finding, PRACTICUM_ENTRY, Release},
};

/// The programs of this release as it offers them, by their titles; none where there is no such release.
pub async fn programs_of(platform: &Platform, digest: &str) -> Result<Arc<Vec<Program>>, Unavailable> {
    if let Some(programs) = platform.shelf().programs(digest) {
        return Ok(programs);
    }
    let Some(release) = curriculum::release(platform, digest).await? else { return Ok(Arc::default()) };
    let known = Known::of(&release);
    let mut programs = Vec::new();
    for text in &release.programs {
        let program = parse(&text.text)
            .map_err(|errors| Unavailable::unreadable("program", errors.first().map_or_else(String::new, ToString::to_string)))?;
        programs.push(program.with(&known));
    }
    programs.sort_by(|a, b| a.title.cmp(&b.title));
    let programs = Arc::new(programs);
    platform.shelf().put_programs(digest, programs.clone());
    Ok(programs)
}

/// Where what is said of a whole program is found.
const START: Place = Place { line: 1, column: 1 };

/// Addresses of sources that lead nowhere a reader may be led to.
fn addresses(program: &Program) -> Vec<ProgramError> {
    let sources = std::iter::once(&program.source).chain(program.renewal.as_ref().map(|renewal| &renewal.source));
    let sources = sources.map(|source| (START, source));
    let sources = sources.chain(program.requirements.iter().map(|requirement| (requirement.place, &requirement.source)));
    let wrong = sources.filter_map(|(place, source)| {
        let url = source.url.as_ref().filter(|url| !url.starts_with("https://") && !url.starts_with("http://"))?;
        Some(ProgramError { place, message: format!("the source is at {url}, which does not begin with https://") })
    });
    wrong.collect()
}

/// A certificate of completion that sounds like more: finishing a course is no certification, whoever decides about it.
fn sounds_like_more(program: &Program) -> Option<ProgramError> {
    let title = program.certificate.title.to_lowercase();
    let is_called_so = ["certified", "certification"].iter().any(|word| title.contains(word));
    (program.certificate.kind == CertificateKind::Completion && is_called_so).then(|| ProgramError {
        place: START,
        message: "a certificate of completion must not be called a certification, nor its holder certified".to_owned(),
    })
}

/// What is wrong with the programs of a release, to be asked before it is published.
pub fn check(release: &Release) -> Vec<Finding> {
    let known = Known::of(release);
    let mut findings = Vec::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    for text in &release.programs {
        let errors = match parse(&text.text) {
            Ok(program) => {
                let mut errors = check_against(&program, &known);
                errors.extend(addresses(&program));
                errors.extend(sounds_like_more(&program));
                if program.practicum().is_some() && release.rubric(PRACTICUM_ENTRY).is_none() {
                    let message = format!(
                        "this program has a practicum, and no rubric with the id `{PRACTICUM_ENTRY}` says how its entries are rated"
                    );
                    errors.push(ProgramError { place: START, message });
                }
                seen.push((program.id, text.path.clone()));
                errors
            }
            Err(errors) => errors,
        };
        findings.extend(errors.into_iter().map(|error| Finding {
            path: text.path.clone(),
            line: error.place.line,
            column: error.place.column,
            length: 0,
            code: "program",
            message: error.message,
            mend: "See “A program” in the README of the content.".to_owned(),
        }));
    }
    // Half a folder is what is left of a copy that broke off, and would take the place of a whole one.
    for (folder, is_empty) in [("modules", release.modules.is_empty()), ("programs", release.programs.is_empty())] {
        if is_empty {
            let mend = "See that the whole folder was copied, and that it is the right one.";
            findings.push(Finding::new(folder, 1, "missing", format!("there are no {folder} in this folder"), mend));
        }
    }
    for (n, (id, path)) in seen.iter().enumerate() {
        if let Some((_, other)) = seen.iter().take(n).find(|(known, _)| known == id) {
            let message = format!("the program `{id}` stands in {other} already");
            findings.push(Finding {
                path: path.clone(),
                line: 1,
                column: 1,
                length: 0,
                code: "program",
                message,
                mend: "Give each program an id of its own.".to_owned(),
            });
        }
    }
    findings
}
