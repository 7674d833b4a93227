//! Passwords: which are taken, and what setting one does to the others.

use super::*;

#[test]
fn passwords_need_length_and_must_not_be_common() {
    assert_eq!(Password::parse("short").err(), Some(WeakPassword::Short));
    assert_eq!(Password::parse(&"x".repeat(201)).err(), Some(WeakPassword::Long));
    let rosa = about(&[&name("Rosa Martinez")], &email("zorvabexil@quimtofel.example"));
    for common in ["password123456", "qwertyuiop", "rosamartinez", "Rosa Martinez", "zorvabexil", "quimtofelzorvabexil"] {
        assert!(is_common(common, &rosa), "{common}");
    }
    assert!(!is_common("zorvabexil", &[]), "it is hers alone");
    for made in ["zorvabexil 2026", "Quimtofel-zorvabexil!", "alongside2026!", "zorvabexilabcde"] {
        assert!(is_common(made, &rosa), "{made} is made of words about her");
    }
    for more in ["zorvabexil lantern", "zorvabexil20xq7v", "orange lamp 1999 river"] {
        assert!(!is_common(more, &rosa), "{more} is more than that");
    }
    assert!(!is_common(PASSWORD, &rosa), "no digits, no capitals, and good");
    assert!(is_common(&format!("{}{PASSWORD}", "a".repeat(40)), &[]), "the end of a long one is not weighed");
}

/// What runs at once is what is being worked on, whoever has hung up meanwhile; and the queue has an end.
#[tokio::test]
async fn work_on_passwords_keeps_its_turn_when_the_visitor_is_gone() {
    static TWO: Room = Room::new(2, 1);
    let (go, wait) = mpsc::channel::<()>();
    let wait = Arc::new(Mutex::new(wait));
    let begin = || {
        let wait = wait.clone();
        tokio::spawn(offload(&TWO, move || wait.lock().unwrap().recv().map_err(|error| Unavailable::unreadable("test", error).into())))
    };
    let until = async |done: fn() -> bool| {
        while !done() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let gone = [begin(), begin()];
    until(|| TWO.turns.available_permits() == 0).await;
    for visitor in gone {
        visitor.abort();
        assert!(visitor.await.unwrap_err().is_cancelled());
    }
    assert_eq!(TWO.turns.available_permits(), 0, "the work goes on");
    let patient = begin();
    until(|| TWO.places.available_permits() == 0).await;
    assert!(matches!(begin().await.unwrap(), Err(HashError::Busy)), "nobody waits without an end");
    for _ in 0..3 {
        go.send(()).unwrap();
    }
    patient.await.unwrap().unwrap();
    until(|| TWO.turns.available_permits() == 2 && TWO.places.available_permits() == 3).await;
}

#[tokio::test]
async fn a_link_is_looked_up_before_any_work_on_a_password() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let made_up = Secret::from_text("made up");
        let confirmed = confirm_email(platform, &made_up, name("X"), password("password123456"), "a test").await;
        assert!(matches!(confirmed, Err(LinkError::Spent)));
        let reset = reset_password(platform, &made_up, password("password123456"), "a test").await;
        assert!(matches!(reset, Err(LinkError::Spent)));
        let accepted = accept(platform, &Actor::nobody(), &made_up, None, "password123456".into(), "a test").await;
        assert!(matches!(accepted, Err(AcceptError::Spent)));

        let rosa = signed_up(platform, "rosa@example.org", "Rosa").await;
        let link = link(platform, rosa, Purpose::ConfirmEmail).await;
        let weak = confirm_email(platform, &link, name("X"), password("password123456"), "a test").await;
        assert!(matches!(weak, Err(LinkError::Password(HashError::Weak(WeakPassword::Common)))));
        confirm_email(platform, &link, name("X"), password(PASSWORD), "a test").await.expect("a weak password uses nothing up");
    }
}

#[tokio::test]
async fn who_confirmed_has_no_other_link_left_that_sets_a_password() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = signed_up(platform, "rosa@example.org", "Rosa").await;
        let (one, other) = (link(platform, rosa, Purpose::ConfirmEmail).await, link(platform, rosa, Purpose::ConfirmEmail).await);
        confirm_email(platform, &one, name("Rosa"), password(PASSWORD), "a test").await.unwrap();
        let late = link(platform, rosa, Purpose::ConfirmEmail).await;
        for link in [other, late] {
            let again = confirm_email(platform, &link, name("Eve"), password("orange lamp over nine rivers"), "a test").await;
            assert!(matches!(again, Err(LinkError::Spent)));
        }
        sign_in(platform, &Actor::nobody(), &email("rosa@example.org"), PASSWORD.into(), "a test").await.unwrap();
    }
}

#[tokio::test]
async fn a_change_of_password_does_not_undo_a_reset() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let intruder = officer(platform).await;
        let id = intruder.person().unwrap();
        let checked = people::stored(&platform.read(), id).await.unwrap().unwrap();
        let link = link(platform, id, Purpose::ResetPassword).await;
        reset_password(platform, &link, password("orange lamp over nine rivers"), "a test").await.unwrap();
        assert!(!sign_in::replace(platform, &intruder, &checked, "the intruder's".into()).await.unwrap());

        let now = people::stored(&platform.read(), id).await.unwrap().unwrap();
        assert!(!sign_in::replace(platform, &intruder, &now, "the intruder's".into()).await.unwrap(), "their session was ended");
        sign_in(platform, &Actor::nobody(), &email("omar@example.org"), "orange lamp over nine rivers".into(), "a test").await.unwrap();
    }
}

#[tokio::test]
async fn the_same_change_of_password_sent_twice_is_one() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let omar = officer(platform).await;
        let new = || password("orange lamp over nine rivers");
        change_password(platform, &omar, PASSWORD.into(), new()).await.unwrap();
        change_password(platform, &omar, PASSWORD.into(), new()).await.expect("it is done");
        assert_eq!(jobs::open_jobs(&platform.read()).await.unwrap(), 1, "one letter tells of it");
        let other = change_password(platform, &omar, PASSWORD.into(), password("seven quiet lanterns drift")).await;
        assert!(matches!(other, Err(PasswordError::Wrong)));
    }
}
