//! The schema, step by step. Each step runs while the program before it still serves: first add, then,
//! in a later release, take away. The steps are SQL that `SQLite` and `PostgreSQL` read alike: `uuid`,
//! `text`, `bigint` for instants, `integer` and `boolean`.

use sea_orm_migration::{
    MigratorTrait,
    prelude::*,
    sea_orm::{Database, DatabaseConnection},
};

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
        ]
    }
}

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database holds steps that this program does not know.
    #[error(
        "the database is newer than this program: it has the step {0}, which this program does not know. Run the newer program, or restore the backup that was taken before it"
    )]
    Newer(String),
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

impl Migrations {
    /// Takes every step that is missing. Answers how many were taken.
    pub async fn up(url: &str) -> Result<usize, Error> {
        let db = connect(url).await?;
        let waiting = steps(&db).await?.iter().filter(|step| !step.applied).count();
        <Self as MigratorTrait>::up(&db, None).await?;
        db.close().await?;
        Ok(waiting)
    }

    /// Takes the newest step back. Answers its name, or nothing where there is none.
    pub async fn down(url: &str) -> Result<Option<String>, Error> {
        let db = connect(url).await?;
        let last = steps(&db).await?.into_iter().rev().find(|step| step.applied).map(|step| step.name);
        if last.is_some() {
            <Self as MigratorTrait>::down(&db, Some(1)).await?;
        }
        db.close().await?;
        Ok(last)
    }

    /// Every step of this program, and whether the database has it.
    pub async fn status(url: &str) -> Result<Vec<Progress>, Error> {
        let db = connect(url).await?;
        let steps = steps(&db).await?;
        db.close().await?;
        Ok(steps)
    }
}

async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = sea_orm_migration::sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

async fn steps(db: &DatabaseConnection) -> Result<Vec<Progress>, Error> {
    let names: Vec<String> = Migrations::migrations().iter().map(|step| step.name().to_owned()).collect();
    Migrations::install(db).await?;
    let applied: Vec<String> = Migrations::get_migration_models(db).await?.into_iter().map(|model| model.version).collect();
    if let Some(strange) = applied.iter().find(|name| !names.contains(name)) {
        return Err(Error::Newer(strange.clone()));
    }
    Ok(names.into_iter().map(|name| Progress { applied: applied.contains(&name), name }).collect())
}

/// For tests of what happens with a database of the future.
pub mod tests_only {
    use sea_orm_migration::{prelude::DbErr, sea_orm::ConnectionTrait as _};

    /// Puts a step into the database that no program knows.
    pub async fn pretend_newer(url: &str) -> Result<(), DbErr> {
        let db = super::connect(url).await?;
        db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)").await?;
        db.close().await
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
