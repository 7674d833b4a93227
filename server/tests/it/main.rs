//! The whole site in one process: its router, its worker, its database, and typed visitors.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "the helpers of tests stop where a test would")]

mod accounts;
mod acts;
mod assessment;
mod authorization;
mod command_line;
mod help;
mod keys_and_certificates;
mod learning;
mod mail;
mod practicum;
mod refusals;
mod verification;
mod world;
