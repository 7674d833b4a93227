//! The issuer, its keys, certificates with their documents, and what was decided about them.

crate::step! {
    "m0008_credentials",
    up: [
        "CREATE TABLE issuer (
            id integer PRIMARY KEY CHECK (id = 1),
            public_url text NOT NULL,
            fixed_at bigint NOT NULL
        )",
        "CREATE TABLE signing_keys (
            thumbprint text PRIMARY KEY,
            jwk text NOT NULL,
            in_force_from bigint NOT NULL,
            in_force_until bigint
        )",
        "CREATE UNIQUE INDEX signing_keys_in_force ON signing_keys ((1)) WHERE in_force_until IS NULL",
        "CREATE TABLE certificates (
            id uuid PRIMARY KEY,
            enrolment uuid NOT NULL REFERENCES enrolments (id),
            person uuid NOT NULL REFERENCES people (id),
            program text NOT NULL,
            program_version text NOT NULL,
            title text NOT NULL,
            holder text NOT NULL,
            awarded_at bigint NOT NULL,
            status_list integer NOT NULL,
            status_index integer NOT NULL,
            evidence text NOT NULL,
            evidence_digest text NOT NULL,
            ended_at bigint,
            UNIQUE (status_list, status_index)
        )",
        "CREATE UNIQUE INDEX certificates_in_force ON certificates (enrolment) WHERE ended_at IS NULL",
        "CREATE TABLE certificate_documents (
            certificate uuid NOT NULL REFERENCES certificates (id),
            number integer NOT NULL,
            token text NOT NULL,
            valid_from bigint NOT NULL,
            valid_until bigint,
            issued_at bigint NOT NULL,
            PRIMARY KEY (certificate, number)
        )",
        "CREATE TABLE certificate_events (
            id uuid PRIMARY KEY,
            certificate uuid NOT NULL REFERENCES certificates (id),
            at bigint NOT NULL,
            change text NOT NULL,
            reason text NOT NULL,
            by_person uuid REFERENCES people (id)
        )",
        "CREATE INDEX certificate_events_of ON certificate_events (certificate, at)",
    ],
    down: [
        "DROP TABLE certificate_events",
        "DROP TABLE certificate_documents",
        "DROP TABLE certificates",
        "DROP TABLE signing_keys",
        "DROP TABLE issuer",
    ]
}
