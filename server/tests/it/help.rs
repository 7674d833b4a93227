//! Help stands when nothing else does.

use domain::Look as _;
use http::StatusCode;
use types::Role;

use crate::world::World;

#[tokio::test]
async fn help_is_there_without_the_database_signed_in_or_not() {
    let world = World::with_content().await;
    let (mut nobody, mut rosa) = (world.anonymous(), world.person("Rosa", Role::Trainee).await);
    world.platform.read().db().close_by_ref().await.unwrap();
    for visitor in [&mut nobody, &mut rosa] {
        let help = visitor.get("/help").await;
        assert_eq!(help.status, StatusCode::OK);
        assert!(help.body.contains("Call or text 988") && help.body.contains("call 911"));
    }
    let broken = rosa.get("/learn").await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(broken.body.contains("call or text 988"), "a page that cannot be drawn still says where help is");
}
