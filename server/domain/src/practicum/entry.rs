//! Entries as their trainee and the trainers see them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use types::{EnrolmentId, EntryId, Minutes, Moment, PersonId, PlacementId, Role};

use super::{
    Content, Placement, Reason, State,
    entity::{entry as table, event, version},
    placement::{placement, placements_in},
    state,
};
use crate::{Grouped, Look, Unavailable, accounts::Actor};

/// An entry with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id.
    pub id: EntryId,
    /// Whose it is.
    pub person: PersonId,
    /// For which enrolment.
    pub enrolment: EnrolmentId,
    /// How far it is.
    pub state: State,
    /// Which version this is, from 1.
    pub version: i32,
    /// What that version says.
    pub content: Content,
    /// Where it was.
    pub placement: Placement,
    /// When the work began.
    pub starts_at: Moment,
    /// How long it was.
    pub minutes: Minutes,
    /// What happened to it, oldest first.
    pub rounds: Vec<Round>,
}

impl Entry {
    /// Whether it was ever anybody else's to read.
    pub fn was_sent(&self) -> bool {
        self.rounds.iter().any(Round::sent)
    }
}

/// Something that happened to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Who did it.
    pub by_person: PersonId,
    /// How far the entry was from then on.
    pub state: State,
    /// With which version of the entry.
    pub version: i32,
    /// When.
    pub at: Moment,
    /// The name of who did it, as it was then.
    pub by: String,
    /// Why it was returned.
    pub reason: Option<Reason>,
    /// What was written to the trainee.
    pub note: Option<String>,
    /// Points by line of the rubric.
    pub scores: Vec<(String, i32)>,
}

impl Round {
    /// Whether the entry was sent to the trainers.
    pub const fn sent(&self) -> bool {
        matches!(self.state, State::Submitted(_))
    }
}

/// The entry with this id where this actor may see it: their own as it is now, or, once it was sent, for a
/// trainer or an officer as it was last sent. What is being mended is nobody else's to read.
pub async fn entry_for(look: &impl Look, actor: &Actor, id: EntryId) -> Result<Option<Entry>, Unavailable> {
    let Some(row) = table::Entity::find_by_id(id).one(look.db()).await? else { return Ok(None) };
    if !may_see(actor, &row) {
        return Ok(None);
    }
    let own = actor.person() == Some(row.person);
    Ok(Some(if own { read(look, row).await? } else { read_as_sent(look, row).await? }))
}

/// The entry with this id, whosever it is: for letters, which go to its own person. Pages look through
/// [`entry_for`].
pub async fn entry(look: &impl Look, id: EntryId) -> Result<Option<Entry>, Unavailable> {
    match table::Entity::find_by_id(id).one(look.db()).await? {
        Some(row) => Ok(Some(read(look, row).await?)),
        None => Ok(None),
    }
}

/// What this entry said each time that it was sent before, newest first, each with the round in which it was sent.
/// Whoever may see the entry may see these, for they were sent; but what was returned because it may point to a person is
/// for its own author alone.
pub async fn sent_before(look: &impl Look, actor: &Actor, entry: &Entry) -> Result<Vec<Entry>, Unavailable> {
    let own = actor.person() == Some(entry.person);
    let pointed = |version| entry.rounds.iter().any(|round| round.version == version && round.reason == Some(Reason::Identifying));
    let is_older = |round: &&Round| round.sent() && round.version < entry.version && (own || !pointed(round.version));
    let mut before = Vec::new();
    for round in entry.rounds.iter().rev().filter(is_older) {
        let Some(row) = table::Entity::find_by_id(entry.id).one(look.db()).await? else { break };
        let then = read_version(look, row, Vec::new(), Some(round.version)).await?;
        before.push(Entry { rounds: vec![round.clone()], ..then });
    }
    Ok(before)
}

pub(super) fn may_see(actor: &Actor, row: &table::Model) -> bool {
    let teaches = actor.is(Role::Trainer) || actor.is(Role::Officer);
    actor.person() == Some(row.person) || (teaches && row.state != state::DRAFT && row.state != state::WITHDRAWN)
}

/// The entries of these enrolments, newest work first. The rows are read before what they point to, which is never
/// taken away: what comes in meanwhile is left for the next look.
pub async fn entries_of(look: &impl Look, of: &[EnrolmentId]) -> Result<Vec<Entry>, Unavailable> {
    let entries = table::Entity::find().filter(table::Column::Enrolment.is_in(of.iter().copied()));
    let which = |column| entries.clone().select_only().column(column).into_query();
    let rows = entries.clone().order_by_desc(table::Column::StartsAt).order_by_desc(table::Column::Id).all(look.db()).await?;
    let events = event::Entity::find().filter(event::Column::Entry.in_subquery(which(table::Column::Id)));
    let events = events.order_by_asc(event::Column::At).order_by_asc(event::Column::Id).all(look.db()).await?;
    let mut events: Grouped<EntryId, event::Model> = events.into_iter().map(|event| (event.entry, event)).collect();
    let versions = version::Entity::find().filter(version::Column::Entry.in_subquery(which(table::Column::Id))).all(look.db()).await?;
    let mut versions: HashMap<(EntryId, i32), version::Model> =
        versions.into_iter().map(|version| ((version.entry, version.number), version)).collect();
    let places = placements_in(look, which(table::Column::Person)).await?;
    let read = |row: table::Model| {
        let events = events.take(&row.id);
        let version = versions.remove(&(row.id, row.version));
        assemble(row, version, events, |id| places.get(&id).cloned())
    };
    rows.into_iter().map(read).collect()
}

/// An entry with its newest version.
async fn read(look: &impl Look, row: table::Model) -> Result<Entry, Unavailable> {
    let events = events(look, row.id).await?;
    read_version(look, row, events, None).await
}

/// An entry with the version that was last sent, or decided about.
async fn read_as_sent(look: &impl Look, row: table::Model) -> Result<Entry, Unavailable> {
    let events = events(look, row.id).await?;
    let sent = events.last().map(|event| event.version);
    read_version(look, row, events, sent).await
}

/// What happened to an entry, oldest first.
pub(super) async fn events(look: &impl Look, id: EntryId) -> Result<Vec<event::Model>, Unavailable> {
    Ok(event::Entity::find()
        .filter(event::Column::Entry.eq(id))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(look.db())
        .await?)
}

async fn read_version(look: &impl Look, row: table::Model, events: Vec<event::Model>, number: Option<i32>) -> Result<Entry, Unavailable> {
    let number = number.unwrap_or(row.version);
    let version = version::Entity::find_by_id((row.id, number)).one(look.db()).await?;
    let place = match version.as_ref().and_then(|version| Content::from_stored(&version.content)) {
        Some(content) => placement(look, content.placement).await?.map(|(_, place)| place),
        None => None,
    };
    assemble(row, version, events, |_| place)
}

/// Puts an entry together from its rows.
fn assemble(
    row: table::Model,
    version: Option<version::Model>,
    events: Vec<event::Model>,
    place: impl FnOnce(PlacementId) -> Option<Placement>,
) -> Result<Entry, Unavailable> {
    let unreadable = |why: &str| Unavailable::unreadable("entry", why);
    let version = version.ok_or_else(|| unreadable("its version is gone"))?;
    let content = Content::from_stored(&version.content).ok_or_else(|| unreadable("its version"))?;
    let placement = place(content.placement).ok_or_else(|| unreadable("its place is gone"))?;
    Ok(Entry {
        id: row.id,
        person: row.person,
        enrolment: row.enrolment,
        state: State::stored(&row.state, row.state_at).ok_or_else(|| unreadable(&row.state))?,
        version: version.number,
        content,
        placement,
        starts_at: version.starts_at,
        minutes: version.minutes,
        rounds: events.into_iter().map(round).collect::<Result<_, _>>()?,
    })
}

/// What an event says.
pub(super) fn round(event: event::Model) -> Result<Round, Unavailable> {
    let scores = event.scores.as_deref().map(serde_json::from_str).transpose();
    Ok(Round {
        by_person: event.by_person,
        state: State::stored(&event.what, event.at).ok_or_else(|| Unavailable::unreadable("step of an entry", &event.what))?,
        version: event.version,
        at: event.at,
        by: event.by_name,
        reason: event.reason.and_then(|reason| reason.parse().ok()),
        note: event.note,
        scores: scores.map_err(|error| Unavailable::unreadable("scores", error))?.unwrap_or_default(),
    })
}
