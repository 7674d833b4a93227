//! Accounts from sign-up to sign-out, on both databases.

use types::{Email, Moment, Name, Role};

use super::*;
use crate::{Platform, Secret, testing};

const PASSWORD: &str = "violet harbor seven kites";

fn email(text: &str) -> Email {
    text.parse().unwrap()
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn password(text: &str) -> Password {
    Password::parse(text, &[]).unwrap()
}

async fn officer(platform: &Platform) -> Actor {
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    let (_, link) = create(&mut write, &email("omar@example.org"), &name("Omar"), Role::Officer).await.unwrap();
    write.commit().await.unwrap();
    let signed_in = reset_password(platform, &link, password(PASSWORD), "a test").await.unwrap();
    actor_of(&platform.read(), &signed_in.secret).await.unwrap()
}

#[tokio::test]
async fn somebody_signs_up_confirms_signs_in_and_out() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = email("Rosa@Example.org");
        let mut write = platform.write(&Actor::nobody()).await.unwrap();
        sign_up(&mut write, &rosa, &name("Rosa")).await.unwrap();
        write.commit().await.unwrap();
        let early = sign_in(platform, &Actor::nobody(), &rosa, PASSWORD.into(), "a test").await;
        assert!(matches!(early, Err(SignInError::Wrong)), "nobody signs in before the address is confirmed");

        let id = sign_up::by_email(&platform.read(), &rosa).await.unwrap().unwrap().id;
        let mut write = platform.write(&Actor::worker()).await.unwrap();
        let link = link_for(&mut write, id, Purpose::ConfirmEmail).await.unwrap();
        write.commit().await.unwrap();
        confirm_email(platform, &link, name("Rosi"), password(PASSWORD), "a test").await.unwrap();
        let again = confirm_email(platform, &link, name("Rosi"), password(PASSWORD), "a test").await;
        assert!(matches!(again, Err(LinkError::Spent)), "a link works once");

        let wrong = sign_in(platform, &Actor::nobody(), &rosa, "wrong".into(), "a test").await;
        assert!(matches!(wrong, Err(SignInError::Wrong)));
        let unknown = sign_in(platform, &Actor::nobody(), &email("x@example.org"), PASSWORD.into(), "a test").await;
        assert!(matches!(unknown, Err(SignInError::Wrong)));
        let signed_in = sign_in(platform, &Actor::nobody(), &email("ROSA@example.org"), PASSWORD.into(), "a test").await.unwrap();
        let actor = actor_of(&platform.read(), &signed_in.secret).await.unwrap();
        assert!(actor.is(Role::Trainee) && !actor.is(Role::Officer));

        let mut write = platform.write(&actor).await.unwrap();
        assert!(end_session(&mut write, actor.session().unwrap()).await.unwrap());
        write.commit().await.unwrap();
        assert_eq!(actor_of(&platform.read(), &signed_in.secret).await.unwrap(), Actor::nobody());
    }
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let first = officer(platform).await;
        let second = sign_in(platform, &Actor::nobody(), &email("omar@example.org"), PASSWORD.into(), "a phone").await.unwrap();
        let second = actor_of(&platform.read(), &second.secret).await.unwrap();
        let wrong = change_password(platform, &second, "not it".into(), password("orange lamp over nine rivers")).await;
        assert!(matches!(wrong, Err(PasswordError::Wrong)));
        change_password(platform, &second, PASSWORD.into(), password("orange lamp over nine rivers")).await.unwrap();
        let left = sessions(&platform.read(), first.person().unwrap()).await.unwrap();
        assert_eq!(left.iter().map(|session| Some(session.id)).collect::<Vec<_>>(), [second.session()]);
    }
}

#[tokio::test]
async fn an_officer_invites_and_only_an_officer() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let officer = officer(platform).await;
        let mut write = platform.write(&officer).await.unwrap();
        let id = invite(&mut write, &email("tess@example.org"), &name("Tess"), Role::Trainer).await.unwrap();
        write.commit().await.unwrap();
        let mut write = platform.write(&Actor::worker()).await.unwrap();
        let (_, link) = invitation_link(&mut write, id).await.unwrap().unwrap();
        write.commit().await.unwrap();

        let bare = accept(platform, &link, name("Tess"), None, "a test").await;
        assert!(matches!(bare, Err(AcceptError::NeedsPassword)));
        let tess = accept(platform, &link, name("Tess"), Some(password(PASSWORD)), "a test").await.unwrap();
        let tess = actor_of(&platform.read(), &tess.secret).await.unwrap();
        assert!(tess.is(Role::Trainer));
        let again = accept(platform, &link, name("Tess"), Some(password(PASSWORD)), "a test").await;
        assert!(matches!(again, Err(AcceptError::Spent)));

        let mut write = platform.write(&tess).await.unwrap();
        let refused = invite(&mut write, &email("y@example.org"), &name("Y"), Role::Officer).await;
        assert!(matches!(refused, Err(InviteError::NotAnOfficer)));
    }
}

#[tokio::test]
async fn sessions_and_links_grow_old() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let actor = officer(platform).await;
        assert_eq!(sessions(&platform.read(), actor.person().unwrap()).await.unwrap().len(), 1);
        world.pass(15 * Moment::DAY);
        assert_eq!(sessions(&platform.read(), actor.person().unwrap()).await.unwrap().len(), 0);
        let nobody = actor_of(&platform.read(), &Secret::from_text("made up")).await.unwrap();
        assert_eq!(nobody, Actor::nobody());
    }
}

#[test]
fn passwords_need_length_and_must_not_be_common() {
    fn why(text: &str, about: &[&str]) -> Option<WeakPassword> {
        Password::parse(text, about).err()
    }
    assert_eq!(why("short", &[]), Some(WeakPassword::Short));
    assert_eq!(why("password123456", &[]), Some(WeakPassword::Common));
    assert_eq!(why("qwertyuiop", &[]), Some(WeakPassword::Common));
    assert_eq!(why("rosamartinez", &["rosa", "martinez"]), Some(WeakPassword::Common));
    assert_eq!(why(&"x".repeat(201), &[]), Some(WeakPassword::Long));
    assert_eq!(why(PASSWORD, &[]), None, "no digits, no capitals, and good");
}
