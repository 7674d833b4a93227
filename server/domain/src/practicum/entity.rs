//! The stored rows of this module.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod placement {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId, PlacementId};

    /// A place where a trainee practices.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "placements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlacementId,
        pub person: PersonId,
        pub organization: String,
        pub setting: String,
        pub supervisor: String,
        pub supervisor_kind: String,
        pub from_day: String,
        pub from_at: Moment,
        pub created_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod entry {
    use sea_orm::entity::prelude::*;
    use types::{EnrolmentId, EntryId, Minutes, Moment, PersonId};

    /// An entry: where it is, and what its newest version says where others look for it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EntryId,
        pub person: PersonId,
        pub enrolment: EnrolmentId,
        pub once: String,
        pub state: String,
        pub state_at: Moment,
        pub version: i32,
        pub starts_at: Moment,
        pub ends_at: Moment,
        pub minutes: Minutes,
        pub created_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod version {
    use sea_orm::entity::prelude::*;
    use types::{EntryId, Minutes, Moment};

    /// What an entry said at one time. Added, never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entry_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entry: EntryId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub content: String,
        pub at: Moment,
        pub starts_at: Moment,
        pub minutes: Minutes,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod event {
    use sea_orm::entity::prelude::*;
    use types::{EntryId, Moment, PersonId, RecordId};

    /// What happened to an entry. Added, never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entry_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub entry: EntryId,
        pub version: i32,
        pub what: String,
        pub at: Moment,
        pub by_person: PersonId,
        pub by_name: String,
        pub reason: Option<String>,
        pub note: Option<String>,
        pub scores: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod unfinished {
    use sea_orm::entity::prelude::*;
    use types::{EntryId, Moment, PersonId, UnfinishedId};

    /// What was typed into the form of an entry that is not filled in yet, as JSON.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unfinished_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnfinishedId,
        pub person: PersonId,
        pub entry: Option<EntryId>,
        pub once: String,
        pub fields: String,
        pub version: i32,
        pub kept_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
