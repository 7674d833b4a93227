//! Dates in a text. The day of an entry stands in a field of its own; a date in a note belongs to somebody.

use super::{
    Around, Hit, Kind,
    words::{Word, is_blank},
};

/// `3/14`, `03/14/2026`, `2026-03-14`, `March 14, 2026`, `14 March`, `March 2026`, `on the 24th`.
pub(crate) fn date(around: &Around<'_, '_>) -> Hit {
    count(around).map(|count| (Kind::Date, count))
}

/// `hearing on the 24th`, `surgery on Tuesday`: a date or a weekday with what happens on it.
pub(crate) fn event(around: &Around<'_, '_>) -> Hit {
    const EVENTS: &str = "hearing court trial sentencing surgery operation funeral wedding birthday appointment intake discharge release arrest eviction interview custody";
    const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
    let first = around.words.first()?;
    if !first.is_any(EVENTS) || !first.flows_on() {
        return None;
    }
    let leads = around.words.get(1..)?.iter().take(2).take_while(|word| word.is_any("on for date is was this next last")).count();
    let rest = around.words.get(1 + leads..)?;
    let before = around.words.get(leads);
    if leads > 0 && rest.first()?.is_any(DAYS) {
        return Some((Kind::Event, leads + 2));
    }
    let days = count(&Around { before, words: rest })?;
    Some((Kind::Event, 1 + leads + days))
}

/// How many words the date takes that stands here.
fn count(around: &Around<'_, '_>) -> Option<usize> {
    let [first, rest @ ..] = around.words else { return None };
    let (second, third) = (rest.first(), rest.get(1));
    if numeric(around) {
        return Some(1);
    }
    let said = around.before.is_some_and(|word| word.is_any("on since until till by before after from") && word.flows_on());
    if is_month(first)
        || (is_month_in_small_letters(first) && second.is_some_and(|second| said || ordinal(second.text).is_some() || is_year(second.text)))
    {
        let second = second?;
        if is_year(second.text) && first.gap.trim_end_matches([' ', '\u{a0}']).len() <= 1 {
            return Some(2);
        }
        day(second.text)?;
        return (first.runs_on() && !counts_things(second, third)).then(|| 2 + year_after(second, third));
    }
    // The 2nd may work: only where something else says so is it a month.
    let is_month_behind = |word: &Word<'_>| is_month(word) || (is_month_in_small_letters(word) && (said || year_after(word, third) == 1));
    if day(first.text).is_some() && second.is_some_and(|word| is_month_behind(word) && first.runs_on()) {
        return Some(2 + year_after(second?, third));
    }
    if let Some(count) = of_a_month(around.words) {
        return Some(count);
    }
    // `the 3rd of March`; `on the 24th`, but not `the 12th step`.
    let second = second.filter(|second| first.is("the") && first.flows_on() && ordinal(second.text).is_some())?;
    if let Some(count) = of_a_month(rest) {
        return Some(1 + count);
    }
    let open = !second.flows_on() || third.is_none_or(goes_on_after_a_date);
    open.then_some(2)
}

/// `14th of March`, with the year perhaps: how many words it takes.
fn of_a_month(words: &[Word<'_>]) -> Option<usize> {
    let [day, of, month, rest @ ..] = words else { return None };
    let sound = ordinal(day.text).is_some()
        && day.flows_on()
        && of.is("of")
        && of.flows_on()
        && (is_month(month) || is_month_in_small_letters(month));
    sound.then(|| 3 + year_after(month, rest.first()))
}

fn numeric(around: &Around<'_, '_>) -> bool {
    let Some(word) = around.words.first() else { return false };
    let text = word.text;
    let Some(mark) = text.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return false };
    let parts: Vec<&str> = text.split(mark).collect();
    let Some(numbers) = parts.iter().map(|part| small_number(part)).collect::<Option<Vec<u32>>>() else { return false };
    let (month, day) = (1..=12_u32, 1..=31_u32);
    let month_and_day = |a: u32, b: u32| (month.contains(&a) && day.contains(&b)) || (day.contains(&a) && month.contains(&b));
    match (numbers.as_slice(), parts.as_slice()) {
        ([a, b], _) if *a >= 1900 => mark == '-' && month.contains(b),
        ([a, b], [left, _]) => {
            let said = around.before.is_some_and(|word| word.is_any("on since until till by before after from dated born"));
            let share = around.words.get(1).is_some_and(|next| {
                word.flows_on() && next.is_any("of people members participants points items correct steps hour hours mile miles")
            });
            let sure = *a > 12 || *b > 12 || left.starts_with('0');
            // All day and every day of the week.
            mark == '/' && text != "24/7" && month_and_day(*a, *b) && !share && (sure || said)
        }
        ([a, b, c], [first, _, last]) => {
            let year_last = first.len() <= 2 && (*c >= 1900 || (last.len() == 2 && mark != '.')) && month_and_day(*a, *b);
            year_last || (*a >= 1900 && month.contains(b) && day.contains(c))
        }
        _ => false,
    }
}

fn small_number(part: &str) -> Option<u32> {
    let sound = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| part.parse().ok()).flatten()
}

/// The name of a month or its first letters. Small letters may be another word: to march, you may.
fn is_month(word: &Word<'_>) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let lower = word.text.to_ascii_lowercase();
    let short = lower.len() == 3 || lower == "sept";
    let known = MONTHS.iter().any(|month| lower == *month || (short && month.starts_with(&lower)));
    known && (word.is_capital() || !is_month_in_small_letters(word))
}

/// The months that are other words too. What stands beside them tells.
fn is_month_in_small_letters(word: &Word<'_>) -> bool {
    matches!(word.text, "may" | "march" | "mar")
}

/// `3`, `3rd`: a day of a month.
fn day(text: &str) -> Option<u32> {
    let digits = if text.bytes().all(|b| b.is_ascii_digit()) { Some(text) } else { ordinal(text) }?;
    digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
}

/// The digits of `24th`.
fn ordinal(text: &str) -> Option<&str> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end))?;
    let sound = matches!(digits.len(), 1 | 2) && digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    sound.then_some(digits)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

fn year_after(day: &Word<'_>, year: Option<&Word<'_>>) -> usize {
    usize::from(is_blank(day.gap.strip_prefix(',').unwrap_or(day.gap)) && year.is_some_and(|year| is_year(year.text)))
}

/// `May 5 people join?`: a number of things, not a day.
fn counts_things(number: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    number.flows_on() && next.is_some_and(|next| next.is_any("people members participants persons of miles blocks hours minutes"))
}

/// Words that go on after a date; after any other the ordinal counts things: the 12th step, the 3rd floor.
fn goes_on_after_a_date(word: &Word<'_>) -> bool {
    word.is_any("at in for to and or but with we she he they i it by because so when while before after was is will a the her his their my our this that as about until from")
}
