//! Live sessions: a trainer schedules one for a module.

use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use types::{LiveSessionId, Minutes, Moment, Note, PersonId, Role};

use super::entity::session as table;
use crate::{
    Look, Unavailable, Write,
    accounts::{self, Actor},
    audit::Act,
};

/// The shortest session that can be scheduled.
pub const SHORTEST: Minutes = Minutes(15);
/// The longest.
pub const LONGEST: Minutes = Minutes(600);

/// A session as a trainer plans it. There is no limit to how many may come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id, drawn when the form was: the same form sent twice schedules one session.
    pub id: LiveSessionId,
    /// The module. That it exists is the caller's to know.
    pub module: String,
    /// Which of the module's sessions it is: the id of the guide that it runs, such as `m03-live-1`. `None` where
    /// the module has no guides.
    pub guide: Option<String>,
    /// When it begins.
    pub starts_at: Moment,
    /// How long it is planned to be.
    pub minutes: Minutes,
    /// Where it is, or how to call in.
    pub place: Note,
}

/// A live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// The id.
    pub id: LiveSessionId,
    /// The module.
    pub module: String,
    /// The id of the guide that it runs; unknown where it was scheduled before sessions said so.
    pub guide: Option<String>,
    /// When it begins.
    pub starts_at: Moment,
    /// How long it is planned to be.
    pub minutes: Minutes,
    /// Where it is, or how to call in.
    pub place: String,
    /// Who scheduled it.
    pub scheduled_by: PersonId,
    /// That it was called off, if it was.
    pub called_off: Option<CalledOff>,
}

/// That a session does not take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledOff {
    /// When that was decided.
    pub at: Moment,
    /// By whom.
    pub by: Option<PersonId>,
    /// Why.
    pub why: String,
}

impl LiveSession {
    /// Whether it has begun at this moment.
    pub fn begun(&self, now: Moment) -> bool {
        self.starts_at <= now
    }

    /// When it is planned to end.
    pub const fn ends_at(&self) -> Moment {
        self.starts_at.plus(self.minutes.0 as i64 * Moment::MINUTE)
    }
}

/// Why a session was not scheduled.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// Only a trainer or an officer schedules.
    #[error("Only a trainer can schedule a live session.")]
    NotATrainer,
    /// Shorter or longer than a session can be.
    #[error("A live session takes from 15 minutes to 10 hours.")]
    Length,
    /// Years ahead: a slip of the pen.
    #[error("This day is more than a year away. Please look at the year.")]
    FarAway,
    /// Years back: another one.
    #[error("This day is more than a year ago. Please look at the year.")]
    LongAgo,
    /// It stands in the list already.
    #[error("This session is set already, at this time and in this place. For a second group, say where that one meets.")]
    Already,
    /// See there.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Schedules a session, once for each id. One that was held already may be put down afterwards. An id that comes
/// again with something else, as the browser's way back makes it, is another session. Two of one kind at one time and
/// in one place are one.
pub async fn schedule(write: &mut Write, new: NewSession) -> Result<LiveSessionId, ScheduleError> {
    let by = trainer(write.actor()).ok_or(ScheduleError::NotATrainer)?;
    if !(SHORTEST..=LONGEST).contains(&new.minutes) {
        return Err(ScheduleError::Length);
    }
    match new.starts_at.0 - write.now().0 {
        ahead if ahead > 366 * Moment::DAY => return Err(ScheduleError::FarAway),
        ahead if ahead < -366 * Moment::DAY => return Err(ScheduleError::LongAgo),
        _ => {}
    }
    accounts::hold(write, by).await?;
    let mut row = table::Model {
        id: new.id,
        module: new.module,
        guide: new.guide,
        starts_at: new.starts_at,
        minutes: new.minutes,
        place: new.place.into(),
        scheduled_by: by,
        scheduled_at: write.now(),
        called_off_at: None,
        called_off_by: None,
        called_off_why: None,
    };
    let at_that_time = table::Entity::find().filter(table::Column::StartsAt.eq(row.starts_at)).filter(table::Column::CalledOffAt.is_null());
    let beside = at_that_time.all(write.db()).await.map_err(Unavailable::from)?;
    if let Some(before) = table::Entity::find_by_id(row.id).one(write.db()).await.map_err(Unavailable::from)? {
        let same = |other: &table::Model| {
            (&other.module, &other.guide, other.starts_at, other.minutes, &other.place, other.scheduled_by)
                == (&row.module, &row.guide, row.starts_at, row.minutes, &row.place, row.scheduled_by)
        };
        // One that was called off since is no answer to the wish for one.
        if before.called_off_at.is_none() && same(&before) {
            return Ok(before.id);
        }
        if let Some(again) = beside.iter().find(|other| same(other)) {
            return Ok(again.id);
        }
        row.id = write.new_id();
    }
    if beside.iter().any(|other| (&other.module, &other.guide, &other.place) == (&row.module, &row.guide, &row.place)) {
        return Err(ScheduleError::Already);
    }
    let id = row.id;
    let act = Act::new("live-session.scheduled", id)
        .with("module", row.module.as_str())
        .with("guide", row.guide.clone())
        .with("starts", row.starts_at.0)
        .with("minutes", row.minutes.0);
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await.map_err(Unavailable::from)?;
    write.record(act);
    Ok(id)
}

/// The session with this id.
pub async fn live_session(look: &impl Look, id: LiveSessionId) -> Result<Option<LiveSession>, Unavailable> {
    Ok(table::Entity::find_by_id(id).one(look.db()).await?.map(read))
}

/// All sessions that begin after this moment, the next one first.
pub async fn sessions_after(look: &impl Look, moment: Moment) -> Result<Vec<LiveSession>, Unavailable> {
    let found = table::Entity::find().filter(table::Column::StartsAt.gt(moment));
    Ok(found.order_by_asc(table::Column::StartsAt).order_by_asc(table::Column::Id).all(look.db()).await?.into_iter().map(read).collect())
}

/// The last sessions that began by this moment, the newest first.
pub async fn sessions_before(look: &impl Look, moment: Moment, most: u64) -> Result<Vec<LiveSession>, Unavailable> {
    let found = table::Entity::find().filter(table::Column::StartsAt.lte(moment));
    Ok(found
        .order_by_desc(table::Column::StartsAt)
        .order_by_desc(table::Column::Id)
        .limit(most)
        .all(look.db())
        .await?
        .into_iter()
        .map(read)
        .collect())
}

/// The sessions of these modules that are not over yet and go ahead or were called off, the next one first.
pub async fn sessions_to_come(look: &impl Look, modules: &[String]) -> Result<Vec<LiveSession>, Unavailable> {
    // A session may last ten hours, so one that began before may still be on.
    let mut sessions = sessions_after(look, look.now().plus(-i64::from(LONGEST.0) * Moment::MINUTE)).await?;
    sessions.retain(|session| modules.contains(&session.module) && session.ends_at() > look.now());
    Ok(sessions)
}

/// Why a day and a time of day are no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchTime {
    /// The clocks skip it.
    #[error("On this day the clocks go forward and skip this hour. Please choose another time.")]
    Skipped,
    /// Out of the range of any calendar.
    #[error("We cannot read this day. Please choose it again.")]
    OutOfRange,
}

/// The moment of a day and a time of day in the organization's zone. Where the clocks go back and the hour
/// comes twice, the first of the two is meant.
pub fn at_local(date: Date, time: Time, zone: &TimeZone) -> Result<Moment, NoSuchTime> {
    let local = date.to_datetime(time);
    let zoned = local.to_zoned_datetime(zone.clone()).map_err(|_| NoSuchTime::OutOfRange)?;
    if zoned.datetime() != local {
        return Err(NoSuchTime::Skipped);
    }
    Ok(Moment(zoned.timestamp().as_millisecond()))
}

/// The acting person, where they may lead sessions.
pub(super) fn trainer(actor: &Actor) -> Option<PersonId> {
    actor.person().filter(|_| actor.is(Role::Trainer) || actor.is(Role::Officer))
}

fn read(row: table::Model) -> LiveSession {
    LiveSession {
        id: row.id,
        module: row.module,
        guide: row.guide,
        starts_at: row.starts_at,
        minutes: row.minutes,
        place: row.place,
        scheduled_by: row.scheduled_by,
        called_off: row.called_off_at.map(|at| CalledOff { at, by: row.called_off_by, why: row.called_off_why.unwrap_or_default() }),
    }
}
