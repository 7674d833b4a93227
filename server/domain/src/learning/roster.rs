//! The sheet of a live session: who stands on it, with what was written down so far.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::{self, Func, LikeExpr},
};
use types::{LiveSessionId, Minutes, Moment, PersonId};

use super::entity::{enrolled, history};
use crate::{Look, Unavailable};

/// So many people stand on a sheet together. Where there are more, nobody finds ten names among them, and one form does
/// not hold them all.
const FEW: usize = 60;

/// The sheet of a session: who stands on it, and out of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Who stands on it, by name.
    pub people: Vec<Attendee>,
    /// How many people are in one of the programs.
    pub enrolled: usize,
    /// How many of them have in their name what was looked for. Nothing where all of them stand on the sheet anyway, or
    /// where nothing was looked for.
    pub found: Option<usize>,
    /// How many of those that were found do not stand on the sheet, since they are too many.
    pub left_off: usize,
}

impl Roster {
    /// Whether everybody who is in one of the programs stands on it.
    pub const fn whole(&self) -> bool {
        self.enrolled <= FEW
    }
}

/// One person on the sheet of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The person.
    pub person: PersonId,
    /// The name they chose.
    pub name: String,
    /// What was recorded, newest first: the first record is in force. Empty where nothing was.
    pub records: Vec<Attendance>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// How long they were there; zero where they were not.
    pub minutes: Minutes,
    /// Why it was changed, or why it was longer than planned. A first record that keeps to the plan has no reason.
    pub reason: Option<String>,
    /// Who wrote it down, by name.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The sheet of a session. Whoever has a record stands on it. Where few people are in one of these programs, all of them
/// do; where they are many, those of them whose name has this part, and those who are named by their ids `also`.
pub async fn sheet(look: &impl Look, id: LiveSessionId, programs: &[String], part: &str, also: &[PersonId]) -> Result<Roster, Unavailable> {
    let records =
        history::Entity::find().filter(history::Column::Session.eq(id)).order_by_desc(history::Column::Number).all(look.db()).await?;
    let inside = enrolled::Entity::find().filter(enrolled::Column::Program.is_in(programs.to_vec()));
    let everybody = inside.clone().select_only().column(enrolled::Column::Person).distinct().count(look.db()).await?;
    let mut roster = Roster { people: Vec::new(), enrolled: usize::try_from(everybody).unwrap_or(usize::MAX), found: None, left_off: 0 };
    let mut people = Vec::new();
    let mut found = Vec::new();
    if roster.whole() {
        people = names(look, inside).await?;
    } else {
        people.extend(names(look, inside.clone().filter(enrolled::Column::Person.is_in(also.iter().copied()))).await?);
        let part = part.trim().to_lowercase();
        if !part.is_empty() {
            found = named(look, inside, &part).await?;
            roster.found = Some(found.len());
            people.extend(found.iter().take(FEW).cloned());
        }
    }
    people.extend(records.iter().map(|row| (row.person, row.person_name.clone())));
    let mut once = BTreeSet::new();
    people.retain(|(person, _)| once.insert(*person));
    roster.left_off = found.iter().filter(|(person, _)| !once.contains(person)).count();
    let attendee = |(person, name): (PersonId, String)| {
        let records = records.iter().filter(|row| row.person == person).map(read).collect();
        Attendee { person, name, records }
    };
    roster.people = people.into_iter().map(attendee).collect();
    roster.people.sort_by_cached_key(|attendee| (attendee.name.to_lowercase(), attendee.person));
    Ok(roster)
}

/// Those of these enrolments' people who have this part in their name, by name. It is in lower case.
async fn named(look: &impl Look, inside: Select<enrolled::Entity>, part: &str) -> Result<Vec<(PersonId, String)>, Unavailable> {
    let name = Func::lower(enrolled::Column::ChosenName.into_expr());
    let close = sea_query::ExprTrait::like(name, LikeExpr::new(pattern(part)).escape('!'));
    let mut found = names(look, inside.filter(close)).await?;
    found.retain(|(_, name)| name.to_lowercase().contains(part));
    found.sort_by_cached_key(|(person, name)| (name.to_lowercase(), *person));
    Ok(found)
}

/// A pattern for every name with this part in it. It leaves open what is no ASCII, since databases differ in how they
/// lower such letters: whoever asks looks once more.
fn pattern(part: &str) -> String {
    let mut pattern = "%".to_owned();
    for letter in part.chars() {
        match letter {
            '%' | '_' | '!' => pattern.extend(['!', letter]),
            // The capital of a dotted i is two letters in lower case, and one in a database that lowers ASCII alone.
            'i' => pattern.push('_'),
            _ if letter.is_ascii() => pattern.push(letter),
            _ => pattern.push('%'),
        }
    }
    pattern.push('%');
    pattern
}

/// The people of these enrolments, each once, with the name they chose.
async fn names(look: &impl Look, inside: Select<enrolled::Entity>) -> Result<Vec<(PersonId, String)>, Unavailable> {
    let names = inside.select_only().columns([enrolled::Column::Person, enrolled::Column::ChosenName]).distinct();
    Ok(names.into_tuple().all(look.db()).await?)
}

fn read(row: &history::Model) -> Attendance {
    Attendance { minutes: row.minutes, reason: row.reason.clone(), by: row.recorded_by_name.clone(), at: row.recorded_at }
}
