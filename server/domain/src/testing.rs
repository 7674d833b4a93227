//! What the tests of this crate stand on: the same world on `SQLite` and on a real `PostgreSQL`.

use migrations::Migrations;
use types::Moment;

use crate::{Clock, Database, Ids, Platform};

/// 1 September 2026, noon in UTC: a Tuesday.
pub(crate) const NOON: Moment = Moment(1_788_264_000_000);

/// A fresh platform whose clock the test moves.
pub(crate) struct World {
    pub(crate) platform: Platform,
    clock: Clock,
    _folder: tempfile::TempDir,
}

impl World {
    /// Lets so many milliseconds pass.
    pub(crate) fn pass(&self, milliseconds: i64) {
        self.clock.move_to(self.clock.now().plus(milliseconds));
    }
}

/// One world on `SQLite`, and one on `PostgreSQL` where `ALONGSIDE_TEST_POSTGRES` names a server on which
/// databases may be made. `cargo xtask test` always names one.
pub(crate) async fn worlds() -> Vec<World> {
    let mut urls = vec![None];
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
    if let Ok(server) = std::env::var("ALONGSIDE_TEST_POSTGRES") {
        urls.push(Some(fresh_postgres(&server).await));
    }
    let mut worlds = Vec::new();
    for (n, url) in urls.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let database = url.map_or_else(|| Database::Sqlite(folder.path().join("alongside.db")), Database::Postgres);
        Migrations::up(&database.url()).await.unwrap();
        let clock = Clock::set_to(NOON);
        let platform = Platform::open(&database, clock.clone(), Ids::seeded(n as u64 + 1)).await.unwrap();
        worlds.push(World { platform, clock, _folder: folder });
    }
    worlds
}

/// A database of its own for this test, on the server whose address names any database.
async fn fresh_postgres(server: &str) -> String {
    use sea_orm::ConnectionTrait as _;
    let name = format!("t{}", crate::ids::hex(&Ids::random().bytes::<8>()));
    let admin = sea_orm::Database::connect(server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    // postgres://user@host:port/DATABASE?options
    let (base, query) = server.split_once('?').map_or((server, ""), |(base, query)| (base, query));
    let base = base.rsplit_once('/').unwrap().0;
    format!("{base}/{name}{}{query}", if query.is_empty() { "" } else { "?" })
}
