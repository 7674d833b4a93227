//! The audit chain and the queue of work.

crate::step! {
    "m0001_records",
    up: [
        "CREATE TABLE audit (
            seq bigint PRIMARY KEY,
            at bigint NOT NULL,
            by_kind text NOT NULL,
            by_person uuid,
            act text NOT NULL,
            subject text NOT NULL,
            details text NOT NULL,
            seal text NOT NULL
        )",
        "CREATE INDEX audit_subject ON audit (subject)",
        "CREATE TABLE audit_head (
            id integer PRIMARY KEY CHECK (id = 1),
            seq bigint NOT NULL,
            seal text NOT NULL
        )",
        "INSERT INTO audit_head (id, seq, seal) VALUES (1, 0, '')",
        "CREATE TABLE jobs (
            id uuid PRIMARY KEY,
            payload text NOT NULL,
            created_at bigint NOT NULL,
            due_at bigint NOT NULL,
            tries integer NOT NULL,
            leased_until bigint,
            finished_at bigint,
            outcome text,
            error text
        )",
        "CREATE INDEX jobs_due ON jobs (due_at) WHERE finished_at IS NULL",
    ],
    down: ["DROP TABLE jobs", "DROP TABLE audit_head", "DROP TABLE audit"]
}
