//! The stored rows of this module.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod person {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId};

    /// A person with an account.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub email: String,
        pub email_key: String,
        pub email_confirmed_at: Option<Moment>,
        pub chosen_name: String,
        pub certificate_name: Option<String>,
        pub password_hash: Option<String>,
        pub created_at: Moment,
        pub ended_at: Option<Moment>,
        pub came_for: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod grant {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId, RecordId};

    /// A role, from when to when, and by whose word.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_grants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub person: PersonId,
        pub role: String,
        pub granted_at: Moment,
        pub granted_by: Option<PersonId>,
        pub ended_at: Option<Moment>,
        pub ended_by: Option<PersonId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod session {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId, SessionId};

    /// One signed-in browser.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub person: PersonId,
        pub secret_digest: String,
        pub browser: String,
        pub created_at: Moment,
        pub expires_at: Moment,
        pub ended_at: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod actor {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId, SessionId};

    /// A row of the view `session_actors`: a live session with one of its person's roles.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session_actors")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub secret_digest: String,
        pub session: SessionId,
        pub expires_at: Moment,
        pub person: PersonId,
        pub chosen_name: String,
        pub role: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod link {
    use sea_orm::entity::prelude::*;
    use types::{Moment, PersonId, RecordId};

    /// A link that works once.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "one_time_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub person: PersonId,
        pub purpose: String,
        pub secret_digest: String,
        pub created_at: Moment,
        pub expires_at: Moment,
        pub used_at: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod invitation {
    use sea_orm::entity::prelude::*;
    use types::{InvitationId, Moment, PersonId};

    /// An invitation to take a role.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InvitationId,
        pub email: String,
        pub name: String,
        pub role: String,
        pub invited_by: PersonId,
        pub created_at: Moment,
        pub expires_at: Moment,
        pub secret_digest: Option<String>,
        pub accepted_at: Option<Moment>,
        pub accepted_by: Option<PersonId>,
        pub withdrawn_at: Option<Moment>,
        pub withdrawn_by: Option<PersonId>,
        /// The digest of the sheet that it was typed on, with what was typed.
        pub once: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
