//! The pages that belong to everybody: the start, privacy, access, and the demonstration's mail.

pub mod help;
pub mod outbox;
pub mod page;

use domain::accounts::Actor;
use types::Role;

use crate::routes::Route;

/// Where this visitor's work begins.
pub fn start_of(actor: &Actor) -> Route<'static> {
    if actor.is(Role::Trainee) {
        Route::Learn
    } else if actor.is(Role::Trainer) {
        Route::Trainer
    } else if actor.is(Role::Officer) {
        Route::Office
    } else if actor.person().is_some() {
        Route::Account
    } else {
        Route::Home
    }
}
