//! Enrolment, and what a trainee did on the way: lessons done, live attendance, statements signed. Facts
//! with dates; progress is derived from them elsewhere. Each fact that may complete a ledger leaves a job
//! to review the enrolment.
//!
//! What a lesson, a statement or a module is, this module does not know: the content release does, and
//! whoever calls has looked there.

mod attendance;
mod call_off;
mod enrolment;
mod entity;
mod lessons;
mod live;
mod recorded;
mod roster;
mod statements;
#[cfg(test)]
mod tests;

pub use attendance::{AttendanceError, Mark, attendance_facts, record_attendance, recorded_sessions};
pub use call_off::{CallOffError, call_off};
pub use enrolment::{
    EnrolError, Enrolled, Enrolment, NotYours, enrol, enrolled, enrolment, enrolment_in, enrolments_of, insert_enrolment, locked_enrolment,
};
pub use lessons::{lessons_done, mark_done, reading};
pub use live::{
    CalledOff, LONGEST, LiveSession, NewSession, NoSuchTime, SHORTEST, ScheduleError, at_local, live_session, schedule, sessions_after,
    sessions_before, sessions_to_come,
};
pub use recorded::recorders;
pub use roster::{Attendance, Attendee, Roster, sheet};
pub use statements::{Signature, Signing, sign, signature_facts, signatures};
