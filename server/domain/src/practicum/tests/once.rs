//! The same act twice, two acts at once, two windows: what was done is done once, and nothing is overwritten.

use super::*;

#[tokio::test]
async fn drafts_are_for_their_own_eyes_and_a_sheet_acts_once() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let mut write = platform.write(&scene.rosa).await.unwrap();
        let id = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "a").await.unwrap();
        assert_eq!(save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "a").await.unwrap(), id);
        write.commit().await.unwrap();
        assert!(entry_for(&platform.read(), &scene.rosa, id).await.unwrap().is_some());
        assert!(entry_for(&platform.read(), &scene.tess, id).await.unwrap().is_none());
        assert_eq!(entries_of(&platform.read(), &[scene.enrolment]).await.unwrap().len(), 1);

        // The browser's way back keeps the sheet's name; what stands on it now is another day's work.
        let mut other = scene.content.clone();
        other.when.day = date(2026, 8, 30);
        let second = send(platform, &scene, &other, "a").await.unwrap();
        assert_ne!(second, id);
        assert_eq!(send(platform, &scene, &other, "a").await.unwrap(), second, "and that acts once, too");
        let days: Vec<_> =
            entries_of(&platform.read(), &[scene.enrolment]).await.unwrap().iter().map(|entry| entry.content.when.day).collect();
        assert_eq!((days.len(), days.contains(&date(2026, 8, 31)), days.contains(&date(2026, 8, 30))), (2, true, true));
    }
}

#[tokio::test]
async fn the_same_act_a_second_time_changes_nothing() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let rounds = async |id| {
            let entry = entry_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
            entry.rounds.into_iter().map(|round| round.state.word()).collect::<Vec<_>>()
        };
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let mut write = platform.write(&scene.rosa).await.unwrap();
        assert_eq!(save_draft(&mut write, scene.enrolment, Some((id, 1)), &scene.content, &zone(), "b").await.unwrap(), id);
        submit(&mut write, id).await.unwrap();
        let mut other = scene.content.clone();
        other.note = "Something else.".parse().unwrap();
        let changed = save_draft(&mut write, scene.enrolment, Some((id, 1)), &other, &zone(), "b").await;
        assert!(matches!(changed, Err(SaveError::State(_))));
        write.commit().await.unwrap();
        assert_eq!(rounds(id).await, ["submitted"]);

        let mut write = platform.write(&scene.tess).await.unwrap();
        let (scores, note) = (vec![("clear".to_owned(), 2)], "Well done.".parse().unwrap());
        approve(&mut write, id, 1, None, &scores, Some(&note)).await.unwrap();
        write.commit().await.unwrap();
        let mut write = platform.write(&scene.tess).await.unwrap();
        approve(&mut write, id, 1, None, &scores, Some(&note)).await.unwrap();
        let wordless = approve(&mut write, id, 1, None, &scores, None).await;
        assert!(matches!(wordless, Err(DecisionError::Before(_))), "other words are not the same");
        let back = return_entry(&mut write, id, 1, Reason::Other, &note, &scores).await;
        assert!(matches!(back, Err(DecisionError::Before(_))), "nor is another act");
        write.commit().await.unwrap();
        assert_eq!(rounds(id).await, ["submitted", "approved"]);
    }
}

#[tokio::test]
async fn a_window_that_was_left_open_overwrites_nothing() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let [newer, older] = ["Kept on the telephone.", "Typed into the window of yesterday."].map(|note| {
            let note = note.parse().unwrap();
            Content { note, ..scene.content.clone() }
        });
        let mut write = platform.write(&scene.rosa).await.unwrap();
        let id = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "a").await.unwrap();
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &newer, &zone(), "b").await.unwrap();
        let stale = save_draft(&mut write, scene.enrolment, Some((id, 1)), &older, &zone(), "c").await;
        assert!(matches!(stale, Err(SaveError::Changed)));
        save_draft(&mut write, scene.enrolment, Some((id, 1)), &newer, &zone(), "b").await.expect("the same form a second time");
        write.commit().await.unwrap();
        let entry = entry_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        assert_eq!((entry.version, entry.content.note), (2, newer.note));
    }
}

/// On `SQLite` writes come one after the other; on `PostgreSQL` both are under way, and the entry's lock decides.
#[tokio::test]
async fn two_trainers_at_once_decide_once() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = send(platform, &scene, &scene.content, "a").await.unwrap();
        let decide = async |who: &Actor| {
            let mut write = platform.write(who).await.unwrap();
            let decided = approve(&mut write, id, 1, None, &Vec::new(), None).await;
            tokio::task::yield_now().await;
            if decided.is_ok() {
                write.commit().await.unwrap();
            }
            decided
        };
        let (one, other) = tokio::join!(decide(&scene.tess), decide(&scene.tom));
        let late = [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(matches!(late.as_slice(), [DecisionError::Decided(_)]), "{late:?}");
        let entry = entry_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        assert_eq!(entry.rounds.iter().filter(|round| round.state.word() == "approved").count(), 1);
    }
}

#[tokio::test]
async fn two_entries_sent_at_once_for_the_same_time_are_not_both_taken() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let mut drafts = Vec::new();
        for once in ["a", "b"] {
            let mut write = platform.write(&scene.rosa).await.unwrap();
            drafts.push(save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), once).await.unwrap());
            write.commit().await.unwrap();
        }
        let sent = async |id| {
            let mut write = platform.write(&scene.rosa).await.unwrap();
            submit(&mut write, id).await?;
            write.commit().await.unwrap();
            Ok::<_, SaveError>(())
        };
        let (one, other) = tokio::join!(sent(drafts[0]), sent(drafts[1]));
        assert_eq!([one.is_ok(), other.is_ok()].into_iter().filter(|taken| *taken).count(), 1);
    }
}

#[tokio::test]
async fn the_same_place_is_there_once() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let place = placements_of(&platform.read(), scene.rosa.person().unwrap()).await.unwrap().remove(0);
        let mut new = NewPlacement {
            organization: place.organization,
            setting: place.setting,
            supervisor: place.supervisor,
            supervisor_kind: place.supervisor_kind,
            from: place.from,
        };
        let mut write = platform.write(&scene.rosa).await.unwrap();
        assert_eq!(add_placement(&mut write, &new, &zone()).await.unwrap(), Some(place.id));
        new.supervisor = "Dana".parse().unwrap();
        assert_ne!(add_placement(&mut write, &new, &zone()).await.unwrap(), Some(place.id));
    }
}
