//! Laws of the evaluation, for any facts at all.

use proptest::prelude::*;
use types::{Category, Domain, Minutes, Moment};

use super::cast::*;
use crate::programs::{
    Ledger, Next, Program, Status, Target,
    facts::{AttendanceFact, BegunFact, CheckFact, Facts, LessonFact, PracticumFact, PracticumState, SignatureFact},
    parse,
};

const MODULES: [&str; 4] = ["m01", "m02", "m03", "nothing"];
const STATEMENTS: [&str; 4] = ["code-of-ethics", "lived-experience", "wellness-plan", "nothing"];

fn moment() -> impl Strategy<Value = Moment> {
    (on(8, 1, 0).0..on(12, 31, 0).0).prop_map(Moment)
}

fn lessons() -> impl Strategy<Value = LessonFact> {
    (0..4usize, 1..7u8, moment()).prop_map(|(module, n, at)| lesson(MODULES[module], n, at))
}

fn checks() -> impl Strategy<Value = CheckFact> {
    (any::<u128>(), 0..4usize, 0..=100i32, proptest::option::of(any::<bool>()), moment())
        .prop_map(|(n, module, percent, passed, at)| check(n, MODULES[module], percent, passed, at))
}

fn attendance() -> impl Strategy<Value = AttendanceFact> {
    let guide = proptest::option::of((1..4u8).prop_map(|n| format!("live-{n}")));
    (any::<u128>(), 0..4usize, guide, 0..200i32, moment())
        .prop_map(|(n, module, guide, minutes, at)| AttendanceFact { guide, ..session(n, MODULES[module], minutes, at) })
}

fn signatures() -> impl Strategy<Value = SignatureFact> {
    (0..4usize, moment()).prop_map(|(statement, at)| signed(STATEMENTS[statement], at))
}

fn begun() -> impl Strategy<Value = BegunFact> {
    (any::<u128>(), 0..4usize, moment()).prop_map(|(n, module, at)| begin(n, MODULES[module], at))
}

fn entries() -> impl Strategy<Value = PracticumFact> {
    let state = (0..4u8, moment()).prop_map(|(state, at)| match state {
        0 => PracticumState::Submitted(at),
        1 => PracticumState::Returned(at),
        2 => PracticumState::Withdrawn,
        _ => PracticumState::Approved(at),
    });
    let kind = (0..8usize, 0..5usize, any::<bool>());
    (any::<u128>(), kind, 1..700i32, moment(), proptest::option::of(moment()), state).prop_map(
        |(n, (category, domain, direct), minutes, at, placement_from, state)| PracticumFact {
            domain: Domain::ALL[domain],
            direct,
            placement_from,
            ..entry(n, Category::ALL[category], minutes, at, state)
        },
    )
}

prop_compose! {
    fn facts()(
        lessons in prop::collection::vec(lessons(), 0..14),
        begun in prop::collection::vec(begun(), 0..4),
        checks in prop::collection::vec(checks(), 0..8),
        attendance in prop::collection::vec(attendance(), 0..8),
        signatures in prop::collection::vec(signatures(), 0..5),
        practicum in prop::collection::vec(entries(), 0..14),
    ) -> Facts {
        Facts { enrolled_at: on(8, 1, 0), lessons, begun, checks, attendance, signatures, practicum }
    }
}

/// Foundations, the model-aligned program, and one that has a rule of every kind whose facts are kept, one
/// that nobody knows, and one that is declared and not offered.
fn programs() -> Vec<Program> {
    let more = "\n[[requirement]]\nid = \"state\"\nkind = \"unknown\"\ntitle = \"State\"\nask = \"your board\"\n
        [[requirement]]\nid = \"read\"\nkind = \"lessons\"\nmodule = \"m02\"\ntitle = \"Lessons\"\n
        [[requirement]]\nid = \"live\"\nkind = \"live_hours\"\ntitle = \"Live hours\"\n
        [[requirement]]\nid = \"hours\"\nkind = \"training_hours\"\nminutes = 300\nby_domain = { ADV = 60 }\ntitle = \"Hours\"\n
        [[requirement]]\nid = \"later\"\nkind = \"statement\"\nstatement = \"code-of-ethics\"\noffered = false\ntitle = \"Later\"\n";
    vec![foundations(), model_aligned(), read(&format!("{FOUNDATIONS}{more}"))]
}

fn met(ledger: &Ledger) -> Vec<&str> {
    ledger.rows.iter().filter(|row| row.met()).map(|row| row.id.as_str()).collect()
}

/// Which requirements a fact of each list can touch.
fn touches(kind: &str) -> [bool; 5] {
    let by = |kinds: &[&str]| kinds.contains(&kind);
    [
        by(&["lessons", "training_hours", "check"]),
        by(&["check", "practicum"]),
        by(&["live", "live_hours", "training_hours"]),
        by(&["statement", "attestation", "wellness_plan"]),
        by(&["practicum"]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn more_facts_of_another_kind_unmeet_nothing(facts in facts(), more in facts()) {
        for program in programs() {
            let before = judge(&program, &facts);
            for (n, wider) in [
                Facts { lessons: [facts.lessons.clone(), more.lessons.clone()].concat(), ..facts.clone() },
                Facts { checks: [facts.checks.clone(), more.checks.clone()].concat(), ..facts.clone() },
                Facts { attendance: [facts.attendance.clone(), more.attendance.clone()].concat(), ..facts.clone() },
                Facts { signatures: [facts.signatures.clone(), more.signatures.clone()].concat(), ..facts.clone() },
                Facts { practicum: [facts.practicum.clone(), more.practicum.clone()].concat(), ..facts.clone() },
            ].into_iter().enumerate() {
                let after = judge(&program, &wider);
                for (requirement, (old, new)) in program.requirements.iter().zip(before.rows.iter().zip(&after.rows)) {
                    if !touches(requirement.rule.kind())[n] {
                        prop_assert_eq!(old, new);
                    } else if n < 4 {
                        // Even a fact of its own kind takes nothing away; only what stands in the way of
                        // another entry, a full category for one, may.
                        prop_assert!(!old.met() || new.met(), "{} fell", old.id);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_only_begun_meets_nothing(facts in facts()) {
        let without = Facts { begun: Vec::new(), ..facts.clone() };
        for program in programs() {
            for (with, without) in judge(&program, &facts).rows.iter().zip(&judge(&program, &without).rows) {
                prop_assert_eq!(with.met(), without.met());
                prop_assert_eq!(&with.evidence, &without.evidence);
            }
        }
    }

    #[test]
    fn a_later_approval_takes_nothing_away(facts in facts(), more in prop::collection::vec(entries(), 1..8)) {
        let mut wider = facts.clone();
        wider.practicum.extend(more.into_iter().map(|fact| PracticumFact { state: PracticumState::Approved(on(12, 31, 1)), ..fact }));
        for program in programs() {
            for (old, new) in judge(&program, &facts).rows.iter().zip(&judge(&program, &wider).rows) {
                prop_assert!(!old.met() || new.met(), "{} fell", old.id);
            }
        }
    }

    #[test]
    fn what_counts_was_approved_and_what_was_approved_was_sent(facts in facts()) {
        for program in programs() {
            let ledger = judge(&program, &facts);
            let totals = ledger.practicum.clone().unwrap();
            prop_assert!(totals.counted <= totals.approved && totals.approved <= totals.submitted);
            prop_assert_eq!(totals.approved + totals.waiting, totals.submitted);
            let row = ledger.rows.iter().find(|row| row.id == "practicum").unwrap();
            let kept: Minutes = row.evidence.iter().filter_map(|evidence| evidence.minutes).sum();
            let not: Minutes = row.not_counted.iter().filter_map(|not| not.minutes).sum();
            prop_assert_eq!(kept, totals.counted);
            prop_assert_eq!(kept + not, totals.submitted + totals.sent_back, "every minute has its place");
            prop_assert_eq!(totals.by_category.iter().map(|share| share.measure.counted).sum::<Minutes>(), totals.counted);
            prop_assert_eq!(totals.by_domain.iter().map(|share| share.measure.counted).sum::<Minutes>(), totals.counted);
        }
    }

    #[test]
    fn the_order_of_facts_does_not_matter(facts in facts(), turn in 0..20usize) {
        fn turned<T: Clone>(list: &[T], by: usize) -> Vec<T> {
            let mut list = list.to_vec();
            list.reverse();
            let by = by % list.len().max(1);
            list.rotate_left(by);
            list
        }
        let other = Facts {
            enrolled_at: facts.enrolled_at,
            lessons: turned(&facts.lessons, turn),
            begun: turned(&facts.begun, turn),
            checks: turned(&facts.checks, turn),
            attendance: turned(&facts.attendance, turn),
            signatures: turned(&facts.signatures, turn),
            practicum: turned(&facts.practicum, turn),
        };
        for program in programs() {
            prop_assert_eq!(judge(&program, &facts), judge(&program, &other));
        }
    }

    #[test]
    fn what_is_unknown_or_not_offered_is_never_met(facts in facts()) {
        for program in programs() {
            let ledger = judge(&program, &facts);
            for (requirement, row) in program.requirements.iter().zip(&ledger.rows) {
                match requirement.rule.kind() {
                    "unknown" => prop_assert_eq!(row.status, Status::Unknown),
                    _ if requirement.declared_missing || requirement.rule.missing_here().is_some() => prop_assert_eq!(row.status, Status::NotYetOffered),
                    _ => {}
                }
            }
            prop_assert_eq!(ledger.complete(), met(&ledger).len() == program.requirements.len());
            prop_assert_eq!(ledger.complete(), ledger.completed_at().is_some());
        }
    }

    #[test]
    fn what_was_sent_back_is_the_next_step(facts in facts(), back in entries()) {
        let at = back.at.min(on(11, 30, 0));
        let mut wider = facts;
        wider.practicum.push(PracticumFact { at, state: PracticumState::Returned(at), ..back });
        for program in programs() {
            let ledger = judge(&program, &wider);
            let row = ledger.rows.iter().find(|row| row.id == "practicum").unwrap();
            // Whoever has enough already, or waits for the last of it, need not mend anything.
            if !matches!(row.status, Status::Met(_) | Status::Waiting) {
                prop_assert!(matches!(&ledger.next, Next::Do(step) if matches!(step.target, Target::Entry(_))), "{:?}", ledger.next);
            }
        }
    }

    #[test]
    fn a_requirement_was_met_on_the_day_it_says(facts in facts()) {
        for program in programs() {
            let ledger = judge(&program, &facts);
            for row in &ledger.rows {
                if let Status::Met(at) = row.status {
                    let then = crate::programs::evaluate(&program, &facts, at, &zone());
                    prop_assert!(then.rows.iter().any(|earlier| earlier.id == row.id && earlier.met()), "{}", row.id);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused_and_nothing_breaks(text in "\\PC{0,200}", cut in 0..4000usize) {
        let _ = parse(&text);
        let cut: String = FOUNDATIONS.chars().take(cut).collect();
        let _ = parse(&cut);
    }
}
