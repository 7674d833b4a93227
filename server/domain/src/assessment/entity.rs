//! The stored rows of this module.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod attempt {
    use sea_orm::entity::prelude::*;
    use types::{AttemptId, EnrolmentId, Moment, PersonId};

    /// An attempt as it was frozen at its start.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttemptId,
        pub person: PersonId,
        pub enrolment: EnrolmentId,
        pub module: String,
        pub quiz: String,
        pub title: String,
        pub release: String,
        pub scored: bool,
        pub pass_percent: i32,
        pub accommodations: String,
        pub seed: i64,
        pub started_at: Moment,
        pub deadline: Option<Moment>,
        pub submitted_at: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod drawn {
    use sea_orm::entity::prelude::*;
    use types::AttemptId;

    /// A question version that an attempt drew, with the order of its options.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt_questions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attempt: AttemptId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i32,
        pub version: String,
        pub option_order: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod answer {
    use sea_orm::entity::prelude::*;
    use types::{AttemptId, Moment, RecordId};

    /// An answer that was saved. The newest of a question is the one in force.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "answer_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub attempt: AttemptId,
        pub version: String,
        pub options: String,
        pub once: String,
        pub at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod grade {
    use sea_orm::entity::prelude::*;
    use types::{AttemptId, Moment, PersonId, RecordId};

    /// A grade that was given. The newest of a question is the one in force.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "grade_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub attempt: AttemptId,
        pub version: String,
        pub by_person: Option<PersonId>,
        pub reached: i32,
        pub possible: i32,
        pub reason: String,
        pub at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
