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

pub(super) mod enrolled {
    use sea_orm::entity::prelude::*;
    use types::{EnrolmentId, Moment, PersonId};

    /// A row of the view `enrolled_people`: an enrolment that goes on, with its person's name.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrolled_people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EnrolmentId,
        pub person: PersonId,
        pub chosen_name: String,
        pub program: String,
        pub program_version: String,
        pub release: String,
        pub enrolled_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod reading {
    use sea_orm::entity::prelude::*;
    use types::{EnrolmentId, Moment, PersonId};

    /// A row of the view `enrolment_lessons`: an enrolment that goes on, with one lesson that is done in it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrolment_lessons")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EnrolmentId,
        pub person: PersonId,
        pub program: String,
        pub program_version: String,
        pub release: String,
        pub enrolled_at: Moment,
        pub module: Option<String>,
        pub lesson: Option<String>,
        pub done_at: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod lesson {
    use sea_orm::entity::prelude::*;
    use types::{EnrolmentId, Moment};

    /// A lesson marked as done.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lessons_done")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub enrolment: EnrolmentId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub lesson: String,
        pub module: String,
        pub done_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod signature {
    use sea_orm::entity::prelude::*;
    use types::{EnrolmentId, Moment, RecordId};

    /// A statement signed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "signatures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub enrolment: EnrolmentId,
        pub statement: String,
        pub version: String,
        pub digest: String,
        pub release: String,
        pub typed_name: String,
        pub signed_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod session {
    use sea_orm::entity::prelude::*;
    use types::{LiveSessionId, Minutes, Moment, PersonId};

    /// A live session.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "live_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LiveSessionId,
        pub module: String,
        pub guide: Option<String>,
        pub starts_at: Moment,
        pub minutes: Minutes,
        pub place: String,
        pub scheduled_by: PersonId,
        pub scheduled_at: Moment,
        pub called_off_at: Option<Moment>,
        pub called_off_by: Option<PersonId>,
        pub called_off_why: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod attendance {
    use sea_orm::entity::prelude::*;
    use types::{LiveSessionId, Minutes, Moment, PersonId, RecordId};

    /// One record of one person at one session. Never changed; the highest number is in force.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub session: LiveSessionId,
        pub person: PersonId,
        pub number: i32,
        pub minutes: Minutes,
        pub reason: Option<String>,
        pub recorded_by: PersonId,
        pub recorded_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod in_force {
    use sea_orm::entity::prelude::*;
    use types::{LiveSessionId, Minutes, Moment, PersonId, RecordId};

    /// A row of the view `attendance_in_force`: the newest record, with its session's module, guide, start and length.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance_in_force")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub session: LiveSessionId,
        pub person: PersonId,
        pub minutes: Minutes,
        pub recorded_at: Moment,
        pub module: String,
        pub guide: Option<String>,
        pub starts_at: Moment,
        pub planned: Minutes,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod history {
    use sea_orm::entity::prelude::*;
    use types::{LiveSessionId, Minutes, Moment, PersonId, RecordId};

    /// A row of the view `attendance_history`: a record with the names of whom it is about and by.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub session: LiveSessionId,
        pub person: PersonId,
        pub person_name: String,
        pub number: i32,
        pub minutes: Minutes,
        pub reason: Option<String>,
        pub recorded_by_name: String,
        pub recorded_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
