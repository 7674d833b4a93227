//! The demonstration: people and work, made through the same acts as real ones, with the clock set back
//! where a date must lie in the past. Everybody in it is plainly an example.

use std::{path::Path, sync::Arc};

use domain::{
    Clock, Platform, Write,
    accounts::{self, Actor, Password},
    assessment,
    credentials::{self, Decision, Issuer},
    curriculum::{self, PRACTICUM_ENTRY, Release},
    learning::{self, NewSession, Signing},
    practicum::{self, Band, Content, Format, Hours, NewPlacement, Setting, SupervisorKind, When},
};
use jiff::{Timestamp, civil::Time, tz::TimeZone};
use serde_json::{Value, json};
use types::{AttemptId, Category, CertificateId, Domain, EnrolmentId, EntryId, LiveSessionId, Minutes, Moment, PlacementId, Role};

use crate::cli::Refused;

mod empty;
mod people;
mod works;

pub use empty::see_that_it_is_empty;
use works::WORKS;

/// The program that the examples are in.
const PROGRAM: &str = "foundations-2026";
/// The password of every example.
const PASSWORD: &str = "example lantern over quiet water";

/// Fills an empty database, and answers what `demo.json` says.
pub async fn fill(platform: &Platform, issuer: &Issuer, zone: &TimeZone, content: &Path) -> Result<Value, Refused> {
    let demo = Demo { platform: platform.clone(), issuer: issuer.clone(), zone: zone.clone() };
    let now = demo.last_morning(platform.now());
    let years_ago = now.plus(-3 * 366 * Moment::DAY);
    demo.publish(years_ago, content).await?;

    let trainer = demo.person(years_ago, "Tess Moss", "tess", Role::Trainer).await?;
    demo.person(years_ago, "Omar Bell", "omar", Role::Officer).await?;
    let expired = demo.graduate(years_ago, "Lee Whitcomb", "lee", &trainer).await?;
    let weeks_ago = now.plus(-30 * Moment::DAY);
    let suspended = demo.graduate(weeks_ago, "Priya Nandan", "priya", &trainer).await?;
    let revoked = demo.graduate(weeks_ago.plus(Moment::DAY), "Sam Ortiz", "sam", &trainer).await?;
    let valid = demo.graduate(weeks_ago.plus(2 * Moment::DAY), "Jordan Avery", "jordan", &trainer).await?;
    demo.decide(now.plus(-5 * Moment::DAY), suspended, Decision::Suspend, "An example: a question is being looked into.").await?;
    demo.decide(now.plus(-4 * Moment::DAY), revoked, Decision::Revoke, "An example: issued by mistake.").await?;
    let (entry, attempt) = demo.half_way(now.plus(-6 * Moment::DAY), "Rosa Diaz", "rosa", &trainer).await?;
    let [first, _, third] = WORKS;
    demo.sent_one(now.plus(-Moment::DAY), "Ana Reyes", "ana", first).await?;
    demo.sent_one(now.plus(2 * Moment::HOUR - Moment::DAY), "Noor Haddad", "noor", third).await?;
    demo.still_since(now.plus(-21 * Moment::DAY), "Wes Tolliver", "wes").await?;

    let base = issuer.base().as_str();
    let page = |id: CertificateId| json!({"id": id.to_string(), "url": format!("{base}/certificates/{id}")});
    let sign_in = |role: &str, name: &str| json!({"role": role, "email": format!("{name}@example.org"), "password": PASSWORD});
    Ok(json!({
        "signIns": [sign_in("trainee", "rosa"), sign_in("trainer", "tess"), sign_in("officer", "omar")],
        "certificates": {"valid": page(valid), "expired": page(expired), "suspended": page(suspended), "revoked": page(revoked)},
        "practicumEntry": {"id": entry.to_string(), "url": format!("{base}/practicum/{entry}")},
        "attempt": {"id": attempt.to_string(), "url": format!("{base}/attempts/{attempt}")},
    }))
}

struct Demo {
    platform: Platform,
    issuer: Issuer,
    zone: TimeZone,
}

impl Demo {
    /// The platform as it was at a time.
    fn at(&self, moment: Moment) -> Platform {
        self.platform.under(Clock::set_to(moment))
    }

    /// The last time it was ten in the morning here, so that the examples keep the hours that people keep.
    fn last_morning(&self, now: Moment) -> Moment {
        let ten = self.day(now).to_datetime(Time::constant(10, 0, 0, 0)).to_zoned_datetime(self.zone.clone());
        let ten = ten.map_or(now, |ten| Moment(ten.timestamp().as_millisecond()));
        if ten > now { ten.plus(-Moment::DAY) } else { ten }
    }

    async fn publish(&self, at: Moment, content: &Path) -> Result<(), Refused> {
        match crate::cli::content::publish(&self.at(at), content).await? {
            Ok(_) => Ok(()),
            Err(unpublished) => Err(Refused::No(unpublished.words())),
        }
    }

    async fn release(&self) -> Result<Arc<Release>, Refused> {
        let digest = curriculum::current(&self.platform.read()).await?.unwrap_or_default();
        curriculum::release(&self.platform, &digest).await?.ok_or_else(|| Refused::No("nothing is published".to_owned()))
    }

    async fn person(&self, at: Moment, name: &str, short: &str, role: Role) -> Result<Actor, Refused> {
        let platform = self.at(at);
        let mut write = platform.write(&Actor::operator()).await?;
        let email = format!("{short}@example.org").parse()?;
        let (_, link) = accounts::create(&mut write, &email, &format!("{name} (example)").parse()?, role).await?;
        write.commit().await?;
        let password = Password::parse(PASSWORD)?;
        let signed_in = accounts::reset_password(&platform, &link, password, "The demonstration").await?;
        Ok(accounts::actor_of(&platform.read(), &signed_in.secret).await?)
    }

    async fn enrol(&self, at: Moment, who: &Actor) -> Result<(EnrolmentId, PlacementId), Refused> {
        let platform = self.at(at);
        let release = self.release().await?;
        let version =
            domain::ledger::program(&platform, &release.digest, PROGRAM).await?.map(|program| program.version).unwrap_or_default();
        let mut write = platform.write(who).await?;
        let enrolment = learning::enrol(&mut write, PROGRAM, &version, &release.digest).await?;
        let place = NewPlacement {
            organization: "Riverside Peer Center (example)".parse()?,
            setting: Setting::PeerCenter,
            supervisor: "T. Bell (example)".parse()?,
            supervisor_kind: SupervisorKind::Peer,
            from: self.day(at.plus(-60 * Moment::DAY)),
        };
        let placement = practicum::add_placement(&mut write, &place, &self.zone).await?;
        let placement = placement.ok_or_else(|| Refused::No("the example is signed out".to_owned()))?;
        write.commit().await?;
        Ok((enrolment, placement))
    }

    fn day(&self, moment: Moment) -> jiff::civil::Date {
        Timestamp::from_millisecond(moment.0).unwrap_or_default().to_zoned_datetime(self.zone.clone()).date()
    }

    /// Marks a module's lessons as done.
    async fn read(&self, at: Moment, who: &Actor, enrolment: EnrolmentId, module: &str) -> Result<(), Refused> {
        let release = self.release().await?;
        let platform = self.at(at);
        for lesson in release.module(module).map(|module| module.lessons.as_slice()).unwrap_or_default() {
            let mut write = platform.write(who).await?;
            learning::mark_done(&mut write, enrolment, module, &lesson.id).await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// Starts a check, answers so many questions rightly, and hands it in where `submit` says so.
    async fn check(
        &self,
        at: Moment,
        who: &Actor,
        enrolment: EnrolmentId,
        module: &str,
        answers: usize,
        submit: bool,
    ) -> Result<AttemptId, Refused> {
        let release = self.release().await?;
        let platform = self.at(at);
        let person = who.person().ok_or_else(|| Refused::No("the example is signed out".to_owned()))?;
        let mut write = platform.write(who).await?;
        let attempt = assessment::start(&mut write, person, enrolment, &release, module).await?;
        write.commit().await?;
        let paper = assessment::paper(&platform.read(), attempt).await?;
        for (n, asked) in paper.questions.iter().take(answers).enumerate() {
            let question = curriculum::question_version(&platform.read(), &asked.version).await?;
            let right: Vec<String> = question
                .iter()
                .flat_map(|question| &question.options)
                .filter(|option| option.right)
                .map(|option| option.id.clone())
                .collect();
            let mut write = platform.write(who).await?;
            let sent = assessment::Sent { version: &asked.version, options: &right, once: &format!("demo-{n}"), drawn: None };
            assessment::save_answer(&mut write, attempt, sent).await?;
            write.commit().await?;
        }
        if submit {
            let mut write = platform.write(who).await?;
            assessment::submit(&mut write, attempt).await?;
            write.commit().await?;
        }
        Ok(attempt)
    }

    /// Sets a live session of two hours.
    async fn session(&self, write: &mut Write, module: &str, starts_at: Moment) -> Result<LiveSessionId, Refused> {
        let place = "Room 2 at the Riverside Peer Center (example). By telephone: ask your trainer for the number.".parse()?;
        let guide = Some(format!("{module}-live-1"));
        let new = NewSession { id: write.new_id(), module: module.to_owned(), guide, starts_at, minutes: Minutes(120), place };
        Ok(learning::schedule(write, new).await?)
    }

    /// A live session that has just ended, with this person there for 90 minutes.
    async fn live(&self, at: Moment, who: &Actor, trainer: &Actor) -> Result<(), Refused> {
        let platform = self.at(at);
        let person = who.person().ok_or_else(|| Refused::No("the example is signed out".to_owned()))?;
        let mut write = platform.write(trainer).await?;
        let session = self.session(&mut write, "m02", at.plus(-2 * Moment::HOUR)).await?;
        learning::record_attendance(&mut write, session, &[learning::Mark { person, minutes: Minutes(90), seen: 0 }], None).await?;
        write.commit().await?;
        Ok(())
    }

    async fn sign(&self, at: Moment, who: &Actor, enrolment: EnrolmentId) -> Result<(), Refused> {
        let release = self.release().await?;
        let Some(statement) = release.statement("code-of-ethics") else { return Ok(()) };
        let mut write = self.at(at).write(who).await?;
        let signing = Signing {
            statement: statement.id.clone(),
            version: statement.version.clone(),
            digest: statement.digest.clone(),
            typed_name: who.name().parse()?,
        };
        learning::sign(&mut write, enrolment, signing).await?;
        write.commit().await?;
        Ok(())
    }

    /// An entry of two hours and a half on the day before, sent.
    async fn entry(
        &self,
        at: Moment,
        who: &Actor,
        enrolment: EnrolmentId,
        placement: PlacementId,
        work: (Category, Domain, &str),
    ) -> Result<EntryId, Refused> {
        let platform = self.at(at);
        let (category, domain, note) = work;
        let content = Content {
            placement,
            when: When { day: self.day(at.plus(-Moment::DAY)), start: Time::constant(14, 0, 0, 0), end: Time::constant(16, 30, 0, 0) },
            category,
            domain,
            direct: true,
            format: if category == Category::Groups { Format::Group } else { Format::OneToOne },
            hours: Hours::Volunteer,
            people: if category == Category::Groups { Band::Some } else { Band::One },
            note: note.parse()?,
            learned: Some("I noticed how often I want to fill a silence.".parse()?),
            observed: false,
            safe_because: None,
        };
        let mut write = platform.write(who).await?;
        let once = format!("demo-{}", at.0);
        let entry = practicum::save_draft(&mut write, enrolment, None, &content, &self.zone, &once).await?;
        practicum::submit(&mut write, entry).await?;
        write.commit().await?;
        Ok(entry)
    }

    async fn approve(&self, at: Moment, trainer: &Actor, entry: EntryId) -> Result<(), Refused> {
        let release = self.release().await?;
        let scores = release.rubric(PRACTICUM_ENTRY).iter().flat_map(|rubric| &rubric.lines).map(|line| (line.id.clone(), 2)).collect();
        let mut write = self.at(at).write(trainer).await?;
        practicum::approve(&mut write, entry, 1, release.rubric(PRACTICUM_ENTRY), &scores, Some(&"Clear and safe. Thank you.".parse()?))
            .await?;
        write.commit().await?;
        Ok(())
    }

    async fn decide(&self, at: Moment, id: CertificateId, decision: Decision, reason: &str) -> Result<(), Refused> {
        let mut write = self.at(at).write(&Actor::operator()).await?;
        credentials::decide(&mut write, id, decision, &reason.parse()?).await?;
        write.commit().await?;
        Ok(())
    }
}
