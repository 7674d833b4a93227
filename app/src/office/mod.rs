//! The office of the certification officer: people, roles and invitations. To everybody else these pages
//! do not exist.

pub mod actions;
pub mod page;
