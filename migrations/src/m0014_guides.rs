//! A live session says which of its module's sessions it is, by the id of the guide that it runs: the same one
//! attended twice is not two. What was scheduled before does not say so, and stays as it is.

crate::step! {
    "m0014_guides",
    up: [
        "ALTER TABLE live_sessions ADD COLUMN guide text",
        "DROP VIEW attendance_in_force",
        "CREATE VIEW attendance_in_force AS
            SELECT a.id, a.session, a.person, a.minutes, a.recorded_at, s.module, s.guide, s.starts_at, s.minutes AS planned
            FROM attendance a
            JOIN live_sessions s ON s.id = a.session
            WHERE NOT EXISTS (
                SELECT 1 FROM attendance n WHERE n.session = a.session AND n.person = a.person AND n.number > a.number
            )",
    ],
    down: [
        "DROP VIEW attendance_in_force",
        "ALTER TABLE live_sessions DROP COLUMN guide",
        "CREATE VIEW attendance_in_force AS
            SELECT a.id, a.session, a.person, a.minutes, a.recorded_at, s.module, s.starts_at
            FROM attendance a
            JOIN live_sessions s ON s.id = a.session
            WHERE NOT EXISTS (
                SELECT 1 FROM attendance n WHERE n.session = a.session AND n.person = a.person AND n.number > a.number
            )",
    ]
}
