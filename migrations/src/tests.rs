//! A step is taken whole or not at all, and by one program at a time.

use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, sea_orm::ConnectionTrait as _};

use super::{Migrations, connect, m0001_records};

mod cut_off {
    crate::step! {
        "m9000_new",
        up: ["CREATE TABLE news (id integer)", "CREATE TABLE audit (id integer)"],
        down: ["DROP TABLE news"]
    }
}

mod mended {
    crate::step! {
        "m9000_new",
        up: ["CREATE TABLE news (id integer)", "CREATE TABLE more_news (id integer)"],
        down: ["DROP TABLE more_news", "DROP TABLE news"]
    }
}

struct CutOff;

impl MigratorTrait for CutOff {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_records::Step), Box::new(cut_off::Step)]
    }
}

struct Mended;

impl MigratorTrait for Mended {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_records::Step), Box::new(mended::Step)]
    }
}

#[tokio::test]
async fn a_step_that_is_cut_off_leaves_nothing_and_can_be_taken_again() {
    let db = connect("sqlite::memory:").await.unwrap();
    <CutOff as MigratorTrait>::up(&db, None).await.expect_err("its second statement makes what is there already");
    let waiting: Vec<_> = CutOff::get_pending_migrations(&db).await.unwrap().iter().map(|step| step.name().to_owned()).collect();
    assert_eq!(waiting, ["m9000_new"]);
    assert!(!SchemaManager::new(&db).has_table("news").await.unwrap(), "its first statement stands");

    <Mended as MigratorTrait>::up(&db, None).await.unwrap();
    assert!(SchemaManager::new(&db).has_table("more_news").await.unwrap());
    assert!(Migrations::migrations().iter().all(|step| step.use_transaction() == Some(true)));
}

/// Needs a real `PostgreSQL`, as `ALONGSIDE_TEST_POSTGRES` names it.
#[tokio::test]
async fn two_programs_that_start_at_once_take_each_step_once() {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
    let server = std::env::var("ALONGSIDE_TEST_POSTGRES");
    let Ok(server) = server else { return };
    let name = format!("turns{}", std::process::id());
    let admin = connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    // postgres://user@host:port/DATABASE?options
    let (base, query) = server.split_once('?').map_or((server.as_str(), String::new()), |(base, query)| (base, format!("?{query}")));
    let url = format!("{}/{name}{query}", base.rsplit_once('/').unwrap().0);
    let (one, other) = tokio::join!(Migrations::up(&url), Migrations::up(&url));
    let mut taken = [one.unwrap(), other.unwrap()];
    taken.sort_unstable();
    assert_eq!(taken, [0, Migrations::migrations().len()]);
}
