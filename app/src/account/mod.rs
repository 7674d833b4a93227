//! Signing up and in, passwords, names, sessions. The rules are `domain::accounts`'; here are the pages
//! and the forms.

pub mod actions;
pub mod invitation;
pub mod page;
pub mod yours;
