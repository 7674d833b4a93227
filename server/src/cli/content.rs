//! `alongside content`

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::{
    Platform,
    accounts::Actor,
    curriculum::{self, Finding, PublishError, Published, Source},
};

use super::{Refused, open, say};
use crate::config::Data;

/// Look after the authored content
#[derive(Debug, Subcommand)]
pub(crate) enum Content {
    /// Say everything that is wrong with the content, with file, line and column
    Check {
        /// The content folder
        #[arg(default_value = "./content")]
        dir: PathBuf,
        /// How to say it
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Make a new release, all or nothing; a running site goes on with it
    Publish {
        /// The content folder
        #[arg(default_value = "./content")]
        dir: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

/// How findings are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One line a finding.
    Text,
    /// A JSON array.
    Json,
}

impl Content {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::Check { dir, format } => check(&dir, format),
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

fn check(dir: &Path, format: Format) -> Result<(), Refused> {
    let findings = match Source::read(dir).and_then(|source| curriculum::compile(&source)) {
        Ok(release) => {
            if format == Format::Json {
                say("[]");
            } else {
                let lessons: usize = release.modules.iter().map(|module| module.lessons.len()).sum();
                say(&format!(
                    "Nothing to mend: {} modules, {lessons} lessons, {} words explained.",
                    release.modules.len(),
                    release.glossary.len()
                ));
            }
            return Ok(());
        }
        Err(findings) => findings,
    };
    match format {
        Format::Text => findings.iter().for_each(|finding| say(&finding.to_string())),
        Format::Json => {
            let list: Vec<_> = findings
                .iter()
                .map(|finding| serde_json::json!({"path": finding.path, "line": finding.line, "column": finding.column, "code": finding.code, "message": finding.message, "mend": finding.mend}))
                .collect();
            say(&serde_json::Value::Array(list).to_string());
        }
    }
    Err(Refused::No(format!("{} to mend", count(findings.len()))))
}

/// Publishes the folder. The inner error is what is wrong with it.
pub(crate) async fn publish(platform: &Platform, dir: &Path) -> Result<Result<Published, Vec<Finding>>, Refused> {
    let source = match Source::read(dir) {
        Ok(source) => source,
        Err(findings) => return Ok(Err(findings)),
    };
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
    let lines = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    format!("the content was not published: {} to mend\n{lines}", count(findings.len()))
}

fn count(findings: usize) -> String {
    if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") }
}
