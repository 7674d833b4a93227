//! Statements that were signed: which version of which text, under which typed name, and when.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    sea_query::OnConflict,
};
use types::{EnrolmentId, Moment, Name};

use super::{NotYours, enrolment::own_enrolment, entity::signature as table};
use crate::{
    Grouped, Look, Unavailable, Write,
    audit::Act,
    jobs::{self, Job},
    programs::facts::SignatureFact,
};

/// What is signed, and by which name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// The statement's id, such as `code-of-ethics`.
    pub statement: String,
    /// The version of its text.
    pub version: String,
    /// The digest of the text that was read. The text itself stays in the release that the enrolment is
    /// pinned to, which is kept for ever.
    pub digest: String,
    /// The name as it was typed.
    pub typed_name: Name,
}

/// A statement that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The statement's id.
    pub statement: String,
    /// The version of its text.
    pub version: String,
    /// The digest of its text.
    pub digest: String,
    /// The digest of the release in which the text was read.
    pub release: String,
    /// The name as it was typed.
    pub typed_name: Name,
    /// When.
    pub at: Moment,
}

/// Signs a statement for the acting person. Signing the same version again changes nothing: the first
/// signature stands. Answers whether it was new.
pub async fn sign(write: &mut Write, enrolment: EnrolmentId, signing: Signing) -> Result<bool, NotYours> {
    let enrolment = own_enrolment(write, enrolment).await?;
    let act = Act::new("statement.signed", enrolment.id)
        .with("statement", signing.statement.as_str())
        .with("version", signing.version.as_str())
        .with("digest", signing.digest.as_str());
    let row = table::Model {
        id: write.new_id(),
        enrolment: enrolment.id,
        statement: signing.statement,
        version: signing.version,
        digest: signing.digest,
        release: enrolment.release,
        typed_name: signing.typed_name.into(),
        signed_at: write.now(),
    };
    let once = OnConflict::columns([table::Column::Enrolment, table::Column::Statement, table::Column::Version]).do_nothing().to_owned();
    let written = table::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(write.db())
        .await
        .map_err(Unavailable::from)?;
    if written == 0 {
        return Ok(false);
    }
    write.record(act);
    jobs::enqueue(write, &Job::ReviewEnrolment { enrolment: enrolment.id }).await?;
    Ok(true)
}

/// The signatures of an enrolment, oldest first.
pub async fn signatures(look: &impl Look, enrolment: EnrolmentId) -> Result<Vec<Signature>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.eq(enrolment))
        .order_by_asc(table::Column::SignedAt)
        .order_by_asc(table::Column::Id)
        .all(look.db())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The signatures of these enrolments as facts, oldest first.
pub async fn signature_facts(look: &impl Look, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, SignatureFact>, Unavailable> {
    let rows = table::Entity::find()
        .filter(table::Column::Enrolment.is_in(of.iter().copied()))
        .order_by_asc(table::Column::SignedAt)
        .order_by_asc(table::Column::Id)
        .all(look.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.enrolment, SignatureFact { statement: row.statement, version: row.version, at: row.signed_at }))
        .collect())
}

fn read(row: table::Model) -> Result<Signature, Unavailable> {
    Ok(Signature {
        statement: row.statement,
        version: row.version,
        digest: row.digest,
        release: row.release,
        typed_name: row.typed_name.try_into().map_err(|error| Unavailable::unreadable("typed name", error))?,
        at: row.signed_at,
    })
}
