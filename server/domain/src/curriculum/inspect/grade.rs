//! How hard a text is to read: the Flesch-Kincaid grade.
//!
//! Grade = 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid, Fishburne, Rogers and
//! Chissom, 1975). Words and sentences are those of `prose`. Syllables are counted by the rules below, which
//! agree with a dictionary on nineteen words of twenty and err on both sides. The proper name of a law or of
//! an agency is one plain word: nobody can write it more simply.

use super::prose::Sentence;

/// The figures of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// Flesch-Kincaid grade.
    pub(super) grade: f64,
    /// Words a sentence, on average.
    pub(super) length: f64,
}

/// The figures of these sentences; nothing where there are none.
#[expect(clippy::cast_precision_loss, reason = "no lesson has more words than a float can count")]
pub(super) fn reading(sentences: &[Sentence]) -> Option<Reading> {
    let read: Vec<Vec<String>> = sentences.iter().map(|sentence| words(&sentence.text)).filter(|words| !words.is_empty()).collect();
    let count: usize = read.iter().map(Vec::len).sum();
    if count == 0 {
        return None;
    }
    let heard: usize = read.iter().flatten().map(|word| syllables(word)).sum();
    let length = count as f64 / read.len() as f64;
    Some(Reading { grade: 0.39 * length + 11.8 * (heard as f64 / count as f64) - 15.59, length })
}

/// How hard one sentence is beside others: its words and their syllables.
pub(super) fn weight(sentence: &Sentence) -> (usize, usize) {
    let words = words(&sentence.text);
    (words.len(), words.iter().map(|word| syllables(word)).sum())
}

/// Proper names that a reader meets as one thing. Longer ones first.
const NAMES: &[&str] = &[
    "Substance Abuse and Mental Health Services Administration",
    "Health Insurance Portability and Accountability Act",
    "Americans with Disabilities Act",
    "National Model Standards for Peer Support Certification",
    "Family Educational Rights and Privacy Act",
    "Suicide and Crisis Lifeline",
    "Core Competencies for Peer Workers",
    "Open Badges",
    "Alcoholics Anonymous",
    "Narcotics Anonymous",
    "Fair Housing Act",
    "Recovery, Inc.",
    "42 CFR Part 2",
];

/// The words of a sentence in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut text = text.replace('’', "'");
    for name in NAMES {
        text = text.replace(name, "name");
    }
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '.'))
        .map(|word| word.trim_matches(['\'', '.']).to_lowercase())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

/// Endings that are written with a vowel and heard without one.
const SILENT: &[&str] = &["e", "es", "ed"];
/// Frequent words that the rules get wrong.
const ODD: &[(&str, usize)] = &[
    ("create", 2),
    ("created", 3),
    ("creates", 2),
    ("someone", 2),
    ("everyone", 3),
    ("something", 2),
    ("sometimes", 2),
    ("somewhere", 2),
    ("everything", 3),
    ("everywhere", 3),
    ("therefore", 2),
    ("homework", 2),
    ("idea", 3),
    ("ideas", 3),
    ("area", 3),
    ("areas", 3),
    ("lived", 1),
    ("business", 2),
    ("naloxone", 3),
    ("every", 2),
    ("real", 1),
    ("really", 2),
    ("aside", 2),
    ("safely", 2),
    ("lonely", 2),
    ("likely", 2),
];
/// Two vowels that are heard apart.
const APART: &[&str] =
    &["ia", "io", "iu", "ideo", "ua", "ienc", "being", "doing", "going", "seeing", "creati", "creato", "quiet", "diet", "ieti", "iety"];
/// The same letters where they are heard together.
const TOGETHER: &[&str] = &[
    "tion", "sion", "cial", "tial", "cian", "lian", "gion", "cious", "tious", "qua", "gua", "cion", "nion", "lion", "tienc", "iour", "tiat",
];

/// How many syllables a word has, by its letters. A number is read digit by digit up to four of them, as
/// people read years and short numbers.
pub(super) fn syllables(word: &str) -> usize {
    if word.chars().all(|c| c.is_numeric() || c == '.') {
        return word.chars().filter(|c| c.is_numeric()).count().clamp(1, 4);
    }
    if let Some((_, count)) = ODD.iter().find(|(odd, _)| *odd == word) {
        return *count;
    }
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.len() <= 2 {
        return 1;
    }
    let mut stem = letters.as_str();
    for ending in SILENT {
        if let Some(rest) = letters.strip_suffix(ending)
            && silent(rest, ending)
        {
            stem = rest;
            break;
        }
    }
    let mut count = 0;
    let mut inside = false;
    for c in stem.chars() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        count += usize::from(vowel && !inside);
        inside = vowel;
    }
    let apart = APART.iter().map(|part| stem.matches(part).count()).sum::<usize>();
    let together =
        TOGETHER.iter().filter(|part| APART.iter().any(|apart| part.contains(apart))).map(|part| stem.matches(part).count()).sum::<usize>();
    (count + apart.saturating_sub(together)).max(1)
}

/// Whether this ending is not heard behind this stem: `hope`, but not `table`; `hoped`, but not `needed`;
/// `hopes`, but not `houses`.
fn silent(stem: &str, ending: &str) -> bool {
    let last = stem.chars().last().unwrap_or('a');
    let before = stem.chars().rev().nth(1).unwrap_or('a');
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let has_vowel = stem.chars().any(vowel);
    let syllabic_l = last == 'l' && !vowel(before);
    match ending {
        "e" => has_vowel && !syllabic_l && last != 'e',
        "ed" => has_vowel && !matches!(last, 't' | 'd') && !syllabic_l && last != 'e',
        _ => has_vowel && !matches!(last, 's' | 'x' | 'z' | 'c' | 'g' | 'h' | 'e') && !syllabic_l,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::prose::sentences, *};

    #[test]
    fn published_examples_come_out_as_published() {
        // Wikipedia's article on the tests, and the arithmetic of the formula itself.
        for (text, grade) in [
            ("The cat sat on the mat.", -1.45),
            ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 11.3),
        ] {
            let found = reading(&sentences(text)).map_or(f64::NAN, |reading| reading.grade);
            assert!((found - grade).abs() < 0.06, "{text}: {found}");
        }
    }

    #[test]
    fn syllables_are_those_of_a_dictionary() {
        let words = [
            ("recovery", 4),
            ("hope", 1),
            ("table", 2),
            ("needed", 2),
            ("hoped", 1),
            ("houses", 2),
            ("people", 2),
            ("question", 2),
            ("idea", 3),
            ("being", 2),
            ("quiet", 2),
            ("medication", 4),
            ("science", 2),
            ("trauma", 2),
            ("aware", 2),
            ("listen", 2),
            ("peer", 1),
            ("certificate", 4),
            ("community", 4),
            ("experience", 4),
            ("together", 3),
            ("used", 1),
            ("changes", 2),
            ("participant", 4),
            ("create", 2),
            ("period", 3),
            ("2010", 4),
            ("someone", 2),
            ("the", 1),
            ("life", 1),
        ];
        let wrong: Vec<_> =
            words.iter().filter(|(word, count)| syllables(word) != *count).map(|(word, _)| (*word, syllables(word))).collect();
        assert!(wrong.len() <= 2, "{wrong:?}");
    }

    #[test]
    fn the_name_of_a_law_is_one_word() {
        assert_eq!(words("The Americans with Disabilities Act helps."), ["the", "name", "helps"]);
    }
}
