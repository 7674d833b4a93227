//! The office's forms.

use axum::response::Response;
use domain::accounts::{self, InviteError};
use types::{Email, InvitationId, Name, Role};

use super::page;
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
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
                return Err(Refusal::Conflict("This invitation was accepted or withdrawn before.".to_owned()));
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
    let role: Option<Role> = form.take("role", &mut problems);
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return page::office_with(&visit, Sheet { form, problems }).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    accounts::invite(&mut write, &email, &name, role, form.get("once")).await.map_err(refused)?;
    write.commit().await?;
    Ok(visit.redirect(format!("{}?done=invited", Route::Office)))
}

fn refused(error: InviteError) -> Refusal {
    match error {
        InviteError::NotAnOfficer => Refusal::Forbidden(error.to_string()),
        InviteError::Unavailable(error) => error.into(),
    }
}
