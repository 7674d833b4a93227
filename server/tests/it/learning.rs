//! Programs, the ledger, statements, lessons and live sessions, as a browser without script uses them.

use domain::{
    accounts::{self, Actor},
    learning,
};
use http::{StatusCode, header};
use types::Role;

use crate::world::{Answer, Client, World};

mod reading;
mod sheets;

const ETHICS: &str = "/learn/foundations-2026/statements/code-of-ethics";

/// The value of a hidden field on a page.
fn hidden(answer: &Answer, name: &str) -> String {
    let (_, rest) = answer.body.split_once(&format!(r#"name="{name}" value=""#)).expect("a hidden field");
    rest.split('"').next().unwrap().to_owned()
}

async fn join(client: &mut Client, program: &str) {
    let joined = client.post(&format!("/programs/{program}"), &[]).await;
    assert_eq!((joined.status, joined.location()), (StatusCode::SEE_OTHER, format!("/learn/{program}?done=joined").as_str()));
}

/// A trainer sets a session that began an hour ago; answers its address.
async fn session(tess: &mut Client) -> String {
    let once = hidden(&tess.get("/trainer/sessions").await, "once");
    let form = [
        ("once", once.as_str()),
        ("module", "m02/live-1"),
        ("date", "2026-09-01"),
        ("time", "06:00"),
        ("minutes", "60"),
        ("place", "Room 2, or call 555-0100"),
    ];
    for _ in 0..2 {
        let set = tess.post("/trainer/sessions", &form).await;
        assert_eq!((set.status, set.location()), (StatusCode::SEE_OTHER, format!("/trainer/sessions?done={once}").as_str()));
    }
    format!("/trainer/sessions/{once}")
}

#[tokio::test]
async fn anybody_reads_what_a_program_asks_for_and_a_trainee_joins() {
    let world = World::with_content().await;
    let mut anyone = world.anonymous();
    let list = anyone.get("/programs").await;
    assert!(
        list.body.contains("Foundations 2026")
            && list.body.contains("Model-aligned 2026")
            && list.body.contains("cannot be met in full here yet")
    );
    let page = anyone.get("/programs/foundations-2026").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "A certificate of completion",
        "It does not say that you are certified",
        "Confirm with the board",
        "23 November 2026",
        "Make an account",
        "3 entries, 6 h, 2 categories",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let whole = anyone.get("/programs/model-aligned-2026").await;
    for words in [
        "Not yet",
        "75 questions",
        "120 h",
        "internationalcredentialing.org",
        "A certification by this organization",
        "Every 24 months: 20 h",
    ] {
        assert!(whole.body.contains(words), "{words}");
    }
    assert_eq!(anyone.get("/programs/nothing").await.status, StatusCode::NOT_FOUND);
    let away = anyone.post("/programs/foundations-2026", &[]).await;
    assert_eq!(away.location(), "/login?back=/programs/foundations-2026");

    let mut rosa = world.person("Rosa", Role::Trainee).await;
    assert!(rosa.get("/learn").await.body.contains("See the programs"));
    assert_eq!(rosa.get("/learn/foundations-2026").await.status, StatusCode::NOT_FOUND, "nobody has a ledger who has not joined");
    join(&mut rosa, "foundations-2026").await;
    join(&mut rosa, "foundations-2026").await;
    join(&mut rosa, "model-aligned-2026").await;
    let start = rosa.get("/learn").await;
    assert!(start.body.contains("Begin module 1: Starting well.") && start.body.contains("None of 5 requirements met yet"));
    assert_eq!(start.body.matches("class=\"next").count(), 1, "one next step a page");
    let ledger = rosa.get("/learn/foundations-2026").await;
    for words in ["Your ledger", "Nothing is done yet, and nothing is late", "counted, of 6 h", "Not begun", "You are on version 2026.1"] {
        assert!(ledger.body.contains(words), "{words}");
    }
    assert!(rosa.get("/programs/foundations-2026").await.body.contains("Open your ledger"));

    for path in ["", "/check", "/ours-or-not"] {
        let away = rosa.get(&format!("/learn/foundations-2026/modules/m04{path}")).await;
        assert_eq!(away.status, StatusCode::NOT_FOUND, "module 4 is in the other program: {path}");
    }
    assert_eq!(rosa.get("/learn/model-aligned-2026/modules/m04").await.status, StatusCode::OK);
    assert_eq!(rosa.post("/learn/foundations-2026/modules/m04/check", &[]).await.status, StatusCode::NOT_FOUND);
    let mut sam = world.person("Sam", Role::Trainee).await;
    let counts_anew = "count in the program in which you did them";
    assert!(!sam.get("/programs/model-aligned-2026").await.body.contains(counts_anew));
    join(&mut sam, "foundations-2026").await;
    assert!(sam.get("/programs/model-aligned-2026").await.body.contains(counts_anew));

    let mut tess = world.person("Tess", Role::Trainer).await;
    assert!(tess.get("/programs/foundations-2026").await.body.contains("Only trainees join a program"));
    assert_eq!(tess.post("/programs/foundations-2026", &[]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_statement_is_read_and_signed_once() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    assert_eq!(rosa.get(ETHICS).await.status, StatusCode::NOT_FOUND);
    join(&mut rosa, "foundations-2026").await;
    let page = rosa.get(ETHICS).await;
    assert!(page.body.contains("The person leads") && page.body.contains("Type your name to sign"));
    let digest = hidden(&page, "digest");
    let empty = rosa.post(ETHICS, &[("digest", &digest), ("name", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains(r##"href="#name""##) && empty.body.contains(r#"id="name-e""#));
    let other = rosa.post(ETHICS, &[("digest", "another text"), ("name", "Rosa <Diaz>")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains(r#"value="Rosa &lt;Diaz&gt;""#), "what was typed stays");
    for _ in 0..2 {
        let signed = rosa.post(ETHICS, &[("digest", &digest), ("name", "Rosa Diaz")]).await;
        assert_eq!((signed.status, signed.location()), (StatusCode::SEE_OTHER, "/learn/foundations-2026?done=signed"));
    }
    let page = rosa.get(ETHICS).await;
    assert!(
        page.body.contains("Rosa Diaz") && page.body.contains("1 September 2026, 7:00 am") && !page.body.contains("<form method=\"post\"")
    );
    assert!(rosa.get("/learn/foundations-2026").await.body.contains("You have met 1 of 5 requirements"));
    assert_eq!(
        rosa.get("/learn/foundations-2026/statements/lived-experience").await.status,
        StatusCode::NOT_FOUND,
        "another program asks for that"
    );
    world.letters().await;
}

#[tokio::test]
async fn a_lesson_is_marked_and_the_next_one_opens() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    join(&mut rosa, "foundations-2026").await;
    let path = "/learn/foundations-2026/modules/m01/safety-and-choice";
    let done = rosa.post(path, &[("done", "yes")]).await;
    assert_eq!(
        (done.status, done.location()),
        (StatusCode::SEE_OTHER, "/learn/foundations-2026/modules/m01/staying-well?done=lesson-before")
    );
    let last = rosa.post("/learn/foundations-2026/modules/m01/the-road-ahead", &[("done", "yes")]).await;
    assert_eq!(last.location(), "/learn/foundations-2026/modules/m01?done=lesson");
    assert_eq!(rosa.post("/learn/foundations-2026/modules/m01/nothing", &[]).await.status, StatusCode::NOT_FOUND);
    let ledger = rosa.get("/learn/foundations-2026").await;
    assert!(ledger.body.contains("2 of 4 lessons done") && ledger.body.contains("Go on with module 1: Starting well."));
    let mut sam = world.person("Sam", Role::Trainee).await;
    assert_eq!(sam.post(path, &[("done", "yes")]).await.status, StatusCode::NOT_FOUND);
    world.letters().await;
}

#[tokio::test]
async fn a_session_is_set_and_what_is_wrong_stands_beside_its_field() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let form = [("module", ""), ("date", "2027-03-14"), ("time", "02:30"), ("minutes", "5"), ("place", "Room <2>")];
    let wrong = tess.post("/trainer/sessions", &form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Please choose a live session.",
        "skip this hour",
        "from 15 minutes to 10 hours",
        r#"value="2027-03-14""#,
        r#"value="02:30""#,
        "Room &lt;2&gt;",
        r##"href="#module""##,
        "Three things to look at",
    ] {
        assert!(
            wrong.body.contains(words),
            "{words} in {}",
            wrong.body.split("<textarea").nth(1).unwrap_or_default().chars().take(300).collect::<String>()
        );
    }
    let far = tess
        .post(
            "/trainer/sessions",
            &[("module", "m01/live-1"), ("date", "2062-09-01"), ("time", "10:00"), ("minutes", "60"), ("place", "Room 2")],
        )
        .await;
    assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(far.body.contains("This day is more than a year away. Please look at the year."));
    for words in [r#"label="Module 3: Recovery and wellness: many pathways""#, "Session 1 of 2: Four supports, many roads (90 min)"] {
        assert!(far.body.contains(words), "each of a module’s sessions is a choice: {words}");
    }
    let nothing = tess.post("/trainer/sessions", &[("module", "m01/live-1"), ("minutes", "60"), ("date", ""), ("place", "")]).await;
    for words in ["Please choose the day.", "Please choose when it begins.", "Where it is, or how to call in: Please fill this in."] {
        assert!(nothing.body.contains(words), "{words}");
    }
    let whole = [("module", "m03"), ("date", "2026-09-01"), ("time", "10:00"), ("minutes", "90"), ("place", "Room 2")];
    let whole = tess.post("/trainer/sessions", &whole).await;
    assert_eq!(whole.status, StatusCode::UNPROCESSABLE_ENTITY, "a module alone does not say which of its sessions it is");

    let address = session(&mut tess).await;
    let list = tess.get("/trainer/sessions").await;
    assert_eq!(list.body.matches(&format!("href=\"{address}\"")).count(), 1, "the same form sent twice sets one session");
    assert!(list.body.contains("Nobody is written down yet") && list.body.contains("America/Chicago"));
    assert!(list.body.contains("Live session: Who decides here?"));
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    for path in ["/trainer", "/trainer/sessions", "/trainer/trainees", &address] {
        assert_eq!(rosa.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn attendance_is_written_down_corrected_and_seen() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let address = session(&mut tess).await;
    assert!(tess.get(&address).await.body.contains("Nobody has joined a program"));
    join(&mut rosa, "foundations-2026").await;
    assert!(tess.get("/trainer").await.body.contains("nobody is written down yet"));
    let page = tess.get(&address).await;
    let (_, rest) = page.body.split_once(r#"name="minutes-"#).unwrap();
    let field = format!("minutes-{}", rest.split('"').next().unwrap());

    let wrong = tess.post(&address, &[("act", "record"), (&field, "an hour")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Rosa: Minutes are a whole number from 0 to 600.") && wrong.body.contains(&format!("id=\"{field}-e\"")));
    let short = tess.post(&address, &[("act", "record"), (&field, "45")]).await;
    assert_eq!((short.status, short.location()), (StatusCode::SEE_OTHER, format!("{address}?done=written").as_str()));
    assert!(tess.get(short.location()).await.body.contains("Written down: 1 person, by Tess on 1 September 2026, 7:00 am."));
    let ledger = rosa.get("/learn/foundations-2026").await;
    assert!(ledger.body.contains("45 min: ") && ledger.body.contains("was shorter for you than 1 h"));

    let mut tom = world.person("Tom", Role::Trainer).await;
    let stale = tom.post(&address, &[("act", "record"), (&field, "90"), ("reason", "I counted anew")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "he has not seen what Tess wrote");
    assert!(stale.body.contains("Somebody else wrote this down meanwhile") && stale.body.contains(r#"value="90""#), "{}", stale.body);
    let own = tess.post(&address, &[("act", "record"), (&field, "90"), ("reason", "I counted anew")]).await;
    assert!(own.body.contains("You wrote this down yourself after you opened this page."), "{}", own.body);
    let seen = field.replace("minutes-", "seen-");
    let silent = tess.post(&address, &[("act", "record"), (&seen, "1"), (&field, "60")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("Please say why") && silent.body.contains(r#"value="60""#));
    let corrected = tess.post(&address, &[("act", "record"), (&seen, "1"), (&field, "60"), ("reason", "She came in by phone first")]).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER);
    let page = tess.get(&address).await;
    assert!(
        page.body.contains("60 min, written down by Tess")
            && page.body.contains("45 min, written down by Tess")
            && page.body.contains("She came in by phone first")
    );
    assert!(!page.body.contains("Call this session off"), "it took place");
    let off = tess.post(&address, &[("act", "call-off"), ("why", "x")]).await;
    assert_eq!(off.status, StatusCode::CONFLICT);

    let ledger = rosa.get("/learn/foundations-2026").await;
    assert!(ledger.body.contains("1 h on 1 September 2026"));
    let sessions = rosa.get("/learn/foundations-2026/sessions").await;
    assert!(sessions.body.contains("There for 1 h"));
    let trainees = tess.get("/trainer/trainees").await;
    assert!(trainees.body.contains("Rosa") && trainees.body.contains("1 of 5") && trainees.body.contains("Begin module 1"));
    world.clock.move_to(world.platform.now().plus(20 * types::Moment::DAY));
    let mut tess = world.person("Tina", Role::Trainer).await;
    assert!(tess.get("/trainer/trainees").await.body.contains("Nothing new for 20 days"));
    world.letters().await;
}

#[tokio::test]
async fn a_trainer_who_learns_too_does_not_write_down_their_own_time() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let mut tom = world.person("Tom", Role::Trainee).await;
    join(&mut tom, "foundations-2026").await;
    let person = learning::enrolled(&world.platform.read()).await.unwrap().first().unwrap().enrolment.person;
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    accounts::grant(&mut write, person, Role::Trainer).await.unwrap();
    write.commit().await.unwrap();
    let address = session(&mut tess).await;
    let field = format!("minutes-{person}");
    let page = tom.get(&address).await;
    assert!(page.body.contains("Another trainer writes down how long you were there") && !page.body.contains(&format!("name=\"{field}\"")));
    let own = tom.post(&address, &[("act", "record"), (&field, "60")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.body.contains("Tom: Nobody writes down their own time.") && own.body.contains(&format!("id=\"{field}\"")));
    let hers = tess.post(&address, &[("act", "record"), (&field, "60")]).await;
    assert_eq!(hers.status, StatusCode::SEE_OTHER);
    world.letters().await;
}

#[tokio::test]
async fn trainees_see_sessions_to_come_and_those_called_off() {
    let world = World::with_content().await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    join(&mut rosa, "foundations-2026").await;
    assert!(rosa.get("/learn/foundations-2026/sessions").await.body.contains("None is set at the moment"));
    let form = [("module", "m02/live-1"), ("date", "2026-09-08"), ("time", "17:30"), ("minutes", ""), ("place", "Room 2")];
    let set = tess.post("/trainer/sessions", &form).await;
    assert!(set.location().starts_with("/trainer/sessions?done="), "{}", set.body);
    assert!(
        rosa.get("/learn/foundations-2026/sessions").await.body.contains("8 September 2026, 5:30 pm</time>, 2 h"),
        "as long as its guide says"
    );
    let ledger = rosa.get("/learn/foundations-2026").await;
    assert!(ledger.body.contains("8 September 2026, 5:30 pm") && ledger.body.contains("Live session: Who decides here?"));
    let list = tess.get("/trainer/sessions").await;
    let (_, rest) = list.body.split_once(r#"href="/trainer/sessions/"#).unwrap();
    let address = format!("/trainer/sessions/{}", rest.split('"').next().unwrap());
    assert!(tess.get(&address).await.body.contains("once it has begun"));
    let early = tess.post(&address, &[("act", "record")]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.body.contains("<h1>This session has not begun yet</h1>"));
    let silent = tess.post(&address, &[("act", "call-off"), ("why", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("The session still stands.") && silent.body.contains("Please say why it does not take place."));
    let off = tess.post(&address, &[("act", "call-off"), ("why", "The room is flooded")]).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER);
    assert!(tess.get(off.location()).await.body.contains("The session is called off: “Who decides here?”, 8 September 2026, 5:30 pm."));
    let letters = world.letters().await;
    let letter = letters.iter().find(|letter| letter.contains("does not take place")).expect("Rosa may have meant to come");
    let letter = letter.replace('\u{a0}', " ");
    assert!(letter.contains("8 September 2026, 5:30 pm") && letter.contains("/learn/foundations-2026/sessions"), "{letter}");
    assert!(letter.contains("rosa") && !letter.contains("flooded"), "mail carries no content: {letter}");
    assert!(rosa.get("/learn/foundations-2026/sessions").await.body.contains("Called off: The room is flooded"));
    let mut tom = world.person("Tom", Role::Trainer).await;
    let again = tom.post(&address, &[("act", "call-off"), ("why", "again")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("Tess called it off on 1 September 2026, 7:00 am: The room is flooded"), "who, when and why");
}

#[tokio::test]
async fn these_pages_carry_no_script_and_one_main_heading() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    join(&mut rosa, "foundations-2026").await;
    join(&mut rosa, "model-aligned-2026").await;
    let mut tess = world.person("Tess", Role::Trainer).await;
    let address = session(&mut tess).await;
    let mine = [
        "/programs",
        "/programs/model-aligned-2026",
        "/learn",
        "/learn/foundations-2026",
        "/learn/model-aligned-2026",
        "/learn/foundations-2026/sessions",
        ETHICS,
    ];
    let hers = ["/trainer", "/trainer/sessions", "/trainer/trainees", &address];
    for (client, paths) in [(&mut rosa, &mine[..]), (&mut tess, &hers[..])] {
        for path in paths {
            let answer = client.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.body.contains("<script") && !answer.body.contains("<!>"), "{path}");
            assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
            let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(!policy.contains("script-src"), "{path}");
        }
    }
}
