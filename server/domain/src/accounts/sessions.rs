//! Sessions: opaque to the browser, kept as a digest, listed for their owner and ended one by one.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use types::{Moment, PersonId, SessionId};

use super::{
    Actor,
    entity::{actor, session},
};
use crate::{Look, Secret, Unavailable, Write, audit::Act};

/// How long a session lasts: two weeks, so that a phone need not sign in for every lesson.
const LASTS: i64 = 14 * Moment::DAY;

/// A signed-in browser, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The id.
    pub id: SessionId,
    /// What the browser called itself, such as `Firefox on Android`.
    pub browser: String,
    /// When it signed in.
    pub since: Moment,
    /// When it ends by itself.
    pub until: Moment,
}

/// Who holds this secret; nobody where it is unknown, ended or too old. One question to the database.
pub async fn actor_of(look: &impl Look, secret: &Secret) -> Result<Actor, Unavailable> {
    let rows = actor::Entity::find().filter(actor::Column::SecretDigest.eq(secret.digest())).all(look.db()).await?;
    let roles = rows.iter().filter_map(|row| row.role.as_deref()?.parse().ok()).collect();
    Ok(match rows.into_iter().next() {
        Some(row) if row.expires_at > look.now() => Actor::person_with(row.person, row.session, row.chosen_name, roles),
        _ => Actor::nobody(),
    })
}

/// Starts a session. The secret goes into the cookie and nowhere else.
pub(super) async fn start(write: &mut Write, person: PersonId, browser: &str) -> Result<Secret, Unavailable> {
    let secret = write.new_secret();
    let row = session::Model {
        id: write.new_id(),
        person,
        secret_digest: secret.digest(),
        browser: browser.chars().take(80).collect(),
        created_at: write.now(),
        expires_at: write.now().plus(LASTS),
        ended_at: None,
    };
    write.record(Act::new("session.started", row.id));
    session::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await?;
    Ok(secret)
}

/// The live sessions of a person, newest first.
pub async fn sessions(look: &impl Look, person: PersonId) -> Result<Vec<Session>, Unavailable> {
    let rows = session::Entity::find()
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(look.now()))
        .order_by_desc(session::Column::CreatedAt)
        .all(look.db())
        .await?;
    Ok(rows.into_iter().map(|row| Session { id: row.id, browser: row.browser, since: row.created_at, until: row.expires_at }).collect())
}

/// Whether this session still holds. If so, nobody ends it before this write has ended.
pub(super) async fn still_holds(write: &Write, id: SessionId) -> Result<bool, Unavailable> {
    let row = session::Entity::find_by_id(id).lock_exclusive().one(write.db()).await?;
    Ok(row.is_some_and(|row| row.ended_at.is_none() && row.expires_at > write.now()))
}

/// Ends one of the acting person's own sessions; doing so again changes nothing. Answers whether it is one of theirs.
pub async fn end_session(write: &mut Write, id: SessionId) -> Result<bool, Unavailable> {
    let Some(person) = write.actor().person() else { return Ok(false) };
    let row = session::Entity::find_by_id(id).lock_exclusive().one(write.db()).await?;
    let Some(row) = row.filter(|row| row.person == person) else { return Ok(false) };
    if row.ended_at.is_some() {
        return Ok(true);
    }
    let mut row = row.into_active_model();
    row.ended_at = Set(Some(write.now()));
    row.update(write.db()).await?;
    write.record(Act::new("session.ended", id));
    Ok(true)
}

/// Ends every session of a person but one: after a change of password nobody else stays signed in.
pub(super) async fn end_others(write: &mut Write, person: PersonId, keep: Option<SessionId>) -> Result<(), Unavailable> {
    let mut ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, sea_orm::sea_query::Expr::value(write.now().0))
        .filter(session::Column::Person.eq(person))
        .filter(session::Column::EndedAt.is_null());
    if let Some(keep) = keep {
        ended = ended.filter(session::Column::Id.ne(keep));
    }
    let ended = ended.exec(write.db()).await?.rows_affected;
    if ended > 0 {
        write.record(Act::new("sessions.ended", person).with("sessions", i64::try_from(ended).unwrap_or(i64::MAX)));
    }
    Ok(())
}
