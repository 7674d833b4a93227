//! An open attempt as its own person sees it. There is no key in it, and no place for one.

use types::{AttemptId, Moment};

use super::attempt::{answers, drawn};
use crate::{
    Look, Unavailable,
    curriculum::{Kind, Question},
};

/// The questions of an attempt with what was answered so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The questions in order.
    pub questions: Vec<PaperQuestion>,
}

/// A question without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperQuestion {
    /// The version's digest, which answers name.
    pub version: String,
    /// Whether several options may be chosen.
    pub several: bool,
    /// How many points it is worth.
    pub points: i32,
    /// The question as HTML.
    pub stem: String,
    /// What stands under it, as HTML.
    pub body: String,
    /// The options in the order of this attempt.
    pub choices: Vec<PaperChoice>,
    /// When the answer in force was saved.
    pub saved_at: Option<Moment>,
}

/// An option without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperChoice {
    /// Its id.
    pub id: String,
    /// Its text as HTML.
    pub text: String,
    /// Whether it is chosen in the answer in force.
    pub chosen: bool,
}

impl Paper {
    /// The number of the first question without an answer, counted from 1; none where each has one.
    pub fn first_open(&self) -> Option<usize> {
        self.questions.iter().position(|question| !question.is_answered()).map(|place| place + 1)
    }
}

impl PaperQuestion {
    /// Whether an answer with at least one option is saved.
    pub fn is_answered(&self) -> bool {
        self.choices.iter().any(|choice| choice.chosen)
    }
}

/// The paper of an attempt. Whoever calls this has looked the attempt up through its person.
pub async fn paper(look: &impl Look, id: AttemptId) -> Result<Paper, Unavailable> {
    let answers = answers(look, id).await?;
    let questions = drawn(look, id).await?.into_iter().map(|drawn| {
        let answer = answers.iter().find(|(version, _, _)| *version == drawn.question.digest);
        let chosen = answer.map(|(_, options, _)| options.clone()).unwrap_or_default();
        let choices = drawn.order.iter().filter_map(|id| choice(&drawn.question, id, &chosen)).collect();
        PaperQuestion {
            several: matches!(drawn.question.kind, Kind::Multiple(_)),
            points: drawn.question.points,
            version: drawn.question.digest,
            stem: drawn.question.stem,
            body: drawn.question.body,
            choices,
            saved_at: answer.map(|(_, _, at)| *at),
        }
    });
    Ok(Paper { questions: questions.collect() })
}

fn choice(question: &Question, id: &str, chosen: &[String]) -> Option<PaperChoice> {
    let option = question.options.iter().find(|option| option.id == id)?;
    Some(PaperChoice { id: option.id.clone(), text: option.text.clone(), chosen: chosen.contains(&option.id) })
}
