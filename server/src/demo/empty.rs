//! Whether there is room for the demonstration.

use domain::{Platform, accounts, credentials::fixed_address, curriculum};

use crate::cli::Refused;

/// Refuses where somebody, a release or an issuer is: the examples would lie among what is real. To be asked before
/// anything is put there.
pub async fn see_that_it_is_empty(platform: &Platform) -> Result<(), Refused> {
    let read = platform.read();
    if accounts::anybody(&read).await? || curriculum::current(&read).await?.is_some() || fixed_address(&read).await?.is_some() {
        return Err(Refused::No(
            "--demo fills an empty database, and this one is not empty. To go on with what is in it, leave --demo away; for a new demonstration, name a new folder with --data-dir"
                .to_owned(),
        ));
    }
    Ok(())
}
