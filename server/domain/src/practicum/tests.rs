//! Entries from draft to approval.

mod once;
mod reading;
mod unfinished;

use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;
use types::{Category, Domain, Moment, Role};

use super::*;
use crate::{
    Look as _, Platform,
    accounts::{self, Actor, Password},
    learning, testing,
};

fn zone() -> TimeZone {
    TimeZone::get("America/Chicago").unwrap()
}

async fn person(platform: &Platform, name: &str, role: Role) -> Actor {
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    let email = format!("{name}@example.org").parse().unwrap();
    let (_, link) = accounts::create(&mut write, &email, &name.parse().unwrap(), role).await.unwrap();
    write.commit().await.unwrap();
    let password = Password::parse("violet harbor seven kites").unwrap();
    let signed_in = accounts::reset_password(platform, &link, password, "a test").await.unwrap();
    accounts::actor_of(&platform.read(), &signed_in.secret).await.unwrap()
}

struct Scene {
    rosa: Actor,
    tess: Actor,
    tom: Actor,
    enrolment: types::EnrolmentId,
    content: Content,
}

async fn scene(platform: &Platform) -> Scene {
    let rosa = person(platform, "Rosa", Role::Trainee).await;
    let (tess, tom) = (person(platform, "Tess", Role::Trainer).await, person(platform, "Tom", Role::Trainer).await);
    let mut write = platform.write(&rosa).await.unwrap();
    let enrolment = learning::insert_enrolment(&mut write, rosa.person().unwrap(), "foundations-2026", "2026.1", "r").await.unwrap();
    let new = NewPlacement {
        organization: "Riverside Peer Center".parse().unwrap(),
        setting: Setting::PeerCenter,
        supervisor: "Sam".parse().unwrap(),
        supervisor_kind: SupervisorKind::Peer,
        from: date(2026, 8, 1),
    };
    let placement = add_placement(&mut write, &new, &zone()).await.unwrap().unwrap();
    write.commit().await.unwrap();
    let content = Content {
        placement,
        when: When { day: date(2026, 8, 31), start: "14:00".parse().unwrap(), end: "15:30".parse().unwrap() },
        category: Category::OneToOne,
        domain: Domain::Mentoring,
        direct: true,
        format: Format::OneToOne,
        hours: Hours::Volunteer,
        people: Band::One,
        note: "One-to-one support. Practiced open questions.".parse().unwrap(),
        learned: None,
        observed: false,
        safe_because: None,
    };
    Scene { rosa, tess, tom, enrolment, content }
}

async fn send(platform: &Platform, scene: &Scene, content: &Content, once: &str) -> Result<types::EntryId, SaveError> {
    let mut write = platform.write(&scene.rosa).await.unwrap();
    let id = save_draft(&mut write, scene.enrolment, None, content, &zone(), once).await?;
    submit(&mut write, id).await?;
    write.commit().await.unwrap();
    Ok(id)
}

#[tokio::test]
async fn an_entry_is_sent_returned_sent_again_and_approved_once() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        assert_eq!(queue(&platform.read(), &scene.tess).await.unwrap().len(), 1);
        let note: types::Note = "What did you practice?".parse().unwrap();

        let mut write = platform.write(&scene.rosa).await.unwrap();
        assert!(matches!(approve(&mut write, id, 1, None, &Vec::new(), None).await, Err(DecisionError::NotATrainer)));
        drop(write);
        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 1, Reason::Other, &note, &Vec::new()).await.unwrap();
        write.commit().await.unwrap();

        let mut unsent = scene.content.clone();
        unsent.note = "Something that is not for other eyes yet.".parse().unwrap();
        unsent.when.end = "16:00".parse().unwrap();
        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &unsent, &zone(), "unsent").await.unwrap();
        write.commit().await.unwrap();
        let (hers, theirs) = (&scene.rosa, &scene.tess);
        let read = platform.read();
        let seen = |actor| entry_for(&read, actor, id);
        assert_eq!(
            seen(hers).await.unwrap().map(|entry| (entry.version, entry.content.note, entry.minutes.0)),
            Some((2, unsent.note, 120))
        );
        let theirs = seen(theirs).await.unwrap().map(|entry| (entry.version, entry.content.note, entry.minutes.0));
        assert_eq!(theirs, Some((1, scene.content.note.clone(), 90)), "a trainer reads what was sent");

        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 2)), &scene.content, &zone(), "b").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        world.pass(Moment::MINUTE);
        let mut write = platform.write(&scene.tess).await.unwrap();
        let stale = approve(&mut write, id, 1, None, &Vec::new(), None).await;
        assert!(matches!(stale, Err(DecisionError::Changed)), "what was not read is not approved");
        approve(&mut write, id, 3, None, &vec![("clear".to_owned(), 2)], None).await.unwrap();
        write.commit().await.unwrap();

        let mut write = platform.write(&scene.tom).await.unwrap();
        let second = return_entry(&mut write, id, 3, Reason::Other, &note, &Vec::new()).await;
        assert!(matches!(second, Err(DecisionError::Decided(Decided { by, state, .. })) if by == "Tess" && state.word() == "approved"));
        drop(write);
        let mut write = platform.write(&scene.rosa).await.unwrap();
        let late = save_draft(&mut write, scene.enrolment, Some((id, 3)), &scene.content, &zone(), "c").await;
        assert!(matches!(late, Err(SaveError::State(_))));
        assert!(matches!(withdraw(&mut write, id).await, Err(SaveError::State(_))), "after approval nobody edits");
        drop(write);

        let entry = entry_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        let rounds: Vec<&str> = entry.rounds.iter().map(|round| round.state.word()).collect();
        assert_eq!(rounds, ["submitted", "returned", "submitted", "approved"]);
        assert_eq!((entry.minutes.0, totals(&[entry]).approved.0), (90, 90));
        assert_eq!(facts(&platform.read(), &[scene.enrolment]).await.unwrap().take(&scene.enrolment).len(), 1);
    }
}

#[tokio::test]
async fn another_program_chosen_later_is_the_one_that_counts() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let (rosa, tess) = (scene.rosa.person().unwrap(), scene.tess.person().unwrap());
        let mut write = platform.write(&scene.rosa).await.unwrap();
        let other = learning::insert_enrolment(&mut write, rosa, "model-aligned-2026", "2026.1", "r").await.unwrap();
        let foreign = learning::insert_enrolment(&mut write, tess, "foundations-2026", "2026.1", "r").await.unwrap();
        let id = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "a").await.unwrap();
        let way_back = save_draft(&mut write, other, None, &scene.content, &zone(), "a").await.unwrap();
        assert_ne!(way_back, id, "another program on the same sheet is another entry");
        save_draft(&mut write, other, Some((id, 1)), &scene.content, &zone(), "b").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        let counted = async || {
            let mut facts = facts(&platform.read(), &[scene.enrolment, other]).await.unwrap();
            (facts.take(&scene.enrolment).len(), facts.take(&other).len())
        };
        assert_eq!(counted().await, (0, 1), "a draft under one, sent under the other");

        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 2, Reason::Other, &"The other program.".parse().unwrap(), &Vec::new()).await.unwrap();
        write.commit().await.unwrap();
        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 2)), &scene.content, &zone(), "c").await.unwrap();
        submit(&mut write, id).await.unwrap();
        let same_words = save_draft(&mut write, other, Some((id, 3)), &scene.content, &zone(), "c").await;
        assert!(matches!(same_words, Err(SaveError::State(_))), "another program is another form");
        for existing in [None, Some((id, 3))] {
            let theirs = save_draft(&mut write, foreign, existing, &scene.content, &zone(), "d").await;
            assert!(matches!(theirs, Err(SaveError::NotFound)), "somebody else's enrolment");
        }
        write.commit().await.unwrap();
        assert_eq!(counted().await, (1, 0), "and back again");
    }
}

#[tokio::test]
async fn what_was_taken_back_is_told_to_who_was_reading_it() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let mut write = platform.write(&scene.rosa).await.unwrap();
        withdraw(&mut write, id).await.unwrap();
        withdraw(&mut write, id).await.expect("the second click");
        let unsent = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "b").await.unwrap();
        withdraw(&mut write, unsent).await.unwrap();
        write.commit().await.unwrap();
        let entry = entry_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        assert_eq!(entry.rounds.iter().filter(|round| round.state.word() == "withdrawn").count(), 1);

        let mut write = platform.write(&scene.tess).await.unwrap();
        let late = approve(&mut write, id, 1, None, &Vec::new(), None).await.unwrap_err();
        assert_eq!(late.to_string(), "Rosa took this entry back, so there is nothing to decide about it any more.");
        let never = approve(&mut write, unsent, 1, None, &Vec::new(), None).await;
        assert!(matches!(never, Err(DecisionError::NotFound)), "what was never sent is not spoken of");
    }
}

#[tokio::test]
async fn a_reason_speaks_for_the_words_that_it_was_given_for() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let mut content = scene.content.clone();
        content.note = "Played Mr. Smith in a role play.".parse().unwrap();
        content.safe_because = Some("He is invented.".parse().unwrap());
        let id = send(platform, &scene, &content, "a").await.unwrap();
        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 1, Reason::Other, &"Say more.".parse().unwrap(), &Vec::new()).await.unwrap();
        write.commit().await.unwrap();

        let mut write = platform.write(&scene.rosa).await.unwrap();
        content.learned = Some("That 555-0199 is answered, and that Mr. Smith is hard to play.".parse().unwrap());
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &content, &zone(), "b").await.unwrap();
        let asked = submit(&mut write, id).await;
        assert!(matches!(&asked, Err(SaveError::Identifying { note, learned }) if note.is_empty() && learned.len() == 1), "{asked:?}");
        save_draft(&mut write, scene.enrolment, Some((id, 2)), &content, &zone(), "c").await.unwrap();
        assert!(matches!(submit(&mut write, id).await, Err(SaveError::Identifying { .. })), "carried on is not given anew");
        content.safe_because = Some("He is invented, and so is the number.".parse().unwrap());
        save_draft(&mut write, scene.enrolment, Some((id, 3)), &content, &zone(), "d").await.unwrap();
        submit(&mut write, id).await.unwrap();
    }
}

#[tokio::test]
async fn what_may_not_be_sent_is_refused_with_its_reason() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        send(platform, &scene, &scene.content, "a").await.unwrap();
        let overlap = send(platform, &scene, &scene.content, "b").await;
        assert!(matches!(overlap, Err(SaveError::Overlap(_))));

        let mut named = scene.content.clone();
        named.when.day = date(2026, 8, 30);
        named.note = "Met Mr. Smith, call 555-0199.".parse().unwrap();
        assert!(
            matches!(send(platform, &scene, &named, "c").await, Err(SaveError::Identifying { note, learned }) if note.len() == 2 && learned.is_empty())
        );
        named.safe_because = Some("Both are invented for a role play.".parse().unwrap());
        send(platform, &scene, &named, "d").await.unwrap();

        let at = |day, start: &str, end: &str| {
            moments(When { day, start: start.parse().unwrap(), end: end.parse().unwrap() }, &zone(), platform.read().now())
        };
        assert_eq!(
            at(date(2026, 8, 31), "15:00", "14:00"),
            Err(WhenError::EndsFirst { start: "15:00".parse().unwrap(), end: "14:00".parse().unwrap() })
        );
        let said = |start, end| at(date(2026, 8, 31), start, end).unwrap_err().to_string().replace('\u{a0}', " ");
        assert_eq!(
            said("15:00", "14:00"),
            "The end, 2:00 pm, is not after the start, 3:00 pm. If it went past midnight, log each day on its own."
        );
        assert_eq!(said("14:00", "04:30"), "The end, 4:30 am, is not after the start, 2:00 pm. Did you mean 4:30 pm?");
        assert_eq!(at(date(9999, 12, 31), "10:00", "11:00"), Err(WhenError::Ahead));
        assert_eq!(at(date(2026, 9, 2), "10:00", "11:00"), Err(WhenError::Ahead));
        assert_eq!(at(date(2026, 3, 8), "02:30", "04:00"), Err(WhenError::NoSuchTime), "the clocks went forward");
        assert_eq!(at(date(2026, 3, 8), "01:30", "03:30").unwrap().2.0, 60, "one hour really passed");
    }
}

fn any_step() -> impl Strategy<Value = u8> {
    0..4_u8
}

proptest! {
    #[test]
    fn nothing_follows_an_approval(steps in proptest::collection::vec(any_step(), 0..20)) {
        let mut state = State::Draft;
        let mut approved = false;
        for (n, step) in steps.into_iter().enumerate() {
            let at = Moment(i64::try_from(n).unwrap());
            let next = match step { 0 => state.submit(at), 1 => state.approve(at), 2 => state.give_back(at), _ => state.withdraw(at) };
            prop_assert!(!(approved && next.is_ok()));
            if let Ok(next) = next {
                prop_assert!(!matches!(next, State::Approved(_)) || matches!(state, State::Submitted(_)));
                approved = matches!(next, State::Approved(_));
                state = next;
            }
        }
    }
}
