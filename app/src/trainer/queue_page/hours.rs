//! What an approval would do, before it is given.

use domain::{
    learning, ledger,
    practicum::{Entry, State},
};
use types::Minutes;

use crate::{error::Refusal, request::Visit};

/// What the hours of this entry's program come to with it approved now; nothing where it does not wait, or where the
/// program counts no hours.
pub(super) async fn if_approved(visit: &Visit, entry: &Entry) -> Result<Option<String>, Refusal> {
    if !matches!(entry.state, State::Submitted(_)) {
        return Ok(None);
    }
    let read = visit.read();
    let Some(enrolment) = learning::enrolment(&read, entry.enrolment).await? else { return Ok(None) };
    let Some(program) = ledger::program(&visit.platform, &enrolment.release, &enrolment.program).await? else { return Ok(None) };
    let totals = ledger::with_approved(&read, &enrolment, &program, entry.id, &visit.site.zone).await?;
    Ok(totals.map(|(today, then)| words(today.counted, then.counted, then.needed)))
}

fn words(today: Minutes, then: Minutes, needed: Minutes) -> String {
    if then == today {
        return format!("Nothing more would count: {then} do, as now, and {needed} are needed");
    }
    format!("{then} would count, {today} do now, and {needed} are needed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_would_count_and_what_counts_now() {
        let said = |today, then| words(Minutes(today), Minutes(then), Minutes::hours(6)).replace('\u{a0}', " ");
        assert_eq!(said(150, 240), "4 h would count, 2 h 30 min do now, and 6 h are needed");
        assert_eq!(said(150, 150), "Nothing more would count: 2 h 30 min do, as now, and 6 h are needed");
    }
}
