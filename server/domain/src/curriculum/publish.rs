//! Publishing a release, and finding it again.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::OnConflict,
};

use super::{
    Finding, Module, Question, Release, Source,
    compile::{compile, everything},
    entity::{publication, question, release as table},
    unraised::Unraised,
    versions,
};
use crate::{Look, Platform, Unavailable, Write, audit::Act};

/// Why nothing was published. The old release goes on serving.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Everything that is wrong with the texts.
    #[error("the content has {} findings, so nothing was published", .0.len())]
    Findings(Vec<Finding>),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// What publishing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// A new release.
    New(String),
    /// The newest release has exactly these texts.
    Unchanged(String),
}

/// Publishes these texts: all of them, or nothing. Publishing what is current changes nothing; publishing
/// what was current once makes it current again, unless a newer release says something else under one of its versions.
pub async fn publish(write: &mut Write, source: &Source) -> Result<Published, PublishError> {
    let release = compile(source).map_err(PublishError::Findings)?;
    if current(write).await?.as_ref() == Some(&release.digest) {
        return Ok(Published::Unchanged(release.digest));
    }
    let findings = unraised(write, source).await?;
    if !findings.is_empty() {
        return Err(PublishError::Findings(findings));
    }
    for version in release.modules.iter().flat_map(Module::checks).flat_map(|check| &check.questions) {
        keep_version(write, version).await?;
    }
    let newest = publication::Entity::find().order_by_desc(publication::Column::Number).one(write.db()).await.map_err(Unavailable::from)?;
    let published = publication::Model {
        number: newest.map_or(0, |newest| newest.number) + 1,
        release: release.digest.clone(),
        published_at: write.now(),
        published_by: write.actor().person(),
    };
    let row = table::Model {
        digest: release.digest.clone(),
        number: published.number,
        published_at: published.published_at,
        published_by: published.published_by,
        texts: serde_json::to_string(&source.files).map_err(|error| Unavailable::unreadable("release", error))?,
    };
    table::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(table::Column::Digest).do_nothing().to_owned())
        .exec_without_returning(write.db())
        .await
        .map_err(Unavailable::from)?;
    publication::Entity::insert(published.into_active_model().reset_all())
        .exec_without_returning(write.db())
        .await
        .map_err(Unavailable::from)?;
    write.record(Act::new("release.published", &release.digest));
    Ok(Published::New(release.digest))
}

/// What this source says otherwise than the newest release that had it under the same version.
async fn unraised(look: &impl Look, source: &Source) -> Result<Vec<Finding>, Unavailable> {
    let releases: Vec<String> = publication::Entity::find()
        .select_only()
        .column(publication::Column::Release)
        .order_by_desc(publication::Column::Number)
        .into_tuple()
        .all(look.db())
        .await?;
    let mut unraised = Unraised::of(source);
    let mut findings = Vec::new();
    let mut seen = HashSet::new();
    // A release may have been published more than once.
    for release in releases.into_iter().filter(|release| seen.insert(release.clone())) {
        if unraised.is_done() {
            break;
        }
        findings.extend(unraised.against(&texts(look, &release).await?.unwrap_or_default()));
    }
    findings.sort_by(|one, other| (&one.path, one.line, one.column).cmp(&(&other.path, other.line, other.column)));
    Ok(findings)
}

/// Keeps a version of a question, where it is not kept yet. A newer program may write the same texts as other
/// HTML, which is another version: what somebody was shown is what is kept.
pub(crate) async fn keep_version(write: &Write, question: &Question) -> Result<(), Unavailable> {
    let row = question::Model { digest: question.digest.clone(), canonical: versions::canonical(question) };
    question::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(write.db())
        .await?;
    Ok(())
}

/// The digest of the newest release.
pub async fn current(look: &impl Look) -> Result<Option<String>, Unavailable> {
    Ok(publication::Entity::find()
        .select_only()
        .column(publication::Column::Release)
        .order_by_desc(publication::Column::Number)
        .into_tuple()
        .one(look.db())
        .await?)
}

/// The texts of the release with this digest.
async fn texts(look: &impl Look, digest: &str) -> Result<Option<Source>, Unavailable> {
    let Some(row) = table::Entity::find_by_id(digest).one(look.db()).await? else { return Ok(None) };
    let files = serde_json::from_str(&row.texts).map_err(|error| Unavailable::unreadable("release", error))?;
    Ok(Some(Source::of(files)))
}

/// The release with this digest. Compiled when it is asked for, and held in memory while it is among the last
/// that were.
pub async fn release(platform: &Platform, digest: &str) -> Result<Option<Arc<Release>>, Unavailable> {
    if let Some(release) = platform.shelf().get(digest) {
        return Ok(Some(release));
    }
    let _turn = platform.shelf().turn().await;
    if let Some(release) = platform.shelf().get(digest) {
        return Ok(Some(release));
    }
    let Some(texts) = texts(&platform.read(), digest).await? else { return Ok(None) };
    // It was whole when it was published; what this program has learned to find since does not unpublish it.
    let compiled = tokio::task::spawn_blocking(move || everything(&texts).0).await;
    let release = Arc::new(compiled.map_err(|error| Unavailable::unreadable("release", error))?);
    platform.shelf().put(release.clone());
    Ok(Some(release))
}

/// A version of a question, whatever became of it in the content since.
pub async fn question_version(look: &impl Look, digest: &str) -> Result<Option<Question>, Unavailable> {
    let row = question::Entity::find_by_id(digest).one(look.db()).await?;
    row.map(read_version).transpose()
}

/// Several at once, by their digests.
pub async fn question_versions(look: &impl Look, digests: &[&str]) -> Result<HashMap<String, Question>, Unavailable> {
    let rows = question::Entity::find().filter(question::Column::Digest.is_in(digests.iter().copied())).all(look.db()).await?;
    rows.into_iter().map(|row| Ok((row.digest.clone(), read_version(row)?))).collect()
}

fn read_version(row: question::Model) -> Result<Question, Unavailable> {
    versions::from_canonical(&row.digest, &row.canonical).ok_or_else(|| Unavailable::unreadable("question", row.digest))
}
