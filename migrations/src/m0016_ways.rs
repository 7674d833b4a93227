//! Ways to what is looked up by somebody else's key: each lesson page asks for an enrolment's attempts, each review for
//! its certificates, and each new password for a person's links.

crate::step! {
    "m0016_ways",
    up: [
        "CREATE INDEX attempts_of_enrolment ON attempts (enrolment)",
        "CREATE INDEX certificates_of_enrolment ON certificates (enrolment)",
        "CREATE INDEX one_time_links_of_person ON one_time_links (person)",
    ],
    down: [
        "DROP INDEX one_time_links_of_person",
        "DROP INDEX certificates_of_enrolment",
        "DROP INDEX attempts_of_enrolment",
    ]
}
