//! The platform as one value, and the two ways in: [`Read`] and [`Write`].

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait as _};
use tokio::sync::Notify;
use types::Moment;
use uuid::Uuid;

use crate::{
    Clock, Database, Ids, OpenError, Secret, Unavailable,
    accounts::Actor,
    audit::{self, Act},
    shelf::Shelf,
    store::Store,
};

/// The open database with its clock and its source of ids. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Platform {
    store: Store,
    clock: Clock,
    ids: Ids,
    wake: Arc<Notify>,
    shelf: Arc<Shelf>,
}

impl Platform {
    /// Opens the database. The schema must be in place: `migrations` sees to that.
    pub async fn open(database: &Database, clock: Clock, ids: Ids) -> Result<Self, OpenError> {
        Ok(Self { store: Store::open(database).await?, clock, ids, wake: Arc::default(), shelf: Arc::default() })
    }

    /// The same platform under another clock: how the demonstration lets things have happened in the past.
    #[must_use]
    pub fn under(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The time now.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A look at what is stored. Each question sees what was committed before it.
    pub fn read(&self) -> Read {
        Read { db: self.store.reader.clone(), now: self.now() }
    }

    /// Begins an act: one transaction. What is not committed has never been.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that begins a transaction")]
    pub async fn write(&self, actor: &Actor) -> Result<Write, Unavailable> {
        // SQLite refuses a transaction that first reads and then writes while another one wrote;
        // asking for the right to write at the start makes it wait instead.
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.store.writer.begin_with_options(options).await?;
        Ok(Write {
            tx,
            actor: actor.clone(),
            now: self.now(),
            ids: self.ids.clone(),
            acts: Vec::new(),
            wake: self.wake.clone(),
            jobs: false,
        })
    }

    /// The source of ids and secrets.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Resolves when an act has left work to do. A hint only: the worker also looks on its own.
    pub async fn work(&self) {
        self.wake.notified().await;
    }
}

/// What both a [`Read`] and a [`Write`] can do: look.
pub trait Look: Sync {
    /// The connection that questions go to.
    #[doc(hidden)]
    type Db: ConnectionTrait;

    /// The connection that questions go to.
    #[doc(hidden)]
    fn db(&self) -> &Self::Db;

    /// The time at which this look or act began.
    fn now(&self) -> Moment;
}

/// A look at committed records.
#[derive(Debug)]
pub struct Read {
    db: DatabaseConnection,
    now: Moment,
}

impl Look for Read {
    type Db = DatabaseConnection;

    fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    fn now(&self) -> Moment {
        self.now
    }
}

/// One act: a transaction with its actor, its time and its audit rows. Dropping it rolls back.
#[derive(Debug)]
pub struct Write {
    tx: DatabaseTransaction,
    actor: Actor,
    now: Moment,
    ids: Ids,
    acts: Vec<Act>,
    wake: Arc<Notify>,
    jobs: bool,
}

impl Write {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// A fresh id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.ids.id(self.now)
    }

    /// A fresh secret; store its digest only.
    pub fn new_secret(&self) -> Secret {
        self.ids.secret()
    }

    /// The source of ids, for seeds and salts.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The time for a record that follows one of this time: now, and always later than that one. The clocks of two servers may
    /// differ, and an act may have waited for the one before it.
    pub fn later_than(&self, last: Option<Moment>) -> Moment {
        last.map_or(self.now, |last| self.now.max(last.plus(1)))
    }

    /// Notes what was done; written to the audit chain when the act commits.
    pub fn record(&mut self, act: Act) {
        self.acts.push(act);
    }

    /// Work was enqueued: the worker is woken when the act commits.
    pub(crate) fn will_wake(&mut self) {
        self.jobs = true;
    }

    /// Makes the act so. The head of the audit chain is locked last, and for as short as can be.
    pub async fn commit(mut self) -> Result<(), Unavailable> {
        let acts = std::mem::take(&mut self.acts);
        audit::append(&self.tx, &self.actor.by(), self.now, acts).await?;
        self.tx.commit().await?;
        if self.jobs {
            self.wake.notify_one();
        }
        Ok(())
    }
}

impl Look for Write {
    type Db = DatabaseTransaction;

    fn db(&self) -> &DatabaseTransaction {
        &self.tx
    }

    fn now(&self) -> Moment {
        self.now
    }
}
