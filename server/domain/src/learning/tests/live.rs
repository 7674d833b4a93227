//! Live sessions and who was there.

use jiff::{civil, tz::TimeZone};

use super::*;

fn session(platform: &Platform, starts_at: Moment) -> NewSession {
    NewSession {
        id: platform.ids().id(platform.now()),
        module: "m01".to_owned(),
        guide: Some("m01-live-1".to_owned()),
        starts_at,
        minutes: Minutes(120),
        place: note("Room 2, or call in"),
    }
}

async fn scheduled(platform: &Platform, trainer: &Actor, starts_at: Moment) -> types::LiveSessionId {
    let mut write = platform.write(trainer).await.unwrap();
    let session = session(platform, starts_at);
    let id = schedule(&mut write, session.clone()).await.unwrap();
    assert_eq!(schedule(&mut write, session).await.unwrap(), id, "the same form sent twice schedules one session");
    write.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_form_that_comes_again_with_another_day_sets_another_session() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let mut write = platform.write(&tess).await.unwrap();
        let first = session(platform, NOON.plus(Moment::DAY));
        let id = schedule(&mut write, first.clone()).await.unwrap();
        let moved = NewSession { starts_at: NOON.plus(8 * Moment::DAY), ..first.clone() };
        let second = schedule(&mut write, moved.clone()).await.unwrap();
        assert_ne!(second, id);
        assert_eq!(schedule(&mut write, moved).await.unwrap(), second);
        let other = NewSession { guide: Some("m01-live-2".to_owned()), ..first };
        let third = schedule(&mut write, other.clone()).await.unwrap();
        assert!(third != id && third != second, "another of the module’s sessions is another session");
        assert_eq!(schedule(&mut write, other).await.unwrap(), third);
        let again = NewSession { id: write.new_id(), starts_at: NOON.plus(Moment::DAY), ..session(platform, NOON) };
        assert!(matches!(schedule(&mut write, again.clone()).await, Err(ScheduleError::Already)), "a fresh form sets no twin");
        let group = NewSession { id: write.new_id(), place: note("Room 3"), ..again.clone() };
        assert!(schedule(&mut write, group).await.is_ok(), "a second group meets in another place");
        call_off(&mut write, id, note("The room is flooded"), &[]).await.unwrap();
        assert_eq!(schedule(&mut write, again.clone()).await.unwrap(), again.id, "what was called off stands in nobody’s way");
        write.commit().await.unwrap();
    }
}

async fn record(
    platform: &Platform,
    trainer: &Actor,
    id: types::LiveSessionId,
    sheet: &[(PersonId, i32)],
    reason: Option<&str>,
) -> Result<usize, AttendanceError> {
    let now = super::sheet(&platform.read(), id, &[], "", &[]).await.unwrap().people;
    let records = |person| now.iter().find(|one| one.person == person).map_or(0, |one| i32::try_from(one.records.len()).unwrap());
    let sheet: Vec<_> =
        sheet.iter().map(|(person, minutes)| Mark { person: *person, minutes: Minutes(*minutes), seen: records(*person) }).collect();
    let mut write = platform.write(trainer).await.unwrap();
    let made = record_attendance(&mut write, id, &sheet, reason.map(note).as_ref()).await?;
    write.commit().await.unwrap();
    Ok(made)
}

#[tokio::test]
async fn attendance_is_recorded_corrected_and_its_history_kept() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let ana = person(platform, "ana", Role::Trainee).await;
        let rosa_id = rosa.person().unwrap();
        join(platform, &rosa, "foundations-2026", "r").await.unwrap();
        join(platform, &rosa, "model-aligned-2026", "r").await.unwrap();
        join(platform, &ana, "foundations-2026", "r").await.unwrap();
        let id = scheduled(platform, &tess, NOON.plus(Moment::HOUR)).await;
        assert!(matches!(record(platform, &tess, id, &[(rosa_id, 60)], None).await, Err(AttendanceError::NotBegun)));
        world.pass(3 * Moment::HOUR);

        let before = open_jobs(platform).await;
        assert_eq!(record(platform, &tess, id, &[(rosa_id, 45), (rosa_id, 50)], None).await.unwrap(), 1);
        assert_eq!(open_jobs(platform).await, before + 2, "both of her programs are looked at again");
        assert_eq!(record(platform, &tess, id, &[(rosa_id, 45)], None).await.unwrap(), 0, "the same sheet again is no new record");
        assert!(matches!(record(platform, &tess, id, &[(rosa_id, 90)], None).await, Err(AttendanceError::NoReason)));
        assert!(matches!(record(platform, &tess, id, &[(rosa_id, 601)], None).await, Err(AttendanceError::Minutes)));
        assert!(matches!(record(platform, &rosa, id, &[(rosa_id, 90)], None).await, Err(AttendanceError::NotATrainer)));
        world.pass(Moment::HOUR);
        assert_eq!(
            record(platform, &tess, id, &[(rosa_id, 90), (ana.person().unwrap(), 0)], Some("She came by phone first")).await.unwrap(),
            2
        );

        let facts = attendance_facts(&platform.read(), &[rosa_id]).await.unwrap().take(&rosa_id);
        assert_eq!(
            facts.iter().map(|fact| (fact.module.as_str(), fact.minutes, fact.at)).collect::<Vec<_>>(),
            [("m01", Minutes(90), NOON.plus(Moment::HOUR))]
        );
        let sheet = sheet(&platform.read(), id, &["foundations-2026".to_owned()], "", &[]).await.unwrap().people;
        assert_eq!(sheet.iter().map(|attendee| attendee.name.as_str()).collect::<Vec<_>>(), ["ana", "Rosa"]);
        let history: Vec<_> =
            sheet[1].records.iter().map(|record| (record.minutes.0, record.by.as_str(), record.reason.as_deref())).collect();
        assert_eq!(history, [(90, "Tess", Some("She came by phone first")), (45, "Tess", None)]);
        assert_eq!(
            (sheet[0].records[0].minutes, sheet[0].records[0].reason.as_deref()),
            (Minutes::ZERO, None),
            "a first record needs no reason"
        );
        assert_eq!(recorded_sessions(&platform.read(), &[id]).await.unwrap(), [id]);
    }
}

#[tokio::test]
async fn nobody_is_at_two_sessions_at_once_and_nobody_marks_themselves() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let rosa_id = rosa.person().unwrap();
        let first = scheduled(platform, &tess, NOON.plus(-6 * Moment::HOUR)).await;
        let during = scheduled(platform, &tess, NOON.plus(-5 * Moment::HOUR)).await;
        let after = scheduled(platform, &tess, NOON.plus(-4 * Moment::HOUR)).await;
        assert_eq!(record(platform, &tess, first, &[(rosa_id, 120)], None).await.unwrap(), 1);
        let both = record(platform, &tess, during, &[(rosa_id, 60)], None).await;
        assert!(matches!(both, Err(AttendanceError::Elsewhere(people)) if people == [(rosa_id, first)]));
        assert_eq!(record(platform, &tess, during, &[(rosa_id, 0)], None).await.unwrap(), 1, "not to be there is no second place");
        assert_eq!(record(platform, &tess, after, &[(rosa_id, 120)], None).await.unwrap(), 1, "one after the other is well");
        assert_eq!(record(platform, &tess, first, &[(rosa_id, 0)], Some("It was another Rosa")).await.unwrap(), 1);
        let both = record(platform, &tess, during, &[(rosa_id, 60)], Some("She was here")).await;
        assert!(matches!(both, Err(AttendanceError::Elsewhere(_))), "the one that came after began before this one ended");

        let facts = attendance_facts(&platform.read(), &[rosa_id]).await.unwrap().take(&rosa_id);
        let there: Vec<_> = facts.iter().map(|fact| (fact.session, fact.guide.as_deref(), fact.minutes.0)).collect();
        assert_eq!(there, [(first, Some("m01-live-1"), 0), (during, Some("m01-live-1"), 0), (after, Some("m01-live-1"), 120)]);

        let own = record(platform, &tess, after, &[(rosa_id, 120), (tess.person().unwrap(), 120)], None).await;
        assert!(matches!(own, Err(AttendanceError::Own(person)) if Some(person) == tess.person()));
    }
}

#[tokio::test]
async fn nobody_was_there_for_longer_than_it_is_on_and_what_goes_beyond_the_plan_has_a_reason() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let rosa = person(platform, "Rosa", Role::Trainee).await.person().unwrap();
        let id = scheduled(platform, &tess, NOON).await;
        world.pass(38 * Moment::MINUTE + 59 * Moment::SECOND);
        let early = record(platform, &tess, id, &[(rosa, 39)], None).await.unwrap_err();
        assert_eq!(early.to_string(), "It began 38\u{a0}minutes ago, so nobody was there for longer than that yet.");
        assert!(matches!(early, AttendanceError::Beyond { people, .. } if people == [rosa]));
        assert!(matches!(record(platform, &tess, id, &[(rosa, 38)], Some("x")).await, Err(AttendanceError::NothingToExplain)));
        assert_eq!(record(platform, &tess, id, &[(rosa, 38)], None).await.unwrap(), 1);

        world.pass(3 * Moment::HOUR);
        let ana = person(platform, "Ana", Role::Trainee).await.person().unwrap();
        assert!(matches!(record(platform, &tess, id, &[(ana, 121)], None).await, Err(AttendanceError::Longer(Minutes(120)))));
        assert_eq!(record(platform, &tess, id, &[(ana, 121)], Some("We went on talking")).await.unwrap(), 1);
        let sheet = sheet(&platform.read(), id, &[], "", &[]).await.unwrap().people;
        assert_eq!(sheet[0].records[0].reason.as_deref(), Some("We went on talking"), "a first record too says why");

        let same = [Mark { person: ana, minutes: Minutes(121), seen: 0 }];
        let mut write = platform.write(&tess).await.unwrap();
        let again = record_attendance(&mut write, id, &same, Some(&note("We went on talking"))).await;
        assert_eq!(again.unwrap(), 0, "the same form sent twice is done, and has its reason");
        let other = record_attendance(&mut write, id, &same, Some(&note("Other words"))).await;
        assert!(matches!(other, Err(AttendanceError::NothingToExplain)), "other words are not dropped");
    }
}

#[tokio::test]
async fn a_sheet_shows_few_people_whole_and_many_by_what_is_looked_for() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let id = scheduled(platform, &tess, NOON.plus(-3 * Moment::HOUR)).await;
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        let mut people = Vec::new();
        let odd = ["ÉLODIE Roux", "100% Sam", "Under_Score", "Zoë"].map(str::to_owned);
        for (n, name) in odd.into_iter().chain((0..57).map(|n| format!("Pat {n:02}"))).enumerate() {
            let email = format!("p{n}@example.org").parse().unwrap();
            let (person, _) = accounts::create(&mut write, &email, &name.parse().unwrap(), Role::Trainee).await.unwrap();
            // Whoever is in two programs stands on the sheet once.
            for program in ["foundations-2026", "model-aligned-2026"] {
                insert_enrolment(&mut write, person, program, "2026.1", "r").await.unwrap();
            }
            people.push(person);
        }
        write.commit().await.unwrap();
        let programs = ["foundations-2026".to_owned(), "model-aligned-2026".to_owned()];
        let shown = async |part: &str, also: &[PersonId]| {
            let roster = super::sheet(&platform.read(), id, &programs, part, also).await.unwrap();
            assert_eq!((roster.enrolled, roster.whole()), (61, false));
            (roster.found, roster.people.into_iter().map(|attendee| attendee.name).collect::<Vec<_>>())
        };
        assert_eq!(shown(" ", &[]).await, (None, Vec::new()));
        assert_eq!(shown("élo", &[]).await, (Some(1), vec!["ÉLODIE Roux".to_owned()]));
        assert_eq!(shown("ZOË ", &[]).await, (Some(1), vec!["Zoë".to_owned()]));
        assert_eq!(shown("%", &[]).await, (Some(1), vec!["100% Sam".to_owned()]), "what was typed is no pattern");
        assert_eq!(shown("r_s", &[]).await, (Some(1), vec!["Under_Score".to_owned()]));
        assert_eq!(shown("nobody", &people[3..4]).await, (Some(0), vec!["Zoë".to_owned()]), "whoever is named stands there too");
        record(platform, &tess, id, &[(people[1], 60)], None).await.unwrap();
        let (found, names) = shown("pAt 0", &[]).await;
        assert_eq!((found, names.len(), names[0].as_str()), (Some(10), 11, "100% Sam"), "whoever has a record always stands there");
        assert_eq!(super::sheet(&platform.read(), id, &programs, "o", &[]).await.unwrap().found, Some(3));
        let few = super::sheet(&platform.read(), id, &[], "nobody", &[]).await.unwrap();
        assert_eq!((few.enrolled, few.found, few.people.len()), (0, None, 1));
    }
}

#[tokio::test]
async fn sessions_are_listed_and_called_off() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let soon = scheduled(platform, &tess, NOON.plus(Moment::DAY)).await;
        let now = scheduled(platform, &tess, NOON.plus(-Moment::HOUR)).await;
        let past = scheduled(platform, &tess, NOON.plus(-Moment::DAY)).await;
        let ids = |sessions: Vec<LiveSession>| sessions.into_iter().map(|session| session.id).collect::<Vec<_>>();
        let read = platform.read();
        assert_eq!(ids(sessions_after(&read, NOON).await.unwrap()), [soon]);
        assert_eq!(ids(sessions_before(&read, NOON, 9).await.unwrap()), [now, past]);
        assert_eq!(ids(sessions_to_come(&read, &["m01".to_owned()]).await.unwrap()), [now, soon], "one that is on can still be joined");
        assert!(sessions_to_come(&read, &["m02".to_owned()]).await.unwrap().is_empty());

        let mut write = platform.write(&rosa).await.unwrap();
        assert!(matches!(schedule(&mut write, session(platform, NOON)).await, Err(ScheduleError::NotATrainer)));
        assert!(matches!(call_off(&mut write, soon, note("x"), &[]).await, Err(CallOffError::NotATrainer)));
        drop(write);
        let mut write = platform.write(&tess).await.unwrap();
        assert!(matches!(
            schedule(&mut write, NewSession { minutes: Minutes(5), ..session(platform, NOON) }).await,
            Err(ScheduleError::Length)
        ));
        assert!(matches!(schedule(&mut write, session(platform, NOON.plus(400 * Moment::DAY))).await, Err(ScheduleError::FarAway)));
        assert!(matches!(schedule(&mut write, session(platform, NOON.plus(-400 * Moment::DAY))).await, Err(ScheduleError::LongAgo)));
        call_off(&mut write, soon, note("The room is flooded"), &[]).await.unwrap();
        call_off(&mut write, soon, note("The room is flooded"), &[]).await.expect("the same form a second time");
        assert!(matches!(call_off(&mut write, soon, note("x"), &[]).await, Err(CallOffError::Already)));
        write.commit().await.unwrap();
        let off = live_session(&platform.read(), soon).await.unwrap().unwrap().called_off.unwrap();
        assert_eq!((off.at, off.by, off.why.as_str()), (NOON, tess.person(), "The room is flooded"));

        record(platform, &tess, past, &[(rosa.person().unwrap(), 60)], None).await.unwrap();
        let mut write = platform.write(&tess).await.unwrap();
        assert!(matches!(call_off(&mut write, past, note("x"), &[]).await, Err(CallOffError::TookPlace)));
        drop(write);
        world.pass(2 * Moment::DAY);
        assert!(matches!(record(platform, &tess, soon, &[(rosa.person().unwrap(), 60)], None).await, Err(AttendanceError::CalledOff)));
    }
}

#[tokio::test]
async fn a_session_that_is_called_off_is_told_once_to_those_who_may_come() {
    let programs = ["foundations-2026".to_owned(), "model-aligned-2026".to_owned()];
    for world in testing::worlds().await {
        let platform = &world.platform;
        let tess = person(platform, "Tess", Role::Trainer).await;
        let rosa = person(platform, "Rosa", Role::Trainee).await;
        let been = person(platform, "Bea", Role::Trainee).await;
        let elsewhere = person(platform, "Eli", Role::Trainee).await;
        let first = join(platform, &rosa, &programs[0], "r").await.unwrap();
        world.pass(Moment::MINUTE);
        join(platform, &rosa, &programs[1], "r").await.unwrap();
        join(platform, &been, &programs[0], "r").await.unwrap();
        join(platform, &elsewhere, "another-program", "r").await.unwrap();
        let past = scheduled(platform, &tess, NOON.plus(-Moment::DAY)).await;
        record(platform, &tess, past, &[(been.person().unwrap(), 120), (rosa.person().unwrap(), 20)], None).await.unwrap();
        let soon = scheduled(platform, &tess, NOON.plus(Moment::DAY)).await;
        let missed = scheduled(platform, &tess, NOON).await;
        for (id, why) in [(soon, "The room is flooded"), (soon, "The room is flooded"), (missed, "Nobody came")] {
            let mut write = platform.write(&tess).await.unwrap();
            call_off(&mut write, id, note(why), &programs).await.unwrap();
            write.commit().await.unwrap();
        }
        let letters = jobs::left(&platform.read()).await.unwrap().into_iter().filter_map(|left| match left.job {
            Some(Job::Letter(Letter::SessionCalledOff { session, enrolment })) => Some((session, enrolment)),
            _ => None,
        });
        assert_eq!(letters.collect::<Vec<_>>(), [(soon, first)], "nobody is told twice, or of what they had already, or too late");
    }
}

#[test]
fn local_times_know_the_nights_when_the_clocks_change() {
    let zone = TimeZone::get("America/Chicago").unwrap();
    let at = |month, day, hour, minute| at_local(civil::date(2026, month, day), civil::time(hour, minute, 0, 0), &zone);
    assert_eq!(at(9, 1, 7, 0), Ok(NOON));
    assert_eq!(at(3, 8, 2, 30), Err(NoSuchTime::Skipped));
    let (first, before, after) = (at(11, 1, 1, 30).unwrap(), at(11, 1, 0, 30).unwrap(), at(11, 1, 2, 30).unwrap());
    assert_eq!(
        (first.0 - before.0, after.0 - first.0),
        (Moment::HOUR, 2 * Moment::HOUR),
        "of the hour that comes twice the first is meant"
    );
}
