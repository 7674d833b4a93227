//! What only one step can hold, and so what taking it back deletes.
//!
//! It is found by taking the step back on a database of its own, in memory: the tables and columns that are gone then
//! are those that it made. No step has to say so, and none can forget to. A step that makes a table anew copies its
//! rows; whether it copies all of them is not seen here.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DatabaseConnection, DbBackend, Statement},
};

use super::{Error, Migrations, connect};

/// The columns of every table.
type Shape = BTreeMap<String, BTreeSet<String>>;

/// What the step at this place in the list holds in `db`, in words. Empty where taking it back deletes nothing.
pub(super) async fn by(place: usize, db: &DatabaseConnection) -> Result<Vec<String>, Error> {
    let apart = connect("sqlite::memory:").await?;
    let steps = <u32 as TryFrom<usize>>::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
    <Migrations as MigratorTrait>::up(&apart, Some(steps)).await?;
    let before = shape(&apart).await?;
    // A row that the steps themselves put there is not anybody's record.
    let mut own = BTreeMap::new();
    for table in before.keys() {
        own.insert(table, rows(&apart, table, None).await?);
    }
    <Migrations as MigratorTrait>::down(&apart, Some(1)).await?;
    let after = shape(&apart).await?;
    apart.close().await?;

    let mut held = Vec::new();
    for (table, columns) in &before {
        let Some(kept) = after.get(table) else {
            let found = rows(db, table, None).await? - own.get(table).copied().unwrap_or_default();
            held.extend(counted(found, "row", table));
            continue;
        };
        for column in columns.difference(kept) {
            let found = rows(db, table, Some(column.as_str())).await?;
            held.extend(counted(found, "value", &format!("{table}.{column}")));
        }
    }
    Ok(held)
}

/// `1 row of issuer, 4 rows of certificates and 2 values of live_sessions.guide`
pub(super) fn listed(held: &[String]) -> String {
    match held {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn counted(found: i64, what: &str, of: &str) -> Option<String> {
    match found {
        ..=0 => None,
        1 => Some(format!("1 {what} of {of}")),
        _ => Some(format!("{found} {what}s of {of}")),
    }
}

/// Reads the schema of an `SQLite` database.
async fn shape(db: &DatabaseConnection) -> Result<Shape, DbErr> {
    let asked = "SELECT tables.name AS table_name, columns.name AS column_name
        FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table'";
    let mut shape = Shape::new();
    for row in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, asked)).await? {
        let table: String = row.try_get("", "table_name")?;
        shape.entry(table).or_default().insert(row.try_get("", "column_name")?);
    }
    Ok(shape)
}

/// How many rows a table has, or how many with something in this column.
async fn rows(db: &DatabaseConnection, table: &str, column: Option<&str>) -> Result<i64, DbErr> {
    let only = column.map_or_else(String::new, |column| format!(" WHERE \"{column}\" IS NOT NULL"));
    let asked = format!("SELECT COUNT(*) AS found FROM \"{table}\"{only}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), asked)).await?;
    row.map_or(Ok(0), |row| row.try_get("", "found"))
}
