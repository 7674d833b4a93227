//! What a trainee did on the way: lessons done, statements signed, live sessions and who was there.

crate::step! {
    "m0005_learning",
    up: [
        "CREATE TABLE lessons_done (
            enrolment uuid NOT NULL REFERENCES enrolments (id),
            module text NOT NULL,
            lesson text NOT NULL,
            done_at bigint NOT NULL,
            PRIMARY KEY (enrolment, lesson)
        )",
        "CREATE TABLE signatures (
            id uuid PRIMARY KEY,
            enrolment uuid NOT NULL REFERENCES enrolments (id),
            statement text NOT NULL,
            version text NOT NULL,
            digest text NOT NULL,
            release text NOT NULL,
            typed_name text NOT NULL,
            signed_at bigint NOT NULL
        )",
        "CREATE UNIQUE INDEX signatures_once ON signatures (enrolment, statement, version)",
        "CREATE TABLE live_sessions (
            id uuid PRIMARY KEY,
            module text NOT NULL,
            starts_at bigint NOT NULL,
            minutes integer NOT NULL,
            place text NOT NULL,
            scheduled_by uuid NOT NULL REFERENCES people (id),
            scheduled_at bigint NOT NULL,
            called_off_at bigint,
            called_off_by uuid REFERENCES people (id),
            called_off_why text
        )",
        "CREATE INDEX live_sessions_start ON live_sessions (starts_at)",
        // Only ever added to: the record with the highest number is in force, the others are its history.
        "CREATE TABLE attendance (
            id uuid PRIMARY KEY,
            session uuid NOT NULL REFERENCES live_sessions (id),
            person uuid NOT NULL REFERENCES people (id),
            number integer NOT NULL,
            minutes integer NOT NULL,
            reason text,
            recorded_by uuid NOT NULL REFERENCES people (id),
            recorded_at bigint NOT NULL
        )",
        "CREATE UNIQUE INDEX attendance_numbers ON attendance (session, person, number)",
        "CREATE INDEX attendance_of ON attendance (person)",
        "CREATE VIEW attendance_in_force AS
            SELECT a.id, a.session, a.person, a.minutes, a.recorded_at, s.module, s.starts_at
            FROM attendance a
            JOIN live_sessions s ON s.id = a.session
            WHERE NOT EXISTS (
                SELECT 1 FROM attendance n WHERE n.session = a.session AND n.person = a.person AND n.number > a.number
            )",
        "CREATE VIEW attendance_history AS
            SELECT a.id, a.session, a.person, p.chosen_name AS person_name, a.number, a.minutes, a.reason,
                   b.chosen_name AS recorded_by_name, a.recorded_at
            FROM attendance a
            JOIN people p ON p.id = a.person
            JOIN people b ON b.id = a.recorded_by",
        "CREATE VIEW enrolled_people AS
            SELECT e.id, e.person, p.chosen_name, e.program, e.program_version, e.release, e.enrolled_at
            FROM enrolments e
            JOIN people p ON p.id = e.person AND p.ended_at IS NULL
            WHERE e.ended_at IS NULL",
    ],
    down: [
        "DROP VIEW enrolled_people",
        "DROP VIEW attendance_history",
        "DROP VIEW attendance_in_force",
        "DROP TABLE attendance",
        "DROP TABLE live_sessions",
        "DROP TABLE signatures",
        "DROP TABLE lessons_done",
    ]
}
