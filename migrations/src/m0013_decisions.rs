//! What is decided about a certificate is one of three words, and the database keeps to them: a word that no
//! program understands makes a certificate's standing unknown. `SQLite` takes a check only with a new table.

crate::step! {
    "m0013_decisions",
    up: [
        "CREATE TABLE certificate_decisions (
            id uuid PRIMARY KEY,
            certificate uuid NOT NULL REFERENCES certificates (id),
            at bigint NOT NULL,
            change text NOT NULL CHECK (change IN ('suspended', 'lifted', 'revoked')),
            reason text NOT NULL,
            by_person uuid REFERENCES people (id)
        )",
        "INSERT INTO certificate_decisions (id, certificate, at, change, reason, by_person)
            SELECT id, certificate, at, change, reason, by_person FROM certificate_events",
        "DROP TABLE certificate_events",
        "ALTER TABLE certificate_decisions RENAME TO certificate_events",
        "CREATE INDEX certificate_events_of ON certificate_events (certificate, at)",
    ],
    down: [
        "CREATE TABLE certificate_decisions (
            id uuid PRIMARY KEY,
            certificate uuid NOT NULL REFERENCES certificates (id),
            at bigint NOT NULL,
            change text NOT NULL,
            reason text NOT NULL,
            by_person uuid REFERENCES people (id)
        )",
        "INSERT INTO certificate_decisions (id, certificate, at, change, reason, by_person)
            SELECT id, certificate, at, change, reason, by_person FROM certificate_events",
        "DROP TABLE certificate_events",
        "ALTER TABLE certificate_decisions RENAME TO certificate_events",
        "CREATE INDEX certificate_events_of ON certificate_events (certificate, at)",
    ]
}
