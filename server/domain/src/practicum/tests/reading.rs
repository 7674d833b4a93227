//! What trainers read, and what stands in the way of an approval.

use super::*;
use crate::{
    curriculum::{Level, Rubric, RubricLine},
    testing::NOON,
};

fn rubric() -> Rubric {
    let level = |points, label: &str, blocks| Level { points, label: label.to_owned(), anchor: String::new(), blocks };
    let levels = vec![level(2, "Kept", false), level(0, "Not kept", true)];
    let line = RubricLine { id: "privacy".to_owned(), title: "Privacy is kept".to_owned(), hint: String::new(), levels };
    Rubric { id: "practicum-entry".to_owned(), title: String::new(), lines: vec![line] }
}

#[tokio::test]
async fn a_level_that_blocks_is_returned_and_never_approved() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let rubric = rubric();
        let (kept, not_kept) = (vec![("privacy".to_owned(), 2)], vec![("privacy".to_owned(), 0)]);
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let mut write = platform.write(&scene.tess).await.unwrap();
        let refused = approve(&mut write, id, 1, Some(&rubric), &not_kept, None).await;
        assert!(matches!(&refused, Err(DecisionError::Blocked(level)) if level == "Not kept"), "{refused:?}");
        return_entry(&mut write, id, 1, Reason::Identifying, &"Leave the street out.".parse().unwrap(), &not_kept).await.unwrap();
        write.commit().await.unwrap();

        let mut write = platform.write(&scene.tom).await.unwrap();
        let late = approve(&mut write, id, 1, Some(&rubric), &not_kept, None).await;
        assert!(matches!(late, Err(DecisionError::Decided(_))), "who was first is told before what is wrong");
        drop(write);
        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &scene.content, &zone(), "b").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        let mut write = platform.write(&scene.tess).await.unwrap();
        approve(&mut write, id, 2, Some(&rubric), &kept, None).await.unwrap();
    }
}

#[tokio::test]
async fn the_second_is_told_who_was_first_and_when_and_why() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let note = "Leave the break out.".parse().unwrap();
        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 1, Reason::WrongHours, &note, &Vec::new()).await.unwrap();
        write.commit().await.unwrap();
        world.pass(Moment::MINUTE);
        let mut write = platform.write(&scene.tom).await.unwrap();
        let Err(DecisionError::Decided(first)) = approve(&mut write, id, 1, None, &Vec::new(), None).await else {
            panic!("it was decided before");
        };
        drop(write);
        // A step is never at the same moment as the one before it.
        assert_eq!((first.by.as_str(), first.at, first.reason), ("Tess", NOON.plus(1), Some(Reason::WrongHours)));
        assert_eq!(first.sentence(" at noon"), "Tess returned this entry at noon, before you.");
        let entry = entry_for(&platform.read(), &scene.tom, id).await.unwrap().unwrap();
        assert_eq!(entry.rounds.last().and_then(Decided::of), Some(first));
        assert_eq!(entry.rounds.first().and_then(Decided::of), None, "it was only sent");
    }
}

#[tokio::test]
async fn what_was_sent_before_stays_to_be_read() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let seen = async |actor| entry_for(&platform.read(), actor, id).await.unwrap().unwrap();
        let once = seen(&scene.tess).await;
        assert!(sent_before(&platform.read(), &scene.rosa, &once).await.unwrap().is_empty());
        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 1, Reason::Other, &"Say more.".parse().unwrap(), &Vec::new()).await.unwrap();
        write.commit().await.unwrap();

        let unsent = Content { note: "Something that is not for other eyes.".parse().unwrap(), ..scene.content.clone() };
        let mut sent = scene.content.clone();
        sent.note = "One-to-one support. Practiced waiting.".parse().unwrap();
        sent.when.end = "14:45".parse().unwrap();
        world.pass(Moment::HOUR);
        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &unsent, &zone(), "b").await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 2)), &sent, &zone(), "c").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        for actor in [&scene.tess, &scene.rosa] {
            let now = seen(actor).await;
            let before = sent_before(&platform.read(), actor, &now).await.unwrap();
            let [then] = before.as_slice() else { panic!("it was sent once before: {before:?}") };
            assert_eq!((now.content.note.as_str(), now.minutes.0), (sent.note.as_str(), 45));
            assert_eq!((&then.content, then.minutes.0, then.rounds[0].at), (&scene.content, 90, NOON));
        }
    }
}

#[tokio::test]
async fn the_queue_says_what_is_special_about_an_entry() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let special = async || {
            let waiting = queue(&platform.read(), &scene.tess).await.unwrap();
            waiting.into_iter().map(|one| (one.category, one.again, one.kept_words)).collect::<Vec<_>>()
        };
        let mut write = platform.write(&scene.rosa).await.unwrap();
        let id = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "a").await.unwrap();
        let mut content = scene.content.clone();
        content.category = Category::Groups;
        content.note = "Played Mr. Smith in a role play.".parse().unwrap();
        content.safe_because = Some("He is invented.".parse().unwrap());
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &content, &zone(), "b").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(special().await, [(Category::Groups, false, true)], "kept twice is not sent twice");

        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 2, Reason::Other, &"Say more.".parse().unwrap(), &Vec::new()).await.unwrap();
        write.commit().await.unwrap();
        assert!(special().await.is_empty());
        content.note = "Played a neighbor in a role play.".parse().unwrap();
        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 2)), &content, &zone(), "c").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(special().await, [(Category::Groups, true, false)], "a reason for words that are gone keeps none");
    }
}

#[tokio::test]
async fn what_was_taken_back_is_told_to_those_whom_a_link_leads_there() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let told = async |actor| taken_back(&platform.read(), actor, id).await.unwrap();
        assert_eq!(told(&scene.tess).await, None, "it still waits");
        let mut write = platform.write(&scene.rosa).await.unwrap();
        withdraw(&mut write, id).await.unwrap();
        let unsent = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "b").await.unwrap();
        withdraw(&mut write, unsent).await.unwrap();
        write.commit().await.unwrap();
        let by = told(&scene.tess).await.map(|told| (told.by, told.at));
        assert_eq!(by, Some(("Rosa".to_owned(), NOON.plus(1))));
        assert_eq!(taken_back(&platform.read(), &scene.tess, unsent).await.unwrap(), None, "what was never sent is not spoken of");
        let sam = person(platform, "Sam", Role::Trainee).await;
        assert_eq!(told(&sam).await, None);
    }
}

#[tokio::test]
async fn words_that_were_returned_because_they_point_to_a_person_are_read_by_their_author_alone() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, id, 1, Reason::Identifying, &"Take the street out.".parse().unwrap(), &Vec::new()).await.unwrap();
        write.commit().await.unwrap();
        let mut mended = scene.content.clone();
        mended.note = "Practiced waiting.".parse().unwrap();
        let mut write = platform.write(&scene.rosa).await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &mended, &zone(), "b").await.unwrap();
        submit(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        let read = platform.read();
        for (actor, how_many) in [(&scene.tess, 0), (&scene.tom, 0), (&scene.rosa, 1)] {
            let now = entry_for(&read, actor, id).await.unwrap().unwrap();
            assert_eq!(sent_before(&read, actor, &now).await.unwrap().len(), how_many);
        }
    }
}
