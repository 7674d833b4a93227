//! The stored rows of this module.
#![expect(unreachable_pub, reason = "SeaORM derives public items; the module itself is private")]

pub(super) mod issuer {
    use sea_orm::entity::prelude::*;
    use types::Moment;

    /// The one row that says under which address this installation issues.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issuer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub public_url: String,
        pub fixed_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod key {
    use sea_orm::entity::prelude::*;
    use types::Moment;

    /// The public half of a signing key and the time in which it signs.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "signing_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub thumbprint: String,
        pub jwk: String,
        pub in_force_from: Moment,
        pub in_force_until: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod certificate {
    use sea_orm::entity::prelude::*;
    use types::{CertificateId, EnrolmentId, Moment, PersonId};

    /// A certificate: what stays the same through all its documents.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CertificateId,
        pub enrolment: EnrolmentId,
        pub person: PersonId,
        pub program: String,
        pub program_version: String,
        pub title: String,
        pub holder: String,
        pub awarded_at: Moment,
        pub status_list: i32,
        pub status_index: i32,
        pub evidence: String,
        pub evidence_digest: String,
        /// Set by a revocation, so that a unique index can say: one in force an enrolment.
        pub ended_at: Option<Moment>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod document {
    use sea_orm::entity::prelude::*;
    use types::{CertificateId, Moment};

    /// One signed document of a certificate. Never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificate_documents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub certificate: CertificateId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub token: String,
        pub valid_from: Moment,
        pub valid_until: Option<Moment>,
        pub issued_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod event {
    use sea_orm::entity::prelude::*;
    use types::{CertificateId, Moment, PersonId, RecordId};

    /// A decision about a certificate after it was issued.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificate_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordId,
        pub certificate: CertificateId,
        pub at: Moment,
        pub change: String,
        pub reason: String,
        pub by_person: Option<PersonId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
