//! Who is told what, in which words. Only jobs send, and a letter that cannot be sent fails no act.
//!
//! A letter holds a link and a reason, never a grade, a note or a name of somebody else. Secrets of links
//! are made when the letter is, so that none lies in the queue.

mod accounts;
mod work;

use jiff::tz::TimeZone;
use types::{CertificateId, Email, EntryId};

use crate::{Platform, Secret, Unavailable, jobs::Letter};

/// A letter ready to be sent.
#[derive(Debug)]
pub struct Message {
    /// To whom.
    pub to: Email,
    /// In one line.
    pub subject: String,
    /// The text before the link, a paragraph each.
    pub before: Vec<String>,
    /// Where it leads.
    pub link: Option<Link>,
    /// The text after the link, a paragraph each.
    pub after: Vec<String>,
}

/// Where a letter leads. The addresses are the pages' to know.
#[derive(Debug)]
pub enum Link {
    /// To confirm an address.
    Confirm(Secret),
    /// To choose a password.
    Reset(Secret),
    /// To accept an invitation.
    Invitation(Secret),
    /// To sign in.
    SignIn,
    /// To the live sessions of a program.
    LiveSessions {
        /// Its id.
        program: String,
    },
    /// To a practicum entry.
    Entry(EntryId),
    /// To a certificate.
    Certificate(CertificateId),
}

/// Writes the letter. `organization` is who it comes from, and `zone` where that is. Nothing where its occasion is gone.
pub async fn compose(platform: &Platform, organization: &str, zone: &TimeZone, letter: &Letter) -> Result<Option<Message>, Unavailable> {
    match letter {
        Letter::ConfirmEmail { person } => accounts::confirm(platform, organization, *person).await,
        Letter::AlreadyRegistered { person } => accounts::registered(platform, organization, *person).await,
        Letter::ResetPassword { person } => accounts::reset(platform, organization, *person).await,
        Letter::PasswordChanged { person } => accounts::changed(platform, organization, *person).await,
        Letter::Invitation { invitation } => accounts::invitation(platform, organization, *invitation).await,
        Letter::EntryDecided { entry } => work::decided(platform, organization, *entry).await,
        Letter::SessionCalledOff { session, enrolment } => work::called_off(platform, organization, zone, *session, *enrolment).await,
        Letter::CertificateIssued { certificate } => work::issued(platform, organization, *certificate).await,
        Letter::CertificateDecided { certificate, event } => work::standing(platform, organization, zone, *certificate, *event).await,
    }
}
