//! Certificates as the pages and the command line see them, and their standing as a fold over events.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use types::{CertificateId, EnrolmentId, Moment, PersonId};

use super::entity::{certificate as table, document, event};
use crate::{Look, Unavailable};

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The id, which is also its number in addresses.
    pub id: CertificateId,
    /// Whose enrolment it completes.
    pub enrolment: EnrolmentId,
    /// Whose it is.
    pub person: PersonId,
    /// The program.
    pub program: String,
    /// What it certifies, in words.
    pub title: String,
    /// The name on it.
    pub holder: String,
    /// When it was awarded.
    pub awarded_at: Moment,
    /// Until when its newest document holds.
    pub valid_until: Option<Moment>,
    /// What was decided about it, folded.
    pub standing: Standing,
    /// SHA-256 over what backs it, in hexadecimal.
    pub evidence_digest: String,
}

/// What was decided about a certificate, dates aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing stands against it.
    Active,
    /// Not in force since then, until it is lifted.
    Suspended(Moment),
    /// Withdrawn for good then.
    Revoked(Moment),
}

/// A decision about a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// `suspended`, `lifted` or `revoked`.
    pub change: String,
    /// Why.
    pub reason: String,
    /// Who; nobody where it was the command line.
    pub by: Option<PersonId>,
}

impl Standing {
    /// The standing after these events, oldest first. Nothing follows a revocation.
    pub fn after(events: &[Event]) -> Self {
        events.iter().fold(Self::Active, |standing, event| match (standing, event.change.as_str()) {
            (Self::Revoked(at), _) => Self::Revoked(at),
            (_, "revoked") => Self::Revoked(event.at),
            (_, "suspended") => Self::Suspended(event.at),
            (_, "lifted") => Self::Active,
            (standing, _) => standing,
        })
    }
}

/// The certificate with this id. Certificates are public: whoever has the id may see it.
pub async fn certificate(look: &impl Look, id: CertificateId) -> Result<Option<Certificate>, Unavailable> {
    match table::Entity::find_by_id(id).one(look.db()).await? {
        Some(row) => Ok(Some(read(look, row).await?)),
        None => Ok(None),
    }
}

/// The certificate of an enrolment that was not revoked.
pub async fn of_enrolment(look: &impl Look, enrolment: EnrolmentId) -> Result<Option<Certificate>, Unavailable> {
    let row = table::Entity::find()
        .filter(table::Column::Enrolment.eq(enrolment))
        .filter(table::Column::EndedAt.is_null())
        .one(look.db())
        .await?;
    match row {
        Some(row) => Ok(Some(read(look, row).await?)),
        None => Ok(None),
    }
}

/// All certificates, newest first.
pub async fn certificates(look: &impl Look) -> Result<Vec<Certificate>, Unavailable> {
    let rows = table::Entity::find().order_by_desc(table::Column::AwardedAt).all(look.db()).await?;
    let mut certificates = Vec::with_capacity(rows.len());
    for row in rows {
        certificates.push(read(look, row).await?);
    }
    Ok(certificates)
}

/// What was decided about a certificate, oldest first.
pub async fn events(look: &impl Look, id: CertificateId) -> Result<Vec<Event>, Unavailable> {
    let rows = event::Entity::find()
        .filter(event::Column::Certificate.eq(id))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(|row| Event { at: row.at, change: row.change, reason: row.reason, by: row.by_person }).collect())
}

/// The newest signed document of a certificate.
pub async fn newest_document(look: &impl Look, id: CertificateId) -> Result<Option<String>, Unavailable> {
    Ok(documents(look, id).await?.pop().map(|row| row.token))
}

pub(super) async fn documents(look: &impl Look, id: CertificateId) -> Result<Vec<document::Model>, Unavailable> {
    Ok(document::Entity::find().filter(document::Column::Certificate.eq(id)).order_by_asc(document::Column::Number).all(look.db()).await?)
}

async fn read(look: &impl Look, row: table::Model) -> Result<Certificate, Unavailable> {
    let newest = documents(look, row.id).await?.pop();
    Ok(Certificate {
        id: row.id,
        enrolment: row.enrolment,
        person: row.person,
        program: row.program,
        title: row.title,
        holder: row.holder,
        awarded_at: row.awarded_at,
        valid_until: newest.and_then(|document| document.valid_until),
        standing: Standing::after(&events(look, row.id).await?),
        evidence_digest: row.evidence_digest,
    })
}
