//! The trainees among the examples, and how far each of them is.

use domain::{accounts::Actor, credentials};
use types::{AttemptId, Category, CertificateId, Domain, EntryId, Moment, Role};

use super::{Demo, works::WORKS};
use crate::cli::Refused;

impl Demo {
    /// Somebody who did the whole program in the two weeks before `at`, and has its certificate.
    pub(super) async fn graduate(&self, at: Moment, name: &str, short: &str, trainer: &Actor) -> Result<CertificateId, Refused> {
        let day = |days: i64| at.plus((days - 14) * Moment::DAY);
        let who = self.person(day(0), name, short, Role::Trainee).await?;
        let (enrolment, placement) = self.enrol(day(0), &who).await?;
        for module in ["m01", "m02"] {
            self.read(day(2), &who, enrolment, module).await?;
            self.check(day(3), &who, enrolment, module, usize::MAX, true).await?;
        }
        self.live(day(4), &who, trainer).await?;
        self.sign(day(5), &who, enrolment).await?;
        for (n, work) in WORKS.iter().enumerate() {
            let on = day(6 + 2 * i64::try_from(n).unwrap_or(0));
            let entry = self.entry(on, &who, enrolment, placement, *work).await?;
            self.approve(on.plus(Moment::HOUR), trainer, entry).await?;
        }
        let issued = credentials::review(&self.at(at), &self.issuer, &self.zone, enrolment).await?;
        issued.ok_or_else(|| Refused::No(format!("the example {name} did not meet every requirement")))
    }

    /// Somebody on the way: one entry approved, one waiting, a check begun.
    pub(super) async fn half_way(&self, at: Moment, name: &str, short: &str, trainer: &Actor) -> Result<(EntryId, AttemptId), Refused> {
        let who = self.person(at, name, short, Role::Trainee).await?;
        let (enrolment, placement) = self.enrol(at, &who).await?;
        self.read(at, &who, enrolment, "m01").await?;
        self.check(at, &who, enrolment, "m01", usize::MAX, true).await?;
        self.live(at.plus(Moment::DAY), &who, trainer).await?;
        let [first, second, _] = WORKS;
        let approved = self.entry(at.plus(2 * Moment::DAY), &who, enrolment, placement, first).await?;
        self.approve(at.plus(3 * Moment::DAY), trainer, approved).await?;
        let waiting = self.entry(at.plus(4 * Moment::DAY), &who, enrolment, placement, second).await?;
        let attempt = self.check(at.plus(5 * Moment::DAY), &who, enrolment, "m02", 4, false).await?;
        let mut write = self.platform.write(trainer).await?;
        self.session(&mut write, "m01", at.plus(14 * Moment::DAY)).await?;
        write.commit().await?;
        Ok((waiting, attempt))
    }

    /// Somebody at the beginning, whose first entry was sent at this time and waits.
    pub(super) async fn sent_one(&self, at: Moment, name: &str, short: &str, work: (Category, Domain, &str)) -> Result<(), Refused> {
        let began = at.plus(-3 * Moment::DAY);
        let who = self.person(began, name, short, Role::Trainee).await?;
        let (enrolment, placement) = self.enrol(began, &who).await?;
        self.read(began.plus(Moment::DAY), &who, enrolment, "m01").await?;
        self.entry(at, &who, enrolment, placement, work).await?;
        Ok(())
    }

    /// Somebody who finished the first module at this time, and of whom nothing was heard since.
    pub(super) async fn still_since(&self, at: Moment, name: &str, short: &str) -> Result<(), Refused> {
        let began = at.plus(-2 * Moment::DAY);
        let who = self.person(began, name, short, Role::Trainee).await?;
        let (enrolment, _) = self.enrol(began, &who).await?;
        self.read(began.plus(Moment::DAY), &who, enrolment, "m01").await?;
        self.check(at, &who, enrolment, "m01", usize::MAX, true).await?;
        Ok(())
    }
}
