//! The stored rows of this module.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod enrolment {
    use sea_orm::entity::prelude::*;
    use types::{EnrolmentId, Moment, PersonId};

    /// One person in one program, pinned.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrolments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EnrolmentId,
        pub person: PersonId,
        pub program: String,
        pub program_version: String,
        pub release: String,
        pub enrolled_at: Moment,
        pub ended_at: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
