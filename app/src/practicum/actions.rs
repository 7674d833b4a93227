//! The forms of an entry.

use axum::{extract::Path, response::Response};
use domain::{
    learning,
    practicum::{self, SaveError, WhenError},
};
use types::{EnrolmentId, EntryId};

use super::{form, page};
use crate::{
    error::{Refusal, came_late},
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
};

/// POST /practicum/new
pub async fn new_entry(visit: Visit, form: Form) -> Result<Response, Refusal> {
    keep(visit, form, None).await
}

/// POST /practicum/{entry}: keeps, sends or takes back, as `do` says.
pub async fn entry(visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    let entry = page::own(&visit, &id).await?;
    if form.get("do") == "withdraw" {
        let mut write = visit.platform.write(&visit.actor).await?;
        practicum::withdraw(&mut write, entry.id).await.map_err(refused)?;
        write.commit().await?;
        return Ok(visit.redirect(Route::Entry { entry: entry.id }));
    }
    // A form without its version was made by hand, or by this program before it asked: it means what stands there.
    let read = form.get("version").parse().unwrap_or(entry.version);
    keep(visit, form, Some((entry.id, read))).await
}

/// Keeps what was typed as a draft, and sends it where that was asked. Where sending is refused the draft
/// is kept all the same, so that nothing typed is lost.
async fn keep(visit: Visit, form: Form, existing: Option<(EntryId, i32)>) -> Result<Response, Refusal> {
    let person = visit.person()?;
    let mut problems = Problems::default();
    let enrolment: Option<EnrolmentId> = form.get("enrolment").parse().ok();
    let known = learning::enrolments_of(&visit.read(), person).await?;
    let enrolment = enrolment.filter(|id| known.iter().any(|enrolment| enrolment.id == *id));
    if enrolment.is_none() {
        problems.add("enrolment", "Please choose the program that these hours are for.");
    }
    let once = form.get("once").to_owned();
    let content = form::read(&form, &mut problems);
    let (Some(enrolment), Some(content)) = (enrolment, content) else {
        return page::entry_form(&visit, Sheet { form, problems }, existing, once).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    let id = match practicum::save_draft(&mut write, enrolment, existing, &content, &visit.site.zone, &once).await {
        Ok(id) => id,
        Err(SaveError::When(error)) => {
            // The connection that writes is given back before the page reads.
            drop(write);
            problems.add(if error == WhenError::Ahead { "day" } else { "end" }, error);
            return page::entry_form(&visit, Sheet { form, problems }, existing, once).await;
        }
        Err(SaveError::State(error)) => {
            drop(write);
            // It was sent or approved elsewhere, from a phone perhaps, while this form lay open.
            let page = Page::new("This entry is no longer open for changes").section(Section::Practicum);
            let on = existing.map_or((Route::Practicum, "See your entries"), |(entry, _)| (Route::Entry { entry }, "See the entry"));
            return Ok(came_late(&visit, page, error.to_string(), &form, &["note", "learned"], on));
        }
        Err(SaveError::Changed) => {
            drop(write);
            return page::changed(&visit, Sheet { form, problems }, existing, once).await;
        }
        Err(error) => return Err(refused(error)),
    };
    write.commit().await?;
    if form.get("do") != "send" {
        return Ok(visit.redirect(format!("{}?done=kept", Route::Practicum)));
    }
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
                    problems.add(field, "Some words could point to a person. Change them, or say why they are safe.");
                }
            }
            // A reason that was given now would have been taken.
            if !form.get("safe").trim().is_empty() {
                problems.add("safe", "This reason was given for other words. Say why these are safe, too, or change them.");
            }
        }
        SaveError::BeforePlacement => problems.add("day", error),
        SaveError::Overlap(_) => problems.add("start", error),
        error => return Err(refused(error)),
    }
    let kept = practicum::entry_for(&visit.read(), &visit.actor, id).await?.ok_or(Refusal::NotFound)?;
    page::entry_form(&visit, Sheet { form, problems }, Some((id, kept.version)), once).await
}

fn refused(error: SaveError) -> Refusal {
    match error {
        SaveError::NotFound => Refusal::NotFound,
        SaveError::Unavailable(error) => error.into(),
        other => Refusal::Conflict(other.to_string()),
    }
}
