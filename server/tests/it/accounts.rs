//! Sign-up to sign-out as a browser does it, without script.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use domain::accounts::{self, Actor, Password};
use http::{Request, StatusCode, header};
use types::{Email, Moment, Role};

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn an_address_that_was_taken_before_the_rule_of_today_still_opens_its_account() {
    let world = World::new().await;
    let mut zoe = world.anonymous();
    let new = zoe.post("/signup", &[("name", "Zoë"), ("email", "zoë@example.org")]).await;
    assert!(new.status == StatusCode::UNPROCESSABLE_ENTITY && new.body.contains("plain letters from a to z"), "{}", new.body);
    let mut write = world.platform.write(&Actor::operator()).await.unwrap();
    let before = Email::known("zoë@example.org").unwrap();
    let (_, link) = accounts::create(&mut write, &before, &"Zoë".parse().unwrap(), Role::Trainee).await.unwrap();
    write.commit().await.unwrap();
    accounts::reset_password(&world.platform, &link, Password::parse(PASSWORD).unwrap(), "a test").await.unwrap();
    let signed_in = zoe.post("/login", &[("email", "Zoë@example.org"), ("password", PASSWORD)]).await;
    assert_eq!((signed_in.status, signed_in.location()), (StatusCode::SEE_OTHER, "/learn"));
    assert_eq!(world.anonymous().post("/forgot", &[("email", "zoë@example.org")]).await.location(), "/forgot/sent");
}

#[tokio::test]
async fn somebody_signs_up_by_mail_and_leaves_again() {
    let world = World::new().await;
    let mut rosa = world.anonymous();
    let sent = rosa.post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/signup/sent"));

    let link = world.newest_link().await;
    let question = rosa.get(&link).await;
    assert_eq!(question.status, StatusCode::OK);
    let token = link.split_once("token=").unwrap().1;
    let weak = rosa.post("/confirm", &[("token", token), ("name", "Rosi"), ("password", "rosirosirosi")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains(r#"value="Rosi""#));
    let form = [("token", token), ("name", "Rosi"), ("password", PASSWORD)];
    let confirmed = rosa.post("/confirm", &form).await;
    assert_eq!((confirmed.status, confirmed.location()), (StatusCode::SEE_OTHER, "/learn"));
    let cookie = confirmed.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    assert_eq!(rosa.get("/account").await.status, StatusCode::OK);
    assert_eq!(rosa.post("/confirm", &form).await.status, StatusCode::NOT_FOUND, "a link works once");

    let out = rosa.post("/logout", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(rosa.cookie(), None);
    let away = rosa.get("/account").await;
    assert_eq!((away.status, away.location()), (StatusCode::SEE_OTHER, "/login?back=/account"));
    let back = rosa.post("/login", &[("email", "rosa@example.org"), ("password", PASSWORD), ("back", "/account")]).await;
    assert_eq!(back.location(), "/account");
}

#[tokio::test]
async fn whoever_makes_an_account_for_a_program_comes_back_to_it() {
    let world = World::with_content().await;
    for (who, program, sent, then) in [
        ("rosa", "foundations-2026", "/signup/sent?program=foundations-2026", "/programs/foundations-2026?done=ready"),
        ("ana", "no-such-program", "/signup/sent", "/learn"),
        ("tess", "//evil.example", "/signup/sent", "/learn"),
        ("wes", "", "/signup/sent", "/learn"),
    ] {
        let mut one = world.anonymous();
        let email = format!("{who}@example.org");
        let slip = one.post("/signup", &[("name", who), ("email", who), ("program", program)]).await;
        assert!(slip.body.contains(&format!(r#"name="program" value="{program}""#)), "{who}: {}", slip.body);
        let first = one.post("/signup", &[("name", who), ("email", &email), ("program", program)]).await;
        assert_eq!(first.location(), sent, "{who}");
        let link = world.newest_link().await;
        let token = link.split_once("token=").unwrap().1;
        let ready = one.post("/confirm", &[("token", token), ("name", who), ("password", PASSWORD)]).await;
        assert_eq!((ready.status, ready.location()), (StatusCode::SEE_OTHER, then), "{who}");
    }
    let page = world.anonymous().get("/programs/foundations-2026").await.body;
    assert!(page.contains("/signup?program=foundations-2026"), "{page}");
    let sign_in = world.anonymous().get("/login?back=/programs/foundations-2026").await.body;
    assert!(sign_in.contains("/signup?program=foundations-2026"), "{sign_in}");
    let form = world.anonymous().get("/signup?program=foundations-2026").await.body;
    assert!(form.contains(r#"name="program" value="foundations-2026""#), "{form}");
    let sent = world.anonymous().get("/signup/sent?program=foundations-2026").await.body;
    assert!(sent.contains("/signup?program=foundations-2026"), "who slipped in the address comes back as well: {sent}");
}

#[tokio::test]
async fn an_address_that_is_known_is_not_given_away() {
    let world = World::new().await;
    world.person("Rosa", Role::Trainee).await;
    let mut stranger = world.anonymous();
    let form = |email| [("name", "X"), ("email", email)];
    let known = stranger.post("/signup", &form("rosa@example.org")).await;
    let unknown = stranger.post("/signup", &form("new@example.org")).await;
    assert_eq!((known.status, known.location()), (unknown.status, unknown.location()));
    let letters = world.letters().await;
    assert!(letters[0].contains("You have an account already"));

    let wrong = stranger.post("/login", &[("email", "rosa@example.org"), ("password", "not it at all")]).await;
    let nobody = stranger.post("/login", &[("email", "nobody@example.org"), ("password", "not it at all")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.replace("rosa@", "nobody@"), nobody.body);
    let asked = stranger.post("/forgot", &[("email", "nobody@example.org")]).await;
    assert_eq!(asked.location(), "/forgot/sent");
    assert_eq!(world.letters().await.len(), 2, "nobody is written to who has no account");

    let acts = async || domain::audit::verify(&world.platform.read()).await.unwrap().unwrap();
    for (page, email) in [("/forgot", "rosa@example.org"), ("/forgot", "nobody@example.org"), ("/signup", "rosa@example.org")] {
        let before = acts().await;
        stranger.post(page, &form(email)).await;
        assert_eq!(acts().await, before + 1, "{page} writes something whoever asks, so that it takes as long");
    }
}

#[tokio::test]
async fn letters_that_anybody_can_ask_for_come_one_at_a_time_and_without_words_of_a_stranger() {
    let world = World::new().await;
    let mut stranger = world.anonymous();
    let form = [("name", "Your account is locked, see https://evil.example/x"), ("email", "rosa@example.org")];
    for _ in 0..2 {
        assert_eq!(stranger.post("/signup", &form).await.location(), "/signup/sent");
    }
    stranger.post("/forgot", &[("email", "rosa@example.org")]).await;
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(!letters[0].contains("evil.example") && !letters[0].contains("locked"), "{}", letters[0]);
    world.clock.move_to(world.platform.now().plus(6 * Moment::MINUTE));
    stranger.post("/signup", &form).await;
    assert_eq!(world.letters().await.len(), 2);
    let mut omar = world.person("Omar", Role::Officer).await;
    assert!(!omar.get("/office").await.body.contains("rosa@example.org"), "who holds no role is not listed");
}

#[tokio::test]
async fn a_password_is_not_made_of_name_or_address() {
    let world = World::new().await;
    let mut rosa = world.anonymous();
    rosa.post("/signup", &[("name", "Rosa"), ("email", "zorvabexil@example.org")]).await;
    let link = world.newest_link().await;
    let token = link.split_once("token=").unwrap().1;
    for password in ["rosamartinez", "zorvabexil"] {
        let weak = rosa.post("/confirm", &[("token", token), ("name", "Rosa Martinez"), ("password", password)]).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.body.contains("it is made of your name or e-mail"), "{password}");
        assert!(weak.body.contains(r#"value="Rosa Martinez""#));
    }
    let confirmed = rosa.post("/confirm", &[("token", token), ("name", "Rosa Martinez"), ("password", PASSWORD)]).await;
    assert_eq!(confirmed.location(), "/learn");
    let change = [("act", "password"), ("old-password", PASSWORD), ("password", "zorvabexil")];
    let weak = rosa.post("/account", &change).await;
    assert!(weak.body.contains("it is made of your name or e-mail"));
    rosa.post("/forgot", &[("email", "zorvabexil@example.org")]).await;
    let link = world.newest_link().await;
    let weak = rosa.post("/reset", &[("token", link.split_once("token=").unwrap().1), ("password", "rosamartinez")]).await;
    assert!(weak.body.contains("it is made of your name or e-mail"));
}

/// Each of these tries or sets a password, or sends a letter.
#[tokio::test]
async fn a_visitor_who_posts_too_often_waits() {
    let world = World::new().await;
    let mut stranger = world.anonymous();
    let from = || ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4000)));
    let post = |path: &str| Request::post(path).header("sec-fetch-site", "same-origin").extension(from());
    for _ in 0..1000 {
        stranger.ask(post("/login"), String::new()).await;
    }
    for path in ["/login", "/signup", "/forgot", "/confirm", "/reset", "/invitation", "/account"] {
        let answer = stranger.ask(post(path), String::new()).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(answer.headers.contains_key(header::RETRY_AFTER), "{path}");
        let look = stranger.ask(Request::get(path).extension(from()), String::new()).await;
        assert_ne!(look.status, StatusCode::TOO_MANY_REQUESTS, "looking at {path} is free");
    }
    assert_eq!(stranger.ask(post("/verify"), String::new()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew() {
    let world = World::new().await;
    let mut before = world.person("Rosa", Role::Trainee).await;
    let mut rosa = world.anonymous();
    rosa.post("/forgot", &[("email", "rosa@example.org")]).await;
    let link = world.newest_link().await;
    let token = link.split_once("token=").unwrap().1.to_owned();
    let weak = rosa.post("/reset", &[("token", &token), ("password", "password12")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains("Many people use this password"));
    let done = rosa.post("/reset", &[("token", &token), ("password", "orange lamp over nine rivers")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(before.get("/account").await.status, StatusCode::SEE_OTHER, "sessions from before are ended");
    assert_eq!(rosa.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut rosa = world.anonymous();
    let answer = rosa.post("/signup", &[("name", "Zo<b>"), ("email", "zoe")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains(r#"value="Zo&lt;b&gt;""#) && answer.body.contains(r#"value="zoe""#), "typed values stay, escaped");
    assert!(answer.body.contains(r##"href="#email""##) && answer.body.contains(r#"id="email-e""#));
    let answer = rosa.post("/login", &[("email", "zoe@example.org"), ("password", "a secret of mine")]).await;
    assert!(!answer.body.contains("a secret of mine"), "a password never travels back");
}

#[tokio::test]
async fn an_officer_invites_a_trainer_who_accepts() {
    let world = World::new().await;
    let mut omar = world.person("Omar", Role::Officer).await;
    let sent = omar.post("/office", &[("act", "invite"), ("name", "Tess"), ("email", "tess@example.org"), ("role", "trainer")]).await;
    assert_eq!(sent.location(), "/office?done=invited");
    let link = world.newest_link().await;
    let mut tess = world.anonymous();
    assert!(tess.get(&link).await.body.contains("Omar invites you to Example Training, as a trainer."));
    let token = link.split_once("token=").unwrap().1.to_owned();
    let taken = tess.post("/invitation", &[("token", &token), ("name", "Tess"), ("password", PASSWORD)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert!(omar.get("/office").await.body.contains("Accepted on"));
    assert_eq!(tess.get("/office").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_invitation_sent_twice_is_one() {
    let world = World::new().await;
    let mut omar = world.person("Omar", Role::Officer).await;
    let page = omar.get("/office").await.body;
    let once = page.split_once(r#"name="once" value=""#).unwrap().1.split('"').next().unwrap();
    let form = |name| [("act", "invite"), ("name", name), ("email", "tess@example.org"), ("role", "trainer"), ("once", once)];
    for _ in 0..2 {
        assert_eq!(omar.post("/office", &form("Tess")).await.location(), "/office?done=invited");
    }
    let other = omar.post("/office", &form("Tess Moss")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("An invitation to this role waits") && other.body.contains("Tess Moss"), "{}", other.body);
    assert_eq!(world.letters().await.len(), 1);
    let wrong = omar.post("/office", &form("")).await;
    assert!(wrong.body.contains(&format!(r#"name="once" value="{once}""#)), "what came back is the same sheet");
}

#[tokio::test]
async fn an_invitation_asks_for_the_password_of_an_account_that_is_there() {
    let world = World::new().await;
    let mut omar = world.person("Omar", Role::Officer).await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    omar.post("/office", &[("act", "invite"), ("name", "Rosa"), ("email", "rosa@example.org"), ("role", "trainer")]).await;
    let link = world.newest_link().await;
    let token = link.split_once("token=").unwrap().1;
    let mut stranger = world.anonymous();
    assert!(stranger.get(&link).await.body.contains("The password of your account"));
    let wrong = stranger.post("/invitation", &[("token", token), ("password", "orange lamp over nine rivers")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("This is not the password of your account here."));
    assert_eq!(stranger.cookie(), None);

    let page = rosa.get(&link).await.body;
    assert!(page.contains("You are signed in with rosa@example.org") && !page.contains(r#"type="password""#));
    let session = rosa.cookie().map(str::to_owned);
    assert_eq!(rosa.post("/invitation", &[("token", token)]).await.location(), "/trainer?done=accepted");
    assert_eq!(rosa.cookie(), session.as_deref());
    let start = rosa.get("/trainer?done=accepted").await.body;
    assert!(start.contains("You have accepted the invitation."), "{start}");
    assert!(rosa.get(&link).await.body.contains("If you accepted it with the account that is signed in here, go on."));
    let spent = stranger.get(&link).await;
    assert_eq!(spent.status, StatusCode::NOT_FOUND);
    assert!(spent.body.contains("This invitation no longer works") && !spent.body.contains("/forgot"), "{}", spent.body);
}

#[tokio::test]
async fn names_password_and_sessions_are_changed_on_one_page() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let renamed = rosa.post("/account", &[("act", "names"), ("chosen-name", "Rosi"), ("certificate-name", "Rosa M. Diaz")]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER);
    assert!(rosa.get("/account").await.body.contains(r#"value="Rosa M. Diaz""#));
    let empty = rosa.post("/account", &[("act", "password")]).await;
    for said in ["Two things to look at", "Please type the password you have now.", "Please use at least 10 letters."] {
        assert!(empty.body.contains(said), "{said}: {}", empty.body);
    }
    let wrong =
        rosa.post("/account", &[("act", "password"), ("old-password", "not it"), ("password", "orange lamp over nine rivers")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("This is not the password you have now."));
    assert!(wrong.body.contains(r#"value="Rosi""#));
    let right =
        rosa.post("/account", &[("act", "password"), ("old-password", PASSWORD), ("password", "orange lamp over nine rivers")]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert!(world.letters().await.last().unwrap().contains("Your password was changed"));
    let twice =
        rosa.post("/account", &[("act", "password"), ("old-password", PASSWORD), ("password", "orange lamp over nine rivers")]).await;
    assert_eq!(twice.location(), "/account?done=password", "a double click is told the truth");
    let mut elsewhere = world.anonymous();
    elsewhere.sign_in("rosa@example.org", "orange lamp over nine rivers").await;
    let same =
        rosa.post("/account", &[("act", "password"), ("old-password", "not it"), ("password", "orange lamp over nine rivers")]).await;
    assert_eq!(same.location(), "/account?done=password");
    assert_eq!(
        elsewhere.get("/account").await.location(),
        "/login?back=/account",
        "it says that other devices are signed out, and they are"
    );
    let nobodys = rosa.post("/account", &[("act", "end-session"), ("session", "0193a5b0-0000-7000-8000-000000000000")]).await;
    assert_eq!(nobodys.status, StatusCode::NOT_FOUND);
}
