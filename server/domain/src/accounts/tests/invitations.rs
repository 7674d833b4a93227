//! Invitations, and who comes in by them.

use super::*;

async fn invited(platform: &Platform, officer: &Actor, address: &str, called: &str, role: Role) -> Secret {
    let mut write = platform.write(officer).await.unwrap();
    let id = invite(&mut write, &email(address), &name(called), role, "").await.unwrap();
    write.commit().await.unwrap();
    let mut write = platform.write(&Actor::worker()).await.unwrap();
    let (_, link) = invitation_link(&mut write, id).await.unwrap().unwrap();
    write.commit().await.unwrap();
    link
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
async fn an_account_that_nobody_has_been_in_takes_name_and_password_from_who_accepts() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let officer = officer(platform).await;
        signed_up(platform, "tess@example.org", "Idiot").await;
        let link = invited(platform, &officer, "Tess@example.org", "Tess Moss", Role::Trainer).await;
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
        let link = invited(platform, &omar, "omar@example.org", "Omar", Role::Trainer).await;
        for typed in ["", "orange lamp over nine rivers"] {
            let refused = accept(platform, &nobody, &link, Some(name("Eve")), typed.into(), "a test").await;
            assert!(matches!(refused, Err(AcceptError::Wrong)));
        }
        assert!(accept(platform, &omar, &link, None, String::new(), "a test").await.unwrap().is_none(), "he is signed in already");
        let link = invited(platform, &omar, "omar@example.org", "Omar", Role::Trainee).await;
        let signed_in = accept(platform, &nobody, &link, Some(name("Eve")), PASSWORD.into(), "a test").await.unwrap().unwrap();
        let actor = actor_of(&platform.read(), &signed_in.secret).await.unwrap();
        assert_eq!((actor.person(), actor.name(), actor.is(Role::Trainee)), (omar.person(), "Omar", true));
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
        let anew = send("tess@example.org", "a sheet").await;
        assert_ne!(anew, first, "what was withdrawn is not said to be on its way");
        assert_eq!(send("tess@example.org", "a sheet").await, anew, "and the sheet invites once again, not twice");
    }
}

#[tokio::test]
async fn nobody_is_invited_to_what_they_have_or_are_asked_already() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let omar = officer(platform).await;
        let ask = async |address: &str, role: Role| {
            let mut write = platform.write(&omar).await.unwrap();
            let answer = invite(&mut write, &email(address), &name("Somebody"), role, "").await;
            write.commit().await.unwrap();
            answer
        };
        assert!(matches!(ask("OMAR@example.org", Role::Officer).await, Err(InviteError::Here(who)) if who == name("Omar")));
        let first = ask("nia@example.org", Role::Trainer).await.unwrap();
        assert!(matches!(ask("Nia@Example.org", Role::Trainer).await, Err(InviteError::Waits)));
        ask("nia@example.org", Role::Officer).await.unwrap();
        let mut write = platform.write(&omar).await.unwrap();
        assert!(withdraw(&mut write, first).await.unwrap());
        assert!(!withdraw(&mut write, first).await.unwrap(), "once");
        let unknown = write.new_id();
        assert!(matches!(withdraw(&mut write, unknown).await, Err(InviteError::NotFound)));
        write.commit().await.unwrap();
        ask("nia@example.org", Role::Trainer).await.unwrap();
        world.pass(15 * Moment::DAY);
        ask("nia@example.org", Role::Trainer).await.unwrap();
    }
}
