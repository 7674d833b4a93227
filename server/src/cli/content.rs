//! `alongside content`

use std::{
    fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueEnum};
use domain::{
    Platform,
    accounts::Actor,
    curriculum::{self, Finding, Inspection, PublishError, Published, Source},
    programs,
};
use serde_json::json;

use super::{Refused, open, say, shown};
use crate::config::Data;

/// Look after the authored content
#[derive(Debug, Subcommand)]
pub(crate) enum Content {
    /// Say everything that is wrong with the content, where, and how to mend it; then what it covers
    Check(Check),
    /// Make a new release, all or nothing; a running site goes on with it
    Publish {
        /// The content folder
        #[arg(env = "ALONGSIDE_CONTENT", default_value = "./content")]
        dir: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

/// How the content is looked at.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The content folder
    #[arg(env = "ALONGSIDE_CONTENT", default_value = "./content")]
    dir: PathBuf,
    /// Write the ids that are missing, and nothing else
    #[arg(long)]
    fix: bool,
    /// Record in questions.lock what each question shows, what is right and what is explained
    #[arg(long)]
    lock: bool,
    /// How to say it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// How findings are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the words underlined, for people.
    Text,
    /// One JSON document, for programs.
    Json,
}

impl Content {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::Check(check) => check.run(),
            Self::Publish { dir, data } => {
                let platform = open::platform(&data).await?;
                match publish(&platform, &dir).await? {
                    Ok(Published::New(digest)) => say(&format!("Published the release {digest}.")),
                    Ok(Published::Unchanged(digest)) => say(&format!("The release {digest} is current already.")),
                    Err(findings) => return Err(Refused::No(told(&findings))),
                }
                Ok(())
            }
        }
    }
}

impl Check {
    fn run(self) -> Result<(), Refused> {
        let unreadable = |findings: Vec<Finding>| Refused::No(findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        let mut source = Source::read(&self.dir).map_err(unreadable)?;
        if self.fix {
            for (path, text) in curriculum::with_ids(&source) {
                fs::write(self.dir.join(&path), text)?;
                shown::aside(&format!("wrote missing ids into {path}"));
            }
            source = Source::read(&self.dir).map_err(unreadable)?;
        }
        if self.lock {
            let (name, text) = curriculum::locked(&source).map_err(unreadable)?;
            fs::write(self.dir.join(name), text)?;
            source = Source::read(&self.dir).map_err(unreadable)?;
        }
        let inspection = inspected(&source);
        match self.format {
            Format::Text => self.tell(&source, &inspection),
            Format::Json => say(&as_json(&inspection).to_string()),
        }
        if inspection.refuses() { Err(Refused::No(format!("{} to mend", count(errors(&inspection.findings))))) } else { Ok(()) }
    }

    fn tell(&self, source: &Source, inspection: &Inspection) {
        let color = std::io::stdout().is_terminal();
        for finding in &inspection.findings {
            say(&shown::finding(finding, source, color));
        }
        if let Some(coverage) = &inspection.coverage {
            say(&shown::coverage(coverage));
        }
        if inspection.findings.is_empty() {
            say(&format!("Nothing to mend in {}.", self.dir.display()));
        }
    }
}

fn as_json(inspection: &Inspection) -> serde_json::Value {
    let findings: Vec<_> = inspection
        .findings
        .iter()
        .map(|finding| {
            json!({
                "path": finding.path, "line": finding.line, "column": finding.column, "length": finding.length, "code": finding.code,
                "severity": if curriculum::is_warning(finding) { "warning" } else { "error" }, "message": finding.message, "mend": finding.mend,
            })
        })
        .collect();
    let coverage = inspection.coverage.as_ref().map(|coverage| {
        let competencies: Vec<_> = coverage
            .competencies
            .iter()
            .map(|row| json!({"id": row.id, "taught": row.taught, "checked": row.checked, "examined": row.examined, "practised": row.practised}))
            .collect();
        let modules: Vec<_> = coverage
            .modules
            .iter()
            .map(|row| {
                let domains: serde_json::Map<_, _> = row.domains.iter().map(|(domain, minutes)| (domain.code().to_owned(), minutes.0.into())).collect();
                json!({"id": row.id, "live": row.live.0, "alone": row.alone.0, "measured": row.measured.0, "domains": domains})
            })
            .collect();
        json!({"competencies": competencies, "modules": modules})
    });
    json!({"findings": findings, "coverage": coverage})
}

/// Everything that can be said of a folder before it is published: its texts, and its programs, which the
/// checker of texts does not know.
fn inspected(source: &Source) -> Inspection {
    let mut inspection = curriculum::inspect(source);
    let found = programs::check(&inspection.release);
    inspection.add(found);
    inspection
}

/// Publishes the folder. The inner error is what is wrong with it.
pub(crate) async fn publish(platform: &Platform, dir: &Path) -> Result<Result<Published, Vec<Finding>>, Refused> {
    let source = match Source::read(dir) {
        Ok(source) => source,
        Err(findings) => return Ok(Err(findings)),
    };
    let inspection = inspected(&source);
    if inspection.refuses() {
        return Ok(Err(inspection.findings));
    }
    let mut write = platform.write(&Actor::operator()).await?;
    match curriculum::publish(&mut write, &source).await {
        Ok(published) => {
            write.commit().await?;
            Ok(Ok(published))
        }
        Err(PublishError::Findings(findings)) => Ok(Err(findings)),
        Err(error @ PublishError::Unavailable(_)) => Err(error.into()),
    }
}

/// Findings as they are printed, and that nothing was published.
pub(crate) fn told(findings: &[Finding]) -> String {
    let lines = findings.iter().filter(|finding| !curriculum::is_warning(finding)).map(ToString::to_string).collect::<Vec<_>>().join("\n");
    format!("the content was not published: {} to mend\n{lines}", count(errors(findings)))
}

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| !curriculum::is_warning(finding)).count()
}

fn count(findings: usize) -> String {
    if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") }
}
