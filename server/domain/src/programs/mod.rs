//! The rules of a program, and the pure evaluation from dated facts to a ledger.
//!
//! This module reads no database: a program is authored text, and the facts are handed in.

pub mod facts;
