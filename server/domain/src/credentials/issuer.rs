//! The issuer: this installation under its public address, with its keys at hand.

use std::{path::PathBuf, sync::Arc};

use credential::{BaseUrl, UtcTime, signing::Unsigned};
use p256::ecdsa::{Signature, signature::Signer as _};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use tokio::sync::Mutex;

use super::{
    entity::{issuer as table, key},
    keys::{self, KeyError},
    lists::Shelf,
};
use crate::{Look, Platform, Unavailable, accounts::Actor, audit::Act};

/// The issuer. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Issuer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    base: BaseUrl,
    organization: String,
    folder: PathBuf,
    pub(super) shelf: Mutex<Shelf>,
}

/// Why nothing can be issued.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// The public address cannot be an issuer's.
    #[error("the public address {0} cannot stand on certificates: {1}")]
    Address(String, #[source] credential::BaseUrlError),
    /// Certificates carry another address.
    #[error(
        "certificates of this site were set up for {before}, but its public address is now {now}. A certificate's name holds the address, so it cannot change: start with --public-url {before}, or begin with a new data folder"
    )]
    Moved {
        /// The address of the first start.
        before: String,
        /// The address of this start.
        now: String,
    },
    /// See there.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl Issuer {
    /// Takes up the office of the issuer: at the first start the address is fixed and the first key made;
    /// at every other both must be as they were.
    pub async fn open(platform: &Platform, public_url: &str, organization: &str, folder: PathBuf) -> Result<Self, IssuerError> {
        let base = BaseUrl::parse(public_url).map_err(|error| IssuerError::Address(public_url.to_owned(), error))?;
        let mut write = platform.write(&Actor::worker()).await?;
        match table::Entity::find_by_id(1).one(write.db()).await.map_err(Unavailable::from)? {
            Some(row) if row.public_url == base.as_str() => {}
            Some(row) => return Err(IssuerError::Moved { before: row.public_url, now: base.as_str().to_owned() }),
            None => {
                let row = table::Model { id: 1, public_url: base.as_str().to_owned(), fixed_at: write.now() };
                table::Entity::insert(row.into_active_model().reset_all())
                    .exec_without_returning(write.db())
                    .await
                    .map_err(Unavailable::from)?;
                write.record(Act::new("issuer.fixed", base.did()));
            }
        }
        let mut thumbprints = key::Entity::find().all(write.db()).await.map_err(Unavailable::from)?;
        thumbprints.retain(|key| key.in_force_until.is_none());
        match thumbprints.first() {
            Some(key) => drop(keys::load(&folder, &key.thumbprint)?),
            None => drop(keys::rotate(&mut write, &folder).await?),
        }
        write.commit().await?;
        Ok(Self(Arc::new(Inner { base, organization: organization.to_owned(), folder, shelf: Mutex::default() })))
    }

    /// The public address.
    pub fn base(&self) -> &BaseUrl {
        &self.0.base
    }

    /// The name of the organization.
    pub fn organization(&self) -> &str {
        &self.0.organization
    }

    pub(super) fn shelf(&self) -> &Mutex<Shelf> {
        &self.0.shelf
    }

    /// Signs. The signature is checked against the named key before the token leaves.
    pub(super) fn sign(&self, thumbprint: &str, unsigned: Unsigned<'_>) -> Result<String, KeyError> {
        let key = keys::load(&self.0.folder, thumbprint)?;
        let signature: Signature = key.sign(unsigned.signing_input());
        unsigned.attach(&signature.to_bytes()).map_err(|error| KeyError::History(error.to_string()))
    }
}

/// The address that certificates carry, once the site was served.
pub async fn fixed_address(look: &impl Look) -> Result<Option<BaseUrl>, IssuerError> {
    let row = table::Entity::find_by_id(1).one(look.db()).await.map_err(Unavailable::from)?;
    row.map(|row| BaseUrl::parse(&row.public_url).map_err(|error| IssuerError::Address(row.public_url, error))).transpose()
}

/// A platform's instant as certificates write it: to the second.
pub(super) fn utc(moment: types::Moment) -> UtcTime {
    UtcTime(moment.whole_second().0)
}
