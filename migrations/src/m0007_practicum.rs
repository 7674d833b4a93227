//! Places, entries with their versions, and what happened to them.

crate::step! {
    "m0007_practicum",
    up: [
        "CREATE TABLE placements (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            organization text NOT NULL,
            setting text NOT NULL,
            supervisor text NOT NULL,
            supervisor_kind text NOT NULL,
            from_day text NOT NULL,
            from_at bigint NOT NULL,
            created_at bigint NOT NULL
        )",
        "CREATE INDEX placements_of ON placements (person)",
        "CREATE TABLE entries (
            id uuid PRIMARY KEY,
            person uuid NOT NULL REFERENCES people (id),
            enrolment uuid NOT NULL REFERENCES enrolments (id),
            once text NOT NULL,
            state text NOT NULL,
            state_at bigint NOT NULL,
            version integer NOT NULL,
            starts_at bigint NOT NULL,
            ends_at bigint NOT NULL,
            minutes integer NOT NULL,
            created_at bigint NOT NULL,
            UNIQUE (person, once)
        )",
        "CREATE INDEX entries_waiting ON entries (state_at) WHERE state = 'submitted'",
        "CREATE INDEX entries_of ON entries (enrolment)",
        "CREATE TABLE entry_versions (
            entry uuid NOT NULL REFERENCES entries (id),
            number integer NOT NULL,
            content text NOT NULL,
            at bigint NOT NULL,
            PRIMARY KEY (entry, number)
        )",
        "CREATE TABLE entry_events (
            id uuid PRIMARY KEY,
            entry uuid NOT NULL REFERENCES entries (id),
            version integer NOT NULL,
            what text NOT NULL,
            at bigint NOT NULL,
            by_person uuid NOT NULL REFERENCES people (id),
            by_name text NOT NULL,
            reason text,
            note text,
            scores text
        )",
        "CREATE INDEX entry_events_of ON entry_events (entry, at)",
    ],
    down: ["DROP TABLE entry_events", "DROP TABLE entry_versions", "DROP TABLE entries", "DROP TABLE placements"]
}
