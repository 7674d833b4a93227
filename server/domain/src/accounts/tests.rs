//! Accounts from sign-up to sign-out, on both databases.

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
    sign_up(&mut write, &email(address), &name(called)).await.unwrap();
    write.commit().await.unwrap();
    sign_up::by_email(&platform.read(), &email(address)).await.unwrap().unwrap().id
}

async fn link(platform: &Platform, person: PersonId, purpose: Purpose) -> Secret {
    let mut write = platform.write(&Actor::worker()).await.unwrap();
    let link = link_for(&mut write, person, purpose).await.unwrap();
    write.commit().await.unwrap();
    link
}

async fn invited(platform: &Platform, officer: &Actor, address: &str, called: &str) -> Secret {
    let mut write = platform.write(officer).await.unwrap();
    let id = invite(&mut write, &email(address), &name(called), Role::Trainer, "").await.unwrap();
    write.commit().await.unwrap();
    let mut write = platform.write(&Actor::worker()).await.unwrap();
    let (_, link) = invitation_link(&mut write, id).await.unwrap().unwrap();
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
        let id = invite(&mut write, &email("tess@example.org"), &name("Tess"), Role::Trainer, "").await.unwrap();
        write.commit().await.unwrap();
        let mut write = platform.write(&Actor::worker()).await.unwrap();
        let (_, link) = invitation_link(&mut write, id).await.unwrap().unwrap();
        write.commit().await.unwrap();

        let nobody = Actor::nobody();
        let bare = accept(platform, &nobody, &link, Some(name("Tess")), String::new(), "a test").await;
        assert!(matches!(bare, Err(AcceptError::NeedsPassword)));
        let tess = accept(platform, &nobody, &link, Some(name("Tess")), PASSWORD.into(), "a test").await.unwrap().unwrap();
        let tess = actor_of(&platform.read(), &tess.secret).await.unwrap();
        assert!(tess.is(Role::Trainer));
        let grants = entity::grant::Entity::find().all(platform.read().db()).await.unwrap();
        let hers = grants.iter().find(|grant| Some(grant.person) == tess.person()).unwrap();
        assert_eq!(hers.granted_by, officer.person(), "by whose word");
        let again = accept(platform, &nobody, &link, Some(name("Tess")), PASSWORD.into(), "a test").await;
        assert!(matches!(again, Err(AcceptError::Spent)));

        let mut write = platform.write(&tess).await.unwrap();
        let refused = invite(&mut write, &email("y@example.org"), &name("Y"), Role::Officer, "").await;
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
    assert_eq!(Password::parse("short").err(), Some(WeakPassword::Short));
    assert_eq!(Password::parse(&"x".repeat(201)).err(), Some(WeakPassword::Long));
    let rosa = about(&[&name("Rosa Martinez")], &email("zorvabexil@quimtofel.example"));
    for common in ["password123456", "qwertyuiop", "rosamartinez", "Rosa Martinez", "zorvabexil", "quimtofelzorvabexil"] {
        assert!(is_common(common, &rosa), "{common}");
    }
    assert!(!is_common("zorvabexil", &[]), "it is hers alone");
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

#[tokio::test]
async fn an_account_that_nobody_has_been_in_takes_name_and_password_from_who_accepts() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let officer = officer(platform).await;
        signed_up(platform, "tess@example.org", "Idiot").await;
        let link = invited(platform, &officer, "Tess@example.org", "Tess Moss").await;
        let nobody = Actor::nobody();
        let bare = accept(platform, &nobody, &link, None, String::new(), "a test").await;
        assert!(matches!(bare, Err(AcceptError::NeedsPassword)));
        let tess = accept(platform, &nobody, &link, None, PASSWORD.into(), "a test").await.unwrap().unwrap();
        assert_eq!(actor_of(&platform.read(), &tess.secret).await.unwrap().name(), "Tess Moss");
        sign_in(platform, &nobody, &email("tess@example.org"), PASSWORD.into(), "a test").await.unwrap();

        signed_up(platform, "ines@example.org", "Idiot").await;
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        let (ines, _) = create(&mut write, &email("ines@example.org"), &name("Ines"), Role::Trainer).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(person(&platform.read(), ines).await.unwrap().unwrap().chosen_name, name("Ines"));
    }
}

#[tokio::test]
async fn an_invitation_signs_nobody_in_to_an_account_that_is_there() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let omar = officer(platform).await;
        let nobody = Actor::nobody();
        let link = invited(platform, &omar, "omar@example.org", "Omar").await;
        for typed in ["", "orange lamp over nine rivers"] {
            let refused = accept(platform, &nobody, &link, Some(name("Eve")), typed.into(), "a test").await;
            assert!(matches!(refused, Err(AcceptError::Wrong)));
        }
        assert!(accept(platform, &omar, &link, None, String::new(), "a test").await.unwrap().is_none(), "he is signed in already");
        let link = invited(platform, &omar, "omar@example.org", "Omar").await;
        let signed_in = accept(platform, &nobody, &link, Some(name("Eve")), PASSWORD.into(), "a test").await.unwrap().unwrap();
        let actor = actor_of(&platform.read(), &signed_in.secret).await.unwrap();
        assert_eq!((actor.person(), actor.name(), actor.is(Role::Trainer)), (omar.person(), "Omar", true));
    }
}

#[tokio::test]
async fn the_same_sheet_invites_once_and_another_on_it_is_another() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let omar = officer(platform).await;
        let send = async |address: &str, once: &str| {
            let mut write = platform.write(&omar).await.unwrap();
            let id = invite(&mut write, &email(address), &name("Tess"), Role::Trainer, once).await.unwrap();
            write.commit().await.unwrap();
            id
        };
        let first = send("tess@example.org", "a sheet").await;
        assert_eq!(send("tess@example.org", "a sheet").await, first);
        let other = send("ines@example.org", "a sheet").await;
        assert_ne!(other, first);
        assert_eq!(send("ines@example.org", "a sheet").await, other);
        assert_eq!(invitations(&platform.read()).await.unwrap().len(), 2);
        assert_eq!(jobs::open_jobs(&platform.read()).await.unwrap(), 2, "a letter each");

        let mut write = platform.write(&omar).await.unwrap();
        withdraw(&mut write, first).await.unwrap();
        write.commit().await.unwrap();
        assert_ne!(send("tess@example.org", "a sheet").await, first, "what was withdrawn is not said to be on its way");
    }
}

#[tokio::test]
async fn nobody_is_sent_two_letters_of_a_kind_in_five_minutes() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let letters = async || jobs::open_jobs(&platform.read()).await.unwrap();
        let forgot = async || {
            let mut write = platform.write(&Actor::nobody()).await.unwrap();
            ask_for_reset(&mut write, &email("omar@example.org")).await.unwrap();
            write.commit().await.unwrap();
        };
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
