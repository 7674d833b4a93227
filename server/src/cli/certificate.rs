//! `alongside certificate`

use clap::{Args, Subcommand};
use domain::{
    accounts::Actor,
    credentials::{self, Certificate, Decision, Standing},
};
use jiff::Timestamp;
use types::{CertificateId, Moment, Note};

use super::{Refused, open, say};
use crate::config::Data;

/// Look after certificates
#[derive(Debug, Subcommand)]
pub(crate) enum Certificates {
    /// Show all certificates, newest first
    List(Data),
    /// Show one certificate and what was decided about it
    Show {
        /// Its number
        id: CertificateId,
        /// Print what backs it as well, and compute its digest anew
        #[arg(long)]
        evidence: bool,
        #[command(flatten)]
        data: Data,
    },
    /// Take a certificate out of force until the suspension is lifted
    Suspend(Decide),
    /// End a suspension
    Lift(Decide),
    /// Withdraw a certificate for good
    Revoke(Decide),
}

/// What a decision needs.
#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// The certificate's number
    id: CertificateId,
    /// Why; kept with the decision, not shown to the public
    #[arg(long)]
    reason: Note,
    #[command(flatten)]
    data: Data,
}

impl Certificates {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        match self {
            Self::List(data) => list(&data).await,
            Self::Show { id, evidence, data } => show(id, evidence, &data).await,
            Self::Suspend(decide) => decide.run(Decision::Suspend).await,
            Self::Lift(decide) => decide.run(Decision::Lift).await,
            Self::Revoke(decide) => decide.run(Decision::Revoke).await,
        }
    }
}

impl Decide {
    async fn run(self, decision: Decision) -> Result<(), Refused> {
        let platform = open::existing(&self.data).await?;
        let mut write = platform.write(&Actor::operator()).await?;
        let standing = credentials::decide(&mut write, self.id, decision, &self.reason).await?;
        write.commit().await?;
        say(&format!("{} is {} now.", self.id, words(standing)));
        Ok(())
    }
}

async fn list(data: &Data) -> Result<(), Refused> {
    let platform = open::existing(data).await?;
    let certificates = credentials::certificates(&platform.read()).await?;
    if certificates.is_empty() {
        say("There are no certificates yet.");
    }
    for certificate in certificates {
        say(&line(&certificate));
    }
    Ok(())
}

async fn show(id: CertificateId, evidence: bool, data: &Data) -> Result<(), Refused> {
    let platform = open::existing(data).await?;
    let read = platform.read();
    let certificate =
        credentials::certificate(&read, id).await?.ok_or_else(|| Refused::No("There is no certificate with this number.".to_owned()))?;
    say(&line(&certificate));
    say(&format!("evidence  sha256 {}", certificate.evidence_digest));
    for event in credentials::events(&read, id).await? {
        let by = event.by.map_or_else(|| "at the command line".to_owned(), |person| format!("by {person}"));
        say(&format!("{}  {} {by}: {}", time(event.at), event.change.word(), event.reason));
    }
    if evidence && let Some(evidence) = credentials::evidence(&read, id).await? {
        say(&evidence.text);
        let computed = credentials::evidence_digest(&evidence.text);
        if computed != evidence.digest {
            return Err(Refused::No(format!("the text was changed: its digest is {computed} now. Restore it from a backup")));
        }
        say("The digest fits the text.");
    }
    Ok(())
}

fn line(certificate: &Certificate) -> String {
    let until = certificate.valid_until.map_or_else(|| "without end".to_owned(), |until| format!("until {}", time(until)));
    format!(
        "{}  {}  {}  {}, awarded {}, {until}",
        certificate.id,
        words(certificate.standing),
        certificate.holder,
        certificate.title,
        time(certificate.awarded_at)
    )
}

fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Suspended(_) => "suspended",
        Standing::Revoked(_) => "revoked",
    }
}

fn time(moment: Moment) -> String {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().strftime("%Y-%m-%d").to_string()
}
