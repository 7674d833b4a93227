//! Attempts: frozen, answered, graded once, and what the content can no longer change.

use std::collections::BTreeMap;

use proptest::prelude::*;
use types::{AttemptId, EnrolmentId, Name, Role};

use super::{grade::Grade, *};
use crate::{
    Platform,
    accounts::{self, Actor, Password},
    curriculum::{self, Release, Source},
    learning, testing,
};

const MODULE: &str = "id = \"m01\"\ntitle = \"First\"\nsummary = \"S.\"\nbig_idea = \"B.\"\nminutes_live = 60\nminutes_self = 0\nprerequisites = []\n[minutes_by_domain]\nETH = 60\n[[objective]]\nid = \"m01-o1\"\ntext = \"T.\"\ncompetencies = []\n";
const LESSON: &str = "+++\nid = \"m01-l1\"\ntitle = \"One\"\nsummary = \"S.\"\nobjectives = [\"m01-o1\"]\n+++\nText.\n";

/// A question: its options as they stand, each with whether it is right.
fn item(id: &str, word: &str, options: &[(&str, bool)], points: i32) -> String {
    let kind = if options.len() > 2 { "multiple credit=partial" } else { "single" };
    let mut text = format!("### {word} {id}? {{#{id} kind={kind} points={points} competency=CC01.1 domain=ETH}}\n\n");
    for (option, right) in options {
        let cross = if *right { "x" } else { " " };
        text.push_str(&format!("- [{cross}] {word} {option} {{#{option}}}\n  > {word} about {option}.\n"));
    }
    text + &format!("\n:::explanation\n{word} at last.\n:::\n\n")
}

/// The content with this bank in its only module, or without that module.
fn content(pass: &str, questions: Option<&[String]>) -> Source {
    let mut files = BTreeMap::from([
        ("competencies.toml".to_owned(), "[[competency]]\nid = \"CC01.1\"\ntext = \"T.\"\n".to_owned()),
        ("help.toml".to_owned(), "line = []\n".to_owned()),
    ]);
    if let Some(questions) = questions {
        let front = format!("+++\nid = \"m01-check\"\nschema = 1\ntitle = \"Check\"\nscored = true\npass = {pass}\ndraw = 3\n+++\n");
        files.insert("modules/m01-first/module.toml".to_owned(), MODULE.to_owned());
        files.insert("modules/m01-first/01-one.md".to_owned(), LESSON.to_owned());
        files.insert("modules/m01-first/check.md".to_owned(), front + &questions.concat());
    }
    Source::of(files)
}

/// A bank of three questions; `word` stands in each, so that the content can be changed.
fn source(word: &str) -> Source {
    let questions = [
        item("q1", word, &[("a", true), ("b", false)], 1),
        item("q2", word, &[("a", true), ("b", false)], 1),
        item("q3", word, &[("a", true), ("b", true), ("c", false)], 2),
    ];
    content("0.6", Some(&questions))
}

struct Scene {
    rosa: Actor,
    enrolment: EnrolmentId,
    release: std::sync::Arc<Release>,
}

async fn scene(platform: &Platform) -> Scene {
    let mut write = platform.write(&Actor::operator()).await.unwrap();
    curriculum::publish(&mut write, &source("First")).await.unwrap();
    let name: Name = "Rosa".parse().unwrap();
    let (person, link) = accounts::create(&mut write, &"rosa@example.org".parse().unwrap(), &name, Role::Trainee).await.unwrap();
    let digest = curriculum::current(&write).await.unwrap().unwrap();
    let enrolment = learning::insert_enrolment(&mut write, person, "p", "1", &digest).await.unwrap();
    write.commit().await.unwrap();
    let signed_in =
        accounts::reset_password(platform, &link, Password::parse("violet harbor seven kites").unwrap(), "a test").await.unwrap();
    let rosa = accounts::actor_of(&platform.read(), &signed_in.secret).await.unwrap();
    let release = curriculum::release(platform, &digest).await.unwrap().unwrap();
    Scene { rosa, enrolment, release }
}

async fn begin(platform: &Platform, scene: &Scene) -> AttemptId {
    let mut write = platform.write(&scene.rosa).await.unwrap();
    let id = start(&mut write, scene.rosa.person().unwrap(), scene.enrolment, &scene.release, "m01").await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn save(platform: &Platform, scene: &Scene, id: AttemptId, version: &str, options: &[&str], once: &str) -> Result<(), SaveError> {
    let options: Vec<String> = options.iter().map(ToString::to_string).collect();
    let mut write = platform.write(&scene.rosa).await.unwrap();
    save_answer(&mut write, id, Sent { version, options: &options, once, drawn: None }).await?;
    write.commit().await.unwrap();
    Ok(())
}

/// Saves from a sheet on which this was chosen when it was drawn.
async fn save_from(platform: &Platform, scene: &Scene, id: AttemptId, version: &str, drawn: &[&str], options: &[&str], once: &str) {
    let [drawn, options] = [drawn, options].map(|ids| ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    let mut write = platform.write(&scene.rosa).await.unwrap();
    save_answer(&mut write, id, Sent { version, options: &options, once, drawn: Some(&drawn) }).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn a_sheet_on_which_nothing_was_changed_undoes_nothing() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = begin(platform, &scene).await;
        let questions = paper(&platform.read(), id).await.unwrap().questions;
        let (n, asked) = questions.iter().enumerate().find(|(_, question)| question.several).unwrap();
        let chosen = async || {
            let paper = paper(&platform.read(), id).await.unwrap();
            let mut chosen: Vec<String> =
                paper.questions[n].choices.iter().filter(|choice| choice.chosen).map(|choice| choice.id.clone()).collect();
            chosen.sort();
            chosen.concat()
        };
        let save = async |drawn: &[&str], options: &[&str], once: &str| {
            save_from(platform, &scene, id, &asked.version, drawn, options, once).await;
            chosen().await
        };
        // Two windows are open, in which nothing is chosen yet. One of them saves, the other one only goes on.
        assert_eq!(save(&[], &["a", "b"], "one").await, "ab");
        assert_eq!(save(&[], &[], "other").await, "ab", "an empty sheet of before wipes nothing");
        assert_eq!(save(&["c"], &["c"], "older").await, "ab", "nor does one with an older answer on it");
        assert_eq!(save(&[], &["c"], "other").await, "c", "what is chosen on it counts");
        assert_eq!(save(&[], &[], "other").await, "", "and so does taking that back");
        assert_eq!(save(&["b", "a"], &[], "one").await, "", "as an answer that was there is taken back");
    }
}

async fn hand_in(platform: &Platform, actor: &Actor, id: AttemptId) -> Result<(), SubmitError> {
    let mut write = platform.write(actor).await.unwrap();
    submit(&mut write, id).await?;
    write.commit().await.unwrap();
    Ok(())
}

#[tokio::test]
async fn an_attempt_is_started_once_answered_handed_in_once_and_stays_as_it_was() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = begin(platform, &scene).await;
        assert_eq!(begin(platform, &scene).await, id, "one open attempt");
        let before = paper(&platform.read(), id).await.unwrap();
        assert_eq!(before.questions.len(), 3);
        assert_eq!(before.questions.iter().map(|question| question.points).sum::<i32>(), 4, "what each is worth is said beforehand");
        assert_eq!(before.first_open(), Some(1));
        for (n, question) in before.questions.iter().enumerate() {
            let several = question.several;
            save(platform, &scene, id, &question.version, &["b"], &format!("{n}-x")).await.unwrap();
            save(platform, &scene, id, &question.version, if several { &["a", "c"] } else { &["a"] }, &format!("{n}-y")).await.unwrap();
            // The first save comes again, from a network that lost its answer: nothing changes.
            save(platform, &scene, id, &question.version, &["b"], &format!("{n}-x")).await.unwrap();
        }
        assert_eq!(paper(&platform.read(), id).await.unwrap().first_open(), None);
        hand_in(platform, &scene.rosa, id).await.unwrap();
        let attempt = attempt_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        let reviewed = review(&platform.read(), &attempt).await.unwrap().unwrap();
        assert_eq!(reviewed.score, Score { reached: 200, possible: 400, passed: Some(false) });
        hand_in(platform, &scene.rosa, id).await.unwrap();
        let late = save(platform, &scene, id, &before.questions[0].version, &["b"], "late").await;
        assert!(matches!(late, Err(SaveError::Submitted)));

        // Everything in the content is changed; what was graded stays what it was.
        let mut write = platform.write(&Actor::operator()).await.unwrap();
        curriculum::publish(&mut write, &source("Changed")).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(review(&platform.read(), &attempt).await.unwrap().unwrap(), reviewed);
        assert_eq!(check_facts(&platform.read(), &[scene.enrolment]).await.unwrap().take(&scene.enrolment)[0].passed, Some(false));
        assert_ne!(begin(platform, &scene).await, id, "a new try is a new attempt");
    }
}

#[tokio::test]
async fn what_was_graded_stays_whatever_becomes_of_its_questions() {
    let turned = |word: &str| {
        [
            item("q3", word, &[("c", true), ("b", false), ("a", false)], 9),
            item("q2", word, &[("b", true), ("a", false)], 5),
            item("q1", word, &[("b", true), ("a", false)], 5),
        ]
    };
    let others = ["n1", "n2", "n3"].map(|id| item(id, "Other", &[("a", false), ("b", true)], 3));
    let later = [
        content("0.1", Some(&turned("First"))),
        content("0.1", Some(&turned("Changed"))),
        content("1.0", Some(&others)),
        content("", None),
    ];
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = begin(platform, &scene).await;
        for question in paper(&platform.read(), id).await.unwrap().questions {
            save(platform, &scene, id, &question.version, &["a"], &question.version).await.unwrap();
        }
        hand_in(platform, &scene.rosa, id).await.unwrap();
        let attempt = attempt_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        let reviewed = review(&platform.read(), &attempt).await.unwrap().unwrap();
        assert_eq!(reviewed.score, Score { reached: 300, possible: 400, passed: Some(true) });
        let facts = check_facts(&platform.read(), &[scene.enrolment]).await.unwrap().take(&scene.enrolment);
        for source in &later {
            let mut write = platform.write(&Actor::operator()).await.unwrap();
            let published = curriculum::publish(&mut write, source).await.unwrap();
            write.commit().await.unwrap();
            assert!(matches!(published, curriculum::Published::New(_)));
            assert_eq!(attempt_for(&platform.read(), &scene.rosa, id).await.unwrap().as_ref(), Some(&attempt));
            assert_eq!(review(&platform.read(), &attempt).await.unwrap().as_ref(), Some(&reviewed));
            assert_eq!(check_facts(&platform.read(), &[scene.enrolment]).await.unwrap().take(&scene.enrolment), facts);
        }
    }
}

#[tokio::test]
async fn an_attempt_is_its_own_persons_and_takes_only_its_own_questions() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = begin(platform, &scene).await;
        let question = paper(&platform.read(), id).await.unwrap().questions.into_iter().find(|question| !question.several).unwrap();
        assert!(matches!(save(platform, &scene, id, "elsewhere", &["a"], "1").await, Err(SaveError::NotInAttempt)));
        assert!(matches!(save(platform, &scene, id, &question.version, &["z"], "2").await, Err(SaveError::NotInAttempt)));
        assert!(matches!(save(platform, &scene, id, &question.version, &["a", "b"], "3").await, Err(SaveError::OnlyOne)));
        assert!(matches!(hand_in(platform, &Actor::nobody(), id).await, Err(SubmitError::NotFound)));
        assert!(attempt_for(&platform.read(), &Actor::nobody(), id).await.unwrap().is_none());
        let open = attempt_for(&platform.read(), &scene.rosa, id).await.unwrap().unwrap();
        assert!(review(&platform.read(), &open).await.unwrap().is_none(), "no key leaves an open attempt");
    }
}

#[tokio::test]
async fn the_first_question_without_an_answer_is_where_one_goes_on() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let id = begin(platform, &scene).await;
        let questions = paper(&platform.read(), id).await.unwrap().questions;
        save(platform, &scene, id, &questions[0].version, &["a"], "1").await.unwrap();
        save(platform, &scene, id, &questions[2].version, &["a"], "2").await.unwrap();
        assert_eq!(paper(&platform.read(), id).await.unwrap().first_open(), Some(2));
        // To take an answer back is a save too, and leaves none.
        save(platform, &scene, id, &questions[0].version, &[], "3").await.unwrap();
        let now = paper(&platform.read(), id).await.unwrap();
        assert!(now.first_open() == Some(1) && now.questions[0].saved_at.is_some());
    }
}

#[tokio::test]
async fn two_browsers_that_start_at_once_share_one_attempt() {
    for world in testing::worlds().await {
        let platform = &world.platform;
        let scene = scene(platform).await;
        let (one, other) = tokio::join!(begin(platform, &scene), begin(platform, &scene));
        assert_eq!(one, other);
    }
}

fn question(kind: &str) -> crate::curriculum::Question {
    let release = curriculum::compile(&source("Q")).unwrap();
    let bank = &release.modules[0].check.as_ref().unwrap().questions;
    bank.iter().find(|question| (kind == "several") == (question.options.len() == 3)).unwrap().clone()
}

proptest! {
    #[test]
    fn points_stay_between_none_and_all(chosen in proptest::collection::vec("[abcx]", 0..5), several in any::<bool>()) {
        let question = question(if several { "several" } else { "one" });
        let reached = grade::points(&question, &chosen);
        prop_assert!((0..=question.points * 100).contains(&reached));
        let mut turned = chosen.clone();
        turned.reverse();
        prop_assert_eq!(grade::points(&question, &turned), reached);
    }

    #[test]
    fn the_newest_grade_of_a_question_counts(points in proptest::collection::vec((0..3_usize, 0..=100_i32), 0..12)) {
        let grades: Vec<Grade> = points.iter().map(|(n, reached)| Grade { version: n.to_string(), reached: *reached, possible: 100 }).collect();
        let folded = score(Policy { scored: true, pass_percent: 80 }, &grades);
        let expected: i32 = (0..3).filter_map(|n| points.iter().rev().find(|(other, _)| *other == n).map(|(_, reached)| *reached)).sum();
        prop_assert_eq!(folded.reached, expected);
        prop_assert!(folded.reached <= folded.possible);
    }
}
