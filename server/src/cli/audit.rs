//! `alongside audit`

use clap::Subcommand;
use domain::{
    audit::{self, Compared},
    credentials::Certificate,
};

use super::{Refused, counted, open, say, time};
use crate::config::Data;

/// Look after the record of every act
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Recompute the chain of acts and compare the certificates with it; say where something was changed, if it was
    Verify(Data),
}

impl Audit {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        let Self::Verify(data) = self;
        let platform = open::existing(&data).await?;
        let read = platform.read();
        match audit::verify(&read).await? {
            // A site that was served has acts: its content, its key.
            Ok(0) => {
                return Err(Refused::No(
                    "the record of acts is empty: nothing was ever done in this database, or all of it was taken out".to_owned(),
                ));
            }
            Ok(rows) => {
                let since = audit::since(&read).await?.map_or_else(String::new, |since| format!(" since {}", time(since)));
                say(&format!("The chain holds: {}{since}.", counted(rows, "act")));
            }
            Err(broken) => return Err(Refused::No(broken.to_string())),
        }
        let compared = Certificate::on_record(&read).await?.map_err(|strayed| Refused::No(strayed.to_string()))?;
        say(&told(&compared));
        say("This covers the acts, the certificates and what was decided about them. No other table is compared with its acts.");
        Ok(())
    }
}

fn told(compared: &Compared) -> String {
    let certificates = compared.records.get("certificate.issued").copied().unwrap_or_default();
    let decisions = compared.records.values().sum::<u64>() - certificates;
    let mut words = format!(
        "The certificates fit it: {} with what backs them, and {} with their reasons, each as its act says.",
        counted(certificates, "certificate"),
        counted(decisions, "decision")
    );
    if compared.unsealed > 0 {
        words.push_str(&format!(
            " {} from a program that did not yet put all of this under seal: that it was done is shown, and not every word of it.",
            if compared.unsealed == 1 { "1 of them is".to_owned() } else { format!("{} of them are", compared.unsealed) }
        ));
    }
    words
}
