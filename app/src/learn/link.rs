//! Where a ledger's steps and evidence are found on the site.

use domain::programs::{Step, Target};
use leptos::prelude::*;

use crate::routes::Route;

/// The address of a target for a trainee of this program.
pub(super) fn address(program: &str, target: &Target) -> String {
    match target {
        Target::Module(module) => Route::Module { program, module }.to_string(),
        Target::Check(module) => Route::Check { program, module }.to_string(),
        Target::Drill(module) => Route::Drill { program, module }.to_string(),
        Target::Attempt(attempt) => Route::Attempt { attempt: *attempt }.to_string(),
        Target::LiveSessions => Route::LearnSessions { program }.to_string(),
        Target::Statement(statement) => Route::Statement { program, statement }.to_string(),
        Target::NewEntry => Route::NewEntry.to_string(),
        Target::Entry(entry) => Route::Entry { entry: *entry }.to_string(),
    }
}

/// A step as a link in a sentence. `about` says to a screen reader what the link is for, since the same
/// words may stand on a page twice.
pub(super) fn link(program: &str, step: &Step, about: &str) -> AnyView {
    let about = format!(": {about}");
    view! { <a href=address(program, &step.target)>{step.action.clone()}<span class="vh">{about}</span></a> }.into_any()
}

/// The one next step of a page, beside the double line.
pub(super) fn next(program: &str, step: &Step) -> AnyView {
    view! {
        <div class="next flow">
            <p><strong>{step.words.clone()}</strong>" "{step.why.clone()}</p>
            <div class="row"><a class="btn" href=address(program, &step.target)>{step.action.clone()}</a></div>
        </div>
    }
    .into_any()
}
