//! A view for the page that is asked for most: an enrolment with the lessons that are done in it.

crate::step! {
    "m0009_reading",
    up: [
        "CREATE VIEW enrolment_lessons AS
            SELECT enrolments.id, enrolments.person, enrolments.program, enrolments.program_version, enrolments.release,
                enrolments.enrolled_at, lessons_done.module, lessons_done.lesson, lessons_done.done_at
            FROM enrolments LEFT JOIN lessons_done ON lessons_done.enrolment = enrolments.id
            WHERE enrolments.ended_at IS NULL",
    ],
    down: [
        "DROP VIEW enrolment_lessons",
    ]
}
