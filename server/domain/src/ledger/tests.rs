//! The ledger of an enrolment.

use jiff::tz::TimeZone;
use types::{Minutes, Moment, Role};

use super::*;
use crate::{
    accounts::{self, Actor},
    curriculum::{self, Source},
    learning::{Enrolled, Signing},
    programs::{Next, Status, Target},
    testing::{self, NOON},
};

#[tokio::test]
async fn what_was_done_stands_in_the_ledger() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let release = curriculum::compile(&Source::read(&folder).unwrap()).unwrap();
    let text = release.programs.iter().find(|file| file.path.contains("foundations-2026")).unwrap();
    let program = programs::parse(&text.text).unwrap().with(&programs::Known::of(&release));
    assert_eq!(program.module("m01").unwrap().lessons, 4);
    for world in testing::worlds().await {
        let platform = &world.platform;
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        let (rosa, link) =
            accounts::create(&mut write, &"rosa@example.org".parse().unwrap(), &"Rosa".parse().unwrap(), Role::Trainee).await.unwrap();
        let (_, trainers_link) =
            accounts::create(&mut write, &"tess@example.org".parse().unwrap(), &"Tess".parse().unwrap(), Role::Trainer).await.unwrap();
        write.commit().await.unwrap();
        let signed_in = async |link| {
            let password = accounts::Password::parse("violet harbor seven kites").unwrap();
            let signed_in = accounts::reset_password(platform, link, password, "a test").await.unwrap();
            accounts::actor_of(&platform.read(), &signed_in.secret).await.unwrap()
        };
        let (actor, tess) = (signed_in(&link).await, signed_in(&trainers_link).await);

        let mut write = platform.write(&actor).await.unwrap();
        let id = learning::enrol(&mut write, &program.id, &program.version, "r").await.unwrap();
        learning::mark_done(&mut write, id, "m01", "m01-l1").await.unwrap();
        let signing = Signing {
            statement: "code-of-ethics".to_owned(),
            version: "2026-11".to_owned(),
            digest: "d".to_owned(),
            typed_name: "Rosa".parse().unwrap(),
        };
        learning::sign(&mut write, id, signing).await.unwrap();
        write.commit().await.unwrap();
        world.pass(2 * Moment::HOUR);
        // Another person writes down that she was there: nobody does so for themselves.
        let mut write = platform.write(&tess).await.unwrap();
        let session = learning::NewSession {
            id: write.new_id(),
            module: "m02".to_owned(),
            guide: Some("m02-live-1".to_owned()),
            starts_at: NOON,
            minutes: Minutes(90),
            place: "Room 2".parse().unwrap(),
        };
        let session = learning::schedule(&mut write, session).await.unwrap();
        learning::record_attendance(&mut write, session, &[learning::Mark { person: rosa, minutes: Minutes(75), seen: 0 }], None)
            .await
            .unwrap();
        write.commit().await.unwrap();

        let enrolment = learning::enrolment(&platform.read(), id).await.unwrap().unwrap();
        let ledger = of(&platform.read(), &enrolment, &program, &TimeZone::UTC).await.unwrap();
        let status: Vec<Status> = ledger.rows.iter().map(|row| row.status).collect();
        assert_eq!(status, [Status::UnderWay, Status::NotStarted, Status::Met(NOON), Status::Met(NOON), Status::NotStarted]);
        assert!(matches!(&ledger.next, Next::Do(step) if step.target == Target::Module("m01".to_owned())));

        let who = Enrolled { enrolment, name: "Rosa".to_owned() };
        let today = standings(&platform.read(), vec![(who.clone(), &program)], &TimeZone::UTC).await.unwrap().remove(0);
        assert_eq!((today.last, today.waiting, today.stuck), (NOON, 0, None));
        world.pass(15 * Moment::DAY);
        let later = standings(&platform.read(), vec![(who, &program)], &TimeZone::UTC).await.unwrap().remove(0);
        assert_eq!((later.last, later.stuck), (NOON, Some(Stuck::Quiet { days: 15 })));
    }
}
