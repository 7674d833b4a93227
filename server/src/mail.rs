//! How letters leave: by SMTP, or as files in the outbox.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};

use app::{routes::Route, site::Site};
use domain::notifications::{Link, Message};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::{
        Body, Mailbox, MessageBuilder,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0},
    },
    transport::smtp,
};
use types::{JobId, Moment};

/// The way out.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// To a mail server.
    Smtp {
        /// The connection pool.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// The server's host and port, for whoever looks for a letter.
        host: String,
        /// The address that letters come from.
        from: Mailbox,
        /// How long the server may take over one letter.
        patience: Duration,
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

/// How long a mail server may take over one letter.
const PATIENCE: Duration = Duration::from_mins(1);

impl Mailer {
    /// By SMTP to this server.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        // Never with the address itself: it may hold a password.
        let unread = "--smtp-url cannot be read. Write it like smtps://user:password@mail.example.org, or smtp://user:password@mail.example.org:587?tls=required";
        // A sign in a password that is not encoded would be read as the end of the server's name.
        if url.split_once("://").is_some_and(|(_, rest)| rest.split(['/', '?', '#']).skip(1).any(|part| part.contains('@'))) {
            return Err(unread.to_owned());
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| unread)?;
        Ok(Self::Smtp { transport: transport.build(), host: host(url), from: mailbox(from)?, patience: PATIENCE })
    }

    /// Into this folder.
    pub fn outbox(folder: PathBuf, from: &str) -> Result<Self, String> {
        Ok(Self::Outbox { folder, from: mailbox(from)? })
    }

    /// Sends the letter of this job. `now` names its file.
    pub async fn send(&self, site: &Site, job: JobId, message: &Message, now: Moment) -> Result<(), MailError> {
        let unwritable = |error: &dyn std::fmt::Display| MailError::Unwritable(error.to_string());
        let to: Mailbox = message.to.as_str().parse().map_err(|error| unwritable(&error))?;
        let text = text(site, message);
        // An invitation has another secret at each try, and the one before works no more: it must not pass for a copy.
        let number = match &message.link {
            Some(Link::Invitation(_)) => format!("{job}.{}", now.0),
            _ => job.to_string(),
        };
        let draft = draft(site, &number, now).to(to).subject(&message.subject);
        match self {
            Self::Smtp { transport, host, from, patience } => {
                let letter = draft.from(named(from, site)).body(text).map_err(|error| unwritable(&error))?;
                // The transport itself waits for ever for an answer, and one letter must not hold up all that comes after it.
                let silent = |_| MailError::NotTaken(format!("the mail server at {host} did not answer in time"));
                let sent = tokio::time::timeout(*patience, transport.send(letter)).await.map_err(silent)?;
                sent.map_err(|error| {
                    let words = format!("the mail server at {host} {}", answered(&error));
                    if is_about_the_recipient(&error) { MailError::Nobody(words) } else { MailError::NotTaken(words) }
                })?;
            }
            Self::Outbox { folder, from } => {
                // As it is, so that a person can read the file.
                let body =
                    Body::new_with_encoding(text, ContentTransferEncoding::Binary).map_err(|_| unwritable(&"its lines are too long"))?;
                let letter = draft.from(named(from, site)).body(body).map_err(|error| unwritable(&error))?;
                let (folder, letter) = (folder.clone(), letter.formatted());
                let written = tokio::task::spawn_blocking(move || write_file(&folder, now, &letter)).await;
                written.map_err(io::Error::other).flatten().map_err(|error| MailError::NotTaken(error.to_string()))?;
            }
        }
        Ok(())
    }
}

/// The heads that every letter has. The same letter has the same number at each try, so one that was taken twice is
/// shown once; and no machine answers a letter that a machine wrote.
fn draft(site: &Site, number: &str, now: Moment) -> MessageBuilder {
    let date = std::time::UNIX_EPOCH + std::time::Duration::from_millis(u64::try_from(now.0).unwrap_or(0));
    let by_itself = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    lettre::Message::builder()
        .date(date)
        .message_id(Some(format!("<{number}@{}>", without_port(&host(&site.public_url)))))
        .raw_header(by_itself)
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN)
}

/// Whom the letter comes from. An address without a name has the organization's.
fn named(from: &Mailbox, site: &Site) -> Mailbox {
    Mailbox { name: from.name.clone().or_else(|| Some(site.organization.clone())), email: from.email.clone() }
}

/// Whether the server refused the recipient and nothing else. A 5xx alone does not say so: it also stands for a
/// wrong password, for relaying that is not allowed and for a sender whom the server does not know, all of which
/// the operator can mend while the letter waits. The enhanced codes of RFC 3463 tell them apart: these five of 5.1 are
/// about the address that is written to, 5.2.1 about a mailbox that is closed. A server without such codes is asked
/// for three days, as for any other answer.
fn is_about_the_recipient(error: &smtp::Error) -> bool {
    let answer = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let code = answer.split_whitespace().next().unwrap_or_default();
    error.is_permanent() && matches!(code, "5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1")
}

/// What the server did, in words for whoever looks after the site.
fn answered(error: &smtp::Error) -> String {
    let cause = std::error::Error::source(error);
    let refused = cause.and_then(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind) == Some(io::ErrorKind::ConnectionRefused);
    match error.status() {
        Some(code) => format!("answered {code} {}", cause.map(ToString::to_string).unwrap_or_default()),
        None if refused => "refused the connection".to_owned(),
        None if error.is_timeout() => "did not answer in time".to_owned(),
        None => format!("could not be spoken to: {error}"),
    }
}

/// The host and port in an address, without user and password.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}

/// The host alone. The colons of a numeric address stand in brackets, and are no port.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
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
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            // The job is tried again, and half a letter is of no use to anybody.
            let _ = fs::remove_file(&half);
            return Err(error);
        }
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
        Link::LiveSessions { program } => site.absolute(Route::LearnSessions { program }),
        Link::Entry(entry) => site.absolute(Route::Entry { entry: *entry }),
        Link::Certificate(certificate) => site.absolute(Route::Certificate { certificate: *certificate }),
    }
}

fn mailbox(address: &str) -> Result<Mailbox, String> {
    let words = "Write it like training@example.org, or \"Your organization <training@example.org>\"";
    address.parse().map_err(|_| format!("--mail-from {address} cannot be read. {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_named_without_its_password() {
        assert_eq!(host("smtp://user:p%40ss@mail.example.org:587?tls=required"), "mail.example.org:587");
        assert_eq!(host("smtps://mail.example.org"), "mail.example.org");
    }

    #[test]
    fn a_letter_is_numbered_at_the_host_of_the_site() {
        for (url, name) in [
            ("https://training.example.org", "training.example.org"),
            ("http://127.0.0.1:3000", "127.0.0.1"),
            ("http://[::1]:3000", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(without_port(&host(url)), name);
        }
    }

    #[test]
    fn an_address_that_cannot_be_read_is_answered_with_how_to_write_it() {
        let wrong = Mailer::smtp("http://user:secret@mail.example.org", "training@example.org").unwrap_err();
        assert!(wrong.contains("smtps://") && !wrong.contains("secret"), "{wrong}");
        let wrong = Mailer::smtp("smtp://user:12/secret@mail.example.org", "training@example.org").unwrap_err();
        assert!(wrong.contains("cannot be read") && !wrong.contains("secret"), "{wrong}");
        let wrong = Mailer::smtp("smtp://user:secret@mail.example.org?tls=maybe", "training@example.org").unwrap_err();
        assert!(wrong.contains("tls=required") && !wrong.contains("secret"), "{wrong}");
        let wrong = Mailer::outbox(PathBuf::from("outbox"), "nonsense").unwrap_err();
        assert!(wrong.starts_with("--mail-from nonsense cannot be read. Write it like"), "{wrong}");
    }

    #[tokio::test]
    async fn a_server_that_nobody_runs_is_said_to_refuse() {
        // Held, and nobody listens there.
        let held = tokio::net::TcpSocket::new_v4().unwrap();
        held.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = held.local_addr().unwrap();
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&format!("smtp://{address}")).unwrap().build();
        let letter = lettre::Message::builder().to(mailbox("rosa@example.org").unwrap()).from(mailbox("training@example.org").unwrap());
        let error = transport.send(letter.body(String::new()).unwrap()).await.unwrap_err();
        assert_eq!(answered(&error), "refused the connection", "{error:?}");
    }
}
