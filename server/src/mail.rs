//! How letters leave: by SMTP, or as files in the outbox.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

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
    /// The server knows for certain that nobody has this address.
    #[error("nobody has this address: {0}")]
    Nobody(String),
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
                transport.send(letter).await.map_err(|error| {
                    let words = error.to_string();
                    if is_about_the_recipient(&error) { MailError::Nobody(words) } else { MailError::NotTaken(words) }
                })?;
            }
            Self::Outbox { folder, from } => {
                // As it is, so that a person can read the file.
                let body =
                    Body::new_with_encoding(text, ContentTransferEncoding::Binary).map_err(|_| unwritable(&"its lines are too long"))?;
                let letter = draft.from(from.clone()).body(body).map_err(|error| unwritable(&error))?;
                let (folder, letter) = (folder.clone(), letter.formatted());
                let written = tokio::task::spawn_blocking(move || write_file(&folder, now, &letter)).await;
                written.map_err(io::Error::other).flatten().map_err(|error| MailError::NotTaken(error.to_string()))?;
            }
        }
        Ok(())
    }
}

/// Whether the server refused the recipient and nothing else. A 5xx alone does not say so: it also stands for a
/// wrong password, for relaying that is not allowed and for a sender whom the server does not know, all of which
/// the operator can mend while the letter waits. The enhanced codes of RFC 3463 tell them apart: these five of 5.1 are
/// about the address that is written to, 5.2.1 about a mailbox that is closed. A server without such codes is asked
/// for three days, as for any other answer.
fn is_about_the_recipient(error: &lettre::transport::smtp::Error) -> bool {
    let answer = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let code = answer.split_whitespace().next().unwrap_or_default();
    error.is_permanent() && matches!(code, "5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1")
}

/// Writes beside and renames, so that nobody reads half a letter; for this user alone, since letters hold links that
/// work. It is on the disk before the job counts as done.
fn write_file(folder: &Path, now: Moment, bytes: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    for n in 0..1000 {
        let path = folder.join(format!("{:015}-{n:03}.eml", now.0));
        let half = path.with_extension("part");
        // Whoever makes this file has the name, also where two servers share the folder.
        let mut file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        if path.try_exists()? {
            fs::remove_file(&half)?;
            continue;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&half, &path)?;
        return File::open(folder)?.sync_all();
    }
    Err(io::Error::other("a thousand letters in one millisecond"))
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
