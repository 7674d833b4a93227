//! `alongside migrate`

use clap::Subcommand;
use migrations::{Migrations, Progress};

use super::{Refused, open, say};
use crate::config::Data;

/// Look after the schema of the database
#[derive(Debug, Subcommand)]
pub(crate) enum Migrate {
    /// Take every step that is missing, and make the database where there is none
    Up(Data),
    /// Take the newest step back. Refused where that would delete something
    Down {
        /// Delete what only this step can hold, for good. Make a copy first
        #[arg(long)]
        delete_what_it_holds: bool,
        #[command(flatten)]
        data: Data,
    },
    /// Show every step and whether it was taken
    Status(Data),
}

impl Migrate {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::Up(data) => {
                let database = open::named(&data)?;
                if data.database_url.is_none() {
                    open::writable(&data.data_dir)?;
                }
                let _alone = open::alone(&data)?;
                match open::up(&database).await? {
                    0 => say("The schema is up to date."),
                    1 => say("Took 1 step. The schema is up to date."),
                    steps => say(&format!("Took {steps} steps. The schema is up to date.")),
                }
            }
            Self::Down { delete_what_it_holds, data } => {
                let database = open::found(&data)?;
                let _alone = open::alone(&data)?;
                match open::schema(&database, Migrations::down(&database.url_of_existing(), delete_what_it_holds).await)? {
                    Some(name) => say(&format!("Took back {name}.")),
                    None => say("There is no step to take back."),
                }
            }
            Self::Status(data) => {
                let database = open::found(&data)?;
                let steps = open::schema(&database, Migrations::status(&database.url_of_existing()).await)?;
                for step in &steps {
                    say(&format!("{}  {}", if step.applied { "taken  " } else { "waiting" }, step.name));
                }
                say(&counted(&steps));
            }
        }
        Ok(())
    }
}

fn counted(steps: &[Progress]) -> String {
    let taken = steps.iter().filter(|step| step.applied).count();
    format!("{} steps: {taken} taken, {} waiting.", steps.len(), steps.len() - taken)
}
