//! `alongside certificate`

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use domain::{
    Look,
    accounts::{self, Actor},
    credentials::{self, BaseUrl, Certificate, Decision, DecisionError, Standing, fixed_address},
};
use types::{CertificateId, Email, InvalidText, Moment, Note, PersonId};

use super::{Refused, counted, open, say, time};
use crate::config::Data;

/// Look after certificates
#[derive(Debug, Subcommand)]
pub(crate) enum Certificates {
    /// Show all certificates, newest first
    List(Data),
    /// Show one certificate and what was decided about it
    Show {
        /// The certificate's number, or the address of its page
        #[arg(value_name = "NUMBER", value_parser = number)]
        id: CertificateId,
        /// Print what backs it as well, and compute its digest anew
        #[arg(long)]
        evidence: bool,
        #[command(flatten)]
        data: Data,
    },
    /// Take a certificate out of force until the suspension is lifted; its public page says so at once
    Suspend(Decide),
    /// End a suspension; the public page says so at once
    Lift(Decide),
    /// Withdraw a certificate for good: nothing can lift it. Its public page says so at once
    Revoke(Decide),
}

/// What a decision needs.
#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// The certificate's number, or the address of its page
    #[arg(value_name = "NUMBER", value_parser = number)]
    id: CertificateId,
    /// Why, in at most 500 letters; kept with the decision, not shown to the public
    #[arg(long)]
    reason: String,
    /// The certification officer who decided, by the address of their account; kept with the decision
    #[arg(long, value_name = "EMAIL", value_parser = Email::known)]
    by: Option<Email>,
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
        let reason = reason(&self.reason)?;
        let platform = open::existing(&self.data).await?;
        let actor = match &self.by {
            Some(officer) => accounts::operator_for(&platform.read(), officer).await?.ok_or_else(|| {
                Refused::No(format!(
                    "nobody with the address {officer} is a certification officer here. Give the address of one, or leave --by away"
                ))
            })?,
            None => Actor::operator(),
        };
        let mut write = platform.write(&actor).await?;
        if let Err(error) = credentials::decide(&mut write, self.id, decision, &reason).await {
            return Err(refused(&write, self.id, error).await);
        }
        let certificate = credentials::certificate(&write, self.id).await?.ok_or(DecisionError::NotFound)?;
        let now = write.now();
        // Everything that is told is read before: once it is decided, nothing may hide that it is.
        let page = page(fixed_address(&write).await?.as_ref(), &self.id.to_string());
        write.commit().await?;
        say(&decided(decision, &certificate, now, &page));
        Ok(())
    }
}

/// A number, alone or in the address of its page.
fn number(text: &str) -> Result<CertificateId, String> {
    let number = text.split_once("/certificates/").map_or(text, |(_, rest)| rest);
    let number = number.split(['.', '/', '?', '#']).next().unwrap_or_default();
    number.trim().parse().map_err(|_| {
        "this is neither the number of a certificate, such as 0193a5b0-0000-7000-8000-000000000000, nor the address of its page".to_owned()
    })
}

/// Not read with the other options: what is too long would be printed back as a whole.
fn reason(text: &str) -> Result<Note, Refused> {
    text.parse::<Note>().map_err(|error| {
        Refused::Unclear(match error {
            InvalidText::Empty => "--reason is empty. Say in a few words why, for whoever asks later".to_owned(),
            InvalidText::TooLong(limit) => format!("--reason has {} letters, and {limit} is the most", text.trim().chars().count()),
            InvalidText::Control | InvalidText::NoLetter | InvalidText::NotAnEmail | InvalidText::NotPlain => {
                "--reason has a hidden letter that we cannot keep. Please type it again".to_owned()
            }
        })
    })
}

/// Why nothing was decided, and where something stands against it, since when and why that does.
async fn refused(look: &impl Look, id: CertificateId, error: DecisionError) -> Refused {
    if !matches!(error, DecisionError::AlreadySuspended | DecisionError::Revoked) {
        return error.into();
    }
    match credentials::events(look, id).await {
        Ok(events) => Refused::No(match events.last() {
            Some(last) => format!("{error} ({} at {}: {})", last.change.word(), time(last.at), one_line(&last.reason)),
            None => error.to_string(),
        }),
        Err(error) => error.into(),
    }
}

/// What was decided about whom, and where it shows.
fn decided(decision: Decision, certificate: &Certificate, now: Moment, page: &str) -> String {
    let over = certificate.valid_until.filter(|until| *until <= now).map(time);
    let done = match (decision, over) {
        (Decision::Suspend, _) => "suspended, until that is lifted".to_owned(),
        (Decision::Revoke, _) => "revoked, for good".to_owned(),
        (Decision::Lift, None) => "the suspension is lifted, and it is in force again".to_owned(),
        (Decision::Lift, Some(over)) => format!("the suspension is lifted. It is not in force all the same: it expired at {over}"),
    };
    format!("{}, {}: {done}. Its public page says so from now on: {page}", certificate.holder, certificate.title)
}

async fn list(data: &Data) -> Result<(), Refused> {
    let platform = open::existing(data).await?;
    let read = platform.read();
    let certificates = credentials::certificates(&read).await?;
    if certificates.is_empty() {
        say("There are no certificates yet.");
        return Ok(());
    }
    say(&columns("NUMBER", "STANDING", "AWARDED", "UNTIL", "HOLDER", "TITLE"));
    let mut standings: BTreeMap<&str, u64> = BTreeMap::new();
    for certificate in &certificates {
        let standing = standing(certificate, read.now());
        *standings.entry(standing).or_default() += 1;
        let (awarded, until) = (time(certificate.awarded_at), until(certificate));
        say(&columns(&certificate.id.to_string(), standing, &awarded, &until, &certificate.holder, &certificate.title));
    }
    let total: u64 = standings.values().sum();
    let each: Vec<String> = standings.iter().map(|(standing, many)| format!("{many} {standing}")).collect();
    let page = page(fixed_address(&read).await?.as_ref(), "NUMBER");
    say(&format!("{}: {}. Each has its page at {page}", counted(total, "certificate"), each.join(", ")));
    Ok(())
}

fn columns(number: &str, standing: &str, awarded: &str, until: &str, holder: &str, title: &str) -> String {
    format!("{number:<36}  {standing:<9}  {awarded:<17}  {until:<17}  {holder}  {title}")
}

async fn show(id: CertificateId, evidence: bool, data: &Data) -> Result<(), Refused> {
    let platform = open::existing(data).await?;
    let read = platform.read();
    let certificate = credentials::certificate(&read, id).await?.ok_or(DecisionError::NotFound)?;
    let told: [(&str, String); 8] = [
        ("number", id.to_string()),
        ("standing", standing(&certificate, read.now()).to_owned()),
        ("holder", certificate.holder.clone()),
        ("title", certificate.title.clone()),
        ("awarded", time(certificate.awarded_at)),
        ("until", until(&certificate)),
        ("page", page(fixed_address(&read).await?.as_ref(), &id.to_string())),
        ("evidence", format!("sha256 {}", certificate.evidence_digest)),
    ];
    for (name, told) in told {
        say(&format!("{name:<8}  {told}"));
    }
    let events = credentials::events(&read, id).await?;
    let deciders: Vec<PersonId> = events.iter().filter_map(|event| event.by).collect();
    let names = accounts::names(&read, &deciders).await?;
    for event in events {
        let by = event.by.map_or_else(
            || "at the command line".to_owned(),
            |person| format!("by {}", names.get(&person).map_or_else(|| person.to_string(), ToString::to_string)),
        );
        say(&format!("{}  {} {by}: {}", time(event.at), event.change.word(), one_line(&event.reason)));
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

/// How it stands now, as its public page says it: what was decided comes before what time has done.
fn standing(certificate: &Certificate, now: Moment) -> &'static str {
    match certificate.standing {
        Standing::Revoked(_) => "revoked",
        Standing::Suspended(_) => "suspended",
        Standing::Active if certificate.valid_until.is_some_and(|until| until <= now) => "expired",
        Standing::Active => "in force",
    }
}

fn until(certificate: &Certificate) -> String {
    certificate.valid_until.map_or_else(|| "without end".to_owned(), time)
}

/// The address of a certificate's page.
fn page(base: Option<&BaseUrl>, number: &str) -> String {
    base.map_or_else(|| format!("/certificates/{number}"), |base| base.certificate(number))
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_alone_and_in_the_address_of_its_page() {
        let number = "0193a5b0-0000-7000-8000-000000000000";
        let id: CertificateId = number.parse().unwrap();
        let read = super::number;
        let address = format!("https://a.example/certificates/{number}");
        for text in [number.to_owned(), format!("{address}?at=2026-10-01"), format!("{address}.jwt")] {
            assert_eq!(read(&text), Ok(id), "{text}");
        }
        assert!(read("https://a.example/verify").is_err());
    }

    #[test]
    fn a_reason_is_refused_in_words_of_its_own() {
        let told = |text: &str| match reason(text) {
            Err(Refused::Unclear(words)) => words,
            other => panic!("{other:?}"),
        };
        assert!(told(" ").contains("--reason is empty"));
        let long = told(&"x".repeat(501));
        assert!(long.contains("501 letters, and 500 is the most") && !long.contains("xx"), "{long}");
    }
}
