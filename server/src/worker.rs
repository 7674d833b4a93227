//! Runs the queue: leases a job, does it, puts down how it went. Errors are logged here and nowhere else.

use std::{sync::Arc, time::Duration};

use app::site::Site;
use domain::{
    Platform,
    credentials::{self, Issuer},
    jobs::{self, Job, Leased, Letter, Outcome},
    notifications,
};
use tokio::sync::watch;
use types::JobId;

use crate::mail::{MailError, Mailer};

/// What jobs need.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The domain.
    pub platform: Platform,
    /// Who issues certificates.
    pub issuer: Issuer,
    /// The installation.
    pub site: Arc<Site>,
    /// The way out for letters.
    pub mailer: Mailer,
}

impl Worker {
    /// Works until `stop` turns true. A fault that ends the work is logged, and the work begins again: the site must
    /// not go on promising letters that nobody sends.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        until_it_ends(|| self.clone().work(stop.clone())).await;
    }

    /// Drains the queue at once when an act leaves work, and every few seconds besides, for what other servers left
    /// and for what is to be tried again.
    async fn work(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            self.drain_until(&stop).await;
            tokio::select! {
                () = self.platform.work() => {}
                () = tokio::time::sleep(Duration::from_secs(2)) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Does everything that is due now. Answers how many jobs were run.
    pub async fn drain(&self) -> usize {
        self.drain_until(&watch::channel(false).1).await
    }

    /// Does what is due now, but begins no job after `stop` turned true.
    async fn drain_until(&self, stop: &watch::Receiver<bool>) -> usize {
        let mut run = 0;
        while !*stop.borrow() {
            let leased = match jobs::claim(&self.platform).await {
                Ok(Some(leased)) => leased,
                Ok(None) => return run,
                Err(error) => {
                    tracing::error!(error = %error, "the queue cannot be read");
                    return run;
                }
            };
            run += 1;
            let (worker, job) = (self.clone(), leased.clone());
            let outcome = apart(async move { worker.run_one(&job).await }).await;
            let why = match &outcome {
                Outcome::Done => None,
                Outcome::Retry(why) | Outcome::Fail(why) => Some(why.clone()),
            };
            let given_up = match jobs::finish(&self.platform, &leased, outcome).await {
                Ok(given_up) => given_up,
                Err(error) => {
                    tracing::error!(job.id = %leased.id, error = %error, "how a job went could not be put down");
                    return run;
                }
            };
            if let Some(why) = why {
                let then = if given_up { "it is given up" } else { "it is tried again" };
                tracing::warn!(job.id = %leased.id, job.tries = leased.tries, %why, then, "a job did not go well");
            }
        }
        run
    }

    async fn run_one(&self, leased: &Leased) -> Outcome {
        match &leased.job {
            None => Outcome::Retry("this program does not know such a job".to_owned()),
            Some(Job::Letter(letter)) => self.send(leased.id, letter).await,
            Some(Job::ReviewEnrolment { enrolment }) => {
                match credentials::review(&self.platform, &self.issuer, &self.site.zone, *enrolment).await {
                    Ok(_) => Outcome::Done,
                    Err(error) => Outcome::Retry(error.to_string()),
                }
            }
        }
    }

    async fn send(&self, job: JobId, letter: &Letter) -> Outcome {
        let message = match notifications::compose(&self.platform, &self.site.organization, &self.site.zone, letter).await {
            Ok(Some(message)) => message,
            Ok(None) => return Outcome::Done,
            Err(error) => return Outcome::Retry(error.to_string()),
        };
        match self.mailer.send(&self.site, job, &message, self.platform.now()).await {
            Ok(()) => Outcome::Done,
            Err(error @ (MailError::Unwritable(_) | MailError::Nobody(_))) => Outcome::Fail(error.to_string()),
            Err(error @ MailError::NotTaken(_)) => Outcome::Retry(error.to_string()),
        }
    }
}

/// Runs a job in a task of its own, so that one that panics is tried again like any other and the rest goes on.
async fn apart(run: impl Future<Output = Outcome> + Send + 'static) -> Outcome {
    tokio::spawn(run).await.unwrap_or_else(|error| Outcome::Retry(format!("it broke off: {error}")))
}

/// Does the work, and begins it again each time it panics.
async fn until_it_ends<W: Future<Output = ()> + Send + 'static>(work: impl Fn() -> W) {
    while let Err(error) = tokio::spawn(work()).await {
        tracing::error!(error = %error, "the worker ended and begins again");
        tokio::time::sleep(PAUSE).await;
    }
}

/// How long the worker rests after a fault, so that one that comes back each time does not fill the machine.
const PAUSE: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_job_that_panics_is_tried_again() {
        let outcome = apart(async { panic!("a letter that breaks its writer") }).await;
        assert!(
            matches!(&outcome, Outcome::Retry(why) if why.starts_with("it broke off") && why.contains("breaks its writer")),
            "{outcome:?}"
        );
        assert_eq!(apart(async { Outcome::Done }).await, Outcome::Done);
    }

    #[tokio::test]
    async fn work_that_panics_begins_again_and_work_that_ends_does_not() {
        let begun = Arc::new(AtomicU32::new(0));
        let counted = begun.clone();
        until_it_ends(move || {
            let times = counted.fetch_add(1, Ordering::Relaxed);
            async move { assert!(times > 0, "the first one breaks") }
        })
        .await;
        assert_eq!(begun.load(Ordering::Relaxed), 2);
    }
}
