//! Statements and programs that say something else under the version that they had.
//!
//! People sign a version of a statement and join a version of a program. Two texts under one name could not be told
//! apart on any page or certificate.

use std::collections::BTreeMap;

use super::{Finding, Source, files::StatementFront, front, place};

/// Under its kind and its id.
type Named = BTreeMap<(&'static str, String), Versioned>;

struct Versioned {
    path: String,
    version: String,
    /// What it says. Comments of a program say nothing.
    content: String,
}

/// What has changed without another version, compared with the texts of the release before.
pub(super) fn unraised(before: &Source, now: &Source) -> Vec<Finding> {
    let old = named(before);
    let changed = named(now)
        .into_iter()
        .filter(|(key, new)| old.get(key).is_some_and(|old| old.version == new.version && old.content != new.content));
    changed
        .map(|((kind, id), new)| {
            let text = now.text(&new.path).unwrap_or_default();
            Finding::at(
                &new.path,
                text,
                place::in_field(text, "version", &new.version),
                "version",
                format!("the {kind} {id} has changed, and its version is still {}", new.version),
                "Raise its version: people have signed or joined the one before.",
            )
        })
        .collect()
}

fn named(source: &Source) -> Named {
    let mut named = Named::new();
    for (path, text) in &source.files {
        if path.starts_with("statements/") {
            if let Ok((front, body, _)) = front::split::<StatementFront>(path, text) {
                let content = format!("{}\n{body}", front.title);
                named.insert(("statement", front.id), Versioned { path: path.clone(), version: front.version, content });
            }
        } else if path.starts_with("programs/")
            && let Ok(table) = toml::from_str::<toml::Table>(text)
        {
            let field = |name: &str| table.get(name).and_then(toml::Value::as_str).map(ToOwned::to_owned).unwrap_or_default();
            let content = format!("{table:?}");
            named.insert(("program", field("id")), Versioned { path: path.clone(), version: field("version"), content });
        }
    }
    named
}
