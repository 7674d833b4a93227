//! Releases of the content, and every version of every question.

crate::step! {
    "m0003_curriculum",
    up: [
        "CREATE TABLE releases (
            digest text PRIMARY KEY,
            number integer NOT NULL UNIQUE,
            published_at bigint NOT NULL,
            published_by uuid REFERENCES people (id),
            texts text NOT NULL
        )",
        "CREATE TABLE question_versions (
            digest text PRIMARY KEY,
            canonical text NOT NULL
        )",
    ],
    down: ["DROP TABLE question_versions", "DROP TABLE releases"]
}
