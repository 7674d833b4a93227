//! Addresses of mail and the web, telephone numbers, and other long numbers.

use super::{Around, Hit, Kind, words::Word};

/// `maria@example.org`, `www.example.org/maria`, `example.org`.
pub(crate) fn address(around: &Around<'_, '_>) -> Hit {
    const ENDS: [&str; 9] = ["com", "org", "net", "gov", "edu", "info", "us", "io", "me"];
    let text = around.words.first()?.text;
    if let Some((local, domain)) = text.split_once('@') {
        return (!local.is_empty() && domain.contains('.') && !domain.starts_with('.')).then_some((Kind::Email, 1));
    }
    let lower = text.to_ascii_lowercase();
    let host = lower.split(['/', '?', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let named = labels.len() >= 2
        && labels.last().is_some_and(|end| ENDS.contains(end))
        && labels.iter().all(|label| label.len() >= 2 && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        // A full stop without a blank behind it: `We met them.Us too`.
        && !text.contains(char::is_uppercase);
    (lower.contains("://") || lower.starts_with("www.") || named).then_some((Kind::Web, 1))
}

/// `555-0199`, `(212) 555-0199`, `212.555.0199`, `+44 20 7946 0958`, `2125550199`.
pub(crate) fn telephone(around: &Around<'_, '_>) -> Hit {
    let first = around.words.first()?;
    for count in (1..=5).rev() {
        let Some(group) = around.words.get(..count) else { continue };
        let (inner, _) = group.split_at(count - 1);
        let whole = group.iter().all(|word| is_digits(word.text)) && inner.iter().all(|word| joins(word.gap));
        if !whole {
            continue;
        }
        let numbers = group.iter().flat_map(|word| word.text.split(|c: char| !c.is_ascii_digit())).filter(|number| !number.is_empty());
        let numbers: Vec<&str> = numbers.collect();
        let sizes: Vec<usize> = numbers.iter().map(|number| number.len()).collect();
        let foreign = first.mark == Some('+') && (8..=15).contains(&sizes.iter().sum::<usize>());
        let home = match sizes.as_slice() {
            // With a blank only, seven digits may be any two numbers beside each other; and they may be two times.
            [3, 4] => {
                let apart = inner.iter().any(|word| word.gap == " ");
                around.before.is_some_and(speaks_of_calling) || !(apart || are_times(&numbers))
            }
            [3, 3, 4] | [1, 3, 3, 4] => true,
            [10] => !first.text.starts_with(['0', '1']),
            [11] => first.text.starts_with('1'),
            _ => false,
        };
        if foreign || home {
            return Some((Kind::Telephone, count));
        }
    }
    None
}

/// Digits and the marks that stand between them in a telephone number.
fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '/'))
}

/// Whether what stands between two words may stand inside one telephone number.
fn joins(gap: &str) -> bool {
    gap.chars().count() <= 3 && gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '–' | '(' | ')' | '.'))
}

fn speaks_of_calling(word: &Word<'_>) -> bool {
    word.is_any("call called phone telephone tel cell number text texted dial at on")
}

/// `123-45-6789`, `00481516`, `AB-12345`, `case 4471`, `#4471`.
pub(crate) fn number(around: &Around<'_, '_>) -> Hit {
    let [first, rest @ ..] = around.words else { return None };
    if let [second, third, ..] = rest
        && [first, second, third].map(|word| word.text.len()) == [3, 2, 4]
        && [first, second, third].iter().all(|word| word.text.bytes().all(|b| b.is_ascii_digit()))
        && first.gap == " "
        && second.gap == " "
    {
        return Some((Kind::Number, 3));
    }
    let digits = first.text.bytes().filter(u8::is_ascii_digit).count();
    let plain = first.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '#'));
    let coded = first.text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let called_one = first.mark == Some('#') || around.before.is_some_and(names_a_number);
    let year = digits == 4 && (first.text.starts_with("19") || first.text.starts_with("20"));
    let long = (digits >= 6 && plain && !is_range(first.text))
        || (digits >= 5 && coded && !plain)
        || (digits >= 4 && coded && called_one && !year);
    long.then_some((Kind::Number, 1))
}

fn names_a_number(word: &Word<'_>) -> bool {
    word.is_any("case record file chart account acct mrn ssn id badge claim policy zip docket plate license")
}

/// `1400-1530`, `900-1030`, `2024-2026`: two times or two years, the earlier first.
fn is_range(text: &str) -> bool {
    let Some((from, to)) = text.split_once(['-', '/']) else { return false };
    let four = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    (four(from) && four(to) && from < to) || are_times(&[from, to])
}

/// `900-1030`: an hour of the morning and a later one, both at a quarter, as nobody's telephone number has to be.
fn are_times(numbers: &[&str]) -> bool {
    let [from, to] = numbers else { return false };
    let quarter = |time: &str| ["00", "15", "30", "45"].iter().any(|minutes| time.ends_with(minutes));
    let hour = |time: &str| time.parse::<u32>().is_ok_and(|time| (100..=2400).contains(&time));
    from.len() == 3 && to.len() == 4 && !to.starts_with('0') && [from, to].iter().all(|time| quarter(time) && hour(time))
}
