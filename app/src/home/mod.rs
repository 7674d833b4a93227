//! The pages that belong to everybody: the start, privacy, access, and the demonstration's mail.

pub mod help;
pub mod outbox;
pub mod page;

use domain::accounts::Actor;
use types::Role;

use crate::routes::Route;

/// Where the work of somebody with this role begins.
pub fn start_as(role: Role) -> Route<'static> {
    match role {
        Role::Trainee => Route::Learn,
        Role::Trainer => Route::Trainer,
        Role::Officer => Route::Office,
    }
}

/// Where this visitor's work begins.
pub fn start_of(actor: &Actor) -> Route<'static> {
    if let Some(role) = [Role::Trainee, Role::Trainer, Role::Officer].into_iter().find(|role| actor.is(*role)) {
        start_as(role)
    } else if actor.person().is_some() {
        Route::Account
    } else {
        Route::Home
    }
}
