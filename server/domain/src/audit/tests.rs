//! The chain shows every change behind the platform's back.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};

use super::{Act, Broken, chain::sealed, entity::row, since, verify};
use crate::{
    Look as _,
    accounts::Actor,
    testing::{self, NOON},
};

#[tokio::test]
async fn every_change_behind_the_platforms_back_shows() {
    for world in testing::worlds().await {
        for n in 0..3 {
            let mut write = world.platform.write(&Actor::operator()).await.unwrap();
            write.record(Act::new("test.done", n).with("n", n));
            write.commit().await.unwrap();
        }
        assert_eq!(verify(&world.platform.read()).await.unwrap(), Ok(3));
        assert_eq!(since(&world.platform.read()).await.unwrap(), Some(NOON));

        let write = world.platform.write(&Actor::operator()).await.unwrap();
        let second = row::Entity::find_by_id(2).one(write.db()).await.unwrap().unwrap();
        let mut changed = second.into_active_model();
        changed.subject = Set("9".to_owned());
        changed.update(write.db()).await.unwrap();
        let Err(broken) = verify(&write).await.unwrap() else { panic!("it does not show") };
        assert!(matches!(&broken, Broken::Row(place) if place.seq == 2));
        assert!(broken.to_string().starts_with("row 2 (test.done, 2026-09-01T12:00Z) does not fit its seal"), "{broken}");
        drop(write);

        let write = world.platform.write(&Actor::operator()).await.unwrap();
        row::Entity::delete_by_id(3).exec(write.db()).await.unwrap();
        assert_eq!(verify(&write).await.unwrap(), Err(Broken::End { found: 2, head: 3 }));
    }
}

#[tokio::test]
async fn a_last_row_that_was_changed_and_sealed_again_shows_and_so_does_one_that_was_added() {
    for world in testing::worlds().await {
        for n in 0..3 {
            let mut write = world.platform.write(&Actor::operator()).await.unwrap();
            write.record(Act::new("test.done", n));
            write.commit().await.unwrap();
        }
        let write = world.platform.write(&Actor::operator()).await.unwrap();
        let second = row::Entity::find_by_id(2).one(write.db()).await.unwrap().unwrap();
        let mut last = row::Entity::find_by_id(3).one(write.db()).await.unwrap().unwrap();
        let mut changed = last.clone().into_active_model();
        last.subject = "9".to_owned();
        changed.seal = Set(sealed(&second.seal, &last));
        changed.subject = Set(last.subject);
        changed.update(write.db()).await.unwrap();
        assert_eq!(verify(&write).await.unwrap(), Err(Broken::Head(3)));
        drop(write);

        let write = world.platform.write(&Actor::operator()).await.unwrap();
        let mut more = row::Entity::find_by_id(3).one(write.db()).await.unwrap().unwrap();
        more.seq = 4;
        more.seal = sealed(&more.seal, &more);
        row::Entity::insert(more.into_active_model().reset_all()).exec_without_returning(write.db()).await.unwrap();
        assert_eq!(verify(&write).await.unwrap(), Err(Broken::End { found: 4, head: 3 }));
    }
}

#[tokio::test]
async fn the_chain_holds_while_the_site_goes_on() {
    for world in testing::worlds().await {
        let acts = async {
            for n in 0..60 {
                let mut write = world.platform.write(&Actor::operator()).await.unwrap();
                write.record(Act::new("test.done", n));
                write.commit().await.unwrap();
            }
        };
        let checks = async {
            for _ in 0..60 {
                verify(&world.platform.read()).await.unwrap().unwrap();
            }
        };
        tokio::join!(acts, checks);
        assert_eq!(verify(&world.platform.read()).await.unwrap(), Ok(60));
    }
}

#[tokio::test]
async fn an_act_that_is_dropped_has_never_been() {
    for world in testing::worlds().await {
        let mut write = world.platform.write(&Actor::operator()).await.unwrap();
        write.record(Act::new("test.done", 1));
        drop(write);
        assert_eq!(verify(&world.platform.read()).await.unwrap(), Ok(0));
        assert_eq!(since(&world.platform.read()).await.unwrap(), None);
    }
}

/// Many acts at once: each waits for the head of the chain, and the chain has no fork.
#[tokio::test]
async fn acts_at_once_make_one_chain() {
    for world in testing::worlds().await {
        let acts: Vec<_> = (0..24)
            .map(|n| {
                let platform = world.platform.clone();
                tokio::spawn(async move {
                    let mut write = platform.write(&Actor::operator()).await.unwrap();
                    write.record(Act::new("test.done", n));
                    write.commit().await.unwrap();
                })
            })
            .collect();
        for act in acts {
            act.await.unwrap();
        }
        assert_eq!(verify(&world.platform.read()).await.unwrap(), Ok(24));
    }
}
