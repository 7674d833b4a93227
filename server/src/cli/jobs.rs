//! `alongside jobs`

use clap::Subcommand;
use domain::{
    Look, Unavailable,
    accounts::{self, Actor},
    credentials,
    jobs::{self, Job, Left, Letter},
    learning, practicum,
};
use types::PersonId;

use super::{Refused, open, say, time};
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
            Self::List(data) => list(&data).await,
            Self::Retry(data) => {
                let platform = open::existing(&data).await?;
                let mut write = platform.write(&Actor::operator()).await?;
                let tried = jobs::retry(&mut write).await?;
                write.commit().await?;
                match tried {
                    0 => say("Nothing waits."),
                    1 => say("1 job is due now. The running site takes it within a minute; if none runs, the next start does."),
                    tried => say(&format!(
                        "{tried} jobs are due now. The running site takes them within a minute; if none runs, the next start does."
                    )),
                }
                Ok(())
            }
        }
    }
}

/// What a site says at its start when there are some.
pub(super) fn given_up(jobs: u64) -> String {
    let jobs = if jobs == 1 { "1 job was".to_owned() } else { format!("{jobs} jobs were") };
    format!("{jobs} given up, such as letters that nobody took. See alongside jobs list; alongside jobs retry tries again")
}

async fn list(data: &Data) -> Result<(), Refused> {
    let platform = open::existing(data).await?;
    let read = platform.read();
    let left = jobs::left(&read).await?;
    if left.is_empty() {
        say("Nothing waits.");
    }
    for job in &left {
        say(&line(job, &about(&read, job).await?));
    }
    if left.iter().any(|job| job.due_at.is_some() && matches!(job.job, Some(Job::Letter(_)))) {
        say("A letter is tried again for three days, and then given up. alongside jobs retry tries everything at once.");
    }
    Ok(())
}

fn line(job: &Left, about: &str) -> String {
    let tries = match job.tries {
        0 if job.error.is_some() => "begins anew".to_owned(),
        0 => "not tried yet".to_owned(),
        1 => "tried once".to_owned(),
        tries => format!("tried {tries} times"),
    };
    let state = job.due_at.map_or_else(|| "given up".to_owned(), |due| format!("next at {}", time(due)));
    let error = job.error.as_deref().map_or_else(String::new, |error| format!(" · {}", error.replace(['\r', '\n'], " ")));
    format!("{about} · waits since {}, {tries}, {state}{error}", time(job.since))
}

/// What is to be done, and for whom.
async fn about(look: &impl Look, job: &Left) -> Result<String, Unavailable> {
    let letter = match &job.job {
        Some(Job::Letter(letter)) => letter,
        Some(Job::ReviewEnrolment { enrolment }) => {
            return Ok(format!("Certificate for the enrollment {enrolment}, if it is complete"));
        }
        None => return Ok(format!("Something that this program does not know, {}", job.stored)),
    };
    let to = addressee(look, letter).await?;
    let to = to.as_deref().unwrap_or("somebody who has no account");
    Ok(match letter {
        Letter::ConfirmEmail { .. } => format!("Letter to {to}, to confirm the address"),
        Letter::AlreadyRegistered { .. } => format!("Letter to {to}, that there is an account already"),
        Letter::ResetPassword { .. } => format!("Letter to {to}, to choose a new password"),
        Letter::PasswordChanged { .. } => format!("Letter to {to}, that the password was changed"),
        Letter::Invitation { .. } => format!("Letter to {to}, with an invitation"),
        Letter::EntryDecided { .. } => format!("Letter to {to}, that a practicum entry was decided"),
        Letter::SessionCalledOff { .. } => format!("Letter to {to}, that a live session was called off"),
        Letter::CertificateIssued { .. } => format!("Letter to {to}, that a certificate was issued"),
        Letter::CertificateDecided { .. } => format!("Letter to {to}, that something was decided about a certificate"),
    })
}

/// The address that a letter goes to, while there is one.
async fn addressee(look: &impl Look, letter: &Letter) -> Result<Option<String>, Unavailable> {
    let person: Option<PersonId> = match letter {
        Letter::ConfirmEmail { person }
        | Letter::AlreadyRegistered { person }
        | Letter::ResetPassword { person }
        | Letter::PasswordChanged { person } => Some(*person),
        Letter::EntryDecided { entry } => practicum::entry(look, *entry).await?.map(|entry| entry.person),
        Letter::SessionCalledOff { enrolment, .. } => learning::enrolment(look, *enrolment).await?.map(|enrolment| enrolment.person),
        Letter::CertificateIssued { certificate } | Letter::CertificateDecided { certificate, .. } => {
            credentials::certificate(look, *certificate).await?.map(|certificate| certificate.person)
        }
        Letter::Invitation { invitation } => {
            let all = accounts::invitations(look).await?;
            return Ok(all.into_iter().find(|found| found.id == *invitation).map(|found| found.email.to_string()));
        }
    };
    match person {
        Some(person) => Ok(accounts::person(look, person).await?.map(|person| person.email.to_string())),
        None => Ok(None),
    }
}
