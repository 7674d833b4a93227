//! What trainees do on the way.

mod live;

use types::{Minutes, Moment, Note, PersonId, Role};

use super::*;
use crate::{
    Look as _, Platform, Unavailable,
    accounts::{self, Actor},
    jobs::{self, Job, Letter},
    testing::{self, NOON},
};

/// Somebody in this role, signed in.
async fn person(platform: &Platform, name: &str, role: Role) -> Actor {
    let email = format!("{}@example.org", name.to_lowercase()).parse().unwrap();
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    let (_, link) = accounts::create(&mut write, &email, &name.parse().unwrap(), role).await.unwrap();
    write.commit().await.unwrap();
    let password = accounts::Password::parse("violet harbor seven kites").unwrap();
    let signed_in = accounts::reset_password(platform, &link, password, "a test").await.unwrap();
    accounts::actor_of(&platform.read(), &signed_in.secret).await.unwrap()
}

async fn join(platform: &Platform, actor: &Actor, program: &str, release: &str) -> Result<types::EnrolmentId, EnrolError> {
    let mut write = platform.write(actor).await.unwrap();
    let id = enrol(&mut write, program, "2026.1", release).await?;
    write.commit().await.unwrap();
    Ok(id)
}

async fn open_jobs(platform: &Platform) -> u64 {
    jobs::open_jobs(&platform.read()).await.unwrap()
}

fn note(text: &str) -> Note {
    text.parse().unwrap()
}

#[tokio::test]
async fn joining_twice_is_joining_once_and_pins_what_held_on_that_day() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let first = join(platform, &rosa, "foundations-2026", "release-1").await.unwrap();
        let again = join(platform, &rosa, "foundations-2026", "release-2").await.unwrap();
        assert_eq!(first, again);
        let enrolment = enrolment_in(&platform.read(), rosa.person().unwrap(), "foundations-2026").await.unwrap().unwrap();
        assert_eq!((enrolment.release.as_str(), enrolment.enrolled_at), ("release-1", NOON));
        join(platform, &rosa, "model-aligned-2026", "release-2").await.unwrap();
        assert_eq!(enrolments_of(&platform.read(), rosa.person().unwrap()).await.unwrap().len(), 2);
        assert!(matches!(join(platform, &tess, "foundations-2026", "release-1").await, Err(EnrolError::NotATrainee)));
        let all: Vec<String> =
            enrolled(&platform.read()).await.unwrap().into_iter().map(|one| format!("{} {}", one.name, one.enrolment.program)).collect();
        assert_eq!(all, ["Rosa foundations-2026", "Rosa model-aligned-2026"]);
    }
}

#[tokio::test]
async fn two_posts_at_once_make_one_enrolment() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let (one, other) = tokio::join!(join(platform, &rosa, "foundations-2026", "r"), join(platform, &rosa, "foundations-2026", "r"));
        assert_eq!(one.unwrap(), other.unwrap());
    }
}

#[tokio::test]
async fn a_lesson_is_done_once_and_only_by_whose_it_is() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let sam = person(platform, "Sam", Role::Trainee).await;
        let enrolment = join(platform, &rosa, "foundations-2026", "r").await.unwrap();
        let before = open_jobs(platform).await;
        for (expected, pause) in [(true, Moment::HOUR), (false, 0)] {
            let mut write = platform.write(&rosa).await.unwrap();
            assert_eq!(mark_done(&mut write, enrolment, "m01", "m01-l1").await.unwrap(), expected);
            write.commit().await.unwrap();
            world.pass(pause);
        }
        let mut write = platform.write(&sam).await.unwrap();
        assert!(matches!(mark_done(&mut write, enrolment, "m01", "m01-l2").await, Err(NotYours::NotFound)));
        drop(write);
        let done = lessons_done(&platform.read(), &[enrolment]).await.unwrap().take(&enrolment);
        assert_eq!(done.iter().map(|fact| (fact.lesson.as_str(), fact.at)).collect::<Vec<_>>(), [("m01-l1", NOON)]);
        assert_eq!(open_jobs(platform).await, before + 1, "one review, and none for the second press");
    }
}

#[tokio::test]
async fn signing_twice_is_signing_once() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let enrolment = join(platform, &rosa, "foundations-2026", "r").await.unwrap();
        let signing = |version: &str, name: &str| Signing {
            statement: "code-of-ethics".to_owned(),
            version: version.to_owned(),
            digest: format!("digest of {version}"),
            typed_name: name.parse().unwrap(),
        };
        for (signing, new) in [(signing("1", "Rosa Diaz"), true), (signing("1", "Somebody"), false), (signing("2", "Rosa Diaz"), true)] {
            let mut write = platform.write(&rosa).await.unwrap();
            assert_eq!(sign(&mut write, enrolment, signing).await.unwrap(), new);
            write.commit().await.unwrap();
            world.pass(Moment::HOUR);
        }
        let found = signatures(&platform.read(), enrolment).await.unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].typed_name.as_str(), found[0].digest.as_str(), found[0].release.as_str(), found[0].at),
            ("Rosa Diaz", "digest of 1", "r", NOON)
        );
        assert_eq!(signature_facts(&platform.read(), &[enrolment]).await.unwrap().take(&enrolment)[1].version, "2");
    }
}

#[tokio::test]
async fn an_act_that_is_dropped_has_never_been() -> Result<(), Unavailable> {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let enrolment = join(platform, &rosa, "foundations-2026", "r").await.unwrap();
        let mut write = platform.write(&rosa).await?;
        mark_done(&mut write, enrolment, "m01", "m01-l1").await.unwrap();
        assert_eq!(write.now(), NOON);
        drop(write);
        assert!(lessons_done(&platform.read(), &[enrolment]).await?.take(&enrolment).is_empty());
    }
    Ok(())
}
