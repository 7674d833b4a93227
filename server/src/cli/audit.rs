//! `alongside audit`

use clap::Subcommand;
use domain::audit;

use super::{Refused, open, say};
use crate::config::Data;

/// Look after the record of every act
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Recompute the chain of acts and say where it breaks, if it does
    Verify(Data),
}

impl Audit {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        let Self::Verify(data) = self;
        let platform = open::existing(&data).await?;
        match audit::verify(&platform.read()).await? {
            // A site that was served has acts: its content, its key.
            Ok(0) => Err(Refused::No(
                "the record of acts is empty: nothing was ever done in this database, or all of it was taken out".to_owned(),
            )),
            Ok(rows) => {
                say(&format!("The chain holds: {rows} acts."));
                Ok(())
            }
            Err(broken) => Err(Refused::No(broken.to_string())),
        }
    }
}
