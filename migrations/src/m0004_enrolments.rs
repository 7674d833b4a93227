//! One person in one program, pinned to its version and to a content release.

crate::step! {
    "m0004_enrolments",
    up: [
        "CREATE TABLE enrolments (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            program text NOT NULL,
            program_version text NOT NULL,
            release text NOT NULL,
            enrolled_at bigint NOT NULL,
            ended_at bigint
        )",
        "CREATE UNIQUE INDEX enrolments_open ON enrolments (person, program) WHERE ended_at IS NULL",
    ],
    down: ["DROP TABLE enrolments"]
}
