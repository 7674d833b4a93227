//! `alongside content`

use std::{
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueEnum};
use domain::{
    Platform,
    accounts::Actor,
    curriculum::{self, Coverage, Finding, Inspection, PublishError, Published, Source},
    programs,
};
use serde_json::json;

use super::{Refused, open, say, shown};
use crate::config::Data;

/// Look after the authored content
#[derive(Debug, Subcommand)]
pub(crate) enum Content {
    /// Say what the content covers, then everything that is wrong with it, where, and how to mend it
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
    /// How to say it: text, with the words underlined, or json, one document for programs
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

// How findings are said. Without words of their own for the help, which would make it a long one here and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// Why the texts could not be had.
enum Stopped {
    Unreadable(Vec<Finding>),
    Unwritable(io::Error),
}

impl From<Vec<Finding>> for Stopped {
    fn from(findings: Vec<Finding>) -> Self {
        Self::Unreadable(findings)
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}

impl Content {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::Check(check) => check.run(),
            Self::Publish { dir, data } => {
                readable(&dir)?;
                let platform = open::platform(&data).await?;
                match publish(&platform, &dir).await? {
                    Ok(Published::New(digest)) => say(&format!("Published the release {digest}.")),
                    Ok(Published::Unchanged(digest)) => say(&format!("The release {digest} is current already.")),
                    Err(unpublished) => return Err(Refused::No(unpublished.told(&platform).await?)),
                }
                Ok(())
            }
        }
    }
}

impl Check {
    fn run(self) -> Result<(), Refused> {
        let source = match self.texts() {
            Ok(source) => source,
            Err(Stopped::Unwritable(error)) => return Err(error.into()),
            Err(Stopped::Unreadable(findings)) => {
                let lines = match self.format {
                    Format::Text => findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
                    Format::Json => {
                        say(&as_json(&findings, None).to_string());
                        format!("{} to mend", count(errors(&findings)))
                    }
                };
                // In a folder that is not there is no line to mend.
                readable(&self.dir)?;
                return Err(Refused::No(lines));
            }
        };
        let inspection = inspected(&source);
        match self.format {
            Format::Text => self.tell(&source, &inspection),
            Format::Json => say(&as_json(&inspection.findings, inspection.coverage.as_ref()).to_string()),
        }
        if inspection.refuses() { Err(Refused::No(format!("{} to mend", count(errors(&inspection.findings))))) } else { Ok(()) }
    }

    /// The texts, once what was asked for is written into them.
    fn texts(&self) -> Result<Source, Stopped> {
        let mut source = Source::read(&self.dir)?;
        if self.fix {
            for (path, text) in curriculum::with_ids(&source) {
                fs::write(self.dir.join(&path), text)?;
                shown::aside(&format!("wrote missing ids into {path}"));
            }
            source = Source::read(&self.dir)?;
        }
        if self.lock {
            let (name, text) = curriculum::locked(&source)?;
            fs::write(self.dir.join(name), text)?;
            source = Source::read(&self.dir)?;
        }
        Ok(source)
    }

    /// What is to be mended comes last: in a terminal that is what stands before the reader's eyes.
    fn tell(&self, source: &Source, inspection: &Inspection) {
        let color = io::stdout().is_terminal();
        if let Some(coverage) = &inspection.coverage {
            say(&shown::coverage(coverage));
        }
        for finding in &inspection.findings {
            say(&shown::finding(finding, source, color));
        }
        if inspection.findings.is_empty() {
            say(&format!("Nothing to mend in {}.", self.dir.display()));
        }
    }
}

/// Whether the folder can be looked into at all. Where it cannot, nothing can be told of its texts.
fn readable(dir: &Path) -> Result<(), Refused> {
    let Err(error) = fs::read_dir(dir) else { return Ok(()) };
    let shown = dir.display();
    Err(Refused::Unclear(if error.kind() == io::ErrorKind::NotFound {
        format!("there is no content folder at {shown}. Name the folder that holds modules and programs")
    } else {
        format!(
            "the content folder {shown} cannot be looked into ({error}). Name the folder that holds modules and programs, and see that this user may read it"
        )
    }))
}

/// Refuses content that a site cannot begin with, before anything is made for it.
pub(crate) fn sound(dir: &Path) -> Result<(), Refused> {
    readable(dir)?;
    let findings = match Source::read(dir) {
        Ok(source) => {
            let inspection = inspected(&source);
            if !inspection.refuses() {
                return Ok(());
            }
            inspection.findings
        }
        Err(findings) => findings,
    };
    Err(Refused::No(Unpublished::by_the_checker(findings, dir).words()))
}

fn as_json(findings: &[Finding], coverage: Option<&Coverage>) -> serde_json::Value {
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({
                "path": finding.path, "line": finding.line, "column": finding.column, "length": finding.length, "code": finding.code,
                "severity": if curriculum::is_warning(finding) { "warning" } else { "error" }, "message": finding.message, "mend": finding.mend,
            })
        })
        .collect();
    let coverage = coverage.map(|coverage| {
        let competencies: Vec<_> = coverage
            .competencies
            .iter()
            .map(|row| json!({"id": row.id, "taught": row.taught, "checked": row.checked, "examined": row.examined, "practiced": row.practiced}))
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

/// Why a folder was not published.
#[derive(Debug)]
pub(crate) struct Unpublished {
    findings: Vec<Finding>,
    /// The folder, where the checker finds the same; of the releases before, it knows nothing.
    shown_by_check: Option<PathBuf>,
}

impl Unpublished {
    fn by_the_checker(findings: Vec<Finding>, dir: &Path) -> Self {
        Self { findings, shown_by_check: Some(dir.to_owned()) }
    }

    /// The findings, and that nothing was published.
    pub(crate) fn words(&self) -> String {
        let lines: Vec<String> = self.findings.iter().filter(|finding| !curriculum::is_warning(finding)).map(ToString::to_string).collect();
        let mut words = format!("the content was not published: {} to mend\n{}", count(errors(&self.findings)), lines.join("\n"));
        if let Some(dir) = &self.shown_by_check {
            words.push_str(&format!("\nSee the words underlined with: alongside content check {}", dir.display()));
        }
        words
    }

    /// The same, and what readers have meanwhile.
    pub(crate) async fn told(&self, platform: &Platform) -> Result<String, Refused> {
        Ok(match curriculum::current(&platform.read()).await? {
            Some(_) => format!("{}\nThe release from before goes on serving.", self.words()),
            None => self.words(),
        })
    }
}

/// Publishes the folder. The inner error is what is wrong with it.
pub(crate) async fn publish(platform: &Platform, dir: &Path) -> Result<Result<Published, Unpublished>, Refused> {
    let source = match Source::read(dir) {
        Ok(source) => source,
        Err(findings) => return Ok(Err(Unpublished::by_the_checker(findings, dir))),
    };
    let inspection = inspected(&source);
    if inspection.refuses() {
        return Ok(Err(Unpublished::by_the_checker(inspection.findings, dir)));
    }
    let mut write = platform.write(&Actor::operator()).await?;
    match curriculum::publish(&mut write, &source).await {
        Ok(published) => {
            write.commit().await?;
            Ok(Ok(published))
        }
        Err(PublishError::Findings(findings)) => Ok(Err(Unpublished { findings, shown_by_check: None })),
        Err(error @ PublishError::Unavailable(_)) => Err(error.into()),
    }
}

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| !curriculum::is_warning(finding)).count()
}

fn count(findings: usize) -> String {
    if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") }
}
