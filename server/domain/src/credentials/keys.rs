//! Signing keys: made here, kept as files that only the program reads, their public halves and dates in
//! the database for ever.

use std::{
    io::Write as _,
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

use super::entity::key as table;
use crate::{Ids, Look, Unavailable, Write, audit::Act};

/// Why a key cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is missing or cannot be read or written.
    #[error("the signing key {0} cannot be used ({1}). Every server needs the same folder of keys; name it with --key-dir")]
    File(PathBuf, String),
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
            in_force_until: row.in_force_until.map(|until| UtcTime(until.0)),
        })
    });
    let periods = periods.collect::<Result<Vec<_>, KeyError>>()?;
    IssuerKeys::new(base.clone(), periods).map_err(|error| KeyError::History(error.to_string()))
}

/// Makes a new key, which signs from now on; the one before it signs no more and stays published. Answers
/// the new key's thumbprint.
pub async fn rotate(write: &mut Write, folder: &Path) -> Result<String, KeyError> {
    let before = table::Entity::find()
        .filter(table::Column::InForceUntil.is_null())
        .lock_exclusive()
        .one(write.db())
        .await
        .map_err(Unavailable::from)?;
    if let Some(before) = before {
        let mut before = before.into_active_model();
        // Documents know whole seconds. What was signed in this one was signed by either key.
        before.in_force_until = Set(Some(write.now().whole_second().plus(types::Moment::SECOND)));
        before.update(write.db()).await.map_err(Unavailable::from)?;
    }
    let key = fresh(write.ids());
    let jwk = PublicJwk::from_sec1(key.verifying_key().to_encoded_point(false).as_bytes())
        .map_err(|error| KeyError::History(error.to_string()))?;
    let thumbprint = jwk.thumbprint();
    // The file first: a key that the database names must be there.
    save(folder, &thumbprint, &key)?;
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

/// The private half of this key.
pub(super) fn load(folder: &Path, thumbprint: &str) -> Result<SigningKey, KeyError> {
    let path = path(folder, thumbprint);
    let text = std::fs::read_to_string(&path).map_err(|error| KeyError::File(path.clone(), error.to_string()))?;
    SigningKey::from_pkcs8_pem(&text).map_err(|error| KeyError::File(path, error.to_string()))
}

fn save(folder: &Path, thumbprint: &str, key: &SigningKey) -> Result<(), KeyError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = path(folder, thumbprint);
    let failed = |error: &dyn std::fmt::Display| KeyError::File(path.clone(), error.to_string());
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|error| failed(&error))?;
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(&path).map_err(|error| failed(&error))?;
    file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| failed(&error))
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
