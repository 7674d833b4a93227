//! The schema, step by step. Each step runs while the program before it still serves: first add, then, in a later
//! release, take away. Steps 10 and 13 are from before the first release, and do not. The steps are SQL that `SQLite`
//! and `PostgreSQL` read alike: `uuid`, `text`, `bigint` for instants, `integer` and `boolean`.

use std::time::Duration;

use sea_orm_migration::{
    MigratorTrait,
    prelude::*,
    sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, EntityTrait as _, RuntimeErr, SqlxError},
    seaql_migrations,
};

mod held;
mod m0001_records;
mod m0002_accounts;
mod m0003_curriculum;
mod m0004_enrolments;
mod m0005_learning;
mod m0006_assessment;
mod m0007_practicum;
mod m0008_credentials;
mod m0009_reading;
mod m0010_versions;
mod m0011_sheets;
mod m0013_decisions;
mod m0014_guides;
mod m0015_unfinished;
mod m0016_ways;
mod m0017_came_for;

/// All steps, oldest first.
#[derive(Debug)]
pub struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_records::Step),
            Box::new(m0002_accounts::Step),
            Box::new(m0003_curriculum::Step),
            Box::new(m0004_enrolments::Step),
            Box::new(m0005_learning::Step),
            Box::new(m0006_assessment::Step),
            Box::new(m0007_practicum::Step),
            Box::new(m0008_credentials::Step),
            Box::new(m0009_reading::Step),
            Box::new(m0010_versions::Step),
            Box::new(m0011_sheets::Step),
            // The number 12 was never used, and is not given again.
            Box::new(m0013_decisions::Step),
            Box::new(m0014_guides::Step),
            Box::new(m0015_unfinished::Step),
            Box::new(m0016_ways::Step),
            Box::new(m0017_came_for::Step),
        ]
    }
}

/// Why the schema could not be seen or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database holds steps that this program does not know.
    #[error(
        "the database is newer than this program: it has the step {0}, which this program does not know. Run the newer program, or restore the backup that was taken before it"
    )]
    Newer(String),
    /// Taking the step back would delete what only it can hold.
    #[error(
        "{step} holds {held}; taking it back deletes them for good. Make a copy first, of the data folder or with pg_dump, then say --delete-what-it-holds"
    )]
    Holds {
        /// The step's name.
        step: String,
        /// What it holds, in words.
        held: String,
    },
    /// Nobody answers, or what answers is no database. With what the driver says of it, where that is more than
    /// that it waited in vain.
    #[error("the database does not answer")]
    Closed(Option<String>),
    /// The database refused.
    #[error("the schema could not be changed: {0}")]
    Refused(#[from] DbErr),
}

/// One step and whether it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The step's name.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// The number under which programs that share a `PostgreSQL` queue up to change the schema. It means nothing
/// besides.
const TURN: i64 = 5_275_001_998;

impl Migrations {
    /// Takes every step that is missing. Answers how many were taken.
    pub async fn up(url: &str) -> Result<usize, Error> {
        in_turn(url, async |db| {
            let waiting = steps(db).await?.iter().filter(|step| !step.applied).count();
            <Self as MigratorTrait>::up(db, None).await?;
            Ok(waiting)
        })
        .await
    }

    /// Takes the newest step back. Answers its name, or nothing where there is none. Refused where that would delete
    /// what only this step can hold, unless `deleting` says so.
    pub async fn down(url: &str, deleting: bool) -> Result<Option<String>, Error> {
        in_turn(url, async |db| {
            let taken = steps(db).await?.into_iter().enumerate().rev().find(|(_, step)| step.applied);
            let Some((place, Progress { name, .. })) = taken else { return Ok(None) };
            let held = if deleting { Vec::new() } else { held::by(place, db).await? };
            if !held.is_empty() {
                return Err(Error::Holds { step: name, held: held::listed(&held) });
            }
            <Self as MigratorTrait>::down(db, Some(1)).await?;
            Ok(Some(name))
        })
        .await
    }

    /// Every step of this program, and whether the database has it. Looks only: nothing is made.
    pub async fn status(url: &str) -> Result<Vec<Progress>, Error> {
        let db = connect(url).await?;
        let steps = steps(&db).await?;
        db.close().await?;
        Ok(steps)
    }
}

/// How long an answer is waited for: long enough for a server that is just starting, short enough for a person.
const PATIENCE: Duration = Duration::from_secs(5);

async fn connect(url: &str) -> Result<DatabaseConnection, Error> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).acquire_timeout(PATIENCE).sqlx_logging(false);
    Database::connect(options).await.map_err(|error| closed(&error))
}

/// A database that cannot even be looked at, and the driver's words for it without their wrapping.
fn closed(error: &DbErr) -> Error {
    Error::Closed(match error {
        DbErr::ConnectionAcquire(_) => None,
        DbErr::Conn(why) | DbErr::Exec(why) | DbErr::Query(why) => match why {
            RuntimeErr::SqlxError(inner) => match &**inner {
                SqlxError::PoolTimedOut => None,
                // The server's words alone, without the line of its own program.
                SqlxError::Database(said) => Some(said.message().to_owned()),
                other => Some(other.to_string()),
            },
            // An address that cannot be read would be said as a whole, with its password.
            RuntimeErr::Internal(why) => Some(why.clone()).filter(|why| !why.contains("connection string")),
        },
        other => Some(other.to_string()),
    })
}

/// Changes the schema while nobody else does, and gives the turn back however that ended.
async fn in_turn<T>(url: &str, change: impl AsyncFnOnce(&DatabaseConnection) -> Result<T, Error>) -> Result<T, Error> {
    let db = connect(url).await?;
    let changed = match take_turn(&db).await {
        Ok(()) => change(&db).await,
        Err(error) => Err(error.into()),
    };
    db.close().await?;
    changed
}

/// Waits until no other program changes the schema of this `PostgreSQL`: two that start at once would both see
/// the same step missing. The one connection holds the turn and gives it back when it closes. `SQLite` is one
/// machine's, and locks its file by itself.
async fn take_turn(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&format!("SELECT pg_advisory_lock({TURN})")).await?;
    }
    Ok(())
}

async fn steps(db: &DatabaseConnection) -> Result<Vec<Progress>, Error> {
    let names: Vec<String> = Migrations::migrations().iter().map(|step| step.name().to_owned()).collect();
    let applied = applied(db).await.map_err(|error| closed(&error))?;
    if let Some(strange) = applied.iter().find(|name| !names.contains(name)) {
        return Err(Error::Newer(strange.clone()));
    }
    Ok(names.into_iter().map(|name| Progress { applied: applied.contains(&name), name }).collect())
}

/// The names of the steps that the database has.
async fn applied(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    // Where nothing was ever stored there is no table of steps, and looking for it must not make one.
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    Ok(seaql_migrations::Entity::find().all(db).await?.into_iter().map(|model| model.version).collect())
}

/// For tests of what happens with a database of the future.
pub mod tests_only {
    use sea_orm_migration::sea_orm::ConnectionTrait as _;

    /// Puts a step into the database that no program knows.
    pub async fn pretend_newer(url: &str) -> Result<(), super::Error> {
        let db = super::connect(url).await?;
        db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)").await?;
        db.close().await?;
        Ok(())
    }
}

/// Declares a step from the SQL that takes it and the SQL that takes it back, statement by statement.
macro_rules! step {
    ($name:literal, up: [$($up:expr),* $(,)?], down: [$($down:expr),* $(,)?]) => {
        /// See the module.
        #[derive(Debug)]
        pub(crate) struct Step;

        impl sea_orm_migration::MigrationName for Step {
            fn name(&self) -> &str {
                $name
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Step {
            /// All of it or nothing, on `SQLite` too: a step that is cut off can then be taken again.
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(&self, manager: &sea_orm_migration::SchemaManager) -> Result<(), sea_orm_migration::DbErr> {
                use sea_orm_migration::sea_orm::ConnectionTrait as _;
                $(manager.get_connection().execute_unprepared($up).await?;)*
                Ok(())
            }

            async fn down(&self, manager: &sea_orm_migration::SchemaManager) -> Result<(), sea_orm_migration::DbErr> {
                use sea_orm_migration::sea_orm::ConnectionTrait as _;
                $(manager.get_connection().execute_unprepared($down).await?;)*
                Ok(())
            }
        }
    };
}
pub(crate) use step;

#[cfg(test)]
mod tests;
