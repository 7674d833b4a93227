//! The words of the ledger: numbers, days, lists.

pub(super) use crate::calendar::day;
use crate::programs::{Exam, Program, Supervision};

/// `1 entry`, `2 entries`
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`
pub(super) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `modules 1 to 7, 12 and 13`; `module 2`.
pub(super) fn modules(program: &Program, ids: &[&str]) -> String {
    let mut numbers: Vec<usize> =
        ids.iter().filter_map(|id| program.modules.iter().position(|module| module.id == *id)).map(|n| n + 1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in &numbers {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == *number => *end = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let parts: Vec<String> = runs
        .into_iter()
        .flat_map(|(start, end)| match end - start {
            0 => vec![start.to_string()],
            1 => vec![start.to_string(), end.to_string()],
            _ => vec![format!("{start} to {end}")],
        })
        .collect();
    format!("{} {}", if numbers.len() == 1 { "module" } else { "modules" }, list(&parts))
}

/// The sentence for modules that cannot be learned here yet; nothing where all can.
pub(super) fn not_offered(program: &Program, ids: &[&str]) -> Option<String> {
    let missing: Vec<&str> = ids.iter().copied().filter(|id| !program.offers(id)).collect();
    let verb = if missing.len() == 1 { "is" } else { "are" };
    (!missing.is_empty()).then(|| format!("{} {verb} not offered here yet.", sentence(&modules(program, &missing))))
}

/// With a capital at its start.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `10 h, 5 h of it one to one, a check-in both ways at 30 h and 60 h of practicum`
pub(super) fn supervision(rule: &Supervision) -> String {
    let mut parts = vec![rule.minutes.to_string(), format!("{} of it one to one", rule.one_to_one)];
    if rule.observed > 0 {
        parts.push(format!("your work seen in {} sessions", rule.observed));
    }
    if rule.every_days > 0 {
        parts.push(format!("a contact every {} days", rule.every_days));
    }
    if !rule.check_ins.is_empty() {
        let at: Vec<String> = rule.check_ins.iter().map(ToString::to_string).collect();
        parts.push(format!("a check-in both ways at {} of practicum", list(&at)));
    }
    parts.join(", ")
}

/// `Pass: 75 questions, 3 stations`
pub(super) fn exam(rule: &Exam) -> String {
    let stations = if rule.stations > 0 { format!(" and {} stations", rule.stations) } else { String::new() };
    format!("Pass: {} questions{stations}, {} graded tries", rule.items, rule.tries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_said_as_people_say_them() {
        let said = |parts: &[&str]| list(&parts.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!([said(&[]), said(&["a"]), said(&["a", "b"]), said(&["a", "b", "c"])], ["", "a", "a and b", "a, b and c"]);
        assert_eq!(sentence("élan"), "Élan");
    }
}
