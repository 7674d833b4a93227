//! A step is taken whole or not at all, by one program at a time, and what only it holds is known before it is taken
//! back.

use sea_orm_migration::{
    MigrationTrait, MigratorTrait, SchemaManager,
    sea_orm::{ConnectionTrait as _, DatabaseConnection},
};

use super::{Migrations, connect, held, m0001_records};

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

/// What the step of this name holds.
async fn held_by(name: &str, db: &DatabaseConnection) -> Vec<String> {
    let place = Migrations::migrations().iter().position(|step| step.name() == name).unwrap();
    held::by(place, db).await.unwrap()
}

#[tokio::test]
async fn what_a_step_holds_is_found_in_its_tables_and_in_its_columns() {
    let db = connect("sqlite::memory:").await.unwrap();
    <Migrations as MigratorTrait>::up(&db, None).await.unwrap();
    for step in Migrations::migrations() {
        assert!(held_by(step.name(), &db).await.is_empty(), "a new database holds nothing: {}", step.name());
    }
    for record in [
        "INSERT INTO people (id, email, email_key, chosen_name, created_at) VALUES ('p', 'e', 'e', 'n', 0)",
        "INSERT INTO live_sessions (id, module, starts_at, minutes, place, scheduled_by, scheduled_at)
            VALUES ('s', 'm', 0, 1, 'p', 'p', 0)",
        "INSERT INTO issuer (id, public_url, fixed_at) VALUES (1, 'u', 0)",
        "INSERT INTO signing_keys (thumbprint, jwk, in_force_from, in_force_until) VALUES ('a', 'j', 0, 1), ('b', 'j', 1, NULL)",
        "INSERT INTO audit (seq, at, by_kind, act, subject, details, seal) VALUES (1, 0, 'worker', 'a', 's', '{}', '')",
    ] {
        db.execute_unprepared(record).await.unwrap();
    }
    for event in [
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO certificate_events (id, certificate, at, change, reason) VALUES ('e', 'c', 0, 'revoked', 'r')",
    ] {
        db.execute_unprepared(event).await.unwrap();
    }
    assert_eq!(held_by("m0001_records", &db).await, ["1 row of audit"], "the head of the chain is the step's own row");
    assert_eq!(held_by("m0005_learning", &db).await, ["1 row of live_sessions"]);
    assert_eq!(held_by("m0008_credentials", &db).await, ["1 row of certificate_events", "1 row of issuer", "2 rows of signing_keys"]);
    assert!(held_by("m0009_reading", &db).await.is_empty(), "a view holds nothing");
    assert!(held_by("m0013_decisions", &db).await.is_empty(), "what is copied back is not lost");
    assert!(held_by("m0014_guides", &db).await.is_empty(), "its column is empty");
    db.execute_unprepared("UPDATE live_sessions SET guide = 'm-live-1'").await.unwrap();
    assert_eq!(held_by("m0014_guides", &db).await, ["1 value of live_sessions.guide"]);
}

#[test]
fn what_is_held_is_listed_as_people_list_things() {
    let held = ["1 row of a", "2 rows of b", "3 values of c.d"].map(str::to_owned);
    assert_eq!(held::listed(&held[..1]), "1 row of a");
    assert_eq!(held::listed(&held), "1 row of a, 2 rows of b and 3 values of c.d");
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
    // The server may be somebody's own: nothing is left behind on it.
    let admin = connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
}
