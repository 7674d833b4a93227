//! Making an account: by signing up, or at the command line.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _, Select,
    sea_query::{LockType, OnConflict},
};
use types::{Email, Moment, Name, PersonId, Role};

use super::{LinkError, Password, Purpose, SignedIn, entity::person, links, password, people, roles, sessions, sign_in};
use crate::{
    Look, Platform, Secret, Unavailable, Write,
    accounts::Actor,
    audit::Act,
    jobs::{self, Job, Letter},
};

/// How long a person who was sent a letter is not sent another one of its kind: anybody can ask for these letters.
const BETWEEN_LETTERS: i64 = 5 * Moment::MINUTE;

/// Signs somebody up. What the page says next is the same whether or not the address has an account: the
/// message tells its owner, and nobody else. No password is taken yet: whoever types one before the
/// address is shown to be theirs could leave it behind in somebody else's account. The program that they came for is
/// kept until then.
pub async fn sign_up(write: &mut Write, email: &Email, chosen_name: &Name, program: Option<&str>) -> Result<(), Unavailable> {
    // Whatever is known of the address, something is written, so that it takes as long.
    write.record(Act::new("sign-up.asked", "accounts"));
    let (person, is_ready) = match held_by_email(write, email).await? {
        Some(person) => (person.id, person.email_confirmed_at.is_some()),
        None => (insert(write, email, chosen_name, false).await?, false),
    };
    come_for(write, person, program).await?;
    let letter = if is_ready { Letter::AlreadyRegistered { person } } else { Letter::ConfirmEmail { person } };
    send_if_none_was(write, letter).await
}

/// Puts down for which program somebody makes their account, where they said one. Of an account that is ready nobody
/// else says it; it is asked all the same, so that it takes as long.
async fn come_for(write: &Write, id: PersonId, program: Option<&str>) -> Result<(), Unavailable> {
    if let Some(program) = program {
        let change = person::Entity::update_many().col_expr(person::Column::CameFor, program.into());
        let waiting = change.filter(person::Column::Id.eq(id)).filter(person::Column::EmailConfirmedAt.is_null());
        waiting.exec(write.db()).await?;
    }
    Ok(())
}

/// An account that is ready.
#[derive(Debug)]
pub struct Confirmed {
    /// Whose, and the session that has begun.
    pub signed_in: SignedIn,
    /// The id of the program that they came for, as it was when they signed up.
    pub program: Option<String>,
}

/// Takes the link from the message: the address is theirs, they choose their name and their password,
/// they are a trainee, and they are signed in. Who has confirmed before has done all that, so any other such
/// link is spent.
pub async fn confirm_email(
    platform: &Platform,
    secret: &Secret,
    chosen_name: Name,
    password: Password,
    browser: &str,
) -> Result<Confirmed, LinkError> {
    let look = platform.read();
    let id = links::open_link(&look, secret, &[Purpose::ConfirmEmail]).await?.ok_or(LinkError::Spent)?;
    let known = people::person(&look, id).await?.filter(|person| !person.email_confirmed).ok_or(LinkError::Spent)?;
    let hash = password::hash(password, password::about(&[&chosen_name], &known.email), platform.ids()).await?;
    let mut write = platform.write(&Actor::nobody()).await?;
    let person = links::spend(&write, secret, &[Purpose::ConfirmEmail]).await?;
    if person.email_confirmed_at.is_some() {
        return Err(LinkError::Spent);
    }
    people::call(&write, id, &chosen_name).await?;
    sign_in::put_password(&mut write, id, hash).await?;
    confirm(&mut write, id).await?;
    roles::grant(&mut write, id, Role::Trainee).await?;
    let secret = sessions::start(&mut write, id, browser).await?;
    write.commit().await?;
    Ok(Confirmed { signed_in: SignedIn { person: id, secret }, program: person.came_for })
}

/// Sends a link to choose a new password, where the address has an account. Says nothing about whether, and
/// takes as long: where there is none, a letter to nobody waits on the queue in its place, and is never written.
pub async fn ask_for_reset(write: &mut Write, email: &Email) -> Result<(), Unavailable> {
    write.record(Act::new("reset.asked", "accounts"));
    let letter = match held_by_email(write, email).await? {
        Some(person) if person.email_confirmed_at.is_none() => Letter::ConfirmEmail { person: person.id },
        Some(person) => Letter::ResetPassword { person: person.id },
        // Nobody's id, the same one for the same address, so that asking again is answered as it is for somebody.
        None => Letter::ResetPassword { person: write.ids().alias(&email.key()) },
    };
    send_if_none_was(write, letter).await
}

/// Sends a letter that anybody can ask for. Its person is held, so that of two who ask at once one sees the other.
async fn send_if_none_was(write: &mut Write, letter: Letter) -> Result<(), Unavailable> {
    let job = Job::Letter(letter);
    let since = write.now().plus(-BETWEEN_LETTERS);
    if jobs::was_enqueued(write, &job, since).await? {
        return Ok(());
    }
    jobs::enqueue(write, &job).await
}

/// Makes an account at the command line, or gives an existing one the role. Answers the secret of a link
/// to choose a password.
pub async fn create(write: &mut Write, email: &Email, name: &Name, role: Role) -> Result<(PersonId, Secret), Unavailable> {
    let id = match held_by_email(write, email).await? {
        Some(person) => {
            if person.email_confirmed_at.is_none() {
                people::call(write, person.id, name).await?;
            }
            person.id
        }
        None => insert(write, email, name, true).await?,
    };
    roles::grant(write, id, role).await?;
    Ok((id, links::link_for(write, id, Purpose::FirstPassword).await?))
}

/// The account of an address, as it is now.
pub(super) async fn by_email(look: &impl Look, email: &Email) -> Result<Option<person::Model>, Unavailable> {
    Ok(with(email).one(look.db()).await?)
}

/// The account of an address, which nobody else changes before this write has ended.
pub(super) async fn held_by_email(write: &Write, email: &Email) -> Result<Option<person::Model>, Unavailable> {
    Ok(with(email).lock(LockType::NoKeyUpdate).one(write.db()).await?)
}

fn with(email: &Email) -> Select<person::Entity> {
    person::Entity::find().filter(person::Column::EmailKey.eq(email.key())).filter(person::Column::EndedAt.is_null())
}

/// An account that has no password yet.
pub(super) async fn insert(write: &mut Write, email: &Email, name: &Name, confirmed: bool) -> Result<PersonId, Unavailable> {
    let row = person::Model {
        id: write.new_id(),
        email: email.as_str().to_owned(),
        email_key: email.key(),
        email_confirmed_at: confirmed.then_some(write.now()),
        chosen_name: name.as_str().to_owned(),
        certificate_name: None,
        password_hash: None,
        created_at: write.now(),
        ended_at: None,
        came_for: None,
    };
    let id = row.id;
    // Two people may type the same address at the same moment: the second takes up what the first made.
    let written = person::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(person::Column::EmailKey).do_nothing().to_owned())
        .exec_without_returning(write.db())
        .await?;
    if written == 0 {
        let first = held_by_email(write, email).await?;
        return first.map(|person| person.id).ok_or_else(|| Unavailable::unreadable("account", "it was ended"));
    }
    write.record(Act::new("person.created", id));
    Ok(id)
}

/// Puts down that the address is theirs, if that is not known yet.
pub(super) async fn confirm(write: &mut Write, id: PersonId) -> Result<(), Unavailable> {
    let row = people::held(write, id).await?;
    if let Some(row) = row.filter(|row| row.email_confirmed_at.is_none()) {
        let mut row = row.into_active_model();
        row.email_confirmed_at = Set(Some(write.now()));
        row.came_for = Set(None);
        row.update(write.db()).await?;
        write.record(Act::new("person.email-confirmed", id));
    }
    Ok(())
}
