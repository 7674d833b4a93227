//! What must be found, and what must not be taken for a person.

use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<(&str, Kind)> {
    find(text).into_iter().map(|finding| (&text[finding.range], finding.kind)).collect()
}

fn finds(kind: Kind, cases: &[(&str, &str)]) {
    for (text, passage) in cases {
        assert_eq!(found(text), [(*passage, kind)], "{text}");
    }
}

#[test]
fn telephone_numbers() {
    finds(
        Kind::Telephone,
        &[
            ("Call me at 555-0199, please", "555-0199"),
            ("her number is (212) 555-0199.", "(212) 555-0199"),
            ("her number is (212)555-0199.", "(212)555-0199"),
            ("+1 212 555 0199 is hers", "+1 212 555 0199"),
            ("+44 20 7946 0958 is hers", "+44 20 7946 0958"),
            ("at 212.555.0199 until noon", "212.555.0199"),
            ("texted 2125550199 twice", "2125550199"),
            ("1-212-555-0199", "1-212-555-0199"),
            ("called 555 0199 twice", "555 0199"),
            ("home: 555–0199", "555–0199"),
            ("cell 212/555-0199", "212/555-0199"),
            ("hers is 555-1234", "555-1234"),
            ("hers is 930-0100", "930-0100"),
            ("called 900-1030 twice", "900-1030"),
        ],
    );
}

#[test]
fn addresses_of_mail_and_the_web() {
    finds(
        Kind::Email,
        &[
            ("wrote to maria.d@example.org today", "maria.d@example.org"),
            ("(maria+work@mail.example.co.uk)", "maria+work@mail.example.co.uk"),
            ("MARIA@EXAMPLE.ORG, twice", "MARIA@EXAMPLE.ORG"),
        ],
    );
    finds(
        Kind::Web,
        &[
            ("see https://example.org/maria?x=1.", "https://example.org/maria?x=1"),
            ("on www.example.net", "www.example.net"),
            ("her page, maria-sings.com, is new", "maria-sings.com"),
        ],
    );
}

#[test]
fn long_numbers() {
    finds(
        Kind::Number,
        &[
            ("SSN 123-45-6789 on the form", "123-45-6789"),
            ("it is 123 45 6789", "123 45 6789"),
            ("record 00481516 was open", "00481516"),
            ("case AB-12345 came up", "AB-12345"),
            ("Her MRN48151 is wrong", "MRN48151"),
            ("case 4471 was heard", "4471"),
            ("ticket #4471", "4471"),
            ("account 12-345-678", "12-345-678"),
        ],
    );
}

#[test]
fn dates() {
    finds(
        Kind::Date,
        &[
            ("went there on 3/14 with a colleague", "3/14"),
            ("went there on 3/4 by bus", "3/4"),
            ("born 03/04", "03/04"),
            ("since 03/14/2026", "03/14/2026"),
            ("since 3-14-26", "3-14-26"),
            ("since 14.3.2026.", "14.3.2026"),
            ("on 2026-03-14", "2026-03-14"),
            ("since 2026-03", "2026-03"),
            ("It was March 14, 2026, in spring", "March 14, 2026"),
            ("on 14 March we met", "14 March"),
            ("on Sept. 3rd we met", "Sept. 3rd"),
            ("on sept 3 we met", "sept 3"),
            ("The 3rd of May was hard", "The 3rd of May"),
            ("since the 3rd of May, 2026, at home", "the 3rd of May, 2026"),
            ("14th of March was hard", "14th of March"),
            ("since 14th of March 2026", "14th of March 2026"),
            ("March  3 was hard", "March  3"),
            ("March\u{a0}3,\u{a0}2026 was hard", "March\u{a0}3,\u{a0}2026"),
            ("May 3 was hard", "May 3"),
            ("march 14th was hard", "march 14th"),
            ("on march 14 we met", "march 14"),
            ("since may 3, 2026", "may 3, 2026"),
            ("the 14th of march", "the 14th of march"),
            ("came home in march 2026", "march 2026"),
            ("14 march 2026 was hard", "14 march 2026"),
            ("from may 3 on", "may 3"),
            ("on 14 may we met", "14 may"),
            ("came home in March 2026", "March 2026"),
            ("She moves on the 24th.", "the 24th"),
            ("On the 5th I helped with bags", "the 5th"),
        ],
    );
    finds(
        Kind::Event,
        &[
            ("planned the bus to her hearing on the 24th.", "hearing on the 24th"),
            ("the court date is 3/14", "court date is 3/14"),
            ("his surgery next Tuesday", "surgery next Tuesday"),
            ("the funeral on June 3", "funeral on June 3"),
            ("the funeral on 14th of June", "funeral on 14th of June"),
        ],
    );
}

#[test]
fn titles_with_names() {
    finds(
        Kind::Name,
        &[
            ("talked to Mr. Smith at the door", "Mr. Smith"),
            ("Dr Lee said hello", "Dr Lee"),
            ("then Ms. Ana Ruiz came", "Ms. Ana Ruiz"),
            ("then Mrs. O’Brien came", "Mrs. O’Brien"),
            ("in Dr. Lee’s office", "Dr. Lee"),
            ("then mr smith came", "mr smith"),
            ("then ms Jones came", "ms Jones"),
            ("asked Father John about it", "Father John"),
            ("with Sergeant Cole", "Sergeant Cole"),
            ("then Ms. J. Doe-Smith came", "Ms. J. Doe-Smith"),
            ("asked by Judge Alvarez.", "Judge Alvarez"),
            ("they took it to Mr. Fix-It, the repair class", "Mr. Fix-It"),
            ("thanked Mr. Smith. The group went on", "Mr. Smith"),
            ("talked to Mr.Smith at the door", "Mr.Smith"),
            ("in Dr.Lee’s office", "Dr.Lee"),
            ("then Ms.J. Doe came", "Ms.J. Doe"),
            ("then mr.smith came", "mr.smith"),
            ("talked to Mr.  Smith at the door", "Mr.  Smith"),
            ("talked to Mr.\u{a0}Smith at the door", "Mr.\u{a0}Smith"),
            ("then Mr. de la Cruz came", "Mr. de la Cruz"),
            ("then Mr. De La Cruz came", "Mr. De La Cruz"),
            ("then Dr. van Dyke came", "Dr. van Dyke"),
            ("then mr de la cruz came", "mr de la cruz"),
        ],
    );
}

#[test]
fn names_behind_a_word_that_leads_to_a_person() {
    finds(
        Kind::Name,
        &[
            ("Sat with Maria for an hour", "Maria"),
            ("Met James Lee at the door", "James Lee"),
            ("helped Zoë’s sister", "Zoë"),
            ("I called Maria. The person was out.", "Maria"),
        ],
    );
    finds(Kind::Initials, &[("Took J.D. to an office", "J.D"), ("with M.R.L., again", "M.R.L")]);
}

#[test]
fn streets_ages_and_health() {
    finds(
        Kind::Place,
        &[
            ("the bus to Oak Street", "Oak Street"),
            ("the office on 5th Ave.", "5th Ave"),
            ("at 1200 N. Oak Street today", "1200 N. Oak Street"),
            ("they live on Martin Luther King Blvd", "Martin Luther King Blvd"),
            ("near Elm St, by bus", "Elm St"),
        ],
    );
    finds(Kind::Age, &[("a 92-year-old neighbor", "92-year-old"), ("aged 95", "aged 95"), ("is 101 years old", "101 years old")]);
    finds(Kind::Health, &[("the person relapsed", "relapsed"), ("was diagnosed last year", "diagnosed")]);
}

#[test]
fn several_in_one_note_are_told_apart() {
    let note =
        "Sat with Maria for an hour, practiced open questions, then helped her plan the bus to Oak Street for her hearing on the 24th.";
    assert_eq!(found(note), [("Maria", Kind::Name), ("Oak Street", Kind::Place), ("hearing on the 24th", Kind::Event)]);
    let note = "Met Maria from the Oak Street shelter: 555-0199,maria@example.org";
    assert_eq!(found(note).into_iter().map(|(_, kind)| kind).collect::<Vec<_>>(), [Kind::Name, Kind::Place, Kind::Telephone, Kind::Email]);
}

#[test]
fn ordinary_notes_are_left_alone() {
    for text in [
        "1:1 support, 1.5 h. Practiced open questions and reflecting. Person chose the topic: getting to work on time.",
        "Group, 8 people, topic sleep.",
        "Went along to a benefits office when asked.",
        "Person was very distressed; I called my on-site lead within 5 minutes and stayed. Debriefed.",
        "Group of 8 people, topic sleep. May I use this again?",
        "We called 988 together and then 211. I know 911 too.",
        "The ratio was 1:1, then 1:20, and 3 of 10 came back.",
        "I may march with them in spring. We open 24/7.",
        "They may 2 times a week. We march 3 miles. You may 1 day need it.",
        "Some live with ms and other things. Their father came, and a sister too.",
        "My ms is better today. A 300 ms pause. ms was hard, with ms fatigue.",
        "The 1st plan failed, the 2nd may work. Our 1st march for recovery.",
        "Half past 2, room 104, about 90 minutes, from 9-5 or 14:00-15:30 or 1400-1530.",
        "From 900-1030, or 900–1030, or 900 - 1030. About 500-1000 steps. We left after 3/4 hour.",
        "I saw the Dr.She was kind. The 5th of many, a quarter of May.",
        "Miss the bus once and you know why. I miss practice.",
        "Worked with 2 breaks, 1/2 of it outside, 3/4 of the group stayed, 8/15 people came.",
        "Practiced 4-7-8 breathing and 5-4-3-2-1.",
        "Read chapter 12 and 13, version 1.2.30, lesson CC12.1, module M05.",
        "Talked about the 12th step and the 4th tradition, on the 3rd floor.",
        "The plan for 2026. Years 2024-2026. About 10,000 steps, even 1,000,000.",
        "Relapse prevention was the topic. A diagnosis was not asked for.",
        "Practiced with SMART Recovery tools, with AA, and with Alcoholics Anonymous.",
        "Met on Zoom. Met Monday in March. Worked with Spanish speakers.",
        "Called Social Security with the person. Called Goodwill.",
        "Talked with I statements. Sat with. The person left.",
        "I saw the Dr. She was kind. The dr. office was closed.",
        "Officer Training was the topic. A Nurse Practitioner came by.",
        "With open hearts we sang. Met. Then we left.",
        "At St Mary's we sang. Drug Court was explained. A side street.",
        "The U.S. has many. At 3 p.m. we began. It was 8 a.m. A.A. meets here.",
        "She is 45 years old, I am 90 minutes late.",
        "We agreed.Us all.",
        "Can one court a trial? The interview went well. An appointment was made for next week.",
        "Rated the day 7/10 and hope 10/10.",
        "May 5 people join next time?",
        "",
        " \n ,.;",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

/// Pieces of which anything can be made: the marks and words that the patterns look at.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Mr",
        ".",
        " ",
        " ",
        " ",
        "Smith",
        "with",
        "Maria",
        "’s",
        "é",
        "555",
        "-",
        "0199",
        "(",
        ")",
        "+",
        "1",
        "212",
        "/",
        "14",
        "March",
        "the",
        "24th",
        "of",
        "hearing",
        "on",
        "Tuesday",
        "@",
        "example.org",
        "#",
        "J.D.",
        "Oak",
        "Street",
        "5th",
        "92",
        "year-old",
        "aged",
        "\n",
        ",",
        "2026",
        "–",
        "日本",
        "\u{301}",
        "\u{200d}",
        "met",
        "Dr",
        "St",
        "case",
        "4471",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn is_sound(text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for finding in find(text) {
        prop_assert!(finding.range.start >= end && finding.range.end <= text.len() && !finding.range.is_empty());
        prop_assert!(text.get(finding.range.clone()).is_some());
        end = finding.range.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn findings_are_in_order_and_inside_and_never_overlap(text in "\\PC{0,120}", digits in "[0-9 ./@()+-]{0,60}", pieces in pieces()) {
        is_sound(&text)?;
        is_sound(&digits)?;
        is_sound(&pieces)?;
    }

    #[test]
    fn a_telephone_number_is_found_wherever_it_stands(before in "[a-z ]{0,20}", area in 200..999_u32, line in 0..9999_u32, after in "[a-z ]{0,20}") {
        let number = format!("({area}) 555-{line:04}");
        let text = format!("{before} {number} {after}");
        prop_assert!(find(&text).iter().any(|finding| finding.kind == Kind::Telephone && text[finding.range.clone()] == number));
    }
}
