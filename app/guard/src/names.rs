//! Names: behind a title, as initials, or behind a word that leads to a person.

use super::{
    Around, Hit, Kind,
    known::{could_be_a_name, is_beginner, is_of_a_house},
    words::Word,
};

/// The most words of a name that are marked.
const PARTS: usize = 3;

/// `Mr. Smith`, `Dr Lee`, `Ms. Ana Ruiz`, `Mr. de la Cruz`.
pub(crate) fn titled(around: &Around<'_, '_>) -> Hit {
    const TITLES: &str = "Mr Mrs Ms Miss Mx Dr Doctor Prof Professor Rev Reverend Pastor Father Sister Chaplain Rabbi Imam Fr Sr Sra Judge Officer Sgt Sergeant Captain Lieutenant Nurse Detective";
    const PARTICLES: &str = "de la las los del della di da du van von der den ter bin ibn al el le";
    let [first, rest @ ..] = around.words else { return None };
    if let Some(count) = glued(first, rest) {
        return Some((Kind::Name, count));
    }
    // Many write these two small, and then the name too.
    let small = matches!(first.text, "mr" | "mrs");
    let capitals = TITLES.split(' ').any(|title| title == first.text) || matches!(first.text, "MR" | "MRS" | "MS" | "DR" | "dr" | "ms");
    if !(first.runs_on() && (small || capitals)) {
        return None;
    }
    let is_particle = |word: &&Word<'_>| word.flows_on() && PARTICLES.split(' ').any(|particle| particle == word.text);
    let particles = rest.iter().take(PARTS).take_while(is_particle).count();
    let name = rest.get(particles..)?;
    let next = name.first()?;
    if !is_behind_a_title(next) {
        return (small && next.is_letters() && !is_beginner(next)).then_some((Kind::Name, 2 + particles));
    }
    Some((Kind::Name, 1 + particles + parts(name, is_behind_a_title)))
}

/// `Mr.Smith`: a short title and a name without a blank, and so one word. How many words are the whole name.
fn glued(first: &Word<'_>, rest: &[Word<'_>]) -> Option<usize> {
    const SHORT: &str = "Mr Mrs Ms Mx Dr Prof Rev Fr Sr Sra Sgt MR MRS MS DR mr mrs ms dr";
    let (title, name) = first.text.split_once('.').filter(|(title, _)| SHORT.split(' ').any(|short| short == *title))?;
    let name = Word { text: name, ..*first };
    let small = matches!(title, "mr" | "mrs") && !name.text.is_empty() && name.is_letters() && !is_beginner(&name);
    let goes_on = name.flows_on() || (name.text.chars().count() == 1 && name.runs_on());
    (small || is_behind_a_title(&name)).then(|| 1 + usize::from(goes_on && rest.first().is_some_and(is_behind_a_title)))
}

/// Whether a word may be a name where a title stands before it.
fn is_behind_a_title(word: &Word<'_>) -> bool {
    word.is_capital() && word.is_letters() && !is_beginner(word) && !is_of_a_house(word)
}

/// `J.D.`, `M.R.L.`
pub(crate) fn initials(around: &Around<'_, '_>) -> Hit {
    const OTHERS: &str = "A.A N.A C.A U.S U.S.A U.N D.C N.Y L.A P.M A.M M.D R.N P.A N.P E.R I.D T.V P.S P.O B.A M.A";
    let first = around.words.first()?;
    let letters: Vec<&str> = first.text.split('.').collect();
    let capital = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    let sound = first.stopped()
        && matches!(letters.len(), 2 | 3)
        && letters.iter().all(capital)
        && !OTHERS.split(' ').any(|other| other == first.text);
    sound.then_some((Kind::Initials, 1))
}

/// `met Maria`, `with James Lee`: a capital inside a sentence behind a word that leads to a person.
pub(crate) fn introduced(around: &Around<'_, '_>) -> Hit {
    const LEADS: &str = "with met called helped saw visited named told asked supported accompanied drove texted";
    around.before.filter(|before| before.is_any(LEADS) && before.flows_on())?;
    let first = around.words.first()?;
    if !could_be_a_name(first) {
        return None;
    }
    let count = parts(around.words, could_be_a_name);
    // `with Lutheran Services`: the word behind says that it is a house.
    let house = around
        .words
        .get(count)
        .is_some_and(|next| next.is_capital() && is_of_a_house(next) && around.words.get(count - 1).is_some_and(Word::flows_on));
    (!house).then_some((Kind::Name, count))
}

/// How many of these words make one name. A full stop ends it, but for the one behind an initial.
fn parts(words: &[Word<'_>], is_name: impl Fn(&Word<'_>) -> bool) -> usize {
    let mut count = 0;
    for word in words.iter().take(PARTS) {
        let middle = count > 0 && word.is_capital() && word.text.chars().count() == 1 && word.stopped();
        if !(middle || is_name(word)) {
            break;
        }
        count += 1;
        let initial = word.text.chars().count() == 1 && word.runs_on();
        if !(initial || word.flows_on()) {
            break;
        }
    }
    count.max(1)
}
