//! Places where a trainee practices.

use std::collections::HashMap;

use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    sea_query::SelectStatement,
};
use types::{Moment, Name, PersonId, PlacementId};

use super::{Setting, SupervisorKind, entity::placement as table};
use crate::{Look, Unavailable, Write, accounts, audit::Act};

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The id.
    pub id: PlacementId,
    /// The organization.
    pub organization: Name,
    /// What kind of place.
    pub setting: Setting,
    /// Who supervises there.
    pub supervisor: Name,
    /// What kind of supervisor.
    pub supervisor_kind: SupervisorKind,
    /// The first day, on the clock of the place.
    pub from: Date,
    /// When that day began.
    pub from_at: Moment,
}

impl Placement {
    fn is(&self, new: &NewPlacement) -> bool {
        (&self.organization, self.setting, &self.supervisor, self.supervisor_kind, self.from)
            == (&new.organization, new.setting, &new.supervisor, new.supervisor_kind, new.from)
    }
}

/// A place as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlacement {
    /// The organization.
    pub organization: Name,
    /// What kind of place.
    pub setting: Setting,
    /// Who supervises there.
    pub supervisor: Name,
    /// What kind of supervisor.
    pub supervisor_kind: SupervisorKind,
    /// The first day.
    pub from: Date,
}

/// Adds a place of the acting person's own; one that is there already is not added a second time. Answers nothing
/// where nobody is signed in.
pub async fn add_placement(write: &mut Write, new: &NewPlacement, zone: &TimeZone) -> Result<Option<PlacementId>, Unavailable> {
    let Some(person) = write.actor().person() else { return Ok(None) };
    // The same form sent twice at once: the second waits here for the first.
    accounts::hold(write, person).await?;
    let known = placements_of(write, person).await?.into_iter().find(|known| known.is(new));
    if let Some(known) = known {
        return Ok(Some(known.id));
    }
    let begin =
        new.from.to_datetime(Time::midnight()).to_zoned_datetime(zone.clone()).map_err(|error| Unavailable::unreadable("day", error))?;
    let row = table::Model {
        id: write.new_id(),
        person,
        organization: new.organization.to_string(),
        setting: new.setting.code().to_owned(),
        supervisor: new.supervisor.to_string(),
        supervisor_kind: new.supervisor_kind.code().to_owned(),
        from_day: new.from.to_string(),
        from_at: Moment(begin.timestamp().as_millisecond()),
        created_at: write.now(),
    };
    let id = row.id;
    table::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(write.db()).await?;
    write.record(Act::new("placement.added", id));
    Ok(Some(id))
}

/// The places of a person, newest first.
pub async fn placements_of(look: &impl Look, person: PersonId) -> Result<Vec<Placement>, Unavailable> {
    let rows =
        table::Entity::find().filter(table::Column::Person.eq(person)).order_by_desc(table::Column::CreatedAt).all(look.db()).await?;
    rows.into_iter().map(read).collect()
}

pub(super) async fn placement(look: &impl Look, id: PlacementId) -> Result<Option<(PersonId, Placement)>, Unavailable> {
    let row = table::Entity::find_by_id(id).one(look.db()).await?;
    row.map(|row| Ok((row.person, read(row)?))).transpose()
}

/// The places of the people that this question finds, by their ids.
pub(super) async fn placements_in(look: &impl Look, people: SelectStatement) -> Result<HashMap<PlacementId, Placement>, Unavailable> {
    let rows = table::Entity::find().filter(table::Column::Person.in_subquery(people)).all(look.db()).await?;
    rows.into_iter().map(|row| Ok((row.id, read(row)?))).collect()
}

fn read(row: table::Model) -> Result<Placement, Unavailable> {
    let unreadable = |error: &dyn std::fmt::Display| Unavailable::unreadable("placement", error);
    Ok(Placement {
        id: row.id,
        organization: row.organization.try_into().map_err(|error| unreadable(&error))?,
        setting: row.setting.parse().map_err(|error| unreadable(&error))?,
        supervisor: row.supervisor.try_into().map_err(|error| unreadable(&error))?,
        supervisor_kind: row.supervisor_kind.parse().map_err(|error| unreadable(&error))?,
        from: row.from_day.parse().map_err(|error| unreadable(&error))?,
        from_at: row.from_at,
    })
}
