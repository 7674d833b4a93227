//! Certificates: issued once, and what decisions and time do to them.

mod days;
mod keeping;
mod recorded;
mod review;

use credential::{document::AchievementKind, status::Purpose};
use types::{CertificateId, Moment, Name, Note, Role};

use super::{
    issue::{Award, issue},
    *,
};
use crate::{accounts, accounts::Actor, audit, learning, testing};

struct Office {
    world: testing::World,
    issuer: Issuer,
    folder: tempfile::TempDir,
}

const URL: &str = "https://training.example.org";

async fn offices() -> Vec<Office> {
    let mut offices = Vec::new();
    for world in testing::worlds().await {
        let folder = tempfile::tempdir().unwrap();
        let issuer = Issuer::open(&world.platform, URL, "Example Training", folder.path().to_owned()).await.unwrap();
        offices.push(Office { world, issuer, folder });
    }
    offices
}

impl Office {
    async fn award(&self) -> Award {
        let mut write = self.world.platform.write(&Actor::operator()).await.unwrap();
        let name: Name = "Rosa Diaz".parse().unwrap();
        let (person, _) = accounts::create(&mut write, &"rosa@example.org".parse().unwrap(), &name, Role::Trainee).await.unwrap();
        let enrolment = learning::insert_enrolment(&mut write, person, "foundations-2026", "2026.1", "release").await.unwrap();
        write.commit().await.unwrap();
        Award {
            enrolment,
            person,
            holder: name,
            program: "foundations-2026".into(),
            program_version: "2026.1".into(),
            kind: AchievementKind::CourseCompletion,
            title: "Foundations of peer support: certificate of completion".into(),
            description: "Finished the course.".into(),
            criteria: "All requirements of the program.".into(),
            months: Some(24),
            evidence: backing::written(&serde_json::json!({
                "enrolment": enrolment.to_string(), "person": person.to_string(), "program": "foundations-2026", "version": "2026.1",
            })),
        }
    }

    async fn issue(&self, award: Award) -> Option<CertificateId> {
        let mut write = self.world.platform.write(&Actor::worker()).await.unwrap();
        let issued = issue(&mut write, &self.issuer, award).await.unwrap();
        write.commit().await.unwrap();
        issued
    }

    async fn decide(&self, id: CertificateId, decision: Decision) -> Result<Standing, DecisionError> {
        let mut write = self.world.platform.write(&Actor::operator()).await.unwrap();
        let reason: Note = "for a test".parse().unwrap();
        let standing = decide(&mut write, id, decision, &reason).await?;
        write.commit().await.unwrap();
        Ok(standing)
    }

    async fn verdict(&self, text: &str, at: Option<Moment>) -> Verdict {
        check(&self.world.platform.read(), &self.issuer, &jiff::tz::TimeZone::UTC, text, at).await.unwrap().report.verdict
    }

    async fn rotate(&self) -> String {
        let mut write = self.world.platform.write(&Actor::operator()).await.unwrap();
        let thumbprint = rotate(&mut write, self.folder.path()).await.unwrap();
        write.commit().await.unwrap();
        thumbprint
    }
}

#[tokio::test]
async fn a_certificate_is_issued_once_and_what_is_decided_about_it_shows() {
    for office in offices().await {
        let award = office.award().await;
        let id = office.issue(award.clone()).await.unwrap();
        assert_eq!(office.issue(award.clone()).await, None, "at most one in force");
        let number = id.to_string();
        let token = newest_document(&office.world.platform.read(), id).await.unwrap().unwrap();
        for text in [number.as_str(), token.as_str(), &format!("{URL}/certificates/{number}")] {
            assert_eq!(office.verdict(text, None).await, Verdict::Valid, "{text}");
        }
        let issued_at = office.world.platform.now();

        office.world.pass(Moment::DAY);
        office.decide(id, Decision::Suspend).await.unwrap();
        assert_eq!(office.verdict(&token, None).await, Verdict::Suspended);
        assert!(matches!(office.decide(id, Decision::Suspend).await, Err(DecisionError::AlreadySuspended)));
        office.world.pass(Moment::DAY);
        office.decide(id, Decision::Lift).await.unwrap();
        assert_eq!(office.verdict(&token, None).await, Verdict::Valid);
        assert!(matches!(office.decide(id, Decision::Lift).await, Err(DecisionError::NotSuspended)));
        office.world.pass(Moment::DAY);
        office.decide(id, Decision::Revoke).await.unwrap();
        assert_eq!(office.verdict(&token, None).await, Verdict::Revoked);
        for decision in [Decision::Suspend, Decision::Lift, Decision::Revoke] {
            assert!(matches!(office.decide(id, decision).await, Err(DecisionError::Revoked)));
        }
        // What was so on a day stays so.
        assert_eq!(office.verdict(&token, Some(issued_at.plus(Moment::HOUR))).await, Verdict::Valid);
        assert_eq!(office.verdict(&token, Some(issued_at.plus(30 * Moment::HOUR))).await, Verdict::Suspended);

        let again = office.issue(award).await.expect("after a revocation there may be a new one");
        assert_eq!(office.verdict(&again.to_string(), None).await, Verdict::Valid);
        assert!(audit::verify(&office.world.platform.read()).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_certificate_ends_and_outlives_its_key() {
    for office in offices().await {
        let award = office.award().await;
        let id = office.issue(award).await.unwrap().to_string();
        office.world.pass(Moment::DAY);
        office.rotate().await;
        assert_eq!(history(&office.world.platform.read(), office.issuer.base()).await.unwrap().all().len(), 2);
        assert_eq!(office.verdict(&id, None).await, Verdict::Valid, "an old key stays good for what it signed");
        office.world.pass(731 * Moment::DAY);
        assert_eq!(office.verdict(&id, None).await, Verdict::Expired);
    }
}

#[tokio::test]
async fn what_was_changed_or_signed_by_another_is_invalid() {
    let mut offices = offices().await.into_iter();
    let (office, folder) = (offices.next().unwrap(), tempfile::tempdir().unwrap());
    let id = office.issue(office.award().await).await.unwrap();
    let token = newest_document(&office.world.platform.read(), id).await.unwrap().unwrap();
    let mut changed = token.clone();
    let at = changed.find('.').unwrap() + 20;
    let letter = if &changed[at..=at] == "A" { "B" } else { "A" };
    changed.replace_range(at..=at, letter);
    assert_eq!(office.verdict(&changed, None).await, Verdict::Invalid);

    let other = testing::worlds().await.remove(0);
    // Worlds draw the same numbers; one drawn before makes all that follow differ.
    other.platform.ids().secret();
    let stranger = Issuer::open(&other.platform, URL, "Example Training", folder.path().to_owned()).await.unwrap();
    let stranger = Office { world: other, issuer: stranger, folder };
    let forged = stranger.issue(stranger.award().await).await.unwrap();
    let forged = newest_document(&stranger.world.platform.read(), forged).await.unwrap().unwrap();
    assert_eq!(stranger.verdict(&forged, None).await, Verdict::Valid, "under its own keys it holds");
    assert_eq!(office.verdict(&forged, None).await, Verdict::Invalid, "under ours it does not");
}

#[tokio::test]
async fn lists_are_signed_afresh_when_something_is_decided() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        let read = office.world.platform.read();
        let before = signed_list(&read, &office.issuer, Purpose::Revocation, 1).await.unwrap();
        assert_eq!(signed_list(&read, &office.issuer, Purpose::Revocation, 1).await.unwrap(), before, "kept for a while");
        office.decide(id, Decision::Revoke).await.unwrap();
        assert_ne!(signed_list(&read, &office.issuer, Purpose::Revocation, 1).await.unwrap(), before);
        assert!(matches!(signed_list(&read, &office.issuer, Purpose::Revocation, 2).await, Err(ListError::NotFound)));
    }
}

#[tokio::test]
async fn the_address_is_fixed_and_the_key_must_be_there() {
    for office in offices().await {
        let platform = &office.world.platform;
        let moved = Issuer::open(platform, "https://other.example.org", "Example Training", office.folder.path().to_owned()).await;
        assert!(matches!(moved, Err(IssuerError::Moved { .. })));
        let elsewhere = tempfile::tempdir().unwrap();
        let lost = Issuer::open(platform, URL, "Example Training", elsewhere.path().to_owned()).await;
        assert!(matches!(lost, Err(IssuerError::Key(KeyError::File(..)))));
    }
}

#[tokio::test]
async fn only_an_officer_decides() {
    for office in offices().await {
        let id = office.issue(office.award().await).await.unwrap();
        let mut write = office.world.platform.write(&Actor::nobody()).await.unwrap();
        let refused = decide(&mut write, id, Decision::Revoke, &"no".parse().unwrap()).await;
        assert!(matches!(refused, Err(DecisionError::NotAnOfficer)));
        drop(write);
        assert_eq!(office.verdict(&id.to_string(), None).await, Verdict::Valid, "nothing was decided");
    }
}
