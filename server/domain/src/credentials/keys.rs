//! Signing keys: made here, kept as files that only the program reads, their public halves and dates in
//! the database for ever.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, fchown},
    path::{Path, PathBuf},
};

use credential::{
    BaseUrl, UtcTime,
    keys::{IssuerKeys, KeyPeriod, PublicJwk},
};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use types::Moment;

use super::entity::{document, key as table};
use crate::{Ids, Look, Unavailable, Write, audit::Act};

/// Why a key cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is missing or cannot be read or written.
    #[error("the signing key {0} cannot be used ({1}). Every server needs the same folder of keys; name it with --key-dir")]
    File(PathBuf, String),
    /// A new key would lie apart from the one that signs now, and the site would find neither or only one.
    #[error(
        "{0} does not hold the key that signs now. Name the folder that the site uses with --key-dir; where the key's file is lost, put it back from a backup"
    )]
    Elsewhere(PathBuf),
    /// The stored history does not hold together.
    #[error("the history of signing keys cannot be read: {0}")]
    History(String),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Every key of the issuer, oldest first, with the time in which it signed.
pub async fn history(look: &impl Look, base: &BaseUrl) -> Result<IssuerKeys, KeyError> {
    let rows = table::Entity::find().order_by_asc(table::Column::InForceFrom).all(look.db()).await.map_err(Unavailable::from)?;
    let periods = rows.into_iter().map(|row| {
        let jwk = serde_json::from_str(&row.jwk).map_err(|error| KeyError::History(error.to_string()))?;
        Ok(KeyPeriod {
            jwk: PublicJwk::from_json(&jwk).map_err(|error| KeyError::History(error.to_string()))?,
            in_force_from: UtcTime(row.in_force_from.0),
            // A clock that was set back leaves a key that ended before it began. It signed nothing, and must not
            // keep the others from being read.
            in_force_until: row.in_force_until.map(|until| UtcTime(until.max(row.in_force_from).0)),
        })
    });
    let periods = periods.collect::<Result<Vec<_>, KeyError>>()?;
    IssuerKeys::new(base.clone(), periods).map_err(|error| KeyError::History(error.to_string()))
}

/// Makes a new key, which signs from now on; the one before it signs no more and stays published. Answers
/// the new key's thumbprint. Refused where the folder does not hold the one before.
pub async fn rotate(write: &mut Write, folder: &Path) -> Result<String, KeyError> {
    let before = table::Entity::find()
        .filter(table::Column::InForceUntil.is_null())
        .lock_exclusive()
        .one(write.db())
        .await
        .map_err(Unavailable::from)?;
    let mut beside = None;
    if let Some(before) = before {
        // A site that does not find its keys proves nothing any more: the new one goes where the one before is.
        let file = path(folder, &before.thumbprint);
        if file.try_exists().is_ok_and(|is_there| !is_there) {
            return Err(KeyError::Elsewhere(folder.to_owned()));
        }
        load(folder, &before.thumbprint)?;
        // Clocks differ, and may be set back: a key ends neither before it began nor before what it signed last.
        // Whoever signs a certificate holds the key's row until it is written, so none is missed here.
        let newest = document::Entity::find()
            .select_only()
            .column(document::Column::ValidFrom)
            .order_by_desc(document::Column::ValidFrom)
            .into_tuple::<Moment>()
            .one(write.db())
            .await
            .map_err(Unavailable::from)?;
        // Documents know whole seconds. What was signed in this one was signed by either key.
        let last = newest.map_or(write.now(), |newest| newest.max(write.now()));
        let until = last.whole_second().plus(Moment::SECOND).max(before.in_force_from);
        beside = Some(file);
        let mut before = before.into_active_model();
        before.in_force_until = Set(Some(until));
        before.update(write.db()).await.map_err(Unavailable::from)?;
    }
    let key = fresh(write.ids());
    let jwk = public(&key)?;
    let thumbprint = jwk.thumbprint();
    // The file first: a key that the database names must be there.
    save(folder, &thumbprint, &key, beside.as_deref())?;
    load(folder, &thumbprint)?;
    let row = table::Model {
        thumbprint: thumbprint.clone(),
        jwk: jwk.to_json().to_string(),
        in_force_from: write.now().whole_second(),
        in_force_until: None,
    };
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    write.record(Act::new("key.made", &thumbprint));
    Ok(thumbprint)
}

/// Keeps a key from being put away while something is signed with it: the two acts come one after the other.
pub(super) async fn hold(write: &Write) -> Result<(), KeyError> {
    // Who waited here for a rotation finds the old key ended, and does not see the new one in the same look.
    for _ in 0..ROTATIONS {
        let held = table::Entity::find().filter(table::Column::InForceUntil.is_null()).lock_shared().one(write.db()).await;
        if held.map_err(Unavailable::from)?.is_some() {
            return Ok(());
        }
    }
    Err(KeyError::History("no key is in force".to_owned()))
}

/// How many rotations in a row one signature waits for.
const ROTATIONS: u8 = 8;

/// The private half of this key. A file that holds another key is found here, before anything is signed.
pub(super) fn load(folder: &Path, thumbprint: &str) -> Result<SigningKey, KeyError> {
    let path = path(folder, thumbprint);
    let failed = |error: &dyn std::fmt::Display| KeyError::File(path.clone(), error.to_string());
    let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
    let key = SigningKey::from_pkcs8_pem(&text).map_err(|error| failed(&error))?;
    if public(&key)?.thumbprint() != thumbprint {
        return Err(failed(&"it holds another key than its name says"));
    }
    Ok(key)
}

fn public(key: &SigningKey) -> Result<PublicJwk, KeyError> {
    PublicJwk::from_sec1(key.verifying_key().to_encoded_point(false).as_bytes()).map_err(|error| KeyError::History(error.to_string()))
}

/// Writes the key so that a loss of power leaves it whole. `beside` is the file of the key before.
fn save(folder: &Path, thumbprint: &str, key: &SigningKey, beside: Option<&Path>) -> Result<(), KeyError> {
    let path = path(folder, thumbprint);
    let failed = |error: &dyn std::fmt::Display| KeyError::File(path.clone(), error.to_string());
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|error| failed(&error))?;
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut options = File::options();
    let mut file = options.write(true).create_new(true).mode(0o600).open(&path).map_err(|error| failed(&error))?;
    let written = same_owner(&file, beside)
        .and_then(|()| file.write_all(pem.as_bytes()))
        .and_then(|()| file.sync_all())
        .and_then(|()| File::open(folder)?.sync_all());
    written.map_err(|error| {
        let _ = fs::remove_file(&path);
        failed(&error)
    })
}

/// Gives the new file to whom the old one belongs: the site runs as that user, and must read this one too, whoever
/// stands at the command line.
fn same_owner(file: &File, beside: Option<&Path>) -> io::Result<()> {
    let Some(old) = beside.and_then(|path| fs::metadata(path).ok()) else { return Ok(()) };
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    let given = fchown(file, Some(old.uid()), Some(old.gid()));
    // Another group is no obstacle: nobody but the owner reads it.
    if new.uid() == old.uid() {
        return Ok(());
    }
    given.map_err(|error| io::Error::other(format!("it has to belong to the user that the site runs as; run this as that user: {error}")))
}

fn path(folder: &Path, thumbprint: &str) -> PathBuf {
    folder.join(format!("{thumbprint}.pem"))
}

/// Nearly every number of 256 bits is a key; the few that are not are drawn again.
fn fresh(ids: &Ids) -> SigningKey {
    loop {
        if let Ok(key) = SigningKey::from_slice(&ids.bytes::<32>()) {
            return key;
        }
    }
}
