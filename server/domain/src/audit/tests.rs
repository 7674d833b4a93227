//! The chain shows every change behind the platform's back.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};

use super::{Act, Broken, entity::row, verify};
use crate::{Look as _, accounts::Actor, testing};

#[tokio::test]
async fn every_change_behind_the_platforms_back_shows() {
    for world in testing::worlds().await {
        for n in 0..3 {
            let mut write = world.platform.write(&Actor::operator()).await.unwrap();
            write.record(Act::new("test.done", n).with("n", n));
            write.commit().await.unwrap();
        }
        assert_eq!(verify(&world.platform.read()).await.unwrap(), Ok(3));

        let write = world.platform.write(&Actor::operator()).await.unwrap();
        let second = row::Entity::find_by_id(2).one(write.db()).await.unwrap().unwrap();
        let mut changed = second.into_active_model();
        changed.subject = Set("9".to_owned());
        changed.update(write.db()).await.unwrap();
        assert_eq!(verify(&write).await.unwrap(), Err(Broken::Row(2)));
        drop(write);

        let write = world.platform.write(&Actor::operator()).await.unwrap();
        row::Entity::delete_by_id(3).exec(write.db()).await.unwrap();
        assert_eq!(verify(&write).await.unwrap(), Err(Broken::End { found: 2, head: 3 }));
    }
}

#[tokio::test]
async fn an_act_that_is_dropped_has_never_been() {
    for world in testing::worlds().await {
        let mut write = world.platform.write(&Actor::operator()).await.unwrap();
        write.record(Act::new("test.done", 1));
        drop(write);
        assert_eq!(verify(&world.platform.read()).await.unwrap(), Ok(0));
    }
}
