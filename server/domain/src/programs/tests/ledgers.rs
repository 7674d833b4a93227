//! Ledgers as people read them, and the single rules behind them.

use std::fmt::Write as _;

use types::{Category, Domain, Minutes};

use super::cast::*;
use crate::programs::{
    Guide, Ledger, Next, Program, Status, Target, evaluate,
    facts::{AttendanceFact, Facts, PracticumState},
};

/// A ledger as text: what a page shows, without its layout.
fn text(ledger: &Ledger) -> String {
    let mut text = match &ledger.next {
        Next::Do(step) => format!("NEXT {} {} [{} -> {:?}]\n", step.words, step.why, step.action, step.target),
        other => format!("NEXT {other:?}\n"),
    };
    if let Some(totals) = &ledger.practicum {
        writeln!(
            text,
            "PRACTICUM sent {}, approved {}, counted {}, waiting {}",
            totals.submitted, totals.approved, totals.counted, totals.waiting
        )
        .unwrap();
    }
    for row in &ledger.rows {
        let status = match row.status {
            Status::Met(at) => format!("Met on {}", jiff::Timestamp::from_millisecond(at.0).unwrap().to_zoned_datetime(zone()).date()),
            other => format!("{other:?}"),
        };
        writeln!(text, "\n{}\n  {status} {}\n  needed {} | counted {}", row.title, row.to_go, row.needed, row.counted).unwrap();
        for evidence in &row.evidence {
            writeln!(text, "  + {} {}", evidence.words, evidence.minutes.map(|minutes| minutes.to_string()).unwrap_or_default()).unwrap();
        }
        for not in &row.not_counted {
            writeln!(text, "  - {}{}", not.minutes.map(|minutes| format!("{minutes}: ")).unwrap_or_default(), not.reason).unwrap();
        }
        if let Some(step) = &row.next {
            writeln!(text, "  > {} {}", step.words, step.why).unwrap();
        }
    }
    plain(&text)
}

fn status(ledger: &Ledger, id: &str) -> Status {
    ledger.rows.iter().find(|row| row.id == id).unwrap().status
}

#[test]
fn a_beginner() {
    insta::assert_snapshot!(text(&judge(&foundations(), &enrolled())));
}

#[test]
fn half_way() {
    let facts = Facts {
        lessons: vec![lesson("m01", 1, on(9, 1, 10)), lesson("m02", 1, on(9, 4, 10))],
        checks: vec![check(1, "m01", 40, None, on(9, 2, 18)), check(2, "m02", 79, Some(false), on(9, 5, 18))],
        attendance: vec![session(1, "m01", 45, on(9, 3, 17)), session(2, "m02", 0, on(9, 9, 17))],
        practicum: vec![
            entry(1, Category::OneToOne, 150, on(9, 10, 10), PracticumState::Approved(on(9, 12, 9))),
            entry(2, Category::Groups, 60, on(9, 11, 10), PracticumState::Submitted(on(9, 11, 18))),
            entry(3, Category::Groups, 75, on(9, 12, 10), PracticumState::Returned(on(9, 12, 18))),
            entry(4, Category::Groups, 90, on(9, 13, 10), PracticumState::Withdrawn),
        ],
        ..enrolled()
    };
    insta::assert_snapshot!(text(&judge(&foundations(), &facts)));
}

#[test]
fn all_done() {
    let ledger = judge(&foundations(), &finished());
    assert!(ledger.complete());
    assert_eq!(ledger.completed_at(), Some(on(9, 16, 9)));
    insta::assert_snapshot!(text(&ledger));
}

#[test]
fn the_model_aligned_program_shows_what_is_not_offered_yet() {
    let facts = Facts {
        lessons: (1..=4).map(|n| lesson("m01", n, on(9, 2, 10))).collect(),
        signatures: vec![
            signed("lived-experience", on(9, 1, 10)),
            signed("code-of-ethics", on(9, 7, 12)),
            signed("wellness-plan", on(9, 7, 13)),
        ],
        ..finished()
    };
    let ledger = judge(&model_aligned(), &facts);
    assert!(!ledger.complete());
    insta::assert_snapshot!(text(&ledger));
}

#[test]
fn when_nothing_more_can_be_done_the_ledger_says_so() {
    let lessons = (1..=4).map(|n| lesson("m01", n, on(9, 2, 10))).chain((1..=5).map(|n| lesson("m02", n, on(9, 2, 11))));
    let facts = Facts {
        lessons: lessons.collect(),
        attendance: vec![session(1, "m01", 120, on(9, 3, 17)), session(2, "m02", 120, on(9, 4, 17))],
        signatures: vec![
            signed("lived-experience", on(9, 1, 10)),
            signed("code-of-ethics", on(9, 7, 12)),
            signed("wellness-plan", on(9, 7, 13)),
        ],
        ..finished()
    };
    let ledger = judge(&model_aligned(), &facts);
    assert!(matches!(&ledger.next, Next::Blocked(words) if words.contains("Training hours") && words.contains("Exam")));
    assert_eq!(status(&ledger, "training"), Status::NotYetOffered);
    assert_eq!(plain(&ledger.rows.iter().find(|row| row.id == "training").unwrap().counted), "7 h");
}

#[test]
fn a_check_is_passed_at_its_mark_and_not_below() {
    for (percent, met) in [(79, false), (80, true)] {
        let mut facts = enrolled();
        facts.checks = vec![check(1, "m02", percent, Some(true), on(9, 5, 18))];
        assert_eq!(matches!(status(&judge(&foundations(), &facts), "m02-check"), Status::Met(_)), met, "{percent}");
    }
    let mut facts = enrolled();
    facts.checks = vec![check(1, "m02", 100, None, on(9, 5, 18))];
    assert_eq!(status(&judge(&foundations(), &facts), "m02-check"), Status::UnderWay, "a check without a score is not passed");
}

/// Foundations with all live hours besides, whose second module has two sessions of an hour.
fn in_two_sessions() -> Program {
    let mut program =
        read(&format!("{FOUNDATIONS}\n[[requirement]]\nid = \"live-hours\"\nkind = \"live_hours\"\ntitle = \"Live hours\"\n"));
    let guide = |n: u8, title: &str| Guide { id: format!("m02-live-{n}"), title: title.to_owned(), minutes: Minutes(60) };
    program.modules[1].guides = vec![guide(1, "Who decides here?"), guide(2, "Many names")];
    program
}

fn at(n: u128, guide: Option<&str>, minutes: i32, day: i8) -> AttendanceFact {
    AttendanceFact { guide: guide.map(ToOwned::to_owned), ..session(n, "m02", minutes, on(9, day, 17)) }
}

#[test]
fn the_same_live_session_twice_is_not_the_whole_module() {
    let program = in_two_sessions();
    let row = |attendance: &[AttendanceFact]| {
        let attendance = [&[session(1, "m01", 120, on(9, 3, 17))][..], attendance].concat();
        judge(&program, &Facts { attendance, ..enrolled() }).rows.pop().unwrap()
    };
    let (first, second) = (Some("m02-live-1"), Some("m02-live-2"));
    let twice = row(&[at(2, first, 60, 4), at(3, first, 60, 11)]);
    assert_eq!((twice.status, plain(&twice.counted)), (Status::UnderWay, "3 h".to_owned()));
    let not: Vec<_> = twice.not_counted.iter().map(|not| (not.minutes, not.reason.as_str())).collect();
    assert_eq!(not, [(Some(Minutes(60)), "a live session of module 2 counts once, and no longer than it is planned.")]);
    assert!(twice.evidence.iter().any(|evidence| evidence.words == "Module 2, live session 1 of 2: Who decides here?"));

    let longer = row(&[at(2, first, 20, 4), at(3, first, 90, 11)]);
    assert_eq!(plain(&longer.counted), "3 h", "the longer of two times, and no longer than the session is");
    let both = row(&[at(2, first, 60, 4), at(3, first, 60, 11), at(4, second, 60, 18)]);
    assert_eq!((both.status, plain(&both.counted)), (Status::Met(on(9, 18, 17)), "4 h".to_owned()));
    let unsaid = row(&[at(2, None, 90, 4), at(3, None, 90, 11)]);
    assert_eq!(
        (unsaid.status, plain(&unsaid.counted)),
        (Status::Met(on(9, 11, 17)), "4 h".to_owned()),
        "what was recorded before counts as it did"
    );
    let strange = row(&[at(2, Some("m02-live-9"), 90, 4), at(3, Some("m02-live-9"), 90, 11)]);
    assert_eq!(plain(&strange.counted), "3 h 30 min", "a session that this release does not hold counts once too");
}

#[test]
fn one_session_of_an_hour_is_one_whichever_it_was() {
    for guide in [None, Some("m02-live-1"), Some("m02-live-2")] {
        let ledger = judge(&in_two_sessions(), &Facts { attendance: vec![at(2, guide, 60, 4)], ..enrolled() });
        let live = ledger.rows.iter().find(|row| plain(&row.needed) == "1 session of 1 h or more").unwrap();
        assert!(live.met(), "{guide:?}");
    }
}

#[test]
fn what_is_approved_later_is_not_met_before() {
    let program = foundations();
    let before = evaluate(&program, &finished(), on(9, 15, 12), &zone());
    assert_eq!(status(&before, "practicum"), Status::Waiting);
    let after = evaluate(&program, &finished(), on(9, 16, 9), &zone());
    assert!(after.complete());
}

#[test]
fn what_only_waits_for_a_trainer_is_said_to_wait() {
    let mut facts = finished();
    facts.practicum[2].state = PracticumState::Submitted(on(9, 15, 9));
    let ledger = judge(&foundations(), &facts);
    assert_eq!(status(&ledger, "practicum"), Status::Waiting);
    assert!(matches!(&ledger.next, Next::Wait(words) if words.contains("Practicum")));
    facts.practicum[2].state = PracticumState::Returned(on(9, 15, 9));
    let ledger = judge(&foundations(), &facts);
    assert!(matches!(&ledger.next, Next::Do(step) if step.target == Target::Entry(facts.practicum[2].entry)));
}

#[test]
fn a_check_that_was_begun_is_gone_on_with() {
    let facts = Facts { begun: vec![begin(9, "m02", on(9, 5, 18))], ..enrolled() };
    let ledger = judge(&foundations(), &facts);
    let row = ledger.rows.iter().find(|row| row.id == "m02-check").unwrap();
    assert_eq!(row.status, Status::UnderWay);
    assert!(row.next.as_ref().is_some_and(|step| step.target == Target::Attempt(facts.begun[0].attempt)));
}

#[test]
fn three_entries_in_one_category_are_not_two() {
    let mut facts = finished();
    facts.practicum[2].category = Category::OneToOne;
    let ledger = judge(&foundations(), &facts);
    assert_eq!(status(&ledger, "practicum"), Status::UnderWay);
    assert_eq!(ledger.rows[4].to_go, "1 more category to go");
}

/// The model-aligned practicum without what is not offered yet.
fn practicum_only() -> Program {
    let text = MODEL_ALIGNED.replace("attest = [\"trainer\", \"site-supervisor\"]", "attest = [\"trainer\"]").replace(
        "before_direct = [\"m01\", \"m02\", \"m03\", \"m04\", \"m05\", \"m06\", \"m07\", \"m12\", \"m13\"]",
        "before_direct = [\"m01\", \"m02\"]",
    );
    let mut program = read(&text);
    program.requirements.retain(|requirement| requirement.rule.kind() == "practicum" || requirement.rule.kind() == "check");
    program
}

#[test]
fn placements_gates_and_limits_each_have_their_reason() {
    let mut facts = finished();
    let approved = PracticumState::Approved(on(11, 20, 9));
    let placed = |n, category, minutes, day| {
        let mut fact = entry(n, category, minutes, on(10, day, 10), approved);
        fact.placement_from = Some(on(10, 2, 0));
        fact
    };
    facts.practicum = vec![
        entry(1, Category::OneToOne, 60, on(10, 3, 10), approved),
        placed(2, Category::OneToOne, 60, 1),
        placed(3, Category::Shadowing, 400, 4),
        placed(4, Category::Shadowing, 400, 5),
        placed(5, Category::OneToOne, 90, 6),
    ];
    let ledger = judge(&practicum_only(), &facts);
    let row = ledger.rows.iter().find(|row| row.id == "practicum").unwrap();
    assert_eq!(plain(&row.counted), "13 h 30 min");
    insta::assert_snapshot!(text(&ledger));

    // The same day, but the check of module 2 was passed only in the evening of 6 October.
    facts.checks[2].at = on(10, 6, 18);
    let ledger = judge(&practicum_only(), &facts);
    let totals = ledger.practicum.unwrap();
    assert_eq!(totals.counted, Minutes::hours(12), "no work with people counts before its modules are done");
    assert_eq!(totals.direct.counted, Minutes::ZERO);
    assert_eq!(totals.approved, Minutes(1010));
}

#[test]
fn the_full_practicum_is_met_by_the_least_of_everything() {
    let plan = [
        (Category::OneToOne, Domain::Mentoring, 1500),
        (Category::OneToOne, Domain::Recovery, 1500),
        (Category::Groups, Domain::Recovery, 900),
        (Category::Linking, Domain::Advocacy, 900),
        (Category::Planning, Domain::Mentoring, 600),
        (Category::Advocacy, Domain::Advocacy, 480),
        (Category::Outreach, Domain::HarmReduction, 360),
        (Category::Teamwork, Domain::Ethics, 960),
    ];
    let mut facts = finished();
    facts.practicum = plan
        .iter()
        .enumerate()
        .map(|(n, (category, domain, minutes))| {
            let mut fact = entry(n as u128, *category, *minutes, on(10, 3, 10), PracticumState::Approved(on(11, 1, 9)));
            fact.domain = *domain;
            fact.direct = *category != Category::Teamwork;
            fact.placement_from = Some(on(10, 1, 0));
            fact
        })
        .collect();
    let program = practicum_only();
    assert!(matches!(status(&judge(&program, &facts), "practicum"), Status::Met(at) if at == on(11, 1, 9)));
    facts.practicum[6].domain = Domain::Ethics;
    let ledger = judge(&program, &facts);
    assert_eq!(plain(&ledger.rows.last().unwrap().to_go), "5 h of harm reduction to go");
}

#[test]
fn the_same_entry_reported_twice_counts_once() {
    let mut facts = finished();
    let copies = facts.practicum.clone();
    facts.practicum.extend(copies);
    let twice = facts.attendance.clone();
    facts.attendance.extend(twice);
    assert_eq!(judge(&foundations(), &facts), judge(&foundations(), &finished()));
}
