//! The stored queue.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

use sea_orm::entity::prelude::*;
use types::{JobId, Moment};

/// One unit of work and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    pub payload: String,
    pub created_at: Moment,
    /// Not before this.
    pub due_at: Moment,
    pub tries: i32,
    /// While this lies ahead, one worker has it.
    pub leased_until: Option<Moment>,
    pub finished_at: Option<Moment>,
    /// `done` or `failed` once finished.
    pub outcome: Option<String>,
    pub error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
