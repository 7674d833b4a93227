//! What is stored of certificates, held against the record of acts.

use std::collections::BTreeMap;

use sea_orm::{ActiveModelTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _};

use super::*;
use crate::{
    Look, Write,
    audit::{Act, Compared, Strayed},
};

async fn compared(look: &impl Look) -> Result<Compared, Strayed> {
    Certificate::on_record(look).await.unwrap()
}

impl Office {
    /// A certificate that was suspended, lifted and revoked.
    async fn decided(&self) -> CertificateId {
        let id = self.issue(self.award().await).await.unwrap();
        for decision in [Decision::Suspend, Decision::Lift, Decision::Revoke] {
            self.world.pass(Moment::DAY);
            self.decide(id, decision).await.unwrap();
        }
        id
    }

    async fn write(&self) -> Write {
        self.world.platform.write(&Actor::operator()).await.unwrap()
    }

    /// What is found after such a change behind the site's back.
    async fn after(&self, change: &str) -> Result<Compared, Strayed> {
        let write = self.write().await;
        write.db().execute_unprepared(change).await.unwrap();
        compared(&write).await
    }
}

/// A decision as it is stored.
async fn insert(write: &Write, certificate: CertificateId, change: &str) {
    let decision = entity::event::Model {
        id: write.new_id(),
        certificate,
        at: write.now(),
        change: change.to_owned(),
        reason: "for a test".to_owned(),
        by_person: None,
    };
    entity::event::Entity::insert(decision.into_active_model().reset_all()).exec_without_returning(write.db()).await.unwrap();
}

#[tokio::test]
async fn each_certificate_and_each_decision_has_its_act() {
    for office in offices().await {
        assert_eq!(compared(&office.world.platform.read()).await, Ok(Compared::default()), "nothing was issued");
        office.decided().await;
        let found = compared(&office.world.platform.read()).await.unwrap();
        let names = ["certificate.issued", "certificate.lifted", "certificate.revoked", "certificate.suspended"];
        assert_eq!((found.records, found.unsealed), (BTreeMap::from(names.map(|name| (name, 1))), 0));
    }
}

#[tokio::test]
async fn what_was_changed_taken_out_or_put_there_shows() {
    for office in offices().await {
        let id = office.decided().await;
        for change in [
            "UPDATE certificate_events SET reason = 'another' WHERE change = 'suspended'",
            "UPDATE certificate_events SET at = at + 1 WHERE change = 'suspended'",
            "UPDATE certificates SET evidence = '{}'",
            "UPDATE certificate_documents SET token = 'another'",
            "UPDATE certificate_documents SET valid_until = valid_until + 1000",
            "UPDATE certificate_documents SET valid_from = valid_from - 1000",
            "UPDATE certificates SET holder = 'Another Name'",
            "UPDATE certificates SET title = 'Doctor'",
            "UPDATE certificates SET program = 'another'",
            "UPDATE certificates SET program_version = '2027.1'",
            "UPDATE certificates SET awarded_at = awarded_at - 1000",
            "UPDATE certificates SET status_list = status_list + 1",
            "UPDATE certificates SET status_index = status_index + 1",
            "UPDATE certificates SET evidence_digest = '00'",
            "UPDATE certificates SET ended_at = NULL",
            "UPDATE certificates SET ended_at = ended_at + 1000",
        ] {
            let found = office.after(change).await;
            assert!(matches!(&found, Err(Strayed::Changed { subject, .. }) if *subject == id.to_string()), "{change}: {found:?}");
        }
        let gone = office.after("DELETE FROM certificate_events WHERE change = 'revoked'").await;
        assert!(gone.is_err(), "{gone:?}");
        let gone = office.after("DELETE FROM certificate_events WHERE change = 'suspended'").await;
        assert!(matches!(&gone, Err(Strayed::Gone { place, .. }) if place.act == "certificate.suspended"), "{gone:?}");
        let swapped = office.after("UPDATE certificate_events SET change = 'lifted' WHERE change = 'revoked'").await;
        assert!(swapped.is_err(), "{swapped:?}");

        let write = office.write().await;
        insert(&write, id, "suspended").await;
        let put = compared(&write).await;
        assert!(matches!(&put, Err(Strayed::Unrecorded { act: "certificate.suspended", .. })), "{put:?}");
        drop(write);
        assert!(compared(&office.world.platform.read()).await.is_ok());
    }
}

#[tokio::test]
async fn an_act_from_before_reasons_were_sealed_still_vouches_that_it_was_done() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        let mut write = office.write().await;
        insert(&write, id, "suspended").await;
        write.record(Act::new("certificate.suspended", id));
        write.commit().await.unwrap();
        office.world.pass(Moment::DAY);
        office.decide(id, Decision::Lift).await.unwrap();
        office.world.pass(Moment::DAY);
        office.decide(id, Decision::Suspend).await.unwrap();
        let found = compared(&office.world.platform.read()).await.unwrap();
        assert_eq!((found.records.get("certificate.suspended"), found.unsealed), (Some(&2), 1));
        let gone = office.after("DELETE FROM certificate_events WHERE change = 'suspended'").await;
        assert!(matches!(&gone, Err(Strayed::Gone { .. })), "{gone:?}");
    }
}
