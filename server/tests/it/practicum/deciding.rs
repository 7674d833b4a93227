//! A trainer reads and decides: nothing typed is lost, and nothing is decided by a slip.

use types::Moment;

use super::*;

const LEVELS: [(&str, &str); 4] = [("version", "1"), ("line-1", "2"), ("line-2", "1"), ("line-3", "2")];

/// A form with these fields besides the version and its levels.
fn form<'a>(act: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("do", act)];
    fields.extend(LEVELS.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name)));
    fields.extend(more);
    fields
}

/// Rosa's entry, its address for trainers, and Tess.
async fn scene(world: &World) -> (Client, Client, String, String) {
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let entry = sent(&mut rosa, &place, &[]).await;
    let path = format!("/trainer{entry}");
    (rosa, world.person("Tess", Role::Trainer).await, entry, path)
}

/// The link to one entry in the queue's list.
fn row<'a>(page: &'a Answer, path: &str) -> &'a str {
    let (_, rest) = page.body.split_once(&format!(r#"<a href="{path}#entry""#)).expect("a row");
    rest.split("</a>").next().unwrap()
}

#[tokio::test]
async fn words_that_go_with_the_other_button_stop_the_act() {
    let world = World::with_content().await;
    let (mut rosa, mut tess, entry, path) = scene(&world).await;
    for (act, field, typed) in
        [("approve", "mend", "Say what you practiced."), ("approve", "reason", "other"), ("return", "feedback", "Clear and kind.")]
    {
        let mut fields = form(act, &[(field, typed)]);
        if act == "return" {
            fields.extend([("reason", "other"), ("mend", "Say more.")]);
        }
        let stopped = tess.post(&path, &fields).await;
        assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY, "{act} with {field}");
        assert!(stopped.body.contains(&format!(r#"id="{field}-e""#)) && stopped.body.contains(typed), "{field}: {}", stopped.body);
        assert!(stopped.body.contains("Nothing was decided yet."), "{act} with {field}");
        assert!(rosa.get(&entry).await.body.contains("Waiting for a trainer"), "{act} with {field} decided it");
    }
    let named = tess.post(&path, &form("return", &[("reason", "other")])).await;
    assert!(named.body.contains("What would mend it: Please fill this in."), "{}", named.body);
}

#[tokio::test]
async fn who_decided_before_is_told_what_they_did() {
    let world = World::with_content().await;
    let (_, mut tess, _, path) = scene(&world).await;
    assert_eq!(tess.post(&path, &form("approve", &[])).await.status, StatusCode::SEE_OTHER);
    let late = tess.post(&path, &form("return", &[("reason", "other"), ("mend", "Say more.")])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("You approved this entry on 1 September 2026, 7:00 am."), "{}", late.body);
    assert!(late.body.contains("Say more.") && !late.body.contains("what you wrote then"), "nothing was written: {}", late.body);
}

#[tokio::test]
async fn an_entry_whose_privacy_is_not_kept_is_returned() {
    let world = World::with_content().await;
    let (mut rosa, mut tess, entry, path) = scene(&world).await;
    let refused = tess.post(&path, &form("approve", &[("line-3", "0")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(r#"id="line-3-e""#) && refused.body.contains("“Not kept” cannot be approved."), "{}", refused.body);
    assert!(rosa.get(&entry).await.body.contains("Waiting for a trainer"));
    let back = form("return", &[("line-3", "0"), ("reason", "identifying"), ("mend", "Leave the street out.")]);
    assert_eq!(tess.post(&path, &back).await.status, StatusCode::SEE_OTHER);
    assert!(rosa.get(&entry).await.body.contains("Privacy is kept: Not kept"));
}

#[tokio::test]
async fn the_enter_key_decides_nothing() {
    let world = World::with_content().await;
    let (mut rosa, mut tess, entry, path) = scene(&world).await;
    let page = tess.get(&path).await;
    let (_, form_on_page) = page.body.split_once(r#"<form method="post""#).unwrap();
    let first = form_on_page.split("<button").nth(1).unwrap().split('>').next().unwrap();
    for part in [r#"value="look""#, r#"tabindex="-1""#, r#"aria-hidden="true""#] {
        assert!(first.contains(part), "{part}: {first}");
    }
    assert!(page.body.contains("An approval cannot be undone."));

    let looked = tess.post(&path, &form("look", &[("line-1", "1"), ("mend", "Say more.")])).await;
    assert_eq!(looked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(looked.body.contains("The Enter key decides nothing here.") && looked.body.contains("Say more."), "{}", looked.body);
    let (_, chosen) = looked.body.split_once(r#"name="line-1" value="1""#).unwrap();
    assert!(chosen.split('>').next().unwrap().contains("checked"), "what was chosen stays");
    assert!(rosa.get(&entry).await.body.contains("Waiting for a trainer"));
}

#[tokio::test]
async fn after_a_decision_there_is_a_way_back_to_it() {
    let world = World::with_content().await;
    let (mut rosa, mut tess, entry, path) = scene(&world).await;
    let open = tess.get("/trainer/practicum").await;
    for words in ["One entry waits for you.", "If approved", "2 h would count, 0 min do now, and 6 h are needed"] {
        assert!(open.body.contains(words), "{words}: {}", open.body);
    }
    let approved = tess.post(&path, &form("approve", &[("feedback", "Clear and kind.")])).await;
    let next = tess.get(approved.location()).await;
    assert!(next.body.contains("Approved: 2 h for Rosa.") && next.body.contains(&format!(r#"<a href="{path}">See it</a>"#)));
    assert!(next.body.contains("Nothing waits for you. What trainees send comes here."), "{}", next.body);
    assert!(next.body.contains(r#"href="/trainer/trainees""#), "an empty page has a way on");

    let decided = tess.get(&path).await;
    assert!(decided.body.contains("<h1>Practicum entry</h1>") && decided.body.contains("Approved by Tess, 1 September 2026, 7:00 am"));
    assert!(!decided.body.contains(r#"class="qlist""#) && !decided.body.contains("If approved"), "{}", decided.body);
    let hers = rosa.get(&entry).await;
    assert_eq!(hers.body.matches("Approved").count(), 1, "it is said once: {}", hers.body);
    let letters = world.letters().await;
    let letter = letters.iter().find(|letter| letter.contains("was approved")).expect("a letter");
    assert!(
        letter.contains("An entry of 2") && letter.contains("your trainer wrote a word to you") && !letter.contains("kind"),
        "{letter}"
    );
}

#[tokio::test]
async fn an_entry_that_was_sent_again_shows_what_it_was() {
    let world = World::with_content().await;
    let (mut rosa, mut tess, entry, path) = scene(&world).await;
    let once = tess.get(&path).await;
    assert!(!once.body.contains("As it was before") && !row(&once, &path).contains("Sent again"));
    let back = form("return", &[("reason", "wrong-hours"), ("mend", "Leave the break out.")]);
    let returned = tess.post(&path, &back).await;
    assert!(tess.get(returned.location()).await.body.contains("Returned: 2 h for Rosa."));
    let place = only_place(&mut rosa).await;
    let fresh_form = fresh(&mut rosa, &place).await;
    let again = rosa.post(&entry, &fields(&fresh_form, &[("end", "15:30"), ("note", "Practiced waiting.")])).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);

    let changed = tess.get(&path).await;
    for words in [
        "As it was before, sent 1 September 2026",
        ", was “2:00 pm to 4:00 pm (2 h)”",
        NOTE,
        "Practiced waiting.",
        "These words were changed.",
    ] {
        assert!(changed.body.contains(words), "{words}: {}", changed.body);
    }
    assert!(row(&changed, &path).contains("Sent again"));
    let hers = rosa.get(&entry).await;
    assert!(hers.body.contains("As it was before") && hers.body.contains(NOTE), "it stays visible to her, too");
}

/// The id of the one place that can be chosen.
async fn only_place(client: &mut Client) -> String {
    let form = client.get("/practicum/new").await;
    let (_, options) = form.body.split_once(r#"id="placement""#).unwrap();
    options.split_once(r#"value=""#).unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_row_of_the_queue_says_the_work_the_wait_and_what_is_special() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let place = placed(&mut rosa).await;
    let plain = sent(&mut rosa, &place, &[]).await;
    let kept = [("day", "2026-08-10"), ("note", "Called our own office at 612-555-0142."), ("safe", "It is the number of our own office.")];
    let kept = sent(&mut rosa, &place, &kept).await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let today = tess.get("/trainer/practicum").await;
    let (plain, kept) = (format!("/trainer{plain}"), format!("/trainer{kept}"));
    assert!(today.body.contains("2 entries wait for you, the longest wait first."));
    for words in ["One-to-one support, 2 h, 31 Aug", "today"] {
        assert!(row(&today, &plain).contains(words), "{words}: {}", row(&today, &plain));
    }
    assert!(!row(&today, &plain).contains("<svg"), "there is nothing special about it");
    for words in ["Kept words we pointed to", "More than two weeks after the work"] {
        assert!(row(&today, &kept).contains(words), "{words}: {}", row(&today, &kept));
    }
    // Seventeen hours later it is the next day in Chicago.
    world.clock.move_to(world.clock.now().plus(17 * Moment::HOUR));
    assert!(row(&tess.get("/trainer/practicum").await, &plain).contains("since yesterday"));
}

#[tokio::test]
async fn the_second_trainer_learns_when_and_why_and_keeps_what_was_chosen() {
    let world = World::with_content().await;
    let (_, mut tess, _, path) = scene(&world).await;
    let mut tom = world.person("Tom", Role::Trainer).await;
    let back = form("return", &[("reason", "wrong-hours"), ("mend", "Leave the break out.")]);
    assert_eq!(tess.post(&path, &back).await.status, StatusCode::SEE_OTHER);
    let link = format!(r#"href="{path}" class="tap">See the entry</a>"#);
    let whole = form("return", &[("reason", "not-observed"), ("mend", "Ask your supervisor.")]);
    // The same with a slip in it: it is late all the same.
    let slip = form("approve", &[("line-2", ""), ("mend", "Ask your supervisor."), ("reason", "not-observed")]);
    for fields in [whole, slip] {
        let late = tom.post(&path, &fields).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for words in [
            "Tess returned this entry on 1 September 2026, 7:00 am, before you.",
            "The reason: The hours do not fit.",
            "Ask your supervisor.",
            "Reason: It was not observed as it says",
            "What you did is clear: Clear",
            link.as_str(),
        ] {
            assert!(late.body.contains(words), "{words}: {}", late.body);
        }
    }
}

#[tokio::test]
async fn an_officer_reads_the_queue_and_decides_nothing() {
    let world = World::with_content().await;
    let mut olga = world.person("Olga", Role::Officer).await;
    assert!(olga.get("/trainer/practicum").await.body.contains("No entry waits for a trainer."));
    let (mut rosa, _, entry, path) = scene(&world).await;
    let page = olga.get("/trainer/practicum").await;
    assert!(page.body.contains("One entry waits for a trainer.") && !page.body.contains(r#"value="approve""#), "{}", page.body);
    for fields in [form("approve", &[]), form("look", &[]), vec![("do", "return")]] {
        assert_eq!(olga.post(&path, &fields).await.status, StatusCode::FORBIDDEN, "{fields:?}");
    }
    assert!(rosa.get(&entry).await.body.contains("Waiting for a trainer"));
}

#[tokio::test]
async fn a_slip_in_a_form_about_an_older_version_hides_nothing() {
    let world = World::with_content().await;
    let (mut rosa, mut tess, entry, path) = scene(&world).await;
    let back = form("return", &[("reason", "other"), ("mend", "Say more.")]);
    assert_eq!(tess.post(&path, &back).await.status, StatusCode::SEE_OTHER);
    let place = only_place(&mut rosa).await;
    let fresh_form = fresh(&mut rosa, &place).await;
    assert_eq!(rosa.post(&entry, &fields(&fresh_form, &[("note", "Practiced waiting.")])).await.status, StatusCode::SEE_OTHER);
    let stale = tess.post(&path, &form("approve", &[("line-2", "")])).await;
    assert!(stale.body.contains("Please choose a level") && stale.body.contains("sent it again after you opened it"), "{}", stale.body);
}
