//! `alongside keys`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::{
    accounts::Actor,
    credentials::{self, fixed_address},
};

use super::{Refused, open, say};
use crate::config::Data;

/// Look after the signing keys
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Show every key and the time in which it signed
    List(Data),
    /// Make a new key, which signs from now on; the old one stays published. Run it as the user that the site runs as, or
    /// as root
    Rotate(Folder),
}

/// Where the keys lie.
#[derive(Debug, Args)]
pub(crate) struct Folder {
    /// The folder with the signing keys; by default `keys` in the data folder
    #[arg(long, env = "ALONGSIDE_KEY_DIR", value_name = "DIR")]
    key_dir: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Keys {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        let (Self::List(data) | Self::Rotate(Folder { data, .. })) = &self;
        let platform = open::existing(data).await?;
        let Some(base) = fixed_address(&platform.read()).await? else {
            return Err(Refused::No("there are no keys yet; the first is made when the site is first served".to_owned()));
        };
        if let Self::Rotate(folder) = &self {
            let keys = folder.key_dir.clone().unwrap_or_else(|| folder.data.data_dir.join("keys"));
            let mut write = platform.write(&Actor::operator()).await?;
            let thumbprint = credentials::rotate(&mut write, &keys).await?;
            write.commit().await?;
            // As it is from the root on: another server may be told of it.
            let keys = std::path::absolute(&keys).unwrap_or(keys);
            say(&format!("{thumbprint} signs from now on. Its file is in {}; every server needs it.", keys.display()));
            return Ok(());
        }
        let history = credentials::history(&platform.read(), &base).await?;
        for key in history.all() {
            let period = key.period();
            // To the second, as certificates write their dates: which key may have signed one hangs on it.
            let until = period.in_force_until.map_or_else(|| "in use".to_owned(), |until| format!("until {until}"));
            say(&format!("{}  from {}  {until}", key.thumbprint(), period.in_force_from));
        }
        if history.all().len() > 1 {
            say("Where two keys share a second, what was signed in it may be of either.");
        }
        Ok(())
    }
}
