//! What is not filled in yet is kept as it was typed, once, and for one person's eyes.

use super::*;

fn typed(note: &str) -> Fields {
    vec![("day".to_owned(), String::new()), ("note".to_owned(), note.to_owned())]
}

async fn keep(
    platform: &Platform,
    who: &Actor,
    existing: Option<(types::UnfinishedId, i32)>,
    entry: Option<(types::EntryId, i32)>,
    note: &str,
    once: &str,
) -> Result<types::UnfinishedId, SaveError> {
    let mut write = platform.write(who).await.unwrap();
    let id = keep_unfinished(&mut write, existing, entry, &typed(note), once).await?;
    write.commit().await.unwrap();
    Ok(id)
}

#[tokio::test]
async fn what_was_typed_is_kept_once_and_overwrites_nothing_that_was_not_read() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let mine = async || unfinished_of(&platform.read(), scene.rosa.person().unwrap()).await.unwrap();
        let id = keep(platform, &scene.rosa, None, None, "Half a", "a sheet").await.unwrap();
        assert_eq!(keep(platform, &scene.rosa, None, None, "Half a", "a sheet").await.unwrap(), id, "the same sheet twice");
        let back = keep(platform, &scene.rosa, None, None, "Another thought", "a sheet").await.unwrap();
        assert_ne!(back, id, "the way back with something else on it");

        assert_eq!(keep(platform, &scene.rosa, Some((id, 1)), None, "Half a sentence", "b").await.unwrap(), id);
        assert!(matches!(keep(platform, &scene.rosa, Some((id, 1)), None, "Other words", "c").await, Err(SaveError::Changed)));
        assert_eq!(keep(platform, &scene.rosa, Some((id, 1)), None, "Half a sentence", "d").await.unwrap(), id, "the same words");
        let kept = mine().await;
        let kept: Vec<_> = kept.iter().map(|one| (one.id, one.version, one.fields.clone())).collect();
        assert_eq!(kept.len(), 2);
        assert!(kept.contains(&(id, 2, typed("Half a sentence"))) && kept.contains(&(back, 1, typed("Another thought"))));

        assert!(matches!(keep(platform, &scene.tess, Some((id, 2)), None, "Not hers", "e").await, Err(SaveError::NotFound)));
        let mut write = platform.write(&scene.tess).await.unwrap();
        throw_away(&mut write, id).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(mine().await.len(), 2, "somebody else throws nothing away");
        for _ in 0..2 {
            let mut write = platform.write(&scene.rosa).await.unwrap();
            throw_away(&mut write, id).await.unwrap();
            write.commit().await.unwrap();
        }
        assert_eq!(mine().await.iter().map(|one| one.id).collect::<Vec<_>>(), [back]);
    }
}

#[tokio::test]
async fn changes_that_are_not_whole_stand_beside_their_entry() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let entry = send(platform, &scene, &scene.content, "a").await.unwrap();
        let early = keep(platform, &scene.rosa, None, Some((entry, 1)), "Too early", "b").await;
        assert!(matches!(early, Err(SaveError::State(_))), "it waits for a trainer");
        let mut write = platform.write(&scene.tess).await.unwrap();
        return_entry(&mut write, entry, 1, Reason::Other, &"One thing.".parse().unwrap(), &Vec::new()).await.unwrap();
        write.commit().await.unwrap();
        let id = keep(platform, &scene.rosa, None, Some((entry, 1)), "Half mended", "c").await.unwrap();
        assert!(matches!(keep(platform, &scene.rosa, None, Some((entry, 1)), "From another window", "d").await, Err(SaveError::Changed)));
        let others = keep(platform, &scene.tess, None, Some((entry, 1)), "Not hers", "e").await;
        assert!(matches!(others, Err(SaveError::NotFound)));
        let kept = unfinished_of(&platform.read(), scene.rosa.person().unwrap()).await.unwrap();
        assert_eq!(kept.iter().map(|one| (one.id, one.entry)).collect::<Vec<_>>(), [(id, Some(entry))]);
    }
}

#[tokio::test]
async fn what_was_not_read_is_neither_taken_away_nor_kept_over() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let settled = async |entry, read| {
            let mut write = platform.write(&scene.rosa).await.unwrap();
            let done = settle(&mut write, entry, read).await;
            write.commit().await.unwrap();
            done
        };
        let id = keep(platform, &scene.rosa, None, None, "Half a", "a").await.unwrap();
        keep(platform, &scene.rosa, Some((id, 1)), None, "Half a sentence", "b").await.unwrap();
        assert!(matches!(settled(None, Some((id, 1))).await, Err(SaveError::Changed)), "more was kept since");
        settled(None, Some((id, 2))).await.unwrap();
        settled(None, Some((id, 2))).await.unwrap();
        assert!(unfinished_of(&platform.read(), scene.rosa.person().unwrap()).await.unwrap().is_empty());

        let mut write = platform.write(&scene.rosa).await.unwrap();
        let draft = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "c").await.unwrap();
        let mut changed = scene.content.clone();
        changed.note = "Practiced waiting.".parse().unwrap();
        save_draft(&mut write, scene.enrolment, Some((draft, 1)), &changed, &zone(), "d").await.unwrap();
        write.commit().await.unwrap();
        let stale = keep(platform, &scene.rosa, None, Some((draft, 1)), "Over the first version", "e").await;
        assert!(matches!(stale, Err(SaveError::Changed)), "the second version was not read");
        let half = keep(platform, &scene.rosa, None, Some((draft, 2)), "Over the second", "f").await.unwrap();
        assert!(matches!(settled(Some(draft), None).await, Err(SaveError::Changed)), "a form that never knew of it");
        settled(Some(draft), Some((half, 1))).await.unwrap();
    }
}

#[tokio::test]
async fn a_draft_is_thrown_away_with_what_was_begun_over_it_and_what_was_sent_is_not() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let discarded = async |id| {
            let mut write = platform.write(&scene.rosa).await.unwrap();
            let done = discard(&mut write, id).await;
            write.commit().await.unwrap();
            done
        };
        let sent = send(platform, &scene, &scene.content, "a").await.unwrap();
        assert!(matches!(discarded(sent).await, Err(SaveError::State(_))), "a trainer reads it already");
        assert_eq!(queue(&platform.read(), &scene.tess).await.unwrap().len(), 1);

        let mut write = platform.write(&scene.rosa).await.unwrap();
        let draft = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "b").await.unwrap();
        write.commit().await.unwrap();
        keep(platform, &scene.rosa, None, Some((draft, 1)), "Half a change", "c").await.unwrap();
        discarded(draft).await.unwrap();
        discarded(draft).await.unwrap();
        let rosa = entry_for(&platform.read(), &scene.rosa, draft).await.unwrap().unwrap();
        assert_eq!(rosa.content.note.as_str(), "The words of this draft were thrown away.");
        assert_eq!((rosa.content.learned, rosa.content.safe_because), (None, None));
        let mut write = platform.write(&scene.rosa).await.unwrap();
        let again = save_draft(&mut write, scene.enrolment, None, &scene.content, &zone(), "b").await.unwrap();
        write.commit().await.unwrap();
        assert_ne!(again, draft, "the same sheet once more is another draft, with its words");
        assert!(unfinished_of(&platform.read(), scene.rosa.person().unwrap()).await.unwrap().is_empty());
    }
}
