//! Words that decide whether a capital makes a name.

use crate::words::Word;

/// Words that begin sentences, and so are written large without being names.
const BEGINNERS: &str = "\
    i i'm i’m a an the this that these those she he they we you it who what when where why how my her his their our your its and but \
    or so then if as at in on by for from to of with after before while because since until not no yes there here all both each some \
    many most one two three four five six next later today tomorrow yesterday people person practiced met went helped talked listened \
    called sat group also now";

/// Words that are written large and are no person.
const NOT_PEOPLE: &str = "\
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october \
    november december christmas thanksgiving easter ramadan english spanish french somali arabic vietnamese hmong korean chinese \
    mandarin russian portuguese american native black latino latina latinx hispanic asian african god higher zoom teams skype google \
    facebook uber lyft medicaid medicare narcan naloxone suboxone methadone motivational interviewing alcoholics narcotics anonymous \
    al-anon nar-anon smart wrap dharma refuge celebrate steps tradition traditions goodwill salvation red cross planned parenthood \
    veterans congress state county city federal mr mrs ms miss mx dr prof rev fr sr sra judge officer st mental social public united \
    title chapter";

/// Words of institutions: a name that holds one is the name of a house, not of a person.
const OF_HOUSES: &str = "\
    center centre clinic hospital house home housing shelter office department authority agency services service program programs \
    project group groups circle team network alliance association foundation church mosque temple school college university library \
    court line warmline hotline lifeline recovery wellness health support security insurance bank pharmacy army corps club clubhouse \
    coalition council board ministry ministries society institute academy training course class plan action model standards anonymous \
    meeting meetings works inc llc practitioner manager advocate general coordinator supervisor director staff act";

/// Whether a word is written as a name is: a capital, then small letters, and none of the words above.
pub(crate) fn could_be_a_name(word: &Word<'_>) -> bool {
    let bare = word.without_possessive();
    let small = bare.chars().skip(1).any(char::is_lowercase);
    word.is_capital()
        && word.is_letters()
        && small
        && !is_listed(bare, BEGINNERS)
        && !is_listed(bare, NOT_PEOPLE)
        && !is_listed(bare, OF_HOUSES)
}

/// Whether a word begins sentences.
pub(crate) fn is_beginner(word: &Word<'_>) -> bool {
    is_listed(word.text, BEGINNERS)
}

/// Whether a word belongs to the name of a house or an office.
pub(crate) fn is_of_a_house(word: &Word<'_>) -> bool {
    is_listed(word.without_possessive(), OF_HOUSES)
}

fn is_listed(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed.eq_ignore_ascii_case(word))
}
