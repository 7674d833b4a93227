//! Certificates, and what was decided about them, held against the record of acts.

use std::collections::HashMap;

use credential::verify::StatusChange;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use types::{CertificateId, Moment};

use super::super::{
    backing::digest,
    entity::{certificate as table, document, event},
};
use super::Certificate;
use crate::{
    Look, Unavailable,
    audit::{self, Claim, Compared, Strayed},
    ids::hex,
};

mod beside;

/// How many certificates are read at once: what backs one is a long text.
const PAGE: u64 = 500;

/// The acts that leave a certificate, a document of one or a decision behind.
const ACTS: &[&str] = &["certificate.issued", "certificate.renewed", "certificate.suspended", "certificate.lifted", "certificate.revoked"];
/// Those of a decision.
const DECISIONS: &[&str] = &["certificate.suspended", "certificate.lifted", "certificate.revoked"];

impl Certificate {
    /// Compares all certificates, and all that was decided about them, with the record of acts: each has its act, with
    /// what backs it, its signed document or its reason as they were then, and each such act has what it did.
    pub async fn on_record(look: &impl Look) -> Result<Result<Compared, Strayed>, Unavailable> {
        let end = audit::newest(look).await?;
        let mut claims = issued(look).await?;
        claims.extend(decided(look).await?);
        audit::compare(look, ACTS, claims, end).await
    }
}

async fn issued(look: &impl Look) -> Result<Vec<Claim>, Unavailable> {
    let mut claims = Vec::new();
    let mut after: Option<CertificateId> = None;
    loop {
        let some = table::Entity::find().order_by_asc(table::Column::Id).limit(PAGE);
        let some = match after {
            Some(after) => some.filter(table::Column::Id.gt(after)),
            None => some,
        };
        let rows = some.all(look.db()).await?;
        let Some(last) = rows.last() else { return Ok(claims) };
        after = Some(last.id);
        let documents = documents(look, &rows).await?;
        // Read after the rows: whoever is revoked meanwhile has the event and not yet the end.
        let revoked = revocations(look, &rows).await?;
        // Every document after the first has an act of its own.
        claims.extend(documents.iter().filter(|document| document.number != 1).map(|document| Claim {
            act: "certificate.renewed",
            subject: document.certificate.to_string(),
            details: vec![("number", document.number.to_string()), ("token", token(document))],
        }));
        let first: HashMap<CertificateId, &document::Model> =
            documents.iter().filter(|document| document.number == 1).map(|document| (document.certificate, document)).collect();
        claims.extend(rows.into_iter().map(|row| {
            let first = first.get(&row.id).copied();
            let sound = first.is_some_and(|first| beside::repeats(&row, first)) && ends(&row, revoked.get(&row.id).copied(), look.now());
            let token = first.filter(|_| sound).map(token).unwrap_or_default();
            Claim {
                act: "certificate.issued",
                subject: row.id.to_string(),
                details: vec![("enrolment", row.enrolment.to_string()), ("evidence", digest(&row.evidence)), ("token", token)],
            }
        }));
    }
}

/// When these were revoked, where they were.
async fn revocations(look: &impl Look, of: &[table::Model]) -> Result<HashMap<CertificateId, Moment>, Unavailable> {
    let revoked = event::Entity::find()
        .filter(event::Column::Change.eq(StatusChange::Revoked.word()))
        .filter(event::Column::Certificate.is_in(of.iter().map(|row| row.id)));
    Ok(revoked.all(look.db()).await?.into_iter().map(|event| (event.certificate, event.at)).collect())
}

/// Whether a certificate ends when it was revoked. What was revoked since this look began may not have been seen whole.
fn ends(row: &table::Model, revoked: Option<Moment>, now: Moment) -> bool {
    row.ended_at == revoked || (row.ended_at.is_none() && revoked.is_some_and(|at| at > now))
}

/// Every signed document of these.
async fn documents(look: &impl Look, of: &[table::Model]) -> Result<Vec<document::Model>, Unavailable> {
    Ok(document::Entity::find().filter(document::Column::Certificate.is_in(of.iter().map(|row| row.id))).all(look.db()).await?)
}

/// The digest of the signed text. Where the columns beside it say something else than it does, that is no document that
/// an act could tell of, and it has none.
fn token(document: &document::Model) -> String {
    if beside::dates(document) { hex(&credential::verify::token_digest(&document.token)) } else { String::new() }
}

async fn decided(look: &impl Look) -> Result<Vec<Claim>, Unavailable> {
    let rows = event::Entity::find().order_by_asc(event::Column::At).order_by_asc(event::Column::Id).all(look.db()).await?;
    let claims = rows.into_iter().map(|row| {
        let act = DECISIONS.iter().find(|act| act.strip_prefix("certificate.") == Some(row.change.as_str()));
        let act =
            act.copied().ok_or_else(|| Unavailable::unreadable("certificate event", "this program does not know what was decided"))?;
        let by = row.by_person.map_or_else(String::new, |person| person.to_string());
        let details = vec![("event", row.id.to_string()), ("reason", digest(&row.reason)), ("at", row.at.0.to_string()), ("by", by)];
        Ok(Claim { act, subject: row.certificate.to_string(), details })
    });
    claims.collect()
}
