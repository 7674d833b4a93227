//! What a trainee reads and does: programs, the ledger, modules and lessons.

pub mod reading;
