//! The stored rows of the audit chain.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod row {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId};

    /// One sealed act.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: Moment,
        pub by_kind: String,
        pub by_person: Option<PersonId>,
        pub act: String,
        pub subject: String,
        pub details: String,
        pub seal: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod head {
    use sea_orm::entity::prelude::*;

    /// Where the chain ends; the one row that every act locks, last.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub seq: i64,
        pub seal: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
