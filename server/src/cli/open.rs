//! Opening the data: the folder, the schema, the database.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::Path,
};

use domain::{Clock, Database, Ids, Platform};
use migrations::Migrations;

use super::{Refused, tell};
use crate::config::Data;

/// Opens the database, making it where there is none and bringing its schema up to date. For the commands that a
/// site begins with.
pub(crate) async fn platform(data: &Data) -> Result<Platform, Refused> {
    let database = named(data)?;
    if let Database::Sqlite(path) = &database {
        writable(path.parent().unwrap_or(Path::new(".")))?;
        if !path.exists() {
            tell(&format!("made a new database at {}", path.display()));
        }
    }
    Migrations::up(&database.url()).await?;
    Ok(Platform::open(&database, Clock::System, Ids::random()).await?)
}

/// Opens the database that is there already. A command that looks after data makes none, and leaves the schema to
/// the site: a newer program must not change it under an older one that serves.
pub(crate) async fn existing(data: &Data) -> Result<Platform, Refused> {
    let database = found(data)?;
    let steps = Migrations::status(&database.url_of_existing()).await?;
    if steps.iter().all(|step| !step.applied) {
        return Err(Refused::No(format!("the database at {} is empty: nothing was ever stored in it. {NAME_IT}", database.shown())));
    }
    match steps.iter().filter(|step| !step.applied).count() {
        0 => Ok(Platform::open(&database, Clock::System, Ids::random()).await?),
        waiting => Err(Refused::No(format!(
            "the database at {} is older than this program: {waiting} of its steps wait. Start the site, or run alongside migrate up, and ask again",
            database.shown()
        ))),
    }
}

/// The database that the options name, refused where there is none.
pub(crate) fn found(data: &Data) -> Result<Database, Refused> {
    let database = named(data)?;
    match &database {
        Database::Sqlite(path) if !path.exists() => Err(Refused::No(format!("there is no database at {}. {NAME_IT}", path.display()))),
        _ => Ok(database),
    }
}

const NAME_IT: &str = "Name the folder of the running site with --data-dir, or its database with --database-url";

fn named(data: &Data) -> Result<Database, Refused> {
    data.database().map_err(|error| Refused::Unclear(error.to_string()))
}

/// Makes the folder where it is missing, for this user alone, and sees that a file can be written in it.
pub(crate) fn writable(folder: &Path) -> Result<(), Refused> {
    let tried = DirBuilder::new().recursive(true).mode(0o700).create(folder).and_then(|()| {
        let probe = folder.join(".alongside-can-write");
        fs::write(&probe, b"")?;
        fs::remove_file(probe)
    });
    tried.map_err(|error| {
        Refused::No(format!(
            "the data folder {} cannot be written ({error}). Give the program a folder of its own with --data-dir, or change who owns this one",
            folder.display()
        ))
    })
}

/// Says so when others on this machine can look into the folder: the records of people lie there, and without a
/// mail server letters with links that work.
pub(crate) fn say_if_others_can_read(folder: &Path) {
    if fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o007 != 0) {
        tell(&format!("everybody on this machine can look into the data folder; close it with chmod 700 {}", folder.display()));
    }
}
