//! An invitation knows the sheet that it was typed on, so that the same sheet sent twice invites once. And
//! whether a letter was sent a short while ago is found without reading the whole queue.

crate::step! {
    "m0011_sheets",
    up: [
        "ALTER TABLE invitations ADD COLUMN once text",
        "CREATE UNIQUE INDEX invitations_once ON invitations (invited_by, once)",
        "CREATE INDEX jobs_payload ON jobs (payload, created_at)",
    ],
    down: [
        "DROP INDEX jobs_payload",
        "DROP INDEX invitations_once",
        "ALTER TABLE invitations DROP COLUMN once",
    ]
}
