//! Letters about accounts.

use types::{InvitationId, PersonId, Role};

use super::{Link, Message};
use crate::{
    Platform, Unavailable,
    accounts::{self, Actor, InvitationState, Purpose},
};

pub(super) async fn confirm(platform: &Platform, organization: &str, id: PersonId) -> Result<Option<Message>, Unavailable> {
    let mut write = platform.write(&Actor::worker()).await?;
    let Some(person) = accounts::person(&write, id).await?.filter(|person| !person.email_confirmed) else { return Ok(None) };
    let secret = accounts::link_for(&mut write, id, Purpose::ConfirmEmail).await?;
    write.commit().await?;
    Ok(Some(Message {
        to: person.email,
        subject: "Is this address yours?".to_owned(),
        before: vec![
            // Without the name that was typed: whoever typed it may be anybody, and this goes to whom they like.
            "Hello,".to_owned(),
            format!("Somebody, we hope you, gave this address for an account at {organization}. Open this page to confirm it:"),
        ],
        link: Some(Link::Confirm(secret)),
        after: vec!["The link works once, for three days. If it was not you, do nothing: without the link there is no account.".to_owned()],
    }))
}

pub(super) async fn registered(platform: &Platform, organization: &str, id: PersonId) -> Result<Option<Message>, Unavailable> {
    let Some(person) = accounts::person(&platform.read(), id).await? else { return Ok(None) };
    Ok(Some(Message {
        to: person.email,
        subject: "You have an account already".to_owned(),
        before: vec![
            format!("Hello {},", person.chosen_name),
            format!(
                "Somebody, perhaps you, tried to make an account at {organization} with this address. It has one. You can sign in, or choose a new password, here:"
            ),
        ],
        link: Some(Link::SignIn),
        after: vec!["Nothing was changed.".to_owned()],
    }))
}

pub(super) async fn reset(platform: &Platform, organization: &str, id: PersonId) -> Result<Option<Message>, Unavailable> {
    let mut write = platform.write(&Actor::worker()).await?;
    let Some(person) = accounts::person(&write, id).await? else { return Ok(None) };
    let secret = accounts::link_for(&mut write, id, Purpose::ResetPassword).await?;
    write.commit().await?;
    Ok(Some(Message {
        to: person.email,
        subject: "Choose a new password".to_owned(),
        before: vec![
            format!("Hello {},", person.chosen_name),
            format!("Somebody, we hope you, asked for a new password at {organization}. You can choose one here:"),
        ],
        link: Some(Link::Reset(secret)),
        after: vec!["The link works once, for one hour. If it was not you, do nothing: your password stays as it is.".to_owned()],
    }))
}

pub(super) async fn changed(platform: &Platform, organization: &str, id: PersonId) -> Result<Option<Message>, Unavailable> {
    let Some(person) = accounts::person(&platform.read(), id).await? else { return Ok(None) };
    Ok(Some(Message {
        to: person.email,
        subject: "Your password was changed".to_owned(),
        before: vec![
            format!("Hello {},", person.chosen_name),
            format!(
                "Your password at {organization} was changed, and other browsers were signed out. If it was you, all is well. If it was not, choose a new one at once:"
            ),
        ],
        link: Some(Link::SignIn),
        after: Vec::new(),
    }))
}

pub(super) async fn invitation(platform: &Platform, organization: &str, id: InvitationId) -> Result<Option<Message>, Unavailable> {
    let mut write = platform.write(&Actor::worker()).await?;
    let Some((invitation, secret)) = accounts::invitation_link(&mut write, id).await? else { return Ok(None) };
    if invitation.state != InvitationState::Waiting {
        return Ok(None);
    }
    let by =
        accounts::person(&write, invitation.invited_by).await?.map_or_else(|| organization.to_owned(), |by| by.chosen_name.to_string());
    write.commit().await?;
    let to_do = match invitation.role {
        Role::Trainee => "train there as a peer support specialist",
        Role::Trainer => "be a trainer there: to lead live sessions and to read what trainees log of their practice",
        Role::Officer => "be a certification officer there: to invite people and to look after certificates",
    };
    Ok(Some(Message {
        to: invitation.email,
        subject: format!("{organization} invites you"),
        before: vec![
            format!("Hello {},", invitation.name),
            format!("{by} invites you to {organization}, to {to_do}. You can accept here:"),
        ],
        link: Some(Link::Invitation(secret)),
        after: vec![
            "If you have an account there, you keep it, and it gets this too.".to_owned(),
            "The invitation waits for two weeks. If you do not know what this is about, do nothing.".to_owned(),
        ],
    }))
}
