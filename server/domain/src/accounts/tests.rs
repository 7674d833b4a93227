//! Accounts from sign-up to sign-out, on both databases.

mod invitations;
mod passwords;

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use sea_orm::EntityTrait as _;
use types::{Email, Moment, Name, PersonId, Role};

use super::{
    password::{Room, about, is_common, offload},
    *,
};
use crate::{Look as _, Platform, Secret, Unavailable, jobs, testing};

const PASSWORD: &str = "violet harbor seven kites";

fn email(text: &str) -> Email {
    text.parse().unwrap()
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn password(text: &str) -> Password {
    Password::parse(text).unwrap()
}

async fn signed_up(platform: &Platform, address: &str, called: &str) -> PersonId {
    let mut write = platform.write(&Actor::nobody()).await.unwrap();
    sign_up(&mut write, &email(address), &name(called), None).await.unwrap();
    write.commit().await.unwrap();
    sign_up::by_email(&platform.read(), &email(address)).await.unwrap().unwrap().id
}

#[tokio::test]
async fn the_program_that_somebody_came_for_is_kept_until_the_account_is_ready() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let rosa = email("rosa@example.org");
        for program in [Some("another"), Some("foundations-2026"), None] {
            let mut write = platform.write(&Actor::nobody()).await.unwrap();
            sign_up(&mut write, &rosa, &name("Rosa"), program).await.unwrap();
            write.commit().await.unwrap();
        }
        let id = sign_up::by_email(&platform.read(), &rosa).await.unwrap().unwrap().id;
        let link = link(platform, id, Purpose::ConfirmEmail).await;
        let ready = confirm_email(platform, &link, name("Rosa"), password(PASSWORD), "a test").await.unwrap();
        assert_eq!((ready.signed_in.person, ready.program.as_deref()), (id, Some("foundations-2026")), "the last that was said");
        let mut write = platform.write(&Actor::nobody()).await.unwrap();
        sign_up(&mut write, &rosa, &name("Eve"), Some("another")).await.unwrap();
        write.commit().await.unwrap();
        let row = sign_up::by_email(&platform.read(), &rosa).await.unwrap().unwrap();
        assert_eq!(row.came_for, None, "who has an account is asked nothing, and nobody else can answer for them");
    }
}

async fn link(platform: &Platform, person: PersonId, purpose: Purpose) -> Secret {
    let mut write = platform.write(&Actor::worker()).await.unwrap();
    let link = link_for(&mut write, person, purpose).await.unwrap();
    write.commit().await.unwrap();
    link
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
        sign_up(&mut write, &rosa, &name("Rosa"), None).await.unwrap();
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

#[tokio::test]
async fn nobody_is_sent_two_letters_of_a_kind_in_five_minutes() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let letters = async || jobs::open_jobs(&platform.read()).await.unwrap();
        let forgot_of = async |address: &str| {
            let mut write = platform.write(&Actor::nobody()).await.unwrap();
            ask_for_reset(&mut write, &email(address)).await.unwrap();
            write.commit().await.unwrap();
        };
        let forgot = async || forgot_of("omar@example.org").await;
        let (rosa, again, _) = tokio::join!(
            signed_up(platform, "rosa@example.org", "Rosa"),
            signed_up(platform, "ROSA@example.org", "Rosi"),
            signed_up(platform, "ines@example.org", "Ines"),
        );
        assert_eq!(rosa, again);
        assert_eq!(letters().await, 2, "one each");
        officer(platform).await;
        forgot().await;
        forgot().await;
        signed_up(platform, "omar@example.org", "Omar").await;
        assert_eq!(letters().await, 4, "a link for a new password, and a word that there is an account");
        world.pass(4 * Moment::MINUTE);
        forgot().await;
        assert_eq!(letters().await, 4);
        world.pass(Moment::MINUTE);
        forgot().await;
        signed_up(platform, "rosa@example.org", "Rosa").await;
        assert_eq!(letters().await, 6, "who asks again later is answered again");
        forgot_of("nobody@example.org").await;
        forgot_of("Nobody@example.org").await;
        assert_eq!(letters().await, 7, "an address without an account makes the same work, once");
        let read = platform.read();
        assert!(sign_up::by_email(&read, &email("nobody@example.org")).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn members_are_those_with_a_role() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        assert!(!anybody(&platform.read()).await.unwrap());
        signed_up(platform, "rosa@example.org", "Rosa").await;
        assert!(anybody(&platform.read()).await.unwrap());
        let omar = officer(platform).await;
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        grant(&mut write, omar.person().unwrap(), Role::Trainer).await.unwrap();
        write.commit().await.unwrap();
        let [member] = members(&platform.read()).await.unwrap().try_into().unwrap();
        assert_eq!(Some(member.id), omar.person());
        assert!(member.roles.len() == 2 && member.roles.contains(&Role::Officer) && member.roles.contains(&Role::Trainer));
    }
}

/// A wait would tell that the address is known, and an act on the row would take longer than none.
#[tokio::test]
async fn a_look_waits_for_nobody_who_holds_the_person() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let omar = officer(platform).await;
        let link = link(platform, omar.person().unwrap(), Purpose::ResetPassword).await;
        let write = platform.write(&Actor::operator()).await.unwrap();
        hold(&write, omar.person().unwrap()).await.unwrap();
        links::spend(&write, &link, &[Purpose::ResetPassword]).await.unwrap();
        let looks = async {
            let wrong = sign_in(platform, &Actor::nobody(), &email("omar@example.org"), "wrong".into(), "a test").await;
            assert!(matches!(wrong, Err(SignInError::Wrong)));
            assert_eq!(open_link(&platform.read(), &link, &[Purpose::ResetPassword]).await.unwrap(), omar.person());
        };
        tokio::time::timeout(Duration::from_secs(5), looks).await.expect("a look waits for nobody");
        drop(write);
    }
}
