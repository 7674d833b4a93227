//! What a certificate says: an Open Badges 3.0 `AchievementCredential`, from facts to the payload of a
//! token.
//!
//! The facts are the caller's; that they make a document which our own verifier takes is checked here,
//! before anything is signed.

mod hours;
mod payload;
pub(crate) use payload::{CONTEXTS, TYPES};

pub use hours::{Hours, HoursKind};
use sha2::{Digest, Sha256};

use crate::{BaseUrl, UtcTime, issuer::is_number, keys::PublishedKey, signing::Unsigned, status::StatusPosition};

/// The facts of one certificate, before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who issues it.
    pub issuer: Issuer,
    /// The certificate's number: letters, digits and hyphens, 64 at most. A renewal keeps it.
    pub number: String,
    /// The holder's `id` in the certificate, a URI that tells nothing of the person: `urn:uuid:…`.
    pub subject: String,
    /// The holder's name, as it shall be read on the certificate.
    pub holder: String,
    /// The holder's e-mail address, hashed, where the holder wants to be able to prove it.
    pub email: Option<HashedEmail>,
    /// What was achieved.
    pub achievement: Achievement,
    /// When it was first awarded. A renewal keeps this date.
    pub awarded: UtcTime,
    /// From when on this document holds, and when it was signed. Later than in the document it renews.
    pub valid_from: UtcTime,
    /// When it ends, where it ends.
    pub valid_until: Option<UtcTime>,
    /// Its place in the status lists.
    pub status: StatusPosition,
    /// Hours, only where the holder chose before issue that they are public.
    pub hours: Vec<Hours>,
}

/// Who issues, as certificates say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// The public address, from which the issuer's DID follows.
    pub base: BaseUrl,
    /// The name of the organization.
    pub name: String,
    /// Where to ask, if it shall be public.
    pub email: Option<String>,
}

/// What was achieved, the same for all holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    /// A URL that names this achievement in this version.
    pub id: String,
    /// Whether somebody decided on it.
    pub kind: AchievementKind,
    /// The name of the credential, such as `Certified Peer Support Specialist`.
    pub name: String,
    /// What it stands for, in a sentence or two.
    pub description: String,
    /// What had to be done for it. Markdown is allowed.
    pub criteria: String,
    /// The version of the program.
    pub version: Option<String>,
}

/// The two kinds of certificate: finishing a course is not certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AchievementKind {
    /// An officer's recorded decision stands behind it.
    Certification,
    /// A course was finished.
    CourseCompletion,
}

impl AchievementKind {
    /// As Open Badges names it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Certification => "Certification",
            Self::CourseCompletion => "CertificateOfCompletion",
        }
    }

    /// What a certificate says that it is; nothing where it is neither of the two.
    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Certification, Self::CourseCompletion].into_iter().find(|kind| kind.word() == word)
    }
}

/// An e-mail address that can be proved by whoever knows it, and read by nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedEmail {
    hash: String,
    salt: String,
}

/// Why a certificate cannot be written from these facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A text that must say something is empty.
    #[error("the certificate's {0} is empty")]
    Empty(&'static str),
    /// The number has letters that cannot stand in an address.
    #[error("a certificate's number has only letters, digits and hyphens, 64 at most")]
    Number,
    /// The holder's or the achievement's `id` is not a URI.
    #[error("the certificate's {0} must be a URI")]
    NotUri(&'static str),
    /// A date with a fraction of a second, which `nbf` and `exp` could not repeat, or out of range.
    #[error("the certificate's {0} must be a whole second between the years 0 and 9999")]
    Date(&'static str),
    /// It would end before it begins.
    #[error("the certificate must end later than it begins")]
    Period,
    /// The first award lies after the document.
    #[error("the certificate cannot have been awarded after it begins to hold")]
    AwardedLater,
    /// The key is another issuer's, or does not sign at `valid_from`.
    #[error("the key does not sign for this issuer at this time")]
    Key,
    /// The same kind of hours stands there twice.
    #[error("the same kind of hours stands in the certificate twice")]
    HoursTwice,
    /// It cannot be written as JSON.
    #[error("the certificate cannot be written as JSON")]
    Json,
}

impl Draft {
    /// The certificate as a token that waits for its signature.
    pub fn unsigned<'k>(&self, key: &'k PublishedKey) -> Result<Unsigned<'k>, DraftError> {
        self.check()?;
        if !key.belongs_to(&self.issuer.base) || !key.in_force_at(self.valid_from) {
            return Err(DraftError::Key);
        }
        Ok(Unsigned::new(key, &payload::write(self)?))
    }

    fn check(&self) -> Result<(), DraftError> {
        let texts = [
            ("issuer name", &self.issuer.name),
            ("holder's name", &self.holder),
            ("name", &self.achievement.name),
            ("description", &self.achievement.description),
            ("criteria", &self.achievement.criteria),
        ];
        if let Some((name, _)) = texts.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(DraftError::Empty(name));
        }
        if !is_number(&self.number) {
            return Err(DraftError::Number);
        }
        for (name, uri) in [("holder", &self.subject), ("achievement", &self.achievement.id)] {
            if !is_uri(uri) {
                return Err(DraftError::NotUri(name));
            }
        }
        let dates = [("award date", Some(self.awarded)), ("start", Some(self.valid_from)), ("end", self.valid_until)];
        let writable = |date: UtcTime| date == date.whole_second() && (UtcTime::MIN..=UtcTime::MAX).contains(&date);
        if let Some((name, _)) = dates.into_iter().find(|(_, date)| date.is_some_and(|date| !writable(date))) {
            return Err(DraftError::Date(name));
        }
        if self.valid_until.is_some_and(|until| until <= self.valid_from) {
            return Err(DraftError::Period);
        }
        if self.awarded > self.valid_from {
            return Err(DraftError::AwardedLater);
        }
        let kinds = self.hours.iter().map(|hours| hours.kind);
        if kinds.clone().enumerate().any(|(at, kind)| kinds.clone().take(at).any(|earlier| earlier == kind)) {
            return Err(DraftError::HoursTwice);
        }
        Ok(())
    }
}

impl HashedEmail {
    /// Hashes an address with a salt that is fresh each time. The address is taken as it is written:
    /// whoever proves it later must write it the same way.
    #[must_use]
    pub fn new(email: &str, salt: &str) -> Self {
        let digest = Sha256::new().chain_update(email).chain_update(salt).finalize();
        Self { hash: format!("sha256${digest:x}"), salt: salt.to_owned() }
    }
}

/// Enough to tell a URI from a bare word: a scheme, something after it, no white space.
fn is_uri(text: &str) -> bool {
    let starts = |scheme: &str| scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let scheme = text.split_once(':').is_some_and(|(scheme, rest)| starts(scheme) && !rest.is_empty());
    scheme && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
