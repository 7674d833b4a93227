//! Enrolment, and what a trainee did on the way: lessons done, live attendance, statements signed. Facts
//! with dates; progress is derived from them elsewhere.

mod enrolment;
mod entity;

pub use enrolment::{Enrolment, enrolment, enrolment_in, enrolments_of, insert_enrolment};
