//! `questions.lock`: what each question showed, what was right and what was explained, when its authors last
//! looked. A key never changes in passing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde::Deserialize;

use super::{
    super::{Finding, Source, front, place},
    items::{Bank, Item},
};

/// The file.
pub(super) const FILE: &str = "questions.lock";

#[derive(Deserialize)]
struct Locked {
    rev: u32,
    shown: String,
    key: String,
    explained: String,
    /// Every option it ever had. Answers are kept by these ids.
    #[serde(default)]
    options: BTreeSet<String>,
}

type Locks = BTreeMap<String, BTreeMap<String, Locked>>;

/// The questions of a bank that were locked, each with every option it had.
pub(super) fn known(source: &Source, bank: &str) -> BTreeMap<String, BTreeSet<String>> {
    let locks: Locks = source.files.get(FILE).and_then(|text| toml::from_str(text).ok()).unwrap_or_default();
    locks.into_iter().filter(|(id, _)| id == bank).flat_map(|(_, questions)| questions).map(|(id, locked)| (id, locked.options)).collect()
}

/// Compares. A folder without the file is not locked.
pub(super) fn look(source: &Source, banks: &[Bank], findings: &mut Vec<Finding>) {
    let Some(text) = source.files.get(FILE) else { return };
    let locks: Locks = match front::toml(FILE, text, 1) {
        Ok(locks) => locks,
        Err(finding) => return findings.push(finding),
    };
    for bank in banks {
        let of_bank = locks.get(&bank.id);
        for item in bank.written() {
            match of_bank.and_then(|locks| locks.get(&item.question.id)) {
                // A slip has left open what is right: nothing can be compared before it is mended.
                Some(_) if !item.sure => {}
                Some(locked) => findings.extend(compare(bank, item, locked)),
                None => findings.push(bank.find(
                    item.line,
                    "",
                    "lock",
                    "this question is not locked yet",
                    "Read it once more, then run the check with --lock.",
                )),
            }
        }
        findings.extend(of_bank.into_iter().flat_map(BTreeMap::keys).filter(|id| !bank.keeps(id)).map(|id| gone(text, bank, id)));
    }
    findings.extend(lost(text, &locks, banks));
}

/// Banks that were locked and are not there, or cannot be read: with them every question of theirs would be forgotten.
fn lost(text: &str, locks: &Locks, banks: &[Bank]) -> Vec<Finding> {
    let missing = locks.iter().filter(|(id, questions)| !questions.is_empty() && !banks.iter().any(|bank| bank.id == **id));
    let finding = |(id, questions): (&String, &BTreeMap<String, Locked>)| {
        let first = questions.keys().next().map(String::as_str).unwrap_or_default();
        Finding::at(
            FILE,
            text,
            place::of(text, &format!("[{id}.{first}]"), false),
            "lock",
            format!("the bank {id} is not there any more, or cannot be read"),
            "Mend the bank, bring it back with its questions retired, or take its part out of this file by hand when you are sure.",
        )
    };
    missing.map(finding).collect()
}

/// A question that is neither asked nor retired: its id is free, and somebody would use it again.
fn gone(text: &str, bank: &Bank, id: &str) -> Finding {
    Finding::at(
        FILE,
        text,
        place::of(text, &format!("[{}.{id}]", bank.id), false),
        "lock",
        format!("{} has no question {id} any more", bank.id),
        "Bring it back with retired=true, or list its id in the retired_ids of the bank.",
    )
}

fn compare(bank: &Bank, item: &Item, locked: &Locked) -> Option<Finding> {
    let [shown, key, explained] = item.digests();
    let finding = |message: &str, mend: &str| Some(bank.find(item.line, "", "lock", message, mend));
    if key != locked.key {
        let declared = item.rev > locked.rev && item.regrade.is_some();
        let mend = "Raise rev, say regrade=none, full, either or new, and lock it anew.";
        return finding(
            if declared { "what is right has changed, as declared, and is not locked yet" } else { "what is right has changed" },
            if declared { "Run the check with --lock." } else { mend },
        );
    }
    if shown != locked.shown || explained != locked.explained {
        return finding("the words of this question have changed", "Read it once more, then run the check with --lock.");
    }
    None
}

/// The file as it should be now; or what keeps a question from being locked.
pub(super) fn written(source: &Source, banks: &[Bank]) -> Result<String, Vec<Finding>> {
    let before: Locks = source.files.get(FILE).and_then(|text| toml::from_str(text).ok()).unwrap_or_default();
    let mut refused = Vec::new();
    let mut out =
        String::from("# What each question showed, what was right and what was explained. Written by `alongside content check --lock`.\n");
    let text = source.text(FILE).unwrap_or_default();
    refused.extend(lost(text, &before, banks));
    for bank in banks {
        let ids = before.get(&bank.id).into_iter().flat_map(BTreeMap::keys);
        refused.extend(ids.filter(|id| !bank.keeps(id)).map(|id| gone(text, bank, id)));
        for item in bank.written() {
            if !item.sure {
                let mend = "Run the check without --lock, and mend what it finds here.";
                refused.push(bank.find(item.line, "", "lock", "this question cannot be locked as it is", mend));
                continue;
            }
            let [shown, key, explained] = item.digests();
            let old = before.get(&bank.id).and_then(|locks| locks.get(&item.question.id));
            if old.is_some_and(|old| old.key != key && !(item.rev > old.rev && item.regrade.is_some())) {
                refused.push(bank.find(
                    item.line,
                    "",
                    "lock",
                    "what is right has changed",
                    "Raise rev and say regrade=none, full, either or new first.",
                ));
            }
            let now = item.question.options.iter().map(|option| &option.id);
            let options: BTreeSet<&String> = old.into_iter().flat_map(|old| &old.options).chain(now).collect();
            let options: Vec<String> = options.into_iter().map(|id| format!("\"{id}\"")).collect();
            let _ = write!(
                out,
                "\n[{}.{}]\nrev = {}\nshown = \"{shown}\"\nkey = \"{key}\"\nexplained = \"{explained}\"\noptions = [{}]\n",
                bank.id,
                item.question.id,
                item.rev,
                options.join(", ")
            );
        }
    }
    if refused.is_empty() { Ok(out) } else { Err(refused) }
}
