//! Pieces that many pages share: marks, fields, headings. Each is a function from values to a view.

mod field;
mod mark;
mod parts;

pub use field::{Choice, Text, Texts, button, checks, error_summary, field, hidden, once_field, problem, radios, select, textarea};
pub use mark::{Mark, brand, mark, status};
pub use parts::{bar, facts, head, paragraphs, section, time};
