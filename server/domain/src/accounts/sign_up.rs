//! Making an account: by signing up, or at the command line.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    sea_query::OnConflict,
};
use types::{Email, Name, PersonId, Role};

use super::{LinkError, Password, Purpose, SignedIn, entity::person, links, password, roles, sessions};
use crate::{
    Look, Platform, Secret, Unavailable, Write,
    accounts::Actor,
    audit::Act,
    jobs::{self, Job, Letter},
};

/// Signs somebody up. What the page says next is the same whether or not the address has an account: the
/// message tells its owner, and nobody else. No password is taken yet: whoever types one before the
/// address is shown to be theirs could leave it behind in somebody else's account.
pub async fn sign_up(write: &mut Write, email: &Email, chosen_name: &Name) -> Result<(), Unavailable> {
    let letter = match by_email(write, email).await? {
        Some(person) if person.email_confirmed_at.is_some() => Letter::AlreadyRegistered { person: person.id },
        Some(person) => Letter::ConfirmEmail { person: person.id },
        None => Letter::ConfirmEmail { person: insert(write, email, chosen_name, None, false).await? },
    };
    jobs::enqueue(write, &Job::Letter(letter)).await
}

/// Takes the link from the message: the address is theirs, they choose their name and their password,
/// they are a trainee, and they are signed in.
pub async fn confirm_email(
    platform: &Platform,
    secret: &Secret,
    chosen_name: Name,
    password: Password,
    browser: &str,
) -> Result<SignedIn, LinkError> {
    let hash = password::hash(password, platform.ids()).await?;
    let mut write = platform.write(&Actor::nobody()).await?;
    let id = links::spend(&mut write, secret, &[Purpose::ConfirmEmail]).await?;
    let row = person::Entity::find_by_id(id).lock_exclusive().one(write.db()).await.map_err(Unavailable::from)?;
    let mut row = row.ok_or(LinkError::Spent)?.into_active_model();
    row.chosen_name = Set(chosen_name.into());
    row.password_hash = Set(Some(hash));
    row.update(write.db()).await.map_err(Unavailable::from)?;
    confirm(&mut write, id).await?;
    roles::grant(&mut write, id, Role::Trainee).await?;
    let secret = sessions::start(&mut write, id, browser).await?;
    write.commit().await?;
    Ok(SignedIn { person: id, secret })
}

/// Sends a link to choose a new password, where the address has an account. Says nothing about whether.
pub async fn ask_for_reset(write: &mut Write, email: &Email) -> Result<(), Unavailable> {
    let Some(person) = by_email(write, email).await? else { return Ok(()) };
    let letter = match person.email_confirmed_at {
        Some(_) => Letter::ResetPassword { person: person.id },
        None => Letter::ConfirmEmail { person: person.id },
    };
    jobs::enqueue(write, &Job::Letter(letter)).await
}

/// Makes an account at the command line, or gives an existing one the role. Answers the secret of a link
/// to choose a password.
pub async fn create(write: &mut Write, email: &Email, name: &Name, role: Role) -> Result<(PersonId, Secret), Unavailable> {
    let id = match by_email(write, email).await? {
        Some(person) => person.id,
        None => insert(write, email, name, None, true).await?,
    };
    roles::grant(write, id, role).await?;
    Ok((id, links::link_for(write, id, Purpose::FirstPassword).await?))
}

pub(super) async fn by_email(look: &impl Look, email: &Email) -> Result<Option<person::Model>, Unavailable> {
    Ok(person::Entity::find()
        .filter(person::Column::EmailKey.eq(email.key()))
        .filter(person::Column::EndedAt.is_null())
        .lock_exclusive()
        .one(look.db())
        .await?)
}

pub(super) async fn insert(
    write: &mut Write,
    email: &Email,
    name: &Name,
    password_hash: Option<String>,
    confirmed: bool,
) -> Result<PersonId, Unavailable> {
    let row = person::Model {
        id: write.new_id(),
        email: email.as_str().to_owned(),
        email_key: email.key(),
        email_confirmed_at: confirmed.then_some(write.now()),
        chosen_name: name.as_str().to_owned(),
        certificate_name: None,
        password_hash,
        created_at: write.now(),
        ended_at: None,
    };
    let id = row.id;
    // Two people may type the same address at the same moment: the second takes up what the first made.
    let written = person::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(person::Column::EmailKey).do_nothing().to_owned())
        .exec_without_returning(write.db())
        .await?;
    if written == 0 {
        let first = by_email(write, email).await?;
        return first.map(|person| person.id).ok_or_else(|| Unavailable::unreadable("account", "it was ended"));
    }
    write.record(Act::new("person.created", id));
    Ok(id)
}

/// Puts down that the address is theirs, if that is not known yet.
pub(super) async fn confirm(write: &mut Write, id: PersonId) -> Result<(), Unavailable> {
    let row = person::Entity::find_by_id(id).lock_exclusive().one(write.db()).await?;
    if let Some(row) = row.filter(|row| row.email_confirmed_at.is_none()) {
        let mut row = row.into_active_model();
        row.email_confirmed_at = Set(Some(write.now()));
        row.update(write.db()).await?;
        write.record(Act::new("person.email-confirmed", id));
    }
    Ok(())
}
