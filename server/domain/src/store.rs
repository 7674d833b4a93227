//! Opening the database: `SQLite` in one file, or `PostgreSQL` for several machines.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, sqlx::postgres::PgConnectOptions};

/// The database cannot be reached or does not answer as it should. Never the visitor's fault. Its words are whole, with
/// the cause, for whoever looks after the site.
#[derive(Debug, thiserror::Error)]
#[error("{}", said(.0))]
pub struct Unavailable(#[source] pub(crate) DbErr);

fn said(error: &DbErr) -> String {
    match error {
        DbErr::Custom(unreadable) => unreadable.clone(),
        other => format!("the database is not available: {other}"),
    }
}

impl From<DbErr> for Unavailable {
    fn from(error: DbErr) -> Self {
        Self(error)
    }
}

impl Unavailable {
    /// A stored text that its own module cannot read back.
    pub(crate) fn unreadable(what: &str, why: impl std::fmt::Display) -> Self {
        Self(DbErr::Custom(format!("stored {what} cannot be read: {why}")))
    }
}

/// Why the database did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither `sqlite:` nor `postgres:`. The address is not said: it may hold a password.
    #[error("the database address must begin with sqlite: or postgres:")]
    Unknown,
    /// A `PostgreSQL` address that cannot be read. It is not said either.
    #[error(
        "the database address cannot be read. Write it like postgres://user:password@db.example.org/alongside, and in the password %2F for /, %3F for ?, %23 for # and %40 for @"
    )]
    Unreadable,
    /// The address is sound, and nobody answers there.
    #[error("the database at {0} does not open")]
    Closed(String, #[source] DbErr),
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// One file.
    Sqlite(PathBuf),
    /// A server; the text is its full address with the password.
    Postgres(String),
}

impl Database {
    /// Reads an address such as `sqlite:/var/lib/alongside/alongside.db` or `postgres://…`.
    pub fn parse(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return url.parse::<PgConnectOptions>().map(|_| Self::Postgres(url.to_owned())).map_err(|_| OpenError::Unreadable);
        }
        url.strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .map(|path| Self::Sqlite(PathBuf::from(path)))
            .ok_or(OpenError::Unknown)
    }

    /// The address as a driver takes it. A file that is missing is made.
    pub fn url(&self) -> String {
        self.url_with("rwc")
    }

    /// The address as a driver takes it to look at what is there: a file that is missing stays missing.
    pub fn url_of_existing(&self) -> String {
        self.url_with("rw")
    }

    fn url_with(&self, mode: &str) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite://{}?mode={mode}", encoded(path)),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// The address as it may be shown: without a password.
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(url) => without_password(url),
        }
    }
}

/// A path as it stands in an address: every sign that means something there, or may not stand there, by its number.
fn encoded(path: &Path) -> String {
    use std::{fmt::Write as _, os::unix::ffi::OsStrExt as _};
    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"/.-_~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// The server and the name of the database. A password may stand before the `@`, with another `@` in it where somebody
/// forgot to encode that, or in the query, which is left out.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    match address.rsplit_once('@') {
        // What looks like a query may be the rest of a password.
        _ if query.contains('@') => format!("{scheme}://…"),
        Some((_, host)) => format!("{scheme}://…@{host}"),
        None => format!("{scheme}://{address}"),
    }
}

/// The open connections: one that writes and some that read.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
}

impl Store {
    pub(crate) async fn open(database: &Database) -> Result<Self, OpenError> {
        match database {
            Database::Sqlite(path) => {
                // The writer comes first: it makes the file and turns on the write-ahead log.
                let writer = connect(sqlite(path, 1, "OFF"), database).await?;
                // What only reads cannot write, whatever somebody asks of it.
                let reader = connect(sqlite(path, 4, "ON"), database).await?;
                Ok(Self { writer, reader })
            }
            Database::Postgres(url) => {
                let mut options = ConnectOptions::new(url);
                options.max_connections(16).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
                let pool = connect(options, database).await?;
                Ok(Self { writer: pool.clone(), reader: pool })
            }
        }
    }
}

/// One writer is `SQLite`'s own law; stating it here turns a busy error into a short wait.
fn sqlite(path: &Path, connections: u32, query_only: &'static str) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", encoded(path)));
    options
        .min_connections(connections)
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                // A commit that was acknowledged survives the loss of power.
                .pragma("synchronous", "FULL")
                .pragma("busy_timeout", "5000")
                .pragma("foreign_keys", "ON")
                .pragma("query_only", query_only)
        });
    options
}

async fn connect(options: ConnectOptions, database: &Database) -> Result<DatabaseConnection, OpenError> {
    sea_orm::Database::connect(options).await.map_err(|error| OpenError::Closed(database.shown(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_may_be_called_anything_and_sqlite_keeps_to_what_was_acknowledged() {
        use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
        let folder = tempfile::tempdir().unwrap();
        for name in ["my data", "what?", "50% of#it", "a:b", "ünï"] {
            let path = folder.path().join(name).join("alongside.db");
            std::fs::create_dir(path.parent().unwrap()).unwrap();
            let store = Store::open(&Database::Sqlite(path.clone())).await.unwrap();
            assert!(path.is_file(), "{name}");
            let asked = async |db: &DatabaseConnection, pragma: &str| {
                let question = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
                db.query_one_raw(question).await.unwrap().unwrap()
            };
            assert_eq!(asked(&store.writer, "journal_mode").await.try_get_by_index::<String>(0).unwrap(), "wal");
            for (db, pragma, value) in [
                (&store.writer, "synchronous", 2),
                (&store.writer, "foreign_keys", 1),
                (&store.writer, "query_only", 0),
                (&store.reader, "query_only", 1),
            ] {
                assert_eq!(asked(db, pragma).await.try_get_by_index::<i32>(0).unwrap(), value, "{pragma}");
            }
        }
    }

    #[test]
    fn no_address_is_shown_with_its_password() {
        for (url, shown) in [
            ("postgres://site:secret@db.example.org:5432/site", "postgres://…@db.example.org:5432/site"),
            ("postgresql://site:sec@secret@db.example.org/site", "postgresql://…@db.example.org/site"),
            ("postgres://db.example.org/site?user=site&password=secret", "postgres://db.example.org/site"),
            ("sqlite:/srv/data/alongside.db", "/srv/data/alongside.db"),
        ] {
            assert_eq!(Database::parse(url).unwrap().shown(), shown, "{url}");
        }
        for secret in ["se/cret", "se?cret", "se#cret"] {
            let wrong = Database::parse(&format!("postgres://site:{secret}@db.example.org/site")).unwrap_err().to_string();
            assert!(wrong.contains("%2F for /") && !wrong.contains("cret"), "{wrong}");
        }
        let wrong = Database::parse("mysql://site:secret@db.example.org/site").unwrap_err().to_string();
        assert_eq!(wrong, "the database address must begin with sqlite: or postgres:");
    }
}
