//! How letters leave: by SMTP, or as files in the outbox.

use std::path::PathBuf;

use app::{routes::Route, site::Site};
use domain::notifications::{Link, Message};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType},
    },
};
use types::Moment;

/// The way out.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// To a mail server.
    Smtp {
        /// The connection pool.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// The address that letters come from.
        from: Mailbox,
    },
    /// Into files, one a letter, named by their time.
    Outbox {
        /// The folder.
        folder: PathBuf,
        /// The address that letters come from.
        from: Mailbox,
    },
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The letter can never leave as it is.
    #[error("the letter cannot be written: {0}")]
    Unwritable(String),
    /// The server or the disk did not take it now.
    #[error("the letter was not taken: {0}")]
    NotTaken(String),
}

impl Mailer {
    /// By SMTP to this server.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("the mail server's address cannot be read: {error}"))?;
        Ok(Self::Smtp { transport: transport.build(), from: mailbox(from)? })
    }

    /// Into this folder.
    pub fn outbox(folder: PathBuf, from: &str) -> Result<Self, String> {
        Ok(Self::Outbox { folder, from: mailbox(from)? })
    }

    /// Sends one letter. `now` names its file.
    pub async fn send(&self, site: &Site, message: &Message, now: Moment) -> Result<(), MailError> {
        let unwritable = |error: &dyn std::fmt::Display| MailError::Unwritable(error.to_string());
        let to: Mailbox = message.to.as_str().parse().map_err(|error| unwritable(&error))?;
        let text = text(site, message);
        let date = std::time::UNIX_EPOCH + std::time::Duration::from_millis(u64::try_from(now.0).unwrap_or(0));
        let draft = lettre::Message::builder().to(to).subject(&message.subject).date(date).header(ContentType::TEXT_PLAIN);
        match self {
            Self::Smtp { transport, from } => {
                let letter = draft.from(from.clone()).body(text).map_err(|error| unwritable(&error))?;
                transport
                    .send(letter)
                    .await
                    .map_err(|error| if error.is_permanent() { unwritable(&error) } else { MailError::NotTaken(error.to_string()) })?;
            }
            Self::Outbox { folder, from } => {
                // As it is, so that a person can read the file.
                let body =
                    Body::new_with_encoding(text, ContentTransferEncoding::Binary).map_err(|_| unwritable(&"its lines are too long"))?;
                let letter = draft.from(from.clone()).body(body).map_err(|error| unwritable(&error))?;
                write_file(folder, now, &letter.formatted()).await.map_err(|error| MailError::NotTaken(error.to_string()))?;
            }
        }
        Ok(())
    }
}

/// Writes beside and renames, so that nobody reads half a letter.
async fn write_file(folder: &std::path::Path, now: Moment, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    for n in 0..1000 {
        let path = folder.join(format!("{:015}-{n:03}.eml", now.0));
        if tokio::fs::try_exists(&path).await? {
            continue;
        }
        let half = path.with_extension("part");
        tokio::fs::write(&half, bytes).await?;
        return tokio::fs::rename(&half, &path).await;
    }
    Err(std::io::Error::other("a thousand letters in one millisecond"))
}

fn text(site: &Site, message: &Message) -> String {
    let link = message.link.as_ref().map(|link| address(site, link));
    let paragraphs: Vec<String> = message.before.iter().cloned().chain(link).chain(message.after.iter().cloned()).collect();
    format!("{}\n\n{}\n{}\n", paragraphs.join("\n\n"), site.organization, site.public_url)
}

fn address(site: &Site, link: &Link) -> String {
    match link {
        Link::Confirm(secret) => site.absolute(format!("{}?token={}", Route::Confirm, secret.reveal())),
        Link::Reset(secret) => site.absolute(format!("{}?token={}", Route::Reset, secret.reveal())),
        Link::Invitation(secret) => site.absolute(format!("{}?token={}", Route::AcceptInvitation, secret.reveal())),
        Link::SignIn => site.absolute(Route::SignIn),
        Link::Entry(entry) => site.absolute(Route::Entry { entry: *entry }),
        Link::Certificate(certificate) => site.absolute(Route::Certificate { certificate: *certificate }),
    }
}

fn mailbox(address: &str) -> Result<Mailbox, String> {
    address.parse().map_err(|error| format!("the address that letters come from cannot be read: {error}"))
}
