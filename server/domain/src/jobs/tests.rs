//! The queue: leases, pauses, ends.

use types::{Moment, PersonId};
use uuid::Uuid;

use super::{Job, Letter, Outcome, claim, enqueue, finish, open_jobs};
use crate::{accounts::Actor, testing};

fn job(n: u128) -> Job {
    Job::Letter(Letter::ConfirmEmail { person: PersonId(Uuid::from_u128(n)) })
}

#[tokio::test]
async fn a_job_is_leased_once_tried_again_after_a_pause_and_finished() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        enqueue(&mut write, &job(1)).await.unwrap();
        write.commit().await.unwrap();

        let first = claim(platform).await.unwrap().unwrap();
        assert_eq!((first.job.as_ref(), first.tries), (Some(&job(1)), 1));
        assert_eq!(claim(platform).await.unwrap(), None, "one worker has it");

        finish(platform, &first, Outcome::Retry("no answer".into())).await.unwrap();
        assert_eq!(claim(platform).await.unwrap(), None, "not before its pause is over");
        world.pass(6 * Moment::SECOND);
        let second = claim(platform).await.unwrap().unwrap();
        assert_eq!(second.tries, 2);

        world.pass(6 * Moment::MINUTE);
        let third = claim(platform).await.unwrap().expect("a lease that ran out frees the job");
        assert_eq!(open_jobs(&platform.read()).await.unwrap(), 1);
        finish(platform, &third, Outcome::Done).await.unwrap();
        assert_eq!(open_jobs(&platform.read()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_job_goes_with_its_act() {
    for world in testing::worlds().await {
        let mut write = world.platform.write(&Actor::operator()).await.unwrap();
        enqueue(&mut write, &job(2)).await.unwrap();
        drop(write);
        assert_eq!(claim(&world.platform).await.unwrap(), None);
    }
}
