//! Drawing questions and shuffling options from a stored seed: the same seed draws the same.

use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

use crate::curriculum::{Check, Question};

/// The questions of one attempt with the order of their options.
pub(super) fn draw(check: &Check, seed: u64) -> Vec<(&Question, Vec<String>)> {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut bank: Vec<&Question> = check.questions.iter().collect();
    bank.shuffle(&mut chance);
    bank.truncate(check.draw);
    bank.into_iter()
        .map(|question| {
            let mut order: Vec<String> = question.options.iter().map(|option| option.id.clone()).collect();
            if !question.fixed {
                order.shuffle(&mut chance);
            }
            (question, order)
        })
        .collect()
}
