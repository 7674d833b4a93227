//! The stored rows of this module.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod release {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId};

    /// One state of the content, as its texts.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "releases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub number: i32,
        pub published_at: Moment,
        pub published_by: Option<PersonId>,
        pub texts: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod publication {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId};

    /// That a release was published. Added, never changed: the highest number is in force.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "publications")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub release: String,
        pub published_at: Moment,
        pub published_by: Option<PersonId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod question {
    use sea_orm::entity::prelude::*;

    /// One version of a question, for ever.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub canonical: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
