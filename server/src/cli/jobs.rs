//! `alongside jobs`

use clap::Subcommand;
use domain::{
    accounts::Actor,
    jobs::{self, Left},
};
use jiff::Timestamp;
use types::Moment;

use super::{Refused, open, say};
use crate::config::Data;

/// Look after letters and other work that waits
#[derive(Debug, Subcommand)]
pub(crate) enum Jobs {
    /// Show everything that is not done, oldest first, and why
    List(Data),
    /// Try everything again now that is not done, also what was given up
    Retry(Data),
}

impl Jobs {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::List(data) => {
                let platform = open::existing(&data).await?;
                let left = jobs::left(&platform.read()).await?;
                if left.is_empty() {
                    say("Nothing waits.");
                }
                for job in left {
                    say(&line(&job));
                }
            }
            Self::Retry(data) => {
                let platform = open::existing(&data).await?;
                let mut write = platform.write(&Actor::operator()).await?;
                let tried = jobs::retry(&mut write).await?;
                write.commit().await?;
                match tried {
                    0 => say("Nothing waits."),
                    1 => say("1 job is tried again by the running site."),
                    tried => say(&format!("{tried} jobs are tried again by the running site.")),
                }
            }
        }
        Ok(())
    }
}

/// What a site says at its start when there are some.
pub(super) fn given_up(jobs: u64) -> String {
    let jobs = if jobs == 1 { "1 job was".to_owned() } else { format!("{jobs} jobs were") };
    format!("{jobs} given up, such as letters that nobody took. See alongside jobs list; alongside jobs retry tries again")
}

fn line(job: &Left) -> String {
    let state = job.due_at.map_or_else(|| "given up".to_owned(), |due| format!("tried next {}", time(due)));
    let tries = if job.tries == 1 { "1 try".to_owned() } else { format!("{} tries", job.tries) };
    let error = job.error.as_deref().unwrap_or("no error").replace(['\r', '\n'], " ");
    format!("{}  since {}  {tries}, {state}  {}  {error}", job.id, time(job.since), job.job)
}

/// In UTC, as all times of the command line.
fn time(moment: Moment) -> String {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().strftime("%Y-%m-%dT%H:%MZ").to_string()
}
