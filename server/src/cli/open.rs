//! Opening the data: the folder, the schema, the database.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    net::IpAddr,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use domain::{Clock, Database, Ids, Platform, credentials::BaseUrl};
use migrations::Migrations;

use super::{Refused, tell};
use crate::config::Data;

/// Opens the database, making it where there is none and bringing its schema up to date. For the commands that a
/// site begins with.
pub(crate) async fn platform(data: &Data) -> Result<Platform, Refused> {
    let database = named(data)?;
    if let Database::Sqlite(path) = &database {
        writable(path.parent().unwrap_or(Path::new(".")))?;
        if is_there(path)? {
            files_are_ours(path)?;
        } else {
            tell(&format!("made a new database at {}", path.display()));
        }
    }
    up(&database).await?;
    Ok(Platform::open(&database, Clock::System, Ids::random()).await?)
}

/// Takes every step of the schema that is missing. Answers how many these were.
pub(crate) async fn up(database: &Database) -> Result<usize, Refused> {
    if let Database::Sqlite(path) = database {
        // For this user alone from the first, whatever the folder lets others do; what lies beside it follows it. Where
        // the file cannot be made, the driver says so.
        let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    }
    schema(database, Migrations::up(&database.url()).await).map_err(|refused| match refused {
        // Not wrong usage, after which nobody tries again: a server of databases may come up a little later.
        Refused::Unclear(words) | Refused::No(words) => Refused::No(words),
    })
}

/// Opens the database that is there already. A command that looks after data makes none, and leaves the schema to
/// the site: a newer program must not change it under an older one that serves.
pub(crate) async fn existing(data: &Data) -> Result<Platform, Refused> {
    let database = found(data)?;
    let steps = schema(&database, Migrations::status(&database.url_of_existing()).await)?;
    if steps.iter().all(|step| !step.applied) {
        return Err(Refused::No(format!("the database at {} is empty: it has no step of the schema. {NAME_IT}", database.shown())));
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
        Database::Sqlite(path) if !is_there(path)? => Err(Refused::No(format!("there is no database at {}. {NAME_IT}", path.display()))),
        _ => Ok(database),
    }
}

const NAME_IT: &str = "Name the folder of the running site with --data-dir, or its database with --database-url";

/// The database that the options name, whether it is there or not.
pub(crate) fn named(data: &Data) -> Result<Database, Refused> {
    data.database().map_err(|error| Refused::Unclear(error.to_string()))
}

/// Whether the database still has to be made. Of a server of databases nothing is known before it is asked.
pub(crate) fn is_new(data: &Data) -> bool {
    // What may not be looked at is nothing new; whoever opens it says why.
    matches!(data.database(), Ok(Database::Sqlite(path)) if path.try_exists().is_ok_and(|is_there| !is_there))
}

/// Whether the file is there. One that may not be looked at is not taken for a missing one.
fn is_there(path: &Path) -> Result<bool, Refused> {
    path.try_exists().map_err(|error| unseen(path, &error))
}

fn unseen(path: &Path, error: &io::Error) -> Refused {
    let folder = path.parent().unwrap_or(path).display();
    Refused::No(if error.kind() == io::ErrorKind::PermissionDenied {
        format!(
            "this user may not look into the data folder {folder} ({error}). Run it as the user that the site runs as, such as: runuser -u alongside -- alongside …"
        )
    } else {
        format!("the data folder {folder} cannot be looked into ({error}). {NAME_IT}")
    })
}

/// Sees that this user may write the database and what lies beside it. The driver would say neither whose they are nor
/// what to do.
fn files_are_ours(path: &Path) -> Result<(), Refused> {
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        let file = PathBuf::from(file);
        if OpenOptions::new().write(true).open(&file).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied) {
            return Err(not_ours(&file));
        }
    }
    Ok(())
}

fn not_ours(file: &Path) -> Refused {
    let file = file.display();
    Refused::No(format!(
        "this user may not write {file}, as when a command was run as another user. Give it back to the user that the site runs as, such as: chown alongside: {file}"
    ))
}

/// What was asked of the schema. Where the database does not even answer, it is named, and nothing can be told.
pub(crate) fn schema<T>(database: &Database, asked: Result<T, migrations::Error>) -> Result<T, Refused> {
    asked.map_err(|error| match error {
        migrations::Error::Closed(why) => Refused::Unclear(closed(database, why.as_deref())),
        other => other.into(),
    })
}

fn closed(database: &Database, why: Option<&str>) -> String {
    let why = why.map_or_else(String::new, |why| format!(" ({why})"));
    let at = database.shown();
    match database {
        Database::Sqlite(_) => {
            format!("the database at {at} does not open{why}. Is it the file of a site, and may this user read and write it?")
        }
        Database::Postgres(_) => format!("the database at {at} does not answer{why}. Is it running, and is its address right?"),
    }
}

/// The public address as the issuer reads it, refused before anything is made. It is for ever, so one without https is
/// for trying things out on this machine.
pub(crate) fn public_address(url: &str) -> Result<BaseUrl, Refused> {
    let base = address(url)?;
    match base.as_str().strip_prefix("http://") {
        Some(authority) if !is_this_machine(authority) => {
            Err(unusable(url, "http:// is for this machine only; elsewhere a proxy does https, so that no sign-in can be read on its way"))
        }
        _ => Ok(base),
    }
}

/// An address as the issuer reads it, whatever it is used for.
pub(crate) fn address(url: &str) -> Result<BaseUrl, Refused> {
    BaseUrl::parse(url).map_err(|error| unusable(url, &error.to_string()))
}

fn unusable(url: &str, why: &str) -> Refused {
    Refused::Unclear(format!("--public-url {url} cannot be used: {why}. Write it like https://training.example.org"))
}

/// Whether this host, with or without a port, is the machine itself.
fn is_this_machine(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(numeric) => numeric.split(']').next(),
        None => authority.split(':').next(),
    };
    let host = host.unwrap_or_default();
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
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

/// The file that is locked while a site runs on the database beside it.
const LOCK: &str = "alongside.lock";

/// Takes the data for this program alone, for as long as what is answered is held. Two sites on one file would each
/// take up the jobs that the other has begun. A server of databases has room for several.
pub(crate) fn alone(data: &Data) -> Result<Option<File>, Refused> {
    let Database::Sqlite(path) = named(data)? else { return Ok(None) };
    let folder = path.parent().unwrap_or(Path::new("."));
    writable(folder)?;
    let lock = folder.join(LOCK);
    let opened = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&lock);
    let file = opened.map_err(|error| if error.kind() == io::ErrorKind::PermissionDenied { not_ours(&lock) } else { error.into() })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Refused::No(format!(
            "another alongside works with the database in {}. Stop it first; several at once need PostgreSQL",
            folder.display()
        ))),
        // Where the file system knows no locks, it is as if nobody else were there.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(file)),
    }
}

/// Says so when others on this machine can look into the folder: the records of people lie there, and without a
/// mail server letters with links that work.
pub(crate) fn say_if_others_can_read(folder: &Path) {
    if fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o007 != 0) {
        tell(&format!("everybody on this machine can look into {0}; close it with chmod 700 {0}", folder.display()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(refused: Refused) -> String {
        match refused {
            Refused::No(words) | Refused::Unclear(words) => words,
        }
    }

    #[test]
    fn a_folder_that_may_not_be_entered_is_not_called_empty() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let told = words(unseen(Path::new("/srv/data/alongside.db"), &denied));
        assert!(told.contains("/srv/data (") && told.contains("as the user that the site runs as"), "{told}");
        let other = words(unseen(Path::new("/srv/data/alongside.db"), &io::Error::from(io::ErrorKind::NotADirectory)));
        assert!(other.contains("cannot be looked into") && other.contains("--data-dir"), "{other}");
    }

    #[test]
    fn a_file_of_another_user_is_named_with_what_to_do() {
        let told = words(not_ours(Path::new("/srv/data/alongside.db-wal")));
        assert!(told.starts_with("this user may not write /srv/data/alongside.db-wal, "), "{told}");
        assert!(told.ends_with("chown alongside: /srv/data/alongside.db-wal"), "{told}");
    }

    #[test]
    fn without_https_a_site_is_on_this_machine_only() {
        for url in [
            "http://localhost:3000",
            "http://demo.localhost",
            "http://127.0.0.1:3000/",
            "http://[::1]:3000",
            "https://training.example.org",
        ] {
            assert!(public_address(url).is_ok(), "{url}");
        }
        for url in
            ["http://training.example.org", "http://0.0.0.0:3000", "http://[::]:3000", "http://localhost.example.org", "http://192.168.1.7"]
        {
            let told = words(public_address(url).unwrap_err());
            assert!(told.contains(url) && told.contains("http:// is for this machine only") && told.contains("https://"), "{told}");
        }
    }

    #[test]
    fn a_database_that_does_not_answer_is_named_without_its_password() {
        let far = Database::Postgres("postgres://user:secret@db.example.org/site".to_owned());
        let Err(Refused::Unclear(told)) = schema::<()>(&far, Err(migrations::Error::Closed(None))) else { panic!("it was told") };
        assert_eq!(told, "the database at postgres://…@db.example.org/site does not answer. Is it running, and is its address right?");
        let near = closed(&Database::Sqlite("/srv/data/alongside.db".into()), Some("file is not a database"));
        assert!(near.starts_with("the database at /srv/data/alongside.db does not open (file is not a database). "), "{near}");
    }
}
