//! Facts about a person: a rare age, a health fact.

use super::{Around, Hit, Kind, words::Word};

/// `92-year-old`, `93 years old`, `aged 95`: at ninety and above few people share an age.
pub(crate) fn age(around: &Around<'_, '_>) -> Hit {
    let [first, rest @ ..] = around.words else { return None };
    if let Some((years, unit)) = first.text.split_once('-') {
        return (is_old(years) && (unit.eq_ignore_ascii_case("year-old") || unit.eq_ignore_ascii_case("years-old")))
            .then_some((Kind::Age, 1));
    }
    if first.is_any("aged age") && first.flows_on() {
        return rest.first().is_some_and(|next| is_old(next.text)).then_some((Kind::Age, 2));
    }
    let years = is_old(first.text) && first.flows_on();
    let unit = rest.first().filter(|_| years)?;
    if unit.is_any("year-old yo y/o") {
        return Some((Kind::Age, 2));
    }
    (unit.is_any("year years") && rest.get(1).is_some_and(|word| word.is("old"))).then_some((Kind::Age, 3))
}

fn is_old(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.parse::<u32>().is_ok_and(|years| (90..=120).contains(&years))
}

/// Words that tell of somebody's health. A topic, such as a group about relapse, is not one of them.
pub(crate) fn health(around: &Around<'_, '_>) -> Hit {
    let first: &Word<'_> = around.words.first()?;
    first.is_any("diagnosed misdiagnosed relapsed overdosed").then_some((Kind::Health, 1))
}
