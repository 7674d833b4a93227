//! Parsing, evaluation, and what people read of it.

mod cast;
mod known;
mod laws;
mod ledgers;
mod parsing;
