//! What is issued by itself, and what is not.

use std::path::Path;

use jiff::tz::TimeZone;
use sea_orm::ConnectionTrait as _;
use types::EnrolmentId;

use super::*;
use crate::{
    Look as _, Platform,
    curriculum::{self, Source},
    learning::Signing,
};

/// A program that asks for a signature alone and issues by itself, and the same one where an officer decides.
const PLEDGE: &str = "pledge-2026";
const PLEDGE_BY_OFFICER: &str = "pledge-by-officer-2026";

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            std::fs::copy(&path, &place).unwrap();
        }
    }
}

/// The project's own content with two programs more.
fn content() -> Source {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content"), folder.path());
    let programs = folder.path().join("programs");
    let text = std::fs::read_to_string(programs.join("foundations-2026.toml")).unwrap();
    let mut parts = text.split("[[requirement]]");
    let head = parts.next().unwrap();
    let statement = parts.find(|part| part.contains("id = \"code-of-ethics\"")).unwrap();
    let pledge = format!("{head}[[requirement]]{statement}").replace("foundations-2026", PLEDGE);
    let by_officer = pledge.replace(PLEDGE, PLEDGE_BY_OFFICER).replace("issue = \"automatic\"", "issue = \"officer\"");
    assert_ne!(pledge, by_officer);
    std::fs::write(programs.join(format!("{PLEDGE}.toml")), pledge).unwrap();
    std::fs::write(programs.join(format!("{PLEDGE_BY_OFFICER}.toml")), by_officer).unwrap();
    Source::read(folder.path()).unwrap()
}

async fn publish(platform: &Platform) -> String {
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    curriculum::publish(&mut write, &content()).await.unwrap();
    write.commit().await.unwrap();
    curriculum::current(&platform.read()).await.unwrap().unwrap()
}

async fn trainee(platform: &Platform) -> Actor {
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    let (_, link) =
        accounts::create(&mut write, &"rosa@example.org".parse().unwrap(), &"Rosa Diaz".parse().unwrap(), Role::Trainee).await.unwrap();
    write.commit().await.unwrap();
    let password = accounts::Password::parse("violet harbor seven kites").unwrap();
    let signed_in = accounts::reset_password(platform, &link, password, "a test").await.unwrap();
    accounts::actor_of(&platform.read(), &signed_in.secret).await.unwrap()
}

async fn enrolled(platform: &Platform, who: &Actor, program: &str, release: &str) -> EnrolmentId {
    let mut write = platform.write(who).await.unwrap();
    let id = learning::enrol(&mut write, program, "2026.1", release).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn sign(platform: &Platform, who: &Actor, enrolment: EnrolmentId) {
    let mut write = platform.write(who).await.unwrap();
    let signing = Signing {
        statement: "code-of-ethics".to_owned(),
        version: "2026-11".to_owned(),
        digest: "d".to_owned(),
        typed_name: "Rosa Diaz".parse().unwrap(),
    };
    learning::sign(&mut write, enrolment, signing).await.unwrap();
    write.commit().await.unwrap();
}

impl Office {
    async fn review(&self, enrolment: EnrolmentId) -> Option<CertificateId> {
        review(&self.world.platform, &self.issuer, &TimeZone::UTC, enrolment).await.unwrap()
    }
}

#[tokio::test]
async fn what_is_complete_is_issued_once_and_never_again_by_itself() {
    for office in offices().await {
        let platform = &office.world.platform;
        let release = publish(platform).await;
        let rosa = trainee(platform).await;
        let enrolment = enrolled(platform, &rosa, PLEDGE, &release).await;
        assert_eq!(office.review(enrolment).await, None, "something is missing");
        sign(platform, &rosa, enrolment).await;

        let both = tokio::join!(office.review(enrolment), office.review(enrolment));
        let issued: Vec<CertificateId> = [both.0, both.1].into_iter().flatten().collect();
        assert_eq!(issued.len(), 1, "two workers at once issue one");
        let id = issued[0];
        assert_eq!(office.verdict(&id.to_string(), None).await, Verdict::Valid);
        assert_eq!(of_enrolment(&platform.read(), enrolment).await.unwrap().map(|certificate| certificate.id), Some(id));
        assert_eq!(office.review(enrolment).await, None);

        let Evidence { text, digest } = evidence(&platform.read(), id).await.unwrap().unwrap();
        assert_eq!(evidence_digest(&text), digest);
        let backing: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(backing::written(&backing), text, "its form is the one that is stated");
        assert_eq!(backing["v"], 1);
        assert_eq!(backing["person"], rosa.person().unwrap().to_string());
        assert_eq!(backing["release"], release);
        assert_eq!(backing["signed"][0]["statement"], "code-of-ethics");

        office.decide(id, Decision::Revoke).await.unwrap();
        assert_eq!(office.review(enrolment).await, None, "somebody withdrew it, so nobody but somebody gives another");
    }
}

#[tokio::test]
async fn where_an_officer_decides_or_the_enrolment_was_ended_nothing_is_issued() {
    for office in offices().await {
        let platform = &office.world.platform;
        let release = publish(platform).await;
        let rosa = trainee(platform).await;
        let by_officer = enrolled(platform, &rosa, PLEDGE_BY_OFFICER, &release).await;
        sign(platform, &rosa, by_officer).await;
        assert_eq!(office.review(by_officer).await, None, "an officer decides");

        let ended = enrolled(platform, &rosa, PLEDGE, &release).await;
        sign(platform, &rosa, ended).await;
        let write = platform.write(&Actor::operator()).await.unwrap();
        write.db().execute_unprepared(&format!("UPDATE enrolments SET ended_at = 1 WHERE program = '{PLEDGE}'")).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(office.review(ended).await, None, "it was ended");
        assert!(certificates(&platform.read()).await.unwrap().is_empty());
    }
}
