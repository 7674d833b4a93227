//! The vectors: one file for each refusal, and for each answer that is not one.
//!
//! A file says what is presented, when, what is known of the issuer, and what must come of it. It needs
//! the keys and lists of `_usual.json` and nothing else, so that other builds of the verifier can be held against the same files.
//! `made.rs` writes them anew when `UPDATE_VECTORS` is set, and otherwise makes sure that they are
//! still what it would write.

use std::{collections::BTreeMap, fs, path::PathBuf};

use credential::{
    Calendar, IssuerView, Presented, Report, UtcTime, Verdict,
    keys::{IssuerKeys, read_jwks},
    status::Purpose,
    verify,
    verify::{IssuedDocument, Outcome, PublishedList, Register, RegisterEntry, StatusChange, StatusEvent},
};
use serde_json::Value;

use crate::{
    Tested,
    forge::{set, sorted},
    made::{USUAL, all_vectors},
    world::{Made, World},
};

#[test]
fn the_files_are_those_that_are_made_here() -> Tested {
    let world = World::new()?;
    let made: BTreeMap<String, String> = all_vectors(&world)?
        .into_iter()
        .map(|(name, vector)| Ok((format!("{name}.json"), format!("{:#}\n", sorted(&vector)))))
        .collect::<Made<_>>()?;
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::create_dir_all(folder())?;
        for name in stored()?.keys().filter(|name| !made.contains_key(*name)) {
            fs::remove_file(folder().join(name))?;
        }
        for (name, text) in &made {
            fs::write(folder().join(name), text)?;
        }
    }
    let stored = stored()?;
    assert_eq!(made.keys().collect::<Vec<_>>(), stored.keys().collect::<Vec<_>>());
    for (name, text) in &made {
        assert_eq!(stored.get(name), Some(text), "{name} differs; UPDATE_VECTORS=1 writes it anew");
    }
    Ok(())
}

#[test]
fn every_vector_comes_out_as_it_says() -> Tested {
    let mut stored = stored()?;
    let usual = stored.remove(&format!("{USUAL}.json")).ok_or("no usual keys and lists")?;
    let usual: Value = serde_json::from_str(&usual)?;
    assert!(stored.len() > 100, "only {} vectors were found", stored.len());
    for (name, text) in stored {
        let mut vector: Value = serde_json::from_str(&text)?;
        for member in ["keys", "lists"] {
            if vector.get(member).is_some_and(|own| own == "usual") {
                let shared = usual.get(member).cloned().unwrap_or_default();
                set(&mut vector, &format!("/{member}"), shared)?;
            }
        }
        let report = run(&vector).map_err(|error| format!("{name}: {error}"))?;
        let shown = serde_json::to_value(&report)?;
        let context = format!("{name}: {shown:#}");
        assert_eq!(shown.get("verdict"), vector.pointer("/expect/verdict"), "{context}");
        let check = vector.pointer("/expect/check").and_then(Value::as_str).ok_or("no check")?;
        let found = report.checks.iter().find(|found| found.name.as_str() == check).ok_or("no such check")?;
        let expected = |member: &str| vector.pointer(&format!("/expect/{member}")).and_then(Value::as_str);
        assert_eq!(Some(found.outcome.as_str()), expected("outcome"), "{context}");
        assert_eq!(Some(found.code), expected("code"), "{context}");
        holds_for_every_report(&report, &context);
    }
    Ok(())
}

/// What must be so whatever was presented.
pub(crate) fn holds_for_every_report(report: &Report, context: &str) {
    let [signature, issuer, contents, period, status, log] = &report.checks;
    let passed = |check: &credential::verify::Check| check.outcome == Outcome::Pass;
    assert_eq!(log.outcome, Outcome::Unknown, "{context}");
    let rests_on_signature = [issuer, contents, period, status];
    assert!(passed(signature) || !rests_on_signature.into_iter().any(passed), "{context}");
    let grounded = [signature, issuer, contents].into_iter().all(passed);
    assert!(grounded || !(passed(period) || passed(status)), "{context}");
    let all = [signature, issuer, contents, period, status].into_iter().all(passed);
    assert_eq!(all, report.verdict == Verdict::Valid, "{context}");
    assert_eq!(report.certificate.is_some(), grounded && report.verdict != Verdict::Invalid, "{context}");
    for check in &report.checks {
        assert_eq!(check.code == "ok", passed(check), "{context}");
        assert!(check.message.ends_with('.'), "{context}");
    }
}

/// Verifies what a vector says, with nothing but what the vector says.
fn run(vector: &Value) -> Made<Report> {
    let text = |pointer: &str| -> Made<&str> {
        vector.pointer(pointer).and_then(Value::as_str).ok_or_else(|| format!("{pointer} is missing").into())
    };
    let issuer = issuer(vector)?;
    let empty = Vec::new();
    let lists = vector.get("lists").and_then(Value::as_array).unwrap_or(&empty);
    let lists = lists.iter().map(list).collect::<Made<Vec<_>>>()?;
    let entry = register_entry(vector.get("register"))?;
    let register = match (&entry, vector.get("register")) {
        (Some(entry), _) => Register::Found(entry),
        (None, Some(Value::String(word))) if word == "not_found" => Register::NotFound,
        (None, _) => Register::NotAtHand,
    };
    let view = IssuerView { keys: &issuer, lists: &lists, register, calendar: Calendar::default() };
    let presented = Presented::read(text("/presented")?, issuer.base());
    Ok(verify(presented, &view, UtcTime::parse(text("/now")?)?, UtcTime::parse(text("/at")?)?))
}

fn issuer(vector: &Value) -> Made<IssuerKeys> {
    Ok(read_jwks(&vector.get("keys").ok_or("no keys")?.to_string())?)
}

fn list(list: &Value) -> Made<PublishedList<'_>> {
    let purpose = match list.get("purpose").and_then(Value::as_str) {
        Some("revocation") => Purpose::Revocation,
        Some("suspension") => Purpose::Suspension,
        _ => return Err("a list has no purpose".into()),
    };
    let number = list.get("number").and_then(Value::as_u64).ok_or("a list has no number")?.try_into()?;
    let token = list.get("token").and_then(Value::as_str).ok_or("a list has no token")?;
    Ok(PublishedList { purpose, number, token })
}

fn register_entry(register: Option<&Value>) -> Made<Option<RegisterEntry>> {
    let Some(register) = register.filter(|register| register.is_object()) else {
        return Ok(None);
    };
    let rows = |name: &str| register.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let date = |row: &Value, name: &str| -> Made<UtcTime> {
        Ok(UtcTime::parse(row.get(name).and_then(Value::as_str).ok_or("a row has no date")?)?)
    };
    let documents = rows("documents")
        .iter()
        .map(|row| {
            let digest = row.get("sha256").and_then(Value::as_str).ok_or("no digest")?;
            let digest: [u8; 32] = crate::forge::unbase64(digest)?.try_into().map_err(|_| "not a digest")?;
            Ok(IssuedDocument { digest, valid_from: date(row, "validFrom")? })
        })
        .collect::<Made<Vec<_>>>()?;
    let history = rows("history")
        .iter()
        .map(|row| {
            let change = match row.get("change").and_then(Value::as_str) {
                Some("suspended") => StatusChange::Suspended,
                Some("lifted") => StatusChange::Lifted,
                Some("revoked") => StatusChange::Revoked,
                _ => return Err("no such change".into()),
            };
            Ok(StatusEvent { at: date(row, "at")?, change })
        })
        .collect::<Made<Vec<_>>>()?;
    Ok(Some(RegisterEntry { documents, history }))
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

pub(crate) fn stored() -> Made<BTreeMap<String, String>> {
    let mut stored = BTreeMap::new();
    for entry in fs::read_dir(folder())? {
        let entry = entry?;
        stored.insert(entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path())?);
    }
    Ok(stored)
}
