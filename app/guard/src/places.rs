//! Streets.

use super::{Around, Hit, Kind, known::is_beginner, words::Word};

/// `Oak Street`, `5th Ave`, `1200 N. Oak Street`.
pub(crate) fn street(around: &Around<'_, '_>) -> Hit {
    const WAYS: &[&str] =
        &["Street", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd", "Lane", "Ln", "Highway", "Hwy", "Parkway", "Pkwy"];
    let numbered = usize::from(around.words.first().is_some_and(|word| is_house_number(word) && word.flows_on()));
    let words = around.words.get(numbered..)?;
    let name = words.iter().take(3).take_while(|word| is_named(word) && !WAYS.contains(&word.text) && word.text != "St").count();
    let way = words.get(name).filter(|_| name > 0)?;
    let joined = words.get(..name)?.iter().all(|word| word.flows_on() || (word.text.len() == 1 && word.gap == ". "));
    let known = WAYS.contains(&way.text) || (way.text == "St" && !leads_to_a_saint(way, words.get(name + 1)));
    (joined && known).then_some((Kind::Place, numbered + name + 1))
}

fn is_house_number(word: &Word<'_>) -> bool {
    (1..=5).contains(&word.text.len()) && word.text.bytes().all(|b| b.is_ascii_digit())
}

/// `Oak`, `5th`.
fn is_named(word: &Word<'_>) -> bool {
    let ordinal =
        word.text.starts_with(|c: char| c.is_ascii_digit()) && ["st", "nd", "rd", "th"].iter().any(|end| word.text.ends_with(end));
    ordinal || (word.is_capital() && word.is_letters() && !is_beginner(word))
}

/// `At St Mary's`, `St. Paul`.
fn leads_to_a_saint(way: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    matches!(way.gap, " " | ". ") && next.is_some_and(|next| next.is_capital() && !is_beginner(next))
}
