//! Drafts that are not filled in: kept as they were typed, until they are sent or thrown away.

use super::*;

/// The path of the only one that is not filled in.
async fn only_unfinished(client: &mut Client) -> String {
    let list = client.get("/practicum").await;
    let mut links = list.body.match_indices(r#"href="/practicum/unfinished/"#);
    let (from, _) = links.next().expect("one that is not filled in");
    assert!(links.next().is_none(), "{}", list.body);
    list.body[from + 6..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_draft_need_not_be_filled_in_and_becomes_an_entry_once_it_is() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    let half = [("do", "draft"), ("day", ""), ("category", ""), ("note", "Half a thought & <more>")];
    for _ in 0..2 {
        let kept = rosa.post("/practicum/new", &fields(&form, &half)).await;
        assert_eq!((kept.status, kept.location()), (StatusCode::SEE_OTHER, "/practicum?done=kept"), "{}", kept.body);
    }
    let path = only_unfinished(&mut rosa).await;
    assert!(rosa.get("/practicum").await.body.contains("Half a thought &amp; &lt;more&gt;"));
    let opened = rosa.get(&path).await;
    assert!(
        opened.body.contains("Half a thought &amp; &lt;more&gt;</textarea>") && opened.body.contains("Throw this draft away"),
        "{}",
        opened.body
    );
    let (kept, version) = (hidden(&opened, "kept"), hidden(&opened, "kept-version"));
    let of = [("kept", kept.as_str()), ("kept-version", version.as_str())];

    let early = rosa.post(&path, &fields(&form, &[&half[1..], &of, &[("do", "send")]].concat())).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "sending asks for all of it");
    assert!(early.body.contains("Please choose a day.") && early.body.contains("Half a thought"));
    let sent = rosa.post(&path, &fields(&form, &[of.as_slice(), &[("do", "send")]].concat())).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let list = rosa.get("/practicum").await;
    assert!(!list.body.contains("/practicum/unfinished/") && list.body.contains(sent.location()), "{}", list.body);
    assert_eq!(rosa.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn half_a_draft_in_two_windows_is_shown_both_ways_and_can_be_thrown_away() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let form = fresh(&mut rosa, &place).await;
    rosa.post("/practicum/new", &fields(&form, &[("do", "draft"), ("day", "")])).await;
    let path = only_unfinished(&mut rosa).await;
    let opened = rosa.get(&path).await;
    let (kept, version) = (hidden(&opened, "kept"), hidden(&opened, "kept-version"));
    let half = |note| [("do", "draft"), ("day", ""), ("note", note), ("kept", kept.as_str()), ("kept-version", version.as_str())];
    assert_eq!(rosa.post(&path, &fields(&form, &half("From the telephone."))).await.status, StatusCode::SEE_OTHER);
    let stale = rosa.post(&path, &fields(&form, &half("From the window of yesterday."))).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("From the telephone.") && stale.body.contains("From the window of yesterday."), "{}", stale.body);

    let mut eve = world.person("Eve", Role::Trainee).await;
    placed(&mut eve).await;
    assert_eq!(eve.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(eve.post(&path, &[("do", "throw-away")]).await.status, StatusCode::SEE_OTHER, "nothing of hers is there");
    only_unfinished(&mut rosa).await;
    assert_eq!(rosa.post(&path, &[("do", "throw-away")]).await.location(), "/practicum?done=thrown-away");
    assert!(!rosa.get("/practicum").await.body.contains("/practicum/unfinished/"));
}

#[tokio::test]
async fn half_a_change_to_a_returned_entry_waits_beside_its_reason() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let place = placed(&mut rosa).await;
    let entry = sent(&mut rosa, &place, &[]).await;
    let queue = format!("/trainer{entry}");
    let back = [("do", "return"), ("version", "1"), ("reason", "other"), ("mend", "Say what you practiced.")];
    assert_eq!(tess.post(&queue, &back).await.status, StatusCode::SEE_OTHER);
    let edit = format!("{entry}/edit");
    let opened = rosa.get(&edit).await;
    assert!(opened.body.contains("Why it was returned") && opened.body.contains("Say what you practiced."), "{}", opened.body);

    let form = fresh(&mut rosa, &place).await;
    let half = [("do", "draft"), ("version", "1"), ("note", "I practiced waiting, and"), ("end", "")];
    assert_eq!(rosa.post(&entry, &fields(&form, &half)).await.status, StatusCode::SEE_OTHER);
    let again = rosa.get(&edit).await;
    assert!(again.body.contains("I practiced waiting, and</textarea>") && again.body.contains("Say what you practiced."), "{}", again.body);
    let (kept, version) = (hidden(&again, "kept"), hidden(&again, "kept-version"));
    let whole = [("version", "1"), ("note", "I practiced waiting."), ("kept", kept.as_str()), ("kept-version", version.as_str())];
    let sent_again = rosa.post(&entry, &fields(&form, &whole)).await;
    assert_eq!((sent_again.status, sent_again.location()), (StatusCode::SEE_OTHER, entry.as_str()), "{}", sent_again.body);
    assert!(tess.get(&queue).await.body.contains("I practiced waiting."));
}
