//! Writing down who was at a session.

use axum::response::Response;
use domain::learning::{self, AttendanceError, LiveSession, Mark};
use types::{LiveSessionId, Minutes, Note, PersonId};

use super::{
    called_off, name_of, newest,
    people::{People, field_name, seen_name},
    sheet::{self, Returned, Wrong},
};
use crate::{
    error::{Refusal, came_late},
    form::{Form, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    when,
};

/// Writes down what the sheet says, all of it or nothing.
pub(super) async fn record(visit: &Visit, session: LiveSession, form: Form) -> Result<Response, Refusal> {
    let people = People::of(visit, &session, &form).await?;
    if session.called_off.is_some() || !session.begun(visit.platform.now()) {
        return not_taken(visit, &session, &people, &form).await;
    }
    let mut returned = Returned { sheet: Sheet::fresh(form), ..Returned::default() };
    let marks = marks(&people, &mut returned);
    let reason: Option<Note> = returned.sheet.form.take_if_any("reason", &mut returned.sheet.problems);
    if !returned.nothing_wrong() {
        return sheet::session_with(visit, session, returned).await;
    }
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::record_attendance(&mut write, session.id, &marks, reason.as_ref()).await {
        Ok(_) if marks.is_empty() => {
            // One connection writes: it is given back before the page reads.
            drop(write);
            returned.sheet.problems.add(sheet::LIST, "Every field is empty. Write down the minutes of those who were there.");
            sheet::session_with(visit, session, returned).await
        }
        Ok(_) => {
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done=written", Route::LiveSession { session: session.id })))
        }
        Err(error) => {
            drop(write);
            refused(visit, session, &people, returned, error).await
        }
    }
}

/// What was typed about each person; what is wrong with it goes into `returned`.
fn marks(people: &People, returned: &mut Returned) -> Vec<Mark> {
    let mut marks = Vec::new();
    for attendee in &people.attendees {
        let form = &returned.sheet.form;
        let typed = form.get(&field_name(attendee.person)).trim();
        let seen = form.get(&seen_name(attendee.person)).parse().unwrap_or(0);
        let wrong = match (typed.parse::<i32>(), attendee.records.first()) {
            (Ok(number), _) if (0..=learning::LONGEST.0).contains(&number) => {
                marks.push(Mark { person: attendee.person, minutes: Minutes(number), seen });
                continue;
            }
            (Err(_), Some(record)) if typed.is_empty() && seen > 0 => {
                let stands = record.minutes.0;
                let or_none = if stands > 0 { ", or 0 if they were not there" } else { "" };
                format!("{stands}\u{a0}min are written down, and an empty field does not change that. Write {stands}{or_none}.")
            }
            (Err(_), _) if typed.is_empty() => continue,
            _ => "Minutes are a whole number from 0 to 600.".to_owned(),
        };
        returned.people.push(Wrong::of(attendee.person, wrong));
    }
    marks
}

/// The answer where nothing was written down: where it can be mended, the sheet with what is wrong.
async fn refused(
    visit: &Visit,
    session: LiveSession,
    people: &People,
    mut returned: Returned,
    error: AttendanceError,
) -> Result<Response, Refusal> {
    let words = error.to_string();
    match error {
        AttendanceError::NotATrainer => return Err(Refusal::Forbidden(words)),
        AttendanceError::NotFound => return Err(Refusal::NotFound),
        AttendanceError::Unavailable(error) => return Err(error.into()),
        AttendanceError::CalledOff | AttendanceError::NotBegun => {
            let session = sheet::found(visit, &session.id.to_string()).await?;
            return not_taken(visit, &session, people, &returned.sheet.form).await;
        }
        AttendanceError::Meanwhile(these) | AttendanceError::Yourself(these) | AttendanceError::Beyond { people: these, .. } => {
            returned.people.extend(these.into_iter().map(|person| Wrong::of(person, words.clone())));
        }
        AttendanceError::Elsewhere(these) => {
            for (person, other) in these {
                returned.people.push(elsewhere(visit, person, other).await?);
            }
        }
        AttendanceError::Own(person) => returned.people.push(Wrong::of(person, words)),
        AttendanceError::Minutes | AttendanceError::NoReason | AttendanceError::Longer(_) | AttendanceError::NothingToExplain => {
            returned.sheet.problems.add("reason", words);
        }
    }
    sheet::session_with(visit, session, returned).await
}

/// That somebody stands on another sheet of the same time: which, and the way there.
async fn elsewhere(visit: &Visit, person: PersonId, other: LiveSessionId) -> Result<Wrong, Refusal> {
    let (release, other) = (newest(visit).await?, sheet::found(visit, &other.to_string()).await?);
    let (name, starts) = (name_of(&release, &other), when::day_and_time(other.starts_at, &visit.site.zone));
    let words = format!(
        "They are written down at “{name}”, {starts}, too. Nobody can be at two at once: check which is right, and write 0 on the other sheet."
    );
    Ok(Wrong { person, words, sheet: Some((Route::LiveSession { session: other.id }.to_string(), "Open the other sheet".to_owned())) })
}

/// The page for a sheet that came too late or too early: why, and what was typed, each number with its name.
async fn not_taken(visit: &Visit, session: &LiveSession, people: &People, form: &Form) -> Result<Response, Refusal> {
    let (title, why) = if let Some(why) = called_off(visit, session).await? {
        ("This session was called off", why)
    } else {
        let starts = when::day_and_time(session.starts_at, &visit.site.zone);
        ("This session has not begun yet", format!("It begins on {starts}. You can write down who was there once it has begun."))
    };
    let typed: Vec<String> = people
        .attendees
        .iter()
        .map(|attendee| (&attendee.name, form.get(&field_name(attendee.person)).trim()))
        .filter(|(_, minutes)| !minutes.is_empty())
        .map(|(name, minutes)| format!("{name}: {minutes}\u{a0}min"))
        .collect();
    let kept = Form::of([("people", typed.join("\n")), ("reason", form.get("reason").to_owned())]);
    let page = Page::new(title).section(Section::LiveSessions);
    Ok(came_late(visit, page, why, &kept, &["people", "reason"], (Route::LiveSession { session: session.id }, "See the session")))
}
