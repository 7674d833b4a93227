//! Dates that name no moment, dates in the wrong order, and the first and the last moment.

use serde_json::{Value, json};

use super::{Maker, Vector, rows};
use crate::{
    forge,
    world::{ENDS, ISSUED, Made, time},
};

/// Name, the date, code without `date_`, why.
const WRITTEN: &str = r#"
no_zone | "2026-11-02T15:00:00" | without_zone | A date without a zone names no moment.
day | "2026-11-02" | without_zone | A day is not a moment.
words | "2 November 2026" | unreadable | A date in words.
calendar | "2026-02-30T00:00:00Z" | unreadable | A day that does not exist.
number | 1793631600 | unreadable | A date as a number.
null | null | unreadable | A date without a value.
"#;

/// Name, the time of the check, what comes of it. The status lists are of another day, so the whole is
/// unknown where the dates are in order.
const DAYS: &str = "
before | 2026-11-02T14:59:59.999Z  | not_yet_valid period fail not_yet_valid
first  | 2026-11-02T15:00:00Z      | unknown period pass ok
last   | 2028-11-02T14:59:59.999Z  | unknown period pass ok
end    | 2028-11-02T15:00:00Z      | expired period fail expired
zone   | 2028-11-02T17:00:00+02:00 | expired period fail expired
";

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    for member in ["validFrom", "validUntil", "awardedDate"] {
        for [name, date, code, why] in rows(WRITTEN)? {
            let mut payload = maker.payload()?;
            let date: Value = serde_json::from_str(date)?;
            forge::set(&mut payload, &format!("/{member}"), date)?;
            let token = maker.sign(&payload)?;
            let expected = format!("invalid contents fail date_{code}");
            maker.token(&format!("date_{member}_{name}"), why, token, &expected)?;
        }
    }
    for (name, end) in [("same", ISSUED), ("earlier", "2026-11-01T00:00:00Z")] {
        let mut payload = maker.payload()?;
        forge::set(&mut payload, "/validUntil", json!(end))?;
        forge::set(&mut payload, "/exp", json!(time(end)?.seconds()))?;
        let token = maker.sign(&payload)?;
        let expected = "invalid contents fail valid_until_not_after_valid_from";
        maker.token(&format!("period_{name}"), "The end is not after the start.", token, expected)?;
    }
    for [name, now, expected] in rows(DAYS)? {
        let why = "The moments around the beginning and the end.";
        let mut vector = Vector::new(why, maker.token.clone());
        (vector.now, vector.at) = (now, now);
        maker.keep(&format!("today_is_{name}"), vector, expected)?;
    }
    assert_eq!(maker.payload()?.get("validUntil"), Some(&json!(ENDS)), "the table rests on it");
    Ok(())
}
