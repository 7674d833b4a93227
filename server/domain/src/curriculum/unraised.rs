//! Statements and programs that say something else under the version that they had.
//!
//! People sign a version of a statement and join a version of a program. Two texts under one name could not be told
//! apart on any page or certificate.

use std::collections::BTreeMap;

use super::{Finding, Source, files::StatementFront, front, place};

/// The statements and programs of a source that are not yet compared with what stood under the same version before.
pub(super) struct Unraised<'a> {
    source: &'a Source,
    open: BTreeMap<Version, Said>,
}

/// Its kind, its id and its version.
type Version = (&'static str, String, String);

struct Said {
    path: String,
    /// What it says. Comments of a program say nothing.
    content: String,
}

impl<'a> Unraised<'a> {
    /// Everything with a version in this source.
    pub(super) fn of(source: &'a Source) -> Self {
        Self { source, open: versions(source) }
    }

    /// Whether all is compared: earlier releases say nothing new.
    pub(super) fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    /// What says something else than this earlier release did under the same version. The newest release that had a
    /// version is the one that counts; so ask it first.
    pub(super) fn against(&mut self, before: &Source) -> Vec<Finding> {
        let mut found = Vec::new();
        for (version, old) in versions(before) {
            if let Some(new) = self.open.remove(&version)
                && new.content != old.content
            {
                found.push(self.finding(&version, &new.path));
            }
        }
        found
    }

    fn finding(&self, (kind, id, version): &Version, path: &str) -> Finding {
        let text = self.source.text(path).unwrap_or_default();
        Finding::at(
            path,
            text,
            place::in_field(text, "version", version),
            "version",
            format!("the {kind} {id} has changed, and its version is still {version}"),
            "Raise its version: people have signed or joined the one before.",
        )
    }
}

fn versions(source: &Source) -> BTreeMap<Version, Said> {
    let mut versions = BTreeMap::new();
    for (path, text) in &source.files {
        if path.starts_with("statements/") {
            if let Ok((front, body, _)) = front::split::<StatementFront>(path, text) {
                let content = format!("{}\n{body}", front.title);
                versions.insert(("statement", front.id, front.version), Said { path: path.clone(), content });
            }
        } else if path.starts_with("programs/")
            && let Ok(table) = toml::from_str::<toml::Table>(text)
        {
            let field = |name: &str| table.get(name).and_then(toml::Value::as_str).map(ToOwned::to_owned).unwrap_or_default();
            let content = format!("{table:?}");
            versions.insert(("program", field("id"), field("version")), Said { path: path.clone(), content });
        }
    }
    versions
}
