//! Keys and lists: what their loss, a change of key and wrong clocks may do, and what they may not.

use credential::keys::PublishedKey;
use jiff::tz::TimeZone;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};

use super::*;
use crate::{Clock, Look as _};

impl Office {
    fn lose_the_keys(&self) {
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }

    async fn list(&self) -> Result<String, ListError> {
        signed_list(&self.world.platform.read(), &self.issuer, Purpose::Revocation, 1).await
    }
}

#[tokio::test]
async fn without_a_key_nothing_is_good_and_what_is_withdrawn_says_so() {
    for office in offices().await {
        let number = office.issue(office.award().await).await.unwrap().to_string();
        office.lose_the_keys();
        let checked = check(&office.world.platform.read(), &office.issuer, &TimeZone::UTC, &number, None).await.unwrap();
        assert_eq!(checked.report.verdict, Verdict::Unknown);
        assert_eq!(checked.faults.len(), 2, "{:?}", checked.faults);
        assert!(matches!(office.list().await, Err(ListError::Key(KeyError::File(..)))));
        let id = number.parse().unwrap();
        for (decision, verdict) in [(Decision::Suspend, Verdict::Suspended), (Decision::Revoke, Verdict::Revoked)] {
            office.world.pass(Moment::SECOND);
            office.decide(id, decision).await.unwrap();
            assert_eq!(office.verdict(&number, None).await, verdict);
        }
    }
}

#[tokio::test]
async fn without_a_key_a_list_that_says_all_goes_on_for_its_day() {
    for office in offices().await {
        let number = office.issue(office.award().await).await.unwrap().to_string();
        assert_eq!(office.verdict(&number, None).await, Verdict::Valid);
        office.lose_the_keys();
        office.world.pass(23 * Moment::HOUR);
        assert_eq!(office.verdict(&number, None).await, Verdict::Valid);
        office.world.pass(2 * Moment::HOUR);
        assert_eq!(office.verdict(&number, None).await, Verdict::Unknown);
    }
}

#[tokio::test]
async fn a_list_is_kept_a_quarter_of_an_hour_and_not_beyond_its_key() {
    for office in offices().await {
        office.world.pass(Moment::MINUTE);
        let first = office.list().await.unwrap();
        office.world.pass(14 * Moment::MINUTE);
        assert_eq!(office.list().await.unwrap(), first);
        office.world.pass(2 * Moment::MINUTE);
        let second = office.list().await.unwrap();
        assert_ne!(second, first);
        let key = office.rotate().await;
        let third = office.list().await.unwrap();
        assert_ne!(third, second, "the key before signs no more");
        let keys = history(&office.world.platform.read(), office.issuer.base()).await.unwrap();
        let now = UtcTime(office.world.platform.now().0);
        assert_eq!(keys.in_force_at(now).map(PublishedKey::thumbprint), Some(key.as_str()));
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_bricks_nothing() {
    for office in offices().await {
        office.world.pass(-365 * Moment::DAY);
        let award = office.award().await;
        let mut write = office.world.platform.write(&Actor::worker()).await.unwrap();
        assert!(issue(&mut write, &office.issuer, award.clone()).await.is_err(), "no key is in force yet");
        drop(write);
        office.rotate().await;
        let number = office.issue(award).await.unwrap().to_string();
        assert_eq!(office.verdict(&number, None).await, Verdict::Valid);
        office.world.pass(366 * Moment::DAY);
        assert_eq!(office.verdict(&number, None).await, Verdict::Valid);
    }
}

#[tokio::test]
async fn what_a_fast_clock_signed_stays_genuine_when_a_slow_one_changes_the_key() {
    for office in offices().await {
        office.world.pass(Moment::DAY);
        let award = office.award().await;
        let platform = &office.world.platform;
        let mut write = platform.under(Clock::set_to(platform.now().plus(3 * Moment::SECOND))).write(&Actor::worker()).await.unwrap();
        let id = issue(&mut write, &office.issuer, award).await.unwrap().unwrap();
        write.commit().await.unwrap();
        office.rotate().await;
        office.world.pass(Moment::MINUTE);
        assert_eq!(office.verdict(&id.to_string(), None).await, Verdict::Valid);
    }
}

#[tokio::test]
async fn a_file_with_another_key_is_found_at_the_start() {
    for office in offices().await {
        let platform = &office.world.platform;
        office.world.pass(Moment::DAY);
        let before = history(&platform.read(), office.issuer.base()).await.unwrap().all().first().unwrap().thumbprint().to_owned();
        let now = office.rotate().await;
        let file = |thumbprint: &str| office.folder.path().join(format!("{thumbprint}.pem"));
        std::fs::copy(file(&before), file(&now)).unwrap();
        let opened = Issuer::open(platform, URL, "Example Training", office.folder.path().to_owned()).await;
        assert!(matches!(opened, Err(IssuerError::Key(KeyError::File(_, why))) if why.contains("another key")));
    }
}

#[tokio::test]
async fn a_new_key_is_made_beside_the_one_before_and_nowhere_else() {
    for office in offices().await {
        let platform = &office.world.platform;
        let (elsewhere, acts) = (tempfile::tempdir().unwrap(), audit::verify(&platform.read()).await.unwrap());
        for folder in [elsewhere.path().to_owned(), elsewhere.path().join("none")] {
            let mut write = platform.write(&Actor::operator()).await.unwrap();
            let refused = rotate(&mut write, &folder).await;
            assert!(matches!(&refused, Err(KeyError::Elsewhere(named)) if *named == folder), "{refused:?}");
            drop(write);
        }
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0, "nothing is left there");
        assert_eq!(audit::verify(&platform.read()).await.unwrap(), acts);
        let number = office.issue(office.award().await).await.unwrap().to_string();
        assert_eq!(office.verdict(&number, None).await, Verdict::Valid);
        office.lose_the_keys();
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        assert!(rotate(&mut write, office.folder.path()).await.is_err(), "a key that is lost is not passed over");
    }
}

#[tokio::test]
async fn a_decision_in_another_word_is_refused_and_never_read_as_nothing() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        let write = office.world.platform.write(&Actor::operator()).await.unwrap();
        let strange = entity::event::Model {
            id: write.new_id(),
            certificate: id,
            at: write.now(),
            change: "superseded".to_owned(),
            reason: "for a test".to_owned(),
            by_person: None,
        };
        let inserted = entity::event::Entity::insert(strange.into_active_model().reset_all()).exec_without_returning(write.db()).await;
        assert!(inserted.is_err(), "the database keeps to the words");
        drop(write);
        let strange = Event {
            id: "0193a5b0-0000-7000-8000-000000000000".parse().unwrap(),
            at: Moment(0),
            change: format::StatusChange::NotUnderstood,
            reason: String::new(),
            by: None,
        };
        assert!(Standing::after(std::slice::from_ref(&strange)).is_err());
        let revoked = Event { at: Moment(1), change: format::StatusChange::Revoked, ..strange.clone() };
        assert!(matches!(Standing::after(&[strange, revoked]), Ok(Standing::Revoked(Moment(1)))));
    }
}
