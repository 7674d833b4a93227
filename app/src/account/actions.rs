//! The account forms: parse, one domain call, answer.

use axum::response::Response;
use domain::{
    Secret,
    accounts::{self, AcceptError, HashError, LinkError, Password, PasswordError, Renamed, SignInError, WayIn, WeakPassword},
};
use types::{Email, Name, SessionId};

use super::{invitation, page, yours};
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet, own_path},
    home, learn,
    request::Visit,
    routes::Route,
};

/// POST /signup
pub async fn sign_up(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let name: Option<Name> = form.take("name", &mut problems);
    let email: Option<Email> = form.take("email", &mut problems);
    let (Some(name), Some(email)) = (name, email) else {
        return Ok(page::sign_up_with(&visit, &Sheet { form, problems }));
    };
    // One that is not there would lead nowhere.
    let program = match form.get("program") {
        program if !program.is_empty() && learn::is_offered(&visit, program).await? => Some(program),
        _ => None,
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    accounts::sign_up(&mut write, &email, &name, program).await?;
    write.commit().await?;
    Ok(visit.redirect(page::for_program(Route::SignUpSent, program.unwrap_or_default())))
}

/// POST /confirm
pub async fn confirm(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let name: Option<Name> = form.take("name", &mut problems);
    let password = password(&form, &mut problems);
    let (Some(name), Some(password)) = (name, password) else {
        return page::confirm_with(&visit, Sheet { form, problems }).await;
    };
    let secret = Secret::from_text(form.get("token"));
    match accounts::confirm_email(&visit.platform, &secret, name, password, &visit.browser).await {
        Ok(confirmed) => {
            // The password is set, whatever becomes of the session from before.
            let _logged = leave(&visit).await;
            let to = match confirmed.program {
                Some(program) if learn::is_offered(&visit, &program).await.unwrap_or(false) => {
                    format!("{}?done=ready", Route::Program { program: &program })
                }
                _ => Route::Learn.to_string(),
            };
            Ok(visit.redirect_signed_in(to, &confirmed.signed_in.secret))
        }
        Err(LinkError::Spent) => Ok(page::spent(&visit)),
        Err(LinkError::Password(error)) => {
            problems.add("password", weak(error)?);
            page::confirm_with(&visit, Sheet { form, problems }).await
        }
        Err(LinkError::Unavailable(error)) => Err(error.into()),
    }
}

/// POST /login
pub async fn sign_in(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let email = form.take_known("email", &mut problems);
    let typed = form.get("password").to_owned();
    if typed.is_empty() {
        problems.add("password", "Please type your password.");
    }
    let (Some(email), true) = (email, problems.is_empty()) else {
        return Ok(page::sign_in_with(&visit, &Sheet { form, problems }));
    };
    match accounts::sign_in(&visit.platform, &visit.actor, &email, typed, &visit.browser).await {
        Ok(signed_in) => {
            let actor = accounts::actor_of(&visit.read(), &signed_in.secret).await?;
            let to = own_path(form.get("back")).map_or_else(|| home::start_of(&actor).to_string(), ToOwned::to_owned);
            Ok(visit.redirect_signed_in(to, &signed_in.secret))
        }
        Err(SignInError::Unavailable(error)) => Err(error.into()),
        Err(error @ SignInError::Wrong) => {
            problems.add("email", error);
            Ok(page::sign_in_with(&visit, &Sheet { form, problems }))
        }
        Err(SignInError::Password(error)) => {
            problems.add("password", weak(error)?);
            Ok(page::sign_in_with(&visit, &Sheet { form, problems }))
        }
    }
}

/// POST /logout
pub async fn sign_out(visit: Visit) -> Result<Response, Refusal> {
    leave(&visit).await?;
    Ok(visit.redirect_signed_out(format!("{}?done=signed-off", Route::Home)))
}

/// Ends the session that this browser has, if it has one.
async fn leave(visit: &Visit) -> Result<(), Refusal> {
    if let Some(session) = visit.actor.session() {
        let mut write = visit.platform.write(&visit.actor).await?;
        accounts::end_session(&mut write, session).await?;
        write.commit().await?;
    }
    Ok(())
}

/// POST /forgot
pub async fn forgot(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let Some(email) = form.take_known("email", &mut problems) else {
        return Ok(page::forgot_with(&visit, &Sheet { form, problems }));
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    accounts::ask_for_reset(&mut write, &email).await?;
    write.commit().await?;
    Ok(visit.redirect(Route::ForgotSent))
}

/// POST /reset
pub async fn reset(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let secret = Secret::from_text(form.get("token"));
    let Some(password) = password(&form, &mut problems) else {
        return page::reset_with(&visit, &Sheet { form, problems }, &secret).await;
    };
    match accounts::reset_password(&visit.platform, &secret, password, &visit.browser).await {
        Ok(signed_in) => {
            // The password is set, whatever becomes of the session from before.
            let _logged = leave(&visit).await;
            let actor = accounts::actor_of(&visit.read(), &signed_in.secret).await?;
            Ok(visit.redirect_signed_in(home::start_of(&actor), &signed_in.secret))
        }
        Err(LinkError::Spent) => Ok(page::spent(&visit)),
        Err(LinkError::Password(error)) => {
            problems.add("password", weak(error)?);
            page::reset_with(&visit, &Sheet { form, problems }, &secret).await
        }
        Err(LinkError::Unavailable(error)) => Err(error.into()),
    }
}

/// POST /account: `act` says which of its forms.
pub async fn account(visit: Visit, form: Form) -> Result<Response, Refusal> {
    visit.person()?;
    match form.get("act") {
        "names" => names(visit, form).await,
        "password" => change_password(visit, form).await,
        "end-session" => {
            let session: SessionId = form.get("session").parse().map_err(|_| Refusal::NotFound)?;
            let mut write = visit.platform.write(&visit.actor).await?;
            if !accounts::end_session(&mut write, session).await? {
                return Err(Refusal::NotFound);
            }
            write.commit().await?;
            Ok(visit.redirect(format!("{}?done=signed-out", Route::Account)))
        }
        _ => Err(Refusal::BadRequest("We do not know what this form asks for. Open your account page and try again.".to_owned())),
    }
}

async fn names(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let chosen: Option<Name> = form.take("chosen-name", &mut problems);
    let certificate: Option<Name> = form.take_if_any("certificate-name", &mut problems);
    let (Some(chosen), true) = (chosen, problems.is_empty()) else {
        return yours::account_with(&visit, Some(Sheet { form, problems })).await;
    };
    let mut write = visit.platform.write(&visit.actor).await?;
    accounts::rename(&mut write, Renamed { chosen, certificate }).await?;
    write.commit().await?;
    Ok(visit.redirect(format!("{}?done=names", Route::Account)))
}

async fn change_password(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let mut problems = Problems::default();
    let old = form.get("old-password").to_owned();
    if old.is_empty() {
        problems.add("old-password", "Please type the password you have now.");
    }
    let new = password(&form, &mut problems);
    if let (Some(new), true) = (new, problems.is_empty()) {
        match accounts::change_password(&visit.platform, &visit.actor, old, new).await {
            Ok(()) => return Ok(visit.redirect(format!("{}?done=password", Route::Account))),
            Err(PasswordError::Unavailable(error)) => return Err(error.into()),
            Err(error @ PasswordError::Wrong) => problems.add("old-password", error),
            Err(PasswordError::Password(error)) => problems.add("password", weak(error)?),
        }
    }
    // The names are shown as stored: only the password form came back.
    let person = accounts::person(&visit.read(), visit.person()?).await?.ok_or(Refusal::NotFound)?;
    let form = Form::of([
        ("chosen-name", person.chosen_name.to_string()),
        ("certificate-name", person.certificate_name.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]);
    yours::account_with(&visit, Some(Sheet { form, problems })).await
}

/// POST /invitation
pub async fn accept(visit: Visit, form: Form) -> Result<Response, Refusal> {
    let secret = Secret::from_text(form.get("token"));
    let Some(invitation) = invitation::waiting(&visit, &secret).await? else { return Ok(invitation::spent(&visit)) };
    let mut problems = Problems::default();
    let typed = form.get("password").to_owned();
    let name: Option<Name> = match accounts::way_in(&visit.read(), &visit.actor, &invitation).await? {
        WayIn::New => {
            let name = form.take("name", &mut problems);
            password(&form, &mut problems);
            name
        }
        WayIn::Password => {
            if typed.is_empty() {
                problems.add("password", "Please type the password of your account here.");
            }
            None
        }
        WayIn::SignedIn => None,
    };
    if !problems.is_empty() {
        return invitation::invitation_with(&visit, Sheet { form, problems }).await;
    }
    let on = format!("{}?done=accepted", home::start_as(invitation.role));
    match accounts::accept(&visit.platform, &visit.actor, &secret, name, typed, &visit.browser).await {
        Ok(None) => Ok(visit.redirect(on)),
        Ok(Some(signed_in)) => Ok(visit.redirect_signed_in(on, &signed_in.secret)),
        Err(AcceptError::Spent) => Ok(invitation::spent(&visit)),
        Err(error @ (AcceptError::NeedsPassword | AcceptError::Wrong)) => {
            problems.add("password", error);
            invitation::invitation_with(&visit, Sheet { form, problems }).await
        }
        Err(AcceptError::Password(error)) => {
            problems.add("password", weak(error)?);
            invitation::invitation_with(&visit, Sheet { form, problems }).await
        }
        Err(AcceptError::Unavailable(error)) => Err(error.into()),
    }
}

fn password(form: &Form, problems: &mut Problems) -> Option<Password> {
    Password::parse(form.get("password")).map_err(|error| problems.add("password", error)).ok()
}

/// What to write beside the password. Where it was not looked at, nothing can be said of it.
fn weak(error: HashError) -> Result<WeakPassword, Refusal> {
    match error {
        HashError::Weak(why) => Ok(why),
        HashError::Busy => Err(Refusal::TooOften(10)),
        HashError::Unavailable(error) => Err(error.into()),
    }
}
