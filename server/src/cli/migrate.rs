//! `alongside migrate`

use clap::Subcommand;
use migrations::Migrations;

use super::{Refused, open, say};
use crate::config::Data;

/// Look after the schema of the database
#[derive(Debug, Subcommand)]
pub(crate) enum Migrate {
    /// Take every step that is missing, and make the database where there is none
    Up(Data),
    /// Take the newest step back
    Down(Data),
    /// Show every step and whether it was taken
    Status(Data),
}

impl Migrate {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::Up(data) => {
                let database = data.database().map_err(|error| Refused::Unclear(error.to_string()))?;
                if data.database_url.is_none() {
                    open::writable(&data.data_dir)?;
                }
                match Migrations::up(&database.url()).await? {
                    0 => say("The schema is up to date."),
                    1 => say("Took 1 step. The schema is up to date."),
                    steps => say(&format!("Took {steps} steps. The schema is up to date.")),
                }
            }
            Self::Down(data) => match Migrations::down(&open::found(&data)?.url_of_existing()).await? {
                Some(name) => say(&format!("Took back {name}.")),
                None => say("There is no step to take back."),
            },
            Self::Status(data) => {
                for step in Migrations::status(&open::found(&data)?.url_of_existing()).await? {
                    say(&format!("{}  {}", if step.applied { "taken  " } else { "waiting" }, step.name));
                }
            }
        }
        Ok(())
    }
}
