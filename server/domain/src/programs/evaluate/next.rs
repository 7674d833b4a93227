//! What to do next in all: the nearest thing.

use super::words;
use crate::programs::{Next, Row, Status, Step, Target};

/// First what a trainer sent back, since it is nearly done; then what is under way; then what the program
/// lists first.
pub(super) fn next(rows: &[Row]) -> Next {
    let step = rows.iter().filter_map(|row| Some((rank(row, row.next.as_ref()?), row.next.as_ref()?))).min_by_key(|(rank, _)| *rank);
    if let Some((_, step)) = step {
        return Next::Do(step.clone());
    }
    let titles = |status: &[Status]| -> Vec<String> { rows.iter().filter(|row| status.contains(&row.status)).map(|row| row.title.clone()).collect() };
    let waiting = titles(&[Status::Waiting]);
    if !waiting.is_empty() {
        return Next::Wait(format!("There is nothing to do for now. This waits for a trainer: {}. We write to you when it is decided.", words::list(&waiting)));
    }
    let blocked = titles(&[Status::NotYetOffered, Status::Unknown]);
    if !blocked.is_empty() {
        return Next::Blocked(format!("You have done all that can be done here today. What is left is not offered yet: {}. Nothing of yours is lost.", words::list(&blocked)));
    }
    Next::Complete
}

const fn rank(row: &Row, step: &Step) -> u8 {
    match (&row.status, &step.target) {
        (_, Target::Entry(_)) => 0,
        (Status::UnderWay, _) => 1,
        _ => 2,
    }
}
