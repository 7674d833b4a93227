//! The office's forms.

use axum::response::Response;
use domain::accounts::{self, InviteError};
use types::{Email, InvitationId, Name, Role};

use super::page;
use crate::{
    error::{Refusal, came_late},
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
};

/// POST /office: `act` says which of its forms.
pub async fn office(visit: Visit, form: Form) -> Result<Response, Refusal> {
    visit.only(&[Role::Officer])?;
    match form.get("act") {
        "invite" => invite(visit, form).await,
        "withdraw" => {
            let id: InvitationId = form.get("invitation").parse().map_err(|_| Refusal::NotFound)?;
            let mut write = visit.platform.write(&visit.actor).await?;
            if !accounts::withdraw(&mut write, id).await.map_err(refused)? {
                drop(write);
                let page = Page::new("This invitation does not wait any more").section(Section::Office);
                let why = "It was accepted or withdrawn before. The office says which.".to_owned();
                return Ok(came_late(&visit, page, why, &form, &[], (Route::Office, "Back to the office")));
            }
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done=withdrawn", Route::Office)))
        }
        _ => Err(Refusal::BadRequest("We do not know what this form asks for. Open the office page and try again.".to_owned())),
    }
}

async fn invite(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let name: Option<Name> = form.take("name", &mut problems);
    let email: Option<Email> = form.take("email", &mut problems);
    let role: Option<Role> = form.get("role").parse().map_err(|_| problems.add("role", "Please choose what they are invited to be.")).ok();
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return page::office_with(&visit, Sheet { form, problems }).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    match accounts::invite(&mut write, &email, &name, role, form.get("once")).await {
        Ok(_) => write.commit().await?,
        Err(error @ (InviteError::Here(_) | InviteError::Waits)) => {
            drop(write);
            problems.add("email", error);
            return page::office_with(&visit, Sheet { form, problems }).await;
        }
        Err(error) => return Err(refused(error)),
    }
    Ok(visit.redirect(format!("{}?done=invited", Route::Office)))
}

fn refused(error: InviteError) -> Refusal {
    match error {
        InviteError::NotAnOfficer => Refusal::Forbidden(error.to_string()),
        InviteError::NotFound => Refusal::NotFound,
        InviteError::Here(_) | InviteError::Waits => Refusal::Conflict(error.to_string()),
        InviteError::Unavailable(error) => error.into(),
    }
}
