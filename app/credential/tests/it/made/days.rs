//! The certificate on other days than today: what the history tells and what nobody can tell.

use credential::status::{BitString, ListDraft, MIN_BITS, Purpose};
use serde_json::{Value, json};

use super::{Maker, Vector, list, register, rows};
use crate::world::{Made, POSITION, time};

/// Name, the time asked about, what comes of it.
const DAYS: &str = "
before_all | 2026-11-04T00:00:00Z | valid status pass ok
suspended  | 2026-11-05T00:00:00Z | suspended status fail suspended
lifted     | 2026-11-10T00:00:00Z | valid status pass ok
revoked    | 2026-11-20T00:00:00Z | revoked status fail revoked
ahead      | 2027-11-20T00:00:00Z | revoked status fail revoked
unborn     | 2026-11-01T00:00:00Z | not_yet_valid period fail not_yet_valid
";

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    with_history(maker)?;
    without_history(maker)?;
    disagreeing(maker)?;
    after_the_end(maker)
}

fn with_history(maker: &mut Maker<'_>) -> Made<()> {
    let history = json!([
        {"at": "2026-11-05T00:00:00Z", "change": "suspended"},
        {"at": "2026-11-10T00:00:00Z", "change": "lifted"},
        {"at": "2026-11-20T00:00:00Z", "change": "revoked"},
    ]);
    for [name, at, expected] in rows(DAYS)? {
        let why = "Suspended on the 5th, lifted on the 10th, revoked on the 20th of November.";
        let mut vector = Vector::new(why, maker.token.clone());
        vector.lists = maker.lists(&[POSITION.index], &[])?;
        vector.register = register(&maker.token, &history);
        vector.at = at;
        maker.keep(&format!("on_day_{name}"), vector, expected)?;
    }
    Ok(())
}

fn without_history(maker: &mut Maker<'_>) -> Made<()> {
    let mut vector = Vector::new("Past: the lists tell only of today.", maker.token.clone());
    vector.at = "2026-11-10T00:00:00Z";
    let expected = "unknown status unknown history_not_at_hand";
    maker.keep("on_day_without_history", vector, expected)?;
    let mut vector = Vector::new("A day to come.", maker.token.clone());
    vector.at = "2026-12-24T00:00:00Z";
    maker.keep("on_day_to_come", vector, "unknown status unknown at_in_future")
}

fn disagreeing(maker: &mut Maker<'_>) -> Made<()> {
    let revoked = maker.lists(&[POSITION.index], &[])?;
    let mut vector = Vector::new("Revoked, and the history lacks it.", maker.token.clone());
    vector.lists = revoked.clone();
    vector.register = register(&maker.token, &json!([]));
    vector.at = "2026-11-10T00:00:00Z";
    maker.keep("on_day_history_lags", vector, "unknown status unknown history_incomplete")?;
    let mut vector = Vector::new("The register lags behind the list.", maker.token.clone());
    vector.lists = revoked;
    vector.register = register(&maker.token, &json!([]));
    maker.keep("status_register_lags", vector, "revoked status fail revoked")?;
    let mut vector = Vector::new("The list lags behind the register.", maker.token.clone());
    let history = json!([{"at": "2026-11-05T00:00:00Z", "change": "suspended"}]);
    vector.register = register(&maker.token, &history);
    maker.keep("status_list_lags", vector, "suspended status fail suspended")
}

fn after_the_end(maker: &mut Maker<'_>) -> Made<()> {
    let (made, until) = (time("2028-11-30T00:00:00Z")?, time("2028-12-01T00:00:00Z")?);
    let (bits, now) = (BitString::new(MIN_BITS)?, "2028-11-30T12:00:00Z");
    let key = maker.world.issuer.in_force_at(made).ok_or("no key")?;
    let fresh = [Purpose::Revocation, Purpose::Suspension].map(|purpose| -> Made<Value> {
        let draft = ListDraft {
            issuer: maker.world.issuer.base(),
            purpose,
            number: POSITION.list,
            bits: &bits,
            valid_from: made,
            valid_until: until,
        };
        Ok(list(purpose, &maker.world.sign(draft.unsigned(key)?, made)?))
    });
    let lists = Value::Array(fresh.into_iter().collect::<Made<_>>()?);
    let mut vector = Vector::new("Over, and asked about today.", maker.token.clone());
    vector.lists = lists.clone();
    (vector.now, vector.at) = (now, now);
    maker.keep("expired_with_fresh_lists", vector, "expired status pass ok")?;
    let mut vector = Vector::new("Over, and asked about an earlier day.", maker.token.clone());
    vector.lists = lists;
    (vector.now, vector.at) = (now, "2027-05-01T00:00:00Z");
    vector.register = register(&maker.token, &json!([]));
    maker.keep("valid_on_a_past_day", vector, "valid status pass ok")
}
