//! Who stands on the sheet of a session, and who is looked for where everybody would be too many.

use domain::learning::{self, Attendee, LiveSession};
use leptos::prelude::*;
use types::PersonId;

use super::programs_with;
use crate::{error::Refusal, form::Form, request::Visit, routes::Route, ui};

/// What begins the name of a person's field in the form.
const MINUTES: &str = "minutes-";
/// So many letters are looked for.
const LONGEST: usize = 120;

/// The name of a person's field in the form.
pub(super) fn field_name(person: PersonId) -> String {
    format!("{MINUTES}{person}")
}

/// The name of the field that says how many records of a person the page showed.
pub(super) fn seen_name(person: PersonId) -> String {
    format!("seen-{person}")
}

/// The people on a session's sheet, and what was looked for.
#[derive(Debug)]
pub(super) struct People {
    /// Who stands on it, by name.
    pub(super) attendees: Vec<Attendee>,
    /// How many are in a program with the module.
    pub(super) enrolled: usize,
    /// Whether all of those stand on it.
    pub(super) whole: bool,
    /// The part of a name that was looked for; empty where none was.
    pub(super) part: String,
    found: Option<usize>,
    left_off: usize,
}

impl People {
    /// Those who stand on the sheet: whom the form or the query looks for by `name`, and everybody whom the form has a
    /// field for, so that nothing typed is lost when others join or change their names meanwhile.
    pub(super) async fn of(visit: &Visit, session: &LiveSession, form: &Form) -> Result<Self, Refusal> {
        let programs = programs_with(visit, &session.module).await?;
        let part: String = form.get("name").trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        let typed: Vec<PersonId> = form.fields().filter_map(|(name, _)| name.strip_prefix(MINUTES)?.parse().ok()).collect();
        let roster = learning::sheet(&visit.read(), session.id, &programs, &part, &typed).await?;
        Ok(Self {
            whole: roster.whole(),
            attendees: roster.people,
            enrolled: roster.enrolled,
            part,
            found: roster.found,
            left_off: roster.left_off,
        })
    }

    /// How many were found, in words.
    fn told(&self) -> String {
        let part = &self.part;
        let found = match self.found {
            None => {
                return format!(
                    "{} people are in a program with this module. Those who are written down stand below. Look for the others by name.",
                    self.enrolled
                );
            }
            Some(0) => format!("Nobody has “{part}” in their name."),
            Some(1) => format!("One person has “{part}” in their name."),
            Some(many) => format!("{many} people have “{part}” in their name."),
        };
        match self.left_off {
            0 => found,
            left => format!("{found} That is too many for one sheet, and {left} of them do not stand below. Type more of the name."),
        }
    }

    /// The form that looks for people by a part of their name. Nothing where everybody stands on the sheet.
    pub(super) fn search(&self, session: &LiveSession) -> Option<AnyView> {
        if self.whole {
            return None;
        }
        let action = Route::LiveSession { session: session.id }.to_string();
        let (part, told) = (self.part.clone(), self.told());
        Some(ui::section(
            "Find people",
            view! {
                <form method="get" action=action role="search">
                    <div class="field mid">
                        <label for="name">"A part of their name"</label>
                        <p class="hint" id="name-h">"First write down what you typed below. Looking for others empties the fields."</p>
                        <input id="name" name="name" type="search" value=part autocomplete="off" aria-describedby="name-h"/>
                    </div>
                    <p class="row after"><button class="btn second">"Find"</button></p>
                </form>
                <p role="status">{told}</p>
            },
        ))
    }
}
