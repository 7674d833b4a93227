//! Words that this platform does not use, and claims that nobody has checked.
//!
//! From the language guide for all copy, the guidance on speaking about suicide, and the list of claims to
//! keep out. Nothing in a text can switch this off; the title of a work stands in the reference list, which is
//! not looked at, and the names of laws and agencies are known here.

/// One thing not to write.
pub(super) struct Rule {
    /// What is looked for, in lower case, at the borders of words. A star at the end stands for any ending.
    pub(super) phrase: &'static str,
    /// What to write instead.
    pub(super) instead: &'static str,
}

const fn rule(phrase: &'static str, instead: &'static str) -> Rule {
    Rule { phrase, instead }
}

const PERSON: &str = "Write “a person in recovery” or “a person who uses drugs”, or what the person calls themselves.";
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
    rule("stay clean", "Write “stay in recovery”."),
    rule("clean and sober", "Write “in recovery”."),
    rule("clean time", "Write “time in recovery”."),
    rule("dirty urine", "Write “a positive test”."),
    rule("clean urine", "Write “a negative test”."),
    rule("relapse*", RETURN),
    rule("commit suicide", DIED),
    rule("commits suicide", DIED),
    rule("committed suicide", DIED),
    rule("completed suicide", DIED),
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
    rule("manipulative", "Write “very distressed”, or what the person did."),
    rule("acting out", "Write “very distressed”, or what the person did."),
    rule("attention-seeking", "Write “very distressed”, or what the person did."),
    rule("hard to reach", "Write “needs not met by the service”."),
    rule("hard-to-reach", "Write “needs not met by the service”."),
    rule("the homeless", "Write “unhoused people”."),
    rule("a homeless", "Write “an unhoused person”."),
    rule("ex-con", "Write “returning from prison”."),
    rule("ex-cons", "Write “people returning from prison”."),
    rule("frequent flyer*", "Write how often somebody came, and why."),
    rule("low-functioning", "Say what helps."),
    rule("high-functioning", "Say what helps."),
    rule("evidence-based", "Say by whom it was shown, for whom, compared with what; or leave it out."),
    rule("hipaa compliant", UNSURE),
    rule("hipaa-compliant", UNSURE),
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
    rule("samhsa-approved", UNSURE),
];

/// Names in which such words stand, and keep standing.
const NAMES: &[&str] = &["substance abuse and mental health services administration", "consumer-operated services"];

/// Where a text has such a word: its byte, its length, and the rule.
pub(super) fn find(text: &str) -> Vec<(usize, usize, &'static Rule)> {
    // ASCII only, so that every byte stays where it is.
    let mut lower = text.to_ascii_lowercase().replace('\n', " ");
    for name in NAMES {
        while let Some(at) = lower.find(name) {
            lower.replace_range(at..at + name.len(), &".".repeat(name.len()));
        }
    }
    let mut found = Vec::new();
    for rule in RULES {
        let (phrase, open) = rule.phrase.strip_suffix('*').map_or((rule.phrase, false), |phrase| (phrase, true));
        for (at, _) in lower.match_indices(phrase) {
            let end = at + phrase.len();
            let letter = |c: char| c.is_alphanumeric() || c == '-';
            let begins = !lower.get(..at).is_some_and(|before| before.ends_with(letter));
            let rest = lower.get(end..).unwrap_or_default();
            let more = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            if begins && (open || !rest.starts_with(letter)) {
                found.push((at, phrase.len() + if open { more } else { 0 }, rule));
            }
        }
    }
    found.sort_by_key(|(at, ..)| *at);
    found
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
}
