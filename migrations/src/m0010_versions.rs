//! Each version of an entry knows its own time, so that what was sent can be shown while something newer
//! is being written. Publishing a release again is a record of its own.

crate::step! {
    "m0010_versions",
    up: [
        "ALTER TABLE entry_versions ADD COLUMN starts_at bigint NOT NULL DEFAULT 0",
        "ALTER TABLE entry_versions ADD COLUMN minutes integer NOT NULL DEFAULT 0",
        "UPDATE entry_versions SET
            starts_at = (SELECT entries.starts_at FROM entries WHERE entries.id = entry_versions.entry),
            minutes = (SELECT entries.minutes FROM entries WHERE entries.id = entry_versions.entry)",
        "CREATE TABLE publications (
            number integer PRIMARY KEY,
            release text NOT NULL REFERENCES releases (digest),
            published_at bigint NOT NULL,
            published_by uuid REFERENCES people (id)
        )",
        "INSERT INTO publications (number, release, published_at, published_by)
            SELECT number, digest, published_at, published_by FROM releases",
    ],
    down: [
        "DROP TABLE publications",
        "ALTER TABLE entry_versions DROP COLUMN minutes",
        "ALTER TABLE entry_versions DROP COLUMN starts_at",
    ]
}
