//! Statements and programs that say something else under the version that they had.
//!
//! People sign a version of a statement and join a version of a program. Two texts under one name could not be told
//! apart on any page or certificate.

use std::collections::BTreeMap;

use super::{Finding, Source, front, place};

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
            format!("the {kind} {id} says something else than it did in an earlier release as version {version}"),
            "Give it a version that it never had: people may have signed or joined that one.",
        )
    }
}

fn versions(source: &Source) -> BTreeMap<Version, Said> {
    let mut versions = BTreeMap::new();
    for (path, text) in &source.files {
        // Read as plain tables: a release of years ago may have fields that are none today.
        let (kind, front, body) = match front::parts(text) {
            Some((front, body)) if path.starts_with("statements/") => ("statement", front, body),
            _ if path.starts_with("programs/") => ("program", text.as_str(), ""),
            _ => continue,
        };
        let Ok(table) = toml::from_str::<toml::Table>(front) else { continue };
        let field = |name: &str| table.get(name).and_then(toml::Value::as_str).map(ToOwned::to_owned).unwrap_or_default();
        // The order of a program's keys and its comments say nothing; of a statement, its title and its words do.
        let content = if kind == "program" { format!("{table:?}") } else { format!("{}\n{body}", field("title")) };
        versions.insert((kind, field("id"), field("version")), Said { path: path.clone(), content });
    }
    versions
}
