//! Issuing: once an enrolment, from facts that were read again inside the issuing transaction.

use credential::{
    UtcTime,
    document::{self, Achievement, AchievementKind, Draft},
    status::{MIN_BITS, StatusPosition},
    verify::token_digest,
};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _};
use types::{CertificateId, EnrolmentId, Moment, Name, PersonId};

use super::{
    Issuer,
    backing::{self, digest},
    entity::{certificate as table, document as documents},
    issuer::utc,
    keys::{self, KeyError},
};
use crate::{
    Look as _, Platform, Unavailable, Write,
    accounts::{self, Actor},
    audit::Act,
    ids::hex,
    jobs::{self, Job, Letter},
    learning, ledger,
    programs::{self, CertificateKind, Issue},
};

/// Why nothing was issued although it was due.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The facts do not make a certificate.
    #[error("the certificate cannot be written: {0}")]
    Unwritable(String),
    /// See there.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Looks at an enrolment whose facts changed: where its program issues by itself and every requirement is
/// met, the certificate is issued, once. The facts are read again inside the transaction that issues.
pub async fn review(platform: &Platform, issuer: &Issuer, zone: &TimeZone, id: EnrolmentId) -> Result<Option<CertificateId>, IssueError> {
    let mut write = platform.write(&Actor::worker()).await?;
    let Some(enrolment) = learning::locked_enrolment(&write, id).await? else { return Ok(None) };
    // One that was revoked is not issued again by itself: somebody decided that.
    let before = table::Entity::find().filter(table::Column::Enrolment.eq(id)).count(write.db()).await.map_err(Unavailable::from)?;
    if before > 0 {
        return Ok(None);
    }
    let program = ledger::program(platform, &enrolment.release, &enrolment.program).await?;
    let Some(program) = program.filter(|program| program.issue == Issue::Automatic) else { return Ok(None) };
    let facts = ledger::facts_of(&write, &enrolment).await?;
    if !programs::evaluate(&program, &facts, write.now(), zone).complete() {
        return Ok(None);
    }
    let Some(person) = accounts::person(&write, enrolment.person).await? else { return Ok(None) };
    let asked = program.requirements.iter().map(|requirement| format!("- {}", requirement.title)).collect::<Vec<_>>().join("\n");
    let award = Award {
        enrolment: id,
        person: person.id,
        holder: person.name_for_certificate().clone(),
        kind: match program.certificate.kind {
            CertificateKind::Completion => AchievementKind::CourseCompletion,
            CertificateKind::Certification => AchievementKind::Certification,
        },
        evidence: backing::of(&write, &enrolment, &facts).await?,
        program: enrolment.program,
        program_version: enrolment.program_version,
        title: program.certificate.title,
        description: program.certificate.description,
        criteria: asked,
        months: program.certificate.valid_months,
    };
    let issued = issue(&mut write, issuer, award).await?;
    write.commit().await?;
    Ok(issued)
}

/// What a certificate is to say.
#[derive(Debug, Clone)]
pub(super) struct Award {
    pub(super) enrolment: EnrolmentId,
    pub(super) person: PersonId,
    pub(super) holder: Name,
    pub(super) program: String,
    pub(super) program_version: String,
    pub(super) kind: AchievementKind,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) criteria: String,
    /// How many months it holds; `None` for ever.
    pub(super) months: Option<i32>,
    /// What backs it, in the form of [`backing`]: ids, versions and numbers, never free text.
    pub(super) evidence: String,
}

/// Issues, unless there is a certificate in force for this enrolment. The caller has locked the enrolment.
pub(super) async fn issue(write: &mut Write, issuer: &Issuer, award: Award) -> Result<Option<CertificateId>, IssueError> {
    let in_force = table::Entity::find()
        .filter(table::Column::Enrolment.eq(award.enrolment))
        .filter(table::Column::EndedAt.is_null())
        .count(write.db())
        .await
        .map_err(Unavailable::from)?;
    if in_force > 0 {
        return Ok(None);
    }
    let id: CertificateId = write.new_id();
    let status = place(write).await?;
    let from = utc(write.now());
    let until = award.months.map(|months| after(write.now(), months)).transpose()?;
    keys::hold(write).await?;
    let keys = keys::history(write, issuer.base()).await?;
    let key = keys.in_force_at(from).ok_or_else(|| IssueError::Unwritable("no key is in force".to_owned()))?;
    let draft = draft(issuer, &award, id, status, from, until);
    let unsigned = draft.unsigned(key).map_err(|error| IssueError::Unwritable(error.to_string()))?;
    let token = issuer.sign(key.thumbprint(), unsigned)?;

    let row = table::Model {
        id,
        enrolment: award.enrolment,
        person: award.person,
        program: award.program,
        program_version: award.program_version,
        title: award.title,
        holder: award.holder.into(),
        awarded_at: Moment(from.0),
        status_list: i32::try_from(status.list).unwrap_or(i32::MAX),
        status_index: i32::try_from(status.index).unwrap_or(i32::MAX),
        evidence_digest: digest(&award.evidence),
        evidence: award.evidence,
        ended_at: None,
    };
    let act = Act::new("certificate.issued", id)
        .with("enrolment", row.enrolment.to_string())
        .with("evidence", row.evidence_digest.as_str())
        // So that the record of acts also shows that issued bytes never change.
        .with("token", hex(&token_digest(&token)));
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    let first = documents::Model {
        certificate: id,
        number: 1,
        token,
        valid_from: Moment(from.0),
        valid_until: until.map(|until| Moment(until.0)),
        issued_at: write.now(),
    };
    documents::Entity::insert(first.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    write.record(act);
    jobs::enqueue(write, &Job::Letter(Letter::CertificateIssued { certificate: id })).await?;
    Ok(Some(id))
}

fn draft(issuer: &Issuer, award: &Award, id: CertificateId, status: StatusPosition, from: UtcTime, until: Option<UtcTime>) -> Draft {
    let version = &award.program_version;
    Draft {
        issuer: document::Issuer { base: issuer.base().clone(), name: issuer.organization().to_owned(), email: None },
        number: id.to_string(),
        // Of the person it says nothing: another certificate of theirs has another subject.
        subject: format!("urn:uuid:{id}"),
        holder: award.holder.to_string(),
        email: None,
        achievement: Achievement {
            id: format!("{}/programs/{}#{version}", issuer.base().as_str(), award.program),
            kind: award.kind,
            name: award.title.clone(),
            description: award.description.clone(),
            criteria: award.criteria.clone(),
            version: Some(version.clone()),
        },
        awarded: from,
        valid_from: from,
        valid_until: until,
        status,
        hours: Vec::new(),
    }
}

/// A place in the status lists, at random among the free ones, so that it tells nothing of the order.
async fn place(write: &Write) -> Result<StatusPosition, Unavailable> {
    let taken = table::Entity::find().count(write.db()).await?;
    // A list is left for the next one when half of it is taken: a free place is then always found soon.
    let list = u32::try_from(taken / u64::from(MIN_BITS / 2)).unwrap_or(0) + 1;
    loop {
        let index = u32::from_be_bytes(write.ids().bytes()) % MIN_BITS;
        let used = table::Entity::find()
            .filter(table::Column::StatusList.eq(i32::try_from(list).unwrap_or(i32::MAX)))
            .filter(table::Column::StatusIndex.eq(i32::try_from(index).unwrap_or(i32::MAX)))
            .count(write.db())
            .await?;
        if used == 0 {
            return Ok(StatusPosition { list, index });
        }
    }
}

/// So many months later, to the second: the same day of the month where there is one, else its last.
fn after(now: Moment, months: i32) -> Result<UtcTime, IssueError> {
    let unwritable = |error: jiff::Error| IssueError::Unwritable(error.to_string());
    let start = Timestamp::from_second(now.seconds()).map_err(unwritable)?.to_zoned_datetime(TimeZone::UTC);
    let end = start.checked_add(months.months()).map_err(unwritable)?;
    Ok(UtcTime(end.timestamp().as_millisecond()))
}
