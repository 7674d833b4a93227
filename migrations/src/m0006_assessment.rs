//! Attempts frozen at their start, and what was appended to them.

crate::step! {
    "m0006_assessment",
    up: [
        "CREATE TABLE attempts (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            enrolment uuid NOT NULL REFERENCES enrolments (id),
            module text NOT NULL,
            quiz text NOT NULL,
            title text NOT NULL,
            release text NOT NULL,
            scored boolean NOT NULL,
            pass_percent integer NOT NULL,
            accommodations text NOT NULL,
            seed bigint NOT NULL,
            started_at bigint NOT NULL,
            deadline bigint,
            submitted_at bigint
        )",
        "CREATE UNIQUE INDEX attempts_open ON attempts (enrolment, quiz) WHERE submitted_at IS NULL",
        "CREATE TABLE attempt_questions (
            attempt uuid NOT NULL REFERENCES attempts (id),
            place integer NOT NULL,
            version text NOT NULL REFERENCES question_versions (digest),
            option_order text NOT NULL,
            PRIMARY KEY (attempt, place)
        )",
        "CREATE TABLE answer_events (
            id uuid PRIMARY KEY,
            attempt uuid NOT NULL REFERENCES attempts (id),
            version text NOT NULL,
            options text NOT NULL,
            once text NOT NULL,
            at bigint NOT NULL,
            UNIQUE (attempt, once)
        )",
        "CREATE TABLE grade_events (
            id uuid PRIMARY KEY,
            attempt uuid NOT NULL REFERENCES attempts (id),
            version text NOT NULL,
            by_person uuid REFERENCES people (id),
            reached integer NOT NULL,
            possible integer NOT NULL,
            reason text NOT NULL,
            at bigint NOT NULL
        )",
        "CREATE INDEX grade_events_of ON grade_events (attempt)",
    ],
    down: ["DROP TABLE grade_events", "DROP TABLE answer_events", "DROP TABLE attempt_questions", "DROP TABLE attempts"]
}
