//! A graded attempt, from the stored versions and nothing else.

use super::{
    Attempt, Score,
    attempt::{answers, drawn},
    grade::grades,
    score,
};
use crate::{Look, Unavailable};

/// A graded attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The score in force.
    pub score: Score,
    /// Its questions in order.
    pub questions: Vec<Reviewed>,
}

/// A graded question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The question as HTML.
    pub stem: String,
    /// What stands under it, as HTML.
    pub body: String,
    /// The options in the order of this attempt.
    pub choices: Vec<ReviewedChoice>,
    /// What to remember, as HTML.
    pub explanation: String,
    /// Points reached, in hundredths.
    pub reached: i32,
    /// Points there were, in hundredths.
    pub possible: i32,
}

/// A graded option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedChoice {
    /// Its text as HTML.
    pub text: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Whether it is right.
    pub right: bool,
    /// What it teaches, as HTML.
    pub feedback: String,
}

/// The review of an attempt; nothing while it is open.
pub async fn review(look: &impl Look, attempt: &Attempt) -> Result<Option<Review>, Unavailable> {
    if attempt.submitted_at.is_none() {
        return Ok(None);
    }
    let (answers, grades) = (answers(look, attempt.id).await?, grades(look, attempt.id).await?);
    let questions = drawn(look, attempt.id).await?.into_iter().map(|drawn| {
        let question = drawn.question;
        let chosen =
            answers.iter().find(|(version, _, _)| *version == question.digest).map(|(_, options, _)| options.clone()).unwrap_or_default();
        let grade = grades.iter().rev().find(|grade| grade.version == question.digest);
        let choices = drawn.order.iter().filter_map(|id| {
            let option = question.options.iter().find(|option| option.id == *id)?;
            Some(ReviewedChoice {
                text: option.text.clone(),
                chosen: chosen.contains(id),
                right: option.right,
                feedback: option.feedback.clone(),
            })
        });
        Reviewed {
            choices: choices.collect(),
            stem: question.stem,
            body: question.body,
            explanation: question.explanation,
            reached: grade.map_or(0, |grade| grade.reached),
            possible: grade.map_or(question.points.saturating_mul(100), |grade| grade.possible),
        }
    });
    Ok(Some(Review { questions: questions.collect(), score: score(attempt.policy, &grades) }))
}
