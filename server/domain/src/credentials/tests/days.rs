//! What is answered of other days than today.

use jiff::{civil::date, tz::TimeZone};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};

use super::*;
use crate::{Look as _, testing::NOON};

impl Office {
    async fn day(&self, id: CertificateId, day: jiff::civil::Date) -> Vec<Report> {
        check_day(&self.world.platform.read(), &self.issuer, &TimeZone::UTC, id, day).await.unwrap().unwrap().reports
    }

    async fn verdicts(&self, id: CertificateId, day: jiff::civil::Date) -> Vec<Verdict> {
        self.day(id, day).await.iter().map(|report| report.verdict).collect()
    }
}

#[tokio::test]
async fn a_day_is_never_called_good_for_a_part_of_it() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        office.world.pass(20 * Moment::HOUR);
        office.decide(id, Decision::Suspend).await.unwrap();
        office.world.pass(9 * Moment::HOUR);
        office.decide(id, Decision::Lift).await.unwrap();
        office.world.pass(2 * Moment::DAY);
        office.decide(id, Decision::Revoke).await.unwrap();
        office.world.pass(2 * Moment::DAY);

        assert_eq!(office.verdicts(id, date(2026, 8, 31)).await, [Verdict::NotYetValid]);
        assert_eq!(office.verdicts(id, date(2026, 9, 1)).await, [Verdict::NotYetValid, Verdict::Valid]);
        let suspended = office.day(id, date(2026, 9, 2)).await;
        let told: Vec<_> = suspended.iter().map(|report| (report.verdict, report.at)).collect();
        let at = |hours: i64| UtcTime(NOON.plus(hours * Moment::HOUR).0);
        assert_eq!(told, [(Verdict::Valid, at(12)), (Verdict::Suspended, at(20)), (Verdict::Valid, at(29))]);
        let since = suspended.get(1).and_then(|report| report.certificate.as_ref()?.status_since);
        assert_eq!(since, Some(at(20)), "the decision that held then, not the newest");
        assert_eq!(office.verdicts(id, date(2026, 9, 3)).await, [Verdict::Valid]);
        assert_eq!(office.verdicts(id, date(2026, 9, 4)).await, [Verdict::Valid, Verdict::Revoked]);
        assert_eq!(office.verdicts(id, date(2026, 9, 5)).await, [Verdict::Revoked]);
        let beyond = check_day(&office.world.platform.read(), &office.issuer, &TimeZone::UTC, id, date(9999, 12, 31)).await.unwrap();
        assert!(beyond.is_none(), "the calendar ends there");
    }
}

#[tokio::test]
async fn a_day_to_come_is_not_known_but_its_end_is() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        assert_eq!(office.verdicts(id, date(2027, 1, 1)).await, [Verdict::Unknown]);
        assert_eq!(office.verdicts(id, date(2028, 9, 2)).await, [Verdict::Expired]);
        office.decide(id, Decision::Revoke).await.unwrap();
        assert_eq!(office.verdicts(id, date(2027, 1, 1)).await, [Verdict::Revoked]);
    }
}

#[tokio::test]
async fn a_number_is_read_in_capitals_and_without_hyphens() {
    for office in offices().await {
        let number = office.issue(office.award().await).await.unwrap().to_string();
        let upper = number.to_uppercase();
        for text in [&upper, &number.replace('-', ""), &format!("HTTPS://Training.Example.ORG:443/certificates/{upper}")] {
            assert_eq!(office.verdict(text, None).await, Verdict::Valid, "{text}");
        }
    }
}

#[tokio::test]
async fn before_a_renewal_the_document_of_that_time_is_checked() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        let write = office.world.platform.write(&Actor::operator()).await.unwrap();
        let renewal = entity::document::Model {
            certificate: id,
            number: 2,
            token: "a document that nobody signed".to_owned(),
            valid_from: NOON.plus(Moment::DAY),
            valid_until: None,
            issued_at: NOON.plus(Moment::DAY),
        };
        entity::document::Entity::insert(renewal.into_active_model().reset_all()).exec_without_returning(write.db()).await.unwrap();
        write.commit().await.unwrap();
        office.world.pass(3 * Moment::DAY);
        let number = id.to_string();
        assert_eq!(office.verdict(&number, Some(NOON.plus(Moment::HOUR))).await, Verdict::Valid);
        assert_eq!(office.verdict(&number, Some(NOON.plus(-Moment::HOUR))).await, Verdict::NotYetValid);
        assert_eq!(office.verdict(&number, None).await, Verdict::Invalid, "today it is the newer one");
    }
}
