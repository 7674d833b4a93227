//! The sheets of live sessions: what they never say, what they keep, and how they hold many people.

use domain::{
    Platform,
    accounts::{self, Actor},
    learning,
};
use http::StatusCode;
use types::{Moment, PersonId, Role};

use super::{hidden, join, session};
use crate::world::{Answer, Client, World};

/// Sets the session of module 2 for today at this time, from a fresh form.
async fn set(tess: &mut Client, time: &str) -> Answer {
    let once = hidden(&tess.get("/trainer/sessions").await, "once");
    let form = [("once", once.as_str()), ("module", "m02/live-1"), ("date", "2026-09-01"), ("time", time), ("minutes", "60")];
    tess.post("/trainer/sessions", &[&form[..], &[("place", "Room 2, or call 555-0100")]].concat()).await
}

/// The address of the session that was just set.
fn address(set: &Answer) -> String {
    set.location().replace("?done=", "/")
}

async fn first_enrolled(platform: &Platform) -> PersonId {
    learning::enrolled(&platform.read()).await.unwrap().first().unwrap().enrolment.person
}

#[tokio::test]
async fn a_sheet_says_what_it_wrote_down_and_nothing_else() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    join(&mut rosa, "foundations-2026").await;
    let address = session(&mut tess).await;
    let person = first_enrolled(&world.platform).await;
    let (field, seen) = (format!("minutes-{person}"), format!("seen-{person}"));
    for (typed, said) in [("", "Every field is empty."), ("61", "Rosa: It began 60 minutes ago, so nobody was there for longer")] {
        let back = tess.post(&address, &[("act", "record"), (&seen, "0"), (&field, typed)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(back.body.contains(said), "{said}");
    }
    assert!(tess.get(&address).await.body.contains("Nobody is written down yet"));
    assert_eq!(tess.post(&address, &[("act", "record"), (&seen, "0"), (&field, "60")]).await.status, StatusCode::SEE_OTHER);
    for (typed, said) in [
        ("", "60 min are written down, and an empty field does not change that. Write 60, or 0 if they were not there."),
        ("60", "So there is nothing to explain"),
    ] {
        let back = tess.post(&address, &[("act", "record"), (&seen, "1"), (&field, typed), ("reason", "She left early")]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(back.body.contains(said) && back.body.contains("She left early</textarea>"), "{said}");
    }
    world.clock.move_to(world.platform.now().plus(Moment::HOUR));
    let longer = tess.post(&address, &[("act", "record"), (&seen, "1"), (&field, "90")]).await;
    assert!(longer.status == StatusCode::UNPROCESSABLE_ENTITY && longer.body.contains("Please say why"));
    let longer = [("act", "record"), (seen.as_str(), "1"), (field.as_str(), "90"), ("reason", "We went on")];
    for _ in 0..2 {
        assert_eq!(tess.post(&address, &longer).await.status, StatusCode::SEE_OTHER, "the same form sent twice is well");
    }
    assert_eq!(tess.get(&address).await.body.matches("Why: We went on").count(), 1);
}

#[tokio::test]
async fn what_was_typed_into_the_sheet_of_a_session_that_was_called_off_is_kept() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let mut tom = world.person("Tom", Role::Trainer).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let set = set(&mut tess, "05:30").await;
    let notice = tess.get(set.location()).await;
    assert!(notice.body.contains("The session is set: “Who decides here?”, 1 September 2026, 5:30 am. Nobody is in a program"));
    join(&mut rosa, "foundations-2026").await;
    assert!(tess.get(set.location()).await.body.contains("Trainees of this module see it. Nobody is mailed."));
    let address = address(&set);
    let field = format!("minutes-{}", first_enrolled(&world.platform).await);
    assert_eq!(tess.post(&address, &[("act", "call-off"), ("why", "Nobody came")]).await.status, StatusCode::SEE_OTHER);
    let late = tom.post(&address, &[("act", "record"), (&field, "forty"), ("reason", "By phone")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for words in [
        "<h1>This session was called off</h1>",
        "Tess called it off on 1 September 2026, 7:00 am: Nobody came",
        "Rosa: forty min",
        "By phone",
        &format!("href=\"{address}\""),
    ] {
        assert!(late.body.contains(words), "{words}");
    }
    assert!(tom.get(&address).await.body.contains("Tess called it off on 1 September 2026"));
}

#[tokio::test]
async fn a_session_is_set_once_is_on_while_it_is_on_and_knows_its_guide() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let guide = tess.get("/trainer/modules/m02/guides/live-1").await;
    for words in [r#"href="/trainer/sessions?module=m02/live-1#set""#, r##"href="#part-1""##, r#"aria-label="Agenda""#] {
        assert!(guide.body.contains(words), "{words}");
    }
    let form = tess.get("/trainer/sessions?module=m02/live-1").await;
    let (_, option) = form.body.split_once(r#"value="m02/live-1""#).unwrap();
    assert!(option.split('>').next().unwrap().contains("selected") && form.body.contains(r#"value="120""#));

    let first = address(&set(&mut tess, "06:30").await);
    let again = set(&mut tess, "06:30").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("This session is set already"));
    let page = tess.get(&first).await;
    for words in [
        "<h1>Live session: Who decides here?</h1>",
        "Self-help and mutual aid, 1 September 2026, 6:30 am",
        r#"href="/trainer/modules/m02/guides/live-1""#,
        "On now",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let today = tess.get("/trainer").await;
    assert!(today.body.contains("On now: ") && today.body.contains("Nothing waits for you.") && today.body.contains(&first));
    set(&mut tess, "04:00").await;
    set(&mut tess, "03:00").await;
    let today = tess.get("/trainer").await;
    let at = |words: &str| today.body.find(words).unwrap_or_else(|| panic!("{words} in {}", today.body));
    assert!(at("Self-help and mutual aid, 1 Sep, 3:00 am: nobody") < at("Self-help and mutual aid, 1 Sep, 4:00 am: nobody"));
    let mut olga = world.person("Olga", Role::Officer).await;
    let today = olga.get("/trainer").await;
    assert!(today.body.contains("What waits, the oldest first.") && today.body.contains("No entry waits for a trainer"));
}

#[tokio::test]
async fn a_sheet_of_many_people_is_looked_through_by_name() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let address = session(&mut tess).await;
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    let mut people = Vec::new();
    for n in 0..61 {
        let (email, name) = (format!("pat{n}@example.org").parse().unwrap(), format!("Pat {n:02}").parse().unwrap());
        let (person, _) = accounts::create(&mut write, &email, &name, Role::Trainee).await.unwrap();
        learning::insert_enrolment(&mut write, person, "foundations-2026", "2026.1", "r").await.unwrap();
        people.push(person);
    }
    write.commit().await.unwrap();
    let whole = tess.get(&address).await;
    assert!(whole.body.contains("61 people are in a program with this module.") && !whole.body.contains("name=\"minutes-"));
    let found = tess.get(&format!("{address}?name=PAT+0")).await;
    assert!(found.body.contains("10 people have “PAT 0” in their name.") && found.body.contains(r#"value="PAT 0""#));
    assert_eq!(found.body.matches("name=\"minutes-").count(), 10);
    let all = tess.get(&format!("{address}?name=pat")).await;
    assert!(all.body.contains("61 people have “pat” in their name.") && all.body.contains("1 of them do not stand below"));
    assert!(tess.get(&format!("{address}?name=%00%25")).await.body.contains("Nobody has “%” in their name."));

    let (near, far) = (format!("minutes-{}", people[3]), format!("minutes-{}", people[40]));
    let wrong = tess.post(&address, &[("act", "record"), ("name", "PAT 0"), (&near, "45"), (&far, "999")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Pat 40: Minutes are") && wrong.body.contains(r#"value="45""#), "nobody whom the form names is lost");
    let right = tess.post(&address, &[("act", "record"), ("name", "PAT 0"), (&near, "45"), (&far, "50")]).await;
    assert!(tess.get(right.location()).await.body.contains("Written down: 2 people, by Tess"));
    let rows = tess.get(&address).await;
    assert_eq!(rows.body.matches("name=\"minutes-").count(), 2, "whoever is written down always stands there");
}
