//! What backs a certificate: who did what, who stood by it, and where to look it up. Ids, versions and numbers,
//! never free text.
//!
//! Version 1 is a JSON object. The members of every object stand in the order of their names, and there is no
//! white space between them; the digest is SHA-256 over these bytes, in hexadecimal. A digest that was issued
//! never changes, so another form is another version, and this one is not touched again.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use types::{EntryId, RecordId};

use crate::{
    Look, Unavailable,
    ids::hex,
    learning::{self, Enrolment},
    practicum::{self, Approval},
    programs::facts::{Facts, PracticumState},
};

/// The text for this enrolment, whose facts these are.
pub(super) async fn of(look: &impl Look, enrolment: &Enrolment, facts: &Facts) -> Result<String, Unavailable> {
    let approvals = practicum::approvals(look, enrolment.id).await?;
    let approvals: HashMap<EntryId, Approval> = approvals.into_iter().map(|approval| (approval.entry, approval)).collect();
    let records: Vec<RecordId> = facts.attendance.iter().map(|live| live.record).collect();
    let recorders = learning::recorders(look, &records).await?;
    let signed = learning::signatures(look, enrolment.id).await?;

    let checks = facts.checks.iter().map(
        |check| json!({"attempt": check.attempt.to_string(), "module": check.module, "reached": check.reached, "possible": check.possible}),
    );
    let live = facts.attendance.iter().map(|live| {
        json!({
            "session": live.session.to_string(), "module": live.module, "minutes": live.minutes.0,
            "record": live.record.to_string(), "by": recorders.get(&live.record).map(ToString::to_string),
        })
    });
    let signed = signed
        .iter()
        .map(|signed| json!({"statement": signed.statement, "version": signed.version, "text": signed.digest, "at": signed.at.0}));
    let practicum = facts.practicum.iter().filter(|entry| matches!(entry.state, PracticumState::Approved(_))).map(|entry| {
        let approval = approvals.get(&entry.entry);
        json!({
            "entry": entry.entry.to_string(), "category": entry.category.code(), "minutes": entry.minutes.0,
            "version": approval.map(|approval| approval.version), "by": approval.map(|approval| approval.by.to_string()),
        })
    });
    Ok(written(&json!({
        "v": 1,
        "enrolment": enrolment.id.to_string(), "person": enrolment.person.to_string(),
        "program": enrolment.program, "version": enrolment.program_version, "release": enrolment.release,
        "checks": checks.collect::<Vec<_>>(), "live": live.collect::<Vec<_>>(),
        "signed": signed.collect::<Vec<_>>(), "practicum": practicum.collect::<Vec<_>>(),
    })))
}

/// The digest of such a text, for whoever recomputes it.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The one way to write it, whichever order the library keeps.
pub(super) fn written(value: &Value) -> String {
    sorted(value).to_string()
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<&String, &Value> = members.iter().collect();
            members.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
