//! The queue: leases, pauses, ends.

use types::{EnrolmentId, Moment, PersonId};
use uuid::Uuid;

use super::{Job, Left, Letter, Outcome, claim, enqueue, finish, given_up, left, open_jobs, queue::pause, retry, take_up};
use crate::{Platform, accounts::Actor, testing};

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

async fn enqueued(platform: &Platform, job: &Job) {
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    enqueue(&mut write, job).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn a_letter_is_tried_for_three_days_and_then_left_for_a_person_who_can_have_it_tried_again() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        enqueued(platform, &job(3)).await;
        let mut waited = 0;
        while given_up(&platform.read()).await.unwrap() == 0 {
            let leased = claim(platform).await.unwrap().expect("its pause is over");
            finish(platform, &leased, Outcome::Retry("no answer".into())).await.unwrap();
            if open_jobs(&platform.read()).await.unwrap() > 0 {
                waited += pause(leased.tries);
                world.pass(pause(leased.tries));
            }
        }
        assert!((3 * Moment::DAY..4 * Moment::DAY).contains(&waited), "{waited}");
        assert_eq!(claim(platform).await.unwrap(), None);
        let [row]: [Left; 1] = left(&platform.read()).await.unwrap().try_into().unwrap();
        assert_eq!((row.due_at, row.error.as_deref()), (None, Some("no answer")));

        let mut write = platform.write(&Actor::operator()).await.unwrap();
        assert_eq!(retry(&mut write).await.unwrap(), 1);
        write.commit().await.unwrap();
        assert_eq!(given_up(&platform.read()).await.unwrap(), 0);
        let again = claim(platform).await.unwrap().unwrap();
        assert_eq!((again.id, again.tries), (row.id, 1));
    }
}

#[tokio::test]
async fn a_review_is_never_given_up_and_need_not_wait_for_its_pause() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        enqueued(platform, &Job::ReviewEnrolment { enrolment: EnrolmentId(Uuid::from_u128(4)) }).await;
        for tries in 1..60 {
            let leased = claim(platform).await.unwrap().unwrap();
            assert_eq!(leased.tries, tries);
            finish(platform, &leased, Outcome::Retry("no key".into())).await.unwrap();
            world.pass(pause(tries));
        }
        let leased = claim(platform).await.unwrap().unwrap();
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        assert_eq!(retry(&mut write).await.unwrap(), 0, "a worker has it");
        drop(write);
        finish(platform, &leased, Outcome::Retry("no key".into())).await.unwrap();
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        assert_eq!(retry(&mut write).await.unwrap(), 1);
        write.commit().await.unwrap();
        assert_eq!(claim(platform).await.unwrap().map(|leased| leased.tries), Some(61));
    }
}

#[tokio::test]
async fn a_job_that_takes_its_worker_down_comes_back_after_growing_pauses_and_is_given_up() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        enqueued(platform, &job(5)).await;
        let mut tries = 0;
        while let Some(leased) = claim(platform).await.unwrap() {
            tries = leased.tries;
            world.pass(5 * Moment::MINUTE);
            if pause(tries) > 5 * Moment::MINUTE {
                assert_eq!(claim(platform).await.unwrap(), None, "its pause is not over");
            }
            world.pass(6 * Moment::HOUR);
        }
        assert_eq!((tries, given_up(&platform.read()).await.unwrap()), (25, 1));
        enqueued(platform, &job(6)).await;
        assert_eq!(claim(platform).await.unwrap().and_then(|leased| leased.job), Some(job(6)), "the others go on");
    }
}

#[tokio::test]
async fn what_the_last_run_had_begun_is_taken_up_at_once() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        enqueued(platform, &job(1)).await;
        assert!(claim(platform).await.unwrap().is_some());
        assert!(claim(platform).await.unwrap().is_none(), "it is leased");
        let mut write = platform.write(&Actor::worker()).await.unwrap();
        take_up(&mut write).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(claim(platform).await.unwrap().map(|job| job.tries), Some(2));
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
