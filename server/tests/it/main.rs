//! The whole site in one process: its router, its worker, its database, and typed visitors.

mod accounts;
mod authorization;
mod command_line;
mod learning;
mod refusals;
mod verification;
mod world;
