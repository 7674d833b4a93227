//! The forms of an entry.

use axum::{extract::Path, response::Response};
use domain::{
    learning,
    practicum::{self, Fields, InvalidTransition, SaveError},
};
use types::{EnrolmentId, EntryId, UnfinishedId};

use super::{form, page, sheet, sheet::Of, shown};
use crate::{
    error::{Refusal, came_late},
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
};

/// POST /practicum/new
pub async fn new_entry(visit: Visit, form: Form) -> Result<Response, Refusal> {
    keep(visit, form, Of::default()).await
}

/// POST /practicum/unfinished/{unfinished}: keeps, sends or throws away, as `do` says.
pub async fn unfinished(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let id: UnfinishedId = id.parse().map_err(|_| Refusal::NotFound)?;
    if form.get("do") == "throw-away" {
        return throw_away(visit, id).await;
    }
    let mine = practicum::unfinished_of(&visit.read(), person).await?;
    // One that was sent or thrown away in another window is gone: what was typed here is a new one.
    let of = mine.iter().find(|one| one.id == id).map(|one| read_from(&form).unwrap_or((one.id, one.version)));
    keep(visit, form, Of { entry: None, unfinished: of }).await
}

/// POST /practicum/{entry}: keeps, sends or takes back, as `do` says.
pub async fn entry(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    let entry = page::own(&visit, &id).await?;
    if form.get("do") == "throw-away"
        && let Some((unfinished, _)) = read_from(&form)
    {
        return throw_away(visit, unfinished).await;
    }
    if form.get("do") == "withdraw" {
        let mut write = visit.platform.write(&visit.actor).await?;
        practicum::withdraw(&mut write, entry.id).await.map_err(refused)?;
        write.commit().await?;
        return Ok(visit.redirect(Route::Entry { entry: entry.id }));
    }
    if form.get("do") == "discard" {
        let mut write = visit.platform.write(&visit.actor).await?;
        return match practicum::discard(&mut write, entry.id).await {
            Ok(()) => {
                write.commit().await?;
                Ok(visit.redirect(format!("{}?done=thrown-away", Route::Practicum)))
            }
            Err(SaveError::State(error)) => {
                drop(write);
                Ok(too_late(&visit, &form, Of { entry: Some((entry.id, entry.version)), unfinished: None }, error))
            }
            Err(error) => Err(refused(error)),
        };
    }
    // A form without its version was made by hand, or by this program before it asked: it means what stands there.
    let read = form.get("version").parse().unwrap_or(entry.version);
    let mine = practicum::unfinished_of(&visit.read(), entry.person).await?;
    let unfinished = read_from(&form).filter(|(id, _)| mine.iter().any(|one| one.id == *id));
    keep(visit, form, Of { entry: Some((entry.id, read)), unfinished }).await
}

/// Which one that was not filled in the form was drawn from, and in which version.
fn read_from(form: &Form) -> Option<(UnfinishedId, i32)> {
    Some((form.get("kept").parse().ok()?, form.get("kept-version").parse().ok()?))
}

async fn throw_away(visit: Visit, id: UnfinishedId) -> Result<Response, Refusal> {
    let mut write = visit.platform.write(&visit.actor).await?;
    practicum::throw_away(&mut write, id).await.map_err(refused)?;
    write.commit().await?;
    Ok(visit.redirect(format!("{}?done=thrown-away", Route::Practicum)))
}

/// Keeps what was typed as a draft, and sends it where that was asked. A draft may be half filled in; where sending is
/// refused the draft is kept all the same, so that nothing typed is lost.
async fn keep(visit: Visit, form: Form, of: Of) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let mut problems = Problems::default();
    let mine = learning::enrolments_of(&visit.read(), person).await?;
    let once = form.get("once").to_owned();
    if mine.is_empty() {
        // Nothing to log hours for: the page leads to where one begins.
        return sheet::drawn(&visit, Sheet { form, problems }, of, once).await;
    }
    let enrolment = form.get("enrolment").parse().ok().filter(|id: &EnrolmentId| mine.iter().any(|enrolment| enrolment.id == *id));
    if enrolment.is_none() {
        problems.add("enrolment", "Please choose the program that these hours are for.");
    }
    let content = form::read(&form, &mut problems);
    let (Some(enrolment), Some(content)) = (enrolment, content) else {
        form::look_over(&form, &visit.site.zone, visit.platform.now(), &mut problems);
        return not_whole(&visit, Sheet { form, problems }, of, once).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    let saved = practicum::save_draft(&mut write, enrolment, of.entry, &content, &visit.site.zone, &once).await;
    let id = match saved {
        Ok(id) => id,
        Err(error) => {
            // The connection that writes is given back before the page reads.
            drop(write);
            return match error {
                SaveError::When(error) => {
                    form::wrong_time(error, &mut problems);
                    // And what else is wrong, with it.
                    form::look_over(&form, &visit.site.zone, visit.platform.now(), &mut problems);
                    not_whole(&visit, Sheet { form, problems }, of, once).await
                }
                SaveError::State(error) => Ok(too_late(&visit, &form, of, error)),
                SaveError::Changed => sheet::changed(&visit, Sheet { form, problems }, of, once).await,
                error => Err(refused(error)),
            };
        }
    };
    if let Err(error) = practicum::settle(&mut write, of.entry.map(|(entry, _)| entry), of.unfinished).await {
        drop(write);
        return match error {
            SaveError::Changed => sheet::changed(&visit, Sheet { form, problems }, of, once).await,
            error => Err(refused(error)),
        };
    }
    write.commit().await?;
    if form.get("do") != "send" {
        return Ok(visit.redirect(format!("{}?done=kept", Route::Practicum)));
    }
    send(visit, id, Sheet { form, problems }, once).await
}

/// What a form says of itself, and is drawn anew with it.
const DRAWN: [&str; 5] = ["do", "once", "version", "kept", "kept-version"];

/// A form that is no entry yet: kept as it is where a draft was asked for, and otherwise back with what is wrong.
async fn not_whole(visit: &Visit, sheet: Sheet, of: Of, once: String) -> Result<Response, Refusal> {
    if sheet.form.get("do") != "draft" {
        return sheet::drawn(visit, sheet, of, once).await;
    }
    let typed = sheet.form.fields().filter(|(name, _)| !DRAWN.contains(name));
    let fields: Fields = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut write = visit.platform.write(&visit.actor).await?;
    match practicum::keep_unfinished(&mut write, of.unfinished, of.entry, &fields, &once).await {
        Ok(_) => {
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done=kept", Route::Practicum)))
        }
        Err(error) => {
            drop(write);
            match error {
                SaveError::State(error) => Ok(too_late(visit, &sheet.form, of, error)),
                SaveError::Changed => sheet::changed(visit, Sheet { problems: Problems::default(), ..sheet }, of, once).await,
                // It was thrown away in another window: what was typed here is a new one.
                SaveError::NotFound if of.unfinished.is_some() => sheet::drawn(visit, sheet, Of { unfinished: None, ..of }, once).await,
                error => Err(refused(error)),
            }
        }
    }
}

/// It was sent or approved elsewhere, from a phone perhaps, while this form lay open.
fn too_late(visit: &Visit, form: &Form, of: Of, error: InvalidTransition) -> Response {
    let page = Page::new("This entry is no longer open for changes").section(Section::Practicum);
    let on = of.entry.map_or((Route::Practicum, "See your entries"), |(entry, _)| (Route::Entry { entry }, "See the entry"));
    came_late(visit, page, error.to_string(), form, &["note", "learned"], on)
}

/// Sends a draft that is kept. Where it is refused the form comes back, and the draft stays.
async fn send(visit: Visit, id: EntryId, mut sheet: Sheet, once: String) -> Result<Response, Refusal> {
    let mut write = visit.platform.write(&visit.actor).await?;
    let error = match practicum::submit(&mut write, id).await {
        Ok(()) => {
            write.commit().await?;
            return Ok(visit.redirect(Route::Entry { entry: id }));
        }
        Err(error) => error,
    };
    drop(write);
    match error {
        SaveError::Identifying { note, learned } => {
            for (field, found) in [("note", note), ("learned", learned)] {
                if !found.is_empty() {
                    sheet.problems.add(field, form::IDENTIFYING);
                }
            }
            // A reason that was given now would have been taken.
            if !sheet.form.get("safe").trim().is_empty() {
                sheet.problems.add("safe", "This reason was given for other words. Say why these are safe, too, or change them.");
            }
        }
        SaveError::BeforePlacement => sheet.problems.add("day", error),
        SaveError::Overlap(other) => {
            let other = practicum::entry_for(&visit.read(), &visit.actor, other).await?;
            let which = other.map_or_else(String::new, |other| format!(" It is this one: {}.", shown::line(&other, &visit.site.zone)));
            sheet.problems.add("start", format!("{error}{which}"));
        }
        error => return Err(refused(error)),
    }
    let kept = practicum::entry_for(&visit.read(), &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
    sheet::drawn(&visit, sheet, Of { entry: Some((id, kept.version)), unfinished: None }, once).await
}

fn refused(error: SaveError) -> Refusal {
    match error {
        SaveError::NotFound => Refusal::NotFound,
        SaveError::Unavailable(error) => error.into(),
        other => Refusal::Conflict(other.to_string()),
    }
}
