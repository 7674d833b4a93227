//! Certificates as the pages and the command line see them, and their standing as a fold over events.

mod recorded;

use std::collections::HashMap;

use credential::verify::StatusChange;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use types::{CertificateId, EnrolmentId, Moment, PersonId, RecordId};

use super::entity::{certificate as table, document, event};
use crate::{Grouped, Look, Unavailable};

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

impl Certificate {
    /// When its time ended, where that is over at this moment.
    pub fn ended_by(&self, now: Moment) -> Option<Moment> {
        self.valid_until.filter(|until| *until <= now)
    }
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
    /// The record.
    pub id: RecordId,
    /// When.
    pub at: Moment,
    /// What was decided.
    pub change: StatusChange,
    /// Why.
    pub reason: String,
    /// Who; nobody where it was the command line.
    pub by: Option<PersonId>,
}

impl Standing {
    /// The standing after these events, oldest first. Nothing follows a revocation. A decision that is not
    /// understood makes the standing unreadable: it is never passed over.
    pub fn after(events: &[Event]) -> Result<Self, Unavailable> {
        if let Some(revoked) = events.iter().find(|event| event.change == StatusChange::Revoked) {
            return Ok(Self::Revoked(revoked.at));
        }
        if events.iter().any(|event| event.change == StatusChange::NotUnderstood) {
            return Err(Unavailable::unreadable("certificate event", "this program does not know what was decided"));
        }
        Ok(match events.last() {
            Some(event) if event.change == StatusChange::Suspended => Self::Suspended(event.at),
            _ => Self::Active,
        })
    }
}

/// Whether there is a certificate with this id.
pub async fn is_known(look: &impl Look, id: CertificateId) -> Result<bool, Unavailable> {
    let found = table::Entity::find_by_id(id).select_only().column(table::Column::Id).into_tuple::<CertificateId>();
    Ok(found.one(look.db()).await?.is_some())
}

/// The certificate with this id. Certificates are public: whoever has the id may see it.
pub async fn certificate(look: &impl Look, id: CertificateId) -> Result<Option<Certificate>, Unavailable> {
    let row = table::Entity::find_by_id(id).one(look.db()).await?;
    Ok(read(look, row.into_iter().collect()).await?.pop())
}

/// The certificate of an enrolment that was not revoked.
pub async fn of_enrolment(look: &impl Look, enrolment: EnrolmentId) -> Result<Option<Certificate>, Unavailable> {
    let row = table::Entity::find()
        .filter(table::Column::Enrolment.eq(enrolment))
        .filter(table::Column::EndedAt.is_null())
        .one(look.db())
        .await?;
    Ok(read(look, row.into_iter().collect()).await?.pop())
}

/// Whether an enrolment had a certificate that was revoked: none is made by itself then.
pub async fn had_one(look: &impl Look, enrolment: EnrolmentId) -> Result<bool, Unavailable> {
    let ended = table::Entity::find().filter(table::Column::Enrolment.eq(enrolment)).filter(table::Column::EndedAt.is_not_null());
    Ok(ended.count(look.db()).await? > 0)
}

/// All certificates, newest first.
pub async fn certificates(look: &impl Look) -> Result<Vec<Certificate>, Unavailable> {
    let rows = table::Entity::find().order_by_desc(table::Column::AwardedAt).order_by_desc(table::Column::Id).all(look.db()).await?;
    read(look, rows).await
}

/// What backs a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The text as it was when the certificate was issued.
    pub text: String,
    /// SHA-256 of the text, as it was then, in hexadecimal. The record of acts has it too.
    pub digest: String,
}

/// What backs the certificate with this id.
pub async fn evidence(look: &impl Look, id: CertificateId) -> Result<Option<Evidence>, Unavailable> {
    let row = table::Entity::find_by_id(id).one(look.db()).await?;
    Ok(row.map(|row| Evidence { text: row.evidence, digest: row.evidence_digest }))
}

/// What was decided about a certificate, oldest first.
pub async fn events(look: &impl Look, id: CertificateId) -> Result<Vec<Event>, Unavailable> {
    let rows = event::Entity::find()
        .filter(event::Column::Certificate.eq(id))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(read_event).collect())
}

pub(super) fn read_event(row: event::Model) -> Event {
    Event { id: row.id, at: row.at, change: StatusChange::stored(&row.change), reason: row.reason, by: row.by_person }
}

/// The newest signed document of a certificate.
pub async fn newest_document(look: &impl Look, id: CertificateId) -> Result<Option<String>, Unavailable> {
    Ok(documents(look, id).await?.pop().map(|row| row.token))
}

pub(super) async fn documents(look: &impl Look, id: CertificateId) -> Result<Vec<document::Model>, Unavailable> {
    Ok(document::Entity::find().filter(document::Column::Certificate.eq(id)).order_by_asc(document::Column::Number).all(look.db()).await?)
}

/// Certificates from their rows, in their order. Many cost no more questions than one.
async fn read(look: &impl Look, rows: Vec<table::Model>) -> Result<Vec<Certificate>, Unavailable> {
    let mut certificates = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<table::Model> = rows.by_ref().take(AT_ONCE).collect();
        let ids: Vec<CertificateId> = some.iter().map(|row| row.id).collect();
        let ends = document::Entity::find()
            .select_only()
            .column(document::Column::Certificate)
            .column(document::Column::ValidUntil)
            .filter(document::Column::Certificate.is_in(ids.iter().copied()))
            .order_by_asc(document::Column::Number)
            .into_tuple::<(CertificateId, Option<Moment>)>()
            .all(look.db())
            .await?;
        // The newest comes last and stays.
        let ends: HashMap<CertificateId, Option<Moment>> = ends.into_iter().collect();
        let decided = event::Entity::find()
            .filter(event::Column::Certificate.is_in(ids))
            .order_by_asc(event::Column::At)
            .order_by_asc(event::Column::Id)
            .all(look.db())
            .await?;
        let decided: Grouped<CertificateId, Event> = decided.into_iter().map(|row| (row.certificate, read_event(row))).collect();
        for row in some {
            certificates.push(Certificate {
                id: row.id,
                enrolment: row.enrolment,
                person: row.person,
                program: row.program,
                title: row.title,
                holder: row.holder,
                awarded_at: row.awarded_at,
                valid_until: ends.get(&row.id).copied().flatten(),
                standing: Standing::after(decided.of(&row.id))?,
                evidence_digest: row.evidence_digest,
            });
        }
    }
    Ok(certificates)
}

/// How many are asked about at once; each is one parameter of a question, and databases take many thousands.
const AT_ONCE: usize = 500;
