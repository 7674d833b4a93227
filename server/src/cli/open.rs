//! Opening the data: the folder, the schema, the database.

use std::path::Path;

use domain::{Clock, Database, Ids, Platform};
use migrations::Migrations;

use super::Refused;
use crate::config::Data;

/// Opens the database, bringing its schema up to date.
pub(crate) async fn platform(data: &Data) -> Result<Platform, Refused> {
    let database = data.database().map_err(|error| Refused::Unclear(error.to_string()))?;
    if let Database::Sqlite(path) = &database {
        writable(path.parent().unwrap_or(Path::new(".")))?;
    }
    Migrations::up(&database.url()).await?;
    Ok(Platform::open(&database, Clock::System, Ids::random()).await?)
}

/// Opens the database that is there already: a command that looks after data makes none.
pub(crate) async fn existing(data: &Data) -> Result<Platform, Refused> {
    let database = data.database().map_err(|error| Refused::Unclear(error.to_string()))?;
    match &database {
        Database::Sqlite(path) if !path.exists() => Err(Refused::No(format!(
            "there is no database at {}. Name the folder of the running site with --data-dir, or its database with --database-url",
            path.display()
        ))),
        _ => platform(data).await,
    }
}

/// Makes the folder where it is missing, and sees that a file can be written in it.
pub(crate) fn writable(folder: &Path) -> Result<(), Refused> {
    let tried = std::fs::create_dir_all(folder).and_then(|()| {
        let probe = folder.join(".alongside-can-write");
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(probe)
    });
    tried.map_err(|error| {
        Refused::No(format!(
            "the data folder {} cannot be written ({error}). Give the program a folder of its own with --data-dir, or change who owns this one",
            folder.display()
        ))
    })
}
