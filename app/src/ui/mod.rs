//! Pieces that many pages share: marks, fields, headings. Each is a function from values to a view.

mod field;
mod mark;
mod parts;

pub use field::{
    Choice, Text, Texts, button, error_summary, error_summary_of, field, hidden, once_field, problem, radios, select, textarea,
    things_to_look_at, username,
};
pub use mark::{Mark, brand, mark, status};
pub use parts::{bar, facts, head, linked_paragraphs, paragraphs, section};
