//! Words that this platform does not use, and claims that nobody has checked.
//!
//! From the language guide for all copy, the guidance on speaking about suicide, and the list of claims to
//! keep out. Nothing in a text can switch this off; the title of a work stands in the reference list, which is
//! not looked at, and the names of laws and agencies are known here.

use std::{collections::HashMap, ops::Range};

/// One thing not to write.
pub(super) struct Rule {
    /// What is looked for, in lower case, word by word. A star at the end of a word stands for any ending.
    pub(super) phrase: &'static str,
    /// What to write instead.
    pub(super) instead: &'static str,
}

const fn rule(phrase: &'static str, instead: &'static str) -> Rule {
    Rule { phrase, instead }
}

const PERSON: &str = "Write “a person in recovery” or “a person who uses drugs”, or what the person calls themselves.";
const PATIENT: &str = "Write “participant” or “person”.";
const USE: &str = "Write “substance use”.";
const RETURN: &str = "Write “return to use” or “recurrence”.";
const DIED: &str = "Write “died by suicide” or “suicide attempt”.";
const CHOSE: &str = "Write “declined” or “chose not to”.";
const UNSURE: &str = "Nobody has checked this claim. Say what is known, by whom, and that states differ.";

/// Everything that is looked for.
pub(super) const RULES: &[Rule] = &[
    rule("addict", PERSON),
    rule("addicts", PERSON),
    rule("alcoholic", PERSON),
    rule("alcoholics", PERSON),
    rule("opioid user*", PERSON),
    rule("heroin user*", PERSON),
    rule("a user", PERSON),
    rule("the user*", PERSON),
    rule("users", PERSON),
    rule("a patient", PATIENT),
    rule("the patient*", PATIENT),
    rule("patients", PATIENT),
    rule("difficult case*", PATIENT),
    rule("hard case*", PATIENT),
    rule("drug user*", PERSON),
    rule("substance user*", PERSON),
    rule("junkie*", PERSON),
    rule("schizophrenic*", "Write “a person with a diagnosis of …”, and only where it matters."),
    rule("the mentally ill", "Write “people with mental health conditions”."),
    rule("mental patient*", "Write “participant” or “person”."),
    rule("consumer", "Write “participant” or “person with lived experience”."),
    rule("consumers", "Write “participants” or “people with lived experience”."),
    rule("substance abuse", USE),
    rule("drug abuse", USE),
    rule("alcohol abuse", USE),
    rule("abuser*", "Say what somebody did."),
    rule("got clean", "Write “stopped using” or “entered recovery”."),
    rule("get clean", "Write “stop using” or “enter recovery”."),
    rule("gets clean", "Write “stops using” or “enters recovery”."),
    rule("getting clean", "Write “stopping use” or “entering recovery”."),
    rule("been clean", "Write “been in recovery”."),
    rule("stays clean", "Write “stays in recovery”."),
    rule("stayed clean", "Write “stayed in recovery”."),
    rule("staying clean", "Write “staying in recovery”."),
    rule("stay clean", "Write “stay in recovery”."),
    rule("clean and sober", "Write “in recovery”."),
    rule("clean time", "Write “time in recovery”."),
    rule("dirty urine", "Write “a positive test”."),
    rule("clean urine", "Write “a negative test”."),
    rule("relapse*", RETURN),
    rule("commit suicide", DIED),
    rule("commits suicide", DIED),
    rule("committed suicide", DIED),
    rule("committing suicide", DIED),
    rule("completed suicide", DIED),
    rule("completes suicide", DIED),
    rule("completing suicide", DIED),
    rule("successful attempt*", DIED),
    rule("unsuccessful suicide", DIED),
    rule("unsuccessful attempt*", DIED),
    rule("failed attempts", DIED),
    rule("gesture of suicide", DIED),
    rule("epidemic of suicide", "Give the figure and its source."),
    rule("successful suicide", DIED),
    rule("failed suicide", DIED),
    rule("failed attempt", DIED),
    rule("suicide gesture", DIED),
    rule("suicidal gesture", DIED),
    rule("cry for help", "Write what the person said or did."),
    rule("suicide epidemic", "Give the figure and its source."),
    rule("non-compliant", CHOSE),
    rule("noncompliant", CHOSE),
    rule("treatment-resistant", CHOSE),
    rule("resistant to", CHOSE),
    rule("is resistant", CHOSE),
    rule("was resistant", CHOSE),
    rule("refused treatment", CHOSE),
    rule("refused medication*", CHOSE),
    rule("refused services", CHOSE),
    rule("refused help", CHOSE),
    rule("refused care", CHOSE),
    rule("manipulative", "Write “very distressed”, or what the person did."),
    rule("acting out", "Write “very distressed”, or what the person did."),
    rule("attention-seeking", "Write “very distressed”, or what the person did."),
    rule("hard to reach", "Write “needs not met by the service”."),
    rule("the homeless", "Write “unhoused people”."),
    rule("a homeless", "Write “an unhoused person”."),
    rule("ex-con", "Write “returning from prison”."),
    rule("ex-cons", "Write “people returning from prison”."),
    rule("frequent flyer*", "Write how often somebody came, and why."),
    rule("low-functioning", "Say what helps."),
    rule("high-functioning", "Say what helps."),
    rule("evidence-based", "Say by whom it was shown, for whom, compared with what; or leave it out."),
    rule("hipaa compliant", UNSURE),
    rule("all states accept", UNSURE),
    rule("accepted in all states", UNSURE),
    rule("every state accepts", UNSURE),
    rule("reduces hospital stays", UNSURE),
    rule("reduce hospital stays", UNSURE),
    rule("meets medicaid rules", UNSURE),
    rule("makes you certified", "Finishing a course certifies nobody. A board does."),
    rule("you are now certified", "Finishing a course certifies nobody. A board does."),
    rule("samhsa requires", UNSURE),
    rule("samhsa approved", UNSURE),
];

/// Names, and a few turns, in which such words stand and keep standing.
const NAMES: &[&str] = &[
    "substance abuse and mental health services administration",
    "national institute on drug abuse",
    "national institute on alcohol abuse",
    "alcoholics anonymous",
    "consumer operated services",
    "led by their users",
    "more than a patient",
];

/// Where a text has such a word: its byte, its length, and the rule.
///
/// Words are compared one by one, so that neither emphasis nor a hyphen nor the end of a line hides them.
pub(super) fn find(text: &str) -> Vec<(usize, usize, &'static Rule)> {
    // ASCII only, so that every byte stays where it is.
    let lower = text.to_ascii_lowercase();
    let words = words(&lower);
    let phrases: Vec<(Vec<&str>, &'static Rule)> = RULES.iter().map(|rule| (parts(rule.phrase), rule)).collect();
    let (mut whole, mut stems) = (HashMap::<&str, Vec<usize>>::new(), Vec::new());
    for (n, (phrase, _)) in phrases.iter().enumerate() {
        let first = phrase.first().copied().unwrap_or_default();
        match first.strip_suffix('*') {
            Some(stem) => stems.push((stem, n)),
            None => whole.entry(first).or_default().push(n),
        }
    }
    let mut found = Vec::new();
    for (at, first) in words.iter().enumerate() {
        let said = lower.get(first.clone()).unwrap_or_default();
        let begun = stems.iter().filter(|(stem, _)| said.starts_with(stem)).map(|(_, n)| n);
        for (phrase, rule) in whole.get(said).into_iter().flatten().chain(begun).filter_map(|n| phrases.get(*n)) {
            let Some(end) = end(&lower, words.get(at..).unwrap_or_default(), phrase) else { continue };
            let joined = lower.get(end..).is_some_and(|rest| rest.starts_with('-')) && !rule.phrase.ends_with('*');
            if !joined && !lower.get(..first.start).is_some_and(|before| before.ends_with('-')) {
                found.push((first.start, end - first.start, *rule));
            }
        }
    }
    if !found.is_empty() {
        let names: Vec<Vec<&str>> = NAMES.iter().map(|name| parts(name)).collect();
        let spans: Vec<Range<usize>> = (0..words.len())
            .flat_map(|at| names.iter().map(move |name| (at, name)))
            .filter_map(|(at, name)| Some(words.get(at)?.start..end(&lower, words.get(at..)?, name)?))
            .collect();
        found.retain(|(at, length, _)| !spans.iter().any(|span| span.start <= *at && at + length <= span.end));
    }
    found
}

fn parts(phrase: &'static str) -> Vec<&'static str> {
    phrase.split([' ', '-']).collect()
}

/// Runs of letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            open.get_or_insert(at);
        } else if let Some(start) = open.take() {
            words.push(start..at);
        }
    }
    words.extend(open.map(|start| start..text.len()));
    words
}

/// Where this phrase ends, if it begins with the first of these words.
fn end(text: &str, words: &[Range<usize>], phrase: &[&str]) -> Option<usize> {
    let mut end: Option<usize> = None;
    for (n, part) in phrase.iter().enumerate() {
        let word = words.get(n)?;
        let said = text.get(word.clone())?;
        let fits = part.strip_suffix('*').map_or(said == *part, |stem| said.starts_with(stem));
        if !fits || end.is_some_and(|end| !near(text.get(end..word.start).unwrap_or_default())) {
            return None;
        }
        end = Some(word.end);
    }
    end
}

/// Whether two words with this between them are read one after the other: blanks, a hyphen, emphasis, the
/// next line of a quotation.
fn near(between: &str) -> bool {
    between.matches('\n').count() <= 1
        && between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '*' | '_' | '>' | '~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_names_keep_theirs() {
        let found: Vec<_> = find("He relapsed. The addict, addictive, the Homeless; Committed suicide.")
            .into_iter()
            .map(|(_, _, rule)| rule.phrase)
            .collect();
        assert_eq!(found, ["relapse*", "addict", "the homeless", "committed suicide"]);
        assert!(find("The Substance Abuse and Mental Health Services Administration wrote it.").is_empty());
        assert_eq!(find("Substance abuse is a word of laws.").len(), 1);
        assert!(find("One homelessness program; two resistance bands; be patient.").is_empty());
    }

    #[test]
    fn everything_that_the_language_guide_avoids_is_found() {
        // The column “avoid” of the language guide, and the words on suicide, each as somebody would write it.
        for text in [
            "An addict came.",
            "A heroin user came.",
            "The user said so.",
            "The patient said so.",
            "A difficult case.",
            "A consumer of services.",
            "The mentally ill.",
            "Substance abuse.",
            "Substance-abuse treatment.",
            "Alcohol *abuse*.",
            "She got clean.",
            "He stayed clean.",
            "Getting  clean at last.",
            "She has been clean for a year.",
            "A dirty urine.",
            "A relapse.",
            "He relapsed.",
            "They committed suicide.",
            "Committing suicide.",
            "Commit **suicide**.",
            "Who completes suicide.",
            "A completed\n> suicide.",
            "A successful suicide.",
            "A successful attempt.",
            "An unsuccessful attempt.",
            "A failed suicide attempt.",
            "Two failed attempts.",
            "A suicidal gesture.",
            "A gesture of suicide.",
            "It was a cry for help.",
            "A suicide epidemic.",
            "An epidemic of suicide.",
            "Non-compliant.",
            "Non compliant.",
            "Noncompliant.",
            "He refused treatment.",
            "She is resistant.",
            "Manipulative.",
            "Acting out.",
            "Hard to reach.",
            "Hard-to-reach groups.",
            "The homeless.",
            "An ex-con.",
            "An ex con.",
            "Two alcoholics.",
        ] {
            let found: Vec<_> = find(text).into_iter().map(|(at, length, _)| text.get(at..at + length).unwrap()).collect();
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
        for text in [
            "Alcoholics Anonymous is a fellowship.",
            "The National Institute on Drug\nAbuse.",
            "He refused.",
            "Be patient with yourself.",
            "In most cases.",
            "A clean room.",
            "They commit.\n\nSuicide is hard to speak of.",
            "Addiction and addictive.",
            "User-friendly.",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
