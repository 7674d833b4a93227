//! Licenses, sources and duplicates of everything that is compiled, against what `deny.toml` accepts. The
//! file has the form that cargo-deny reads, so who has that tool can run it too; to compile it here would
//! take longer than every other check together.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::files::Sources;
use crate::{
    cargo::{self, cargo},
    house::output,
};

const PLATFORMS: &[&str] = &["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"];

/// What `deny.toml` accepts.
struct Accepted {
    licenses: Vec<String>,
    sources: Vec<String>,
    banned: Vec<String>,
    duplicates: Vec<String>,
}

/// Every package has an accepted license and source; what is shipped holds nothing that is banned, and nothing
/// twice without a reason.
pub(super) fn accepted(sources: &Sources) -> Result<Vec<String>> {
    let accepted = read(sources.text("deny.toml").context("deny.toml is missing")?)?;
    let mut found = BTreeSet::new();
    for platform in PLATFORMS {
        let metadata = output(cargo("metadata").args(["--locked", "--format-version", "1", "--filter-platform", platform]))?;
        let metadata: Value = serde_json::from_str(&metadata)?;
        let used = used(&metadata);
        for package in metadata.get("packages").and_then(Value::as_array).into_iter().flatten() {
            let text = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default();
            if !used.contains(text("id")) || text("source").is_empty() {
                continue;
            }
            let (name, version) = (text("name"), text("version"));
            if !license_is_accepted(text("license"), &accepted.licenses) {
                found.insert(format!("{name} {version} is licensed under \"{}\"", text("license")));
            }
            if !accepted.sources.iter().any(|source| text("source").ends_with(source)) {
                found.insert(format!("{name} {version} comes from {}", text("source")));
            }
        }
    }
    for (name, versions) in shipped()? {
        if accepted.banned.contains(&name) {
            found.insert(format!("{name} is banned"));
        }
        let new: Vec<String> = versions.into_iter().filter(|version| !accepted.duplicates.contains(&format!("{name}@{version}"))).collect();
        if new.len() > 1 {
            found.insert(format!("{name} is there {} times: {}", new.len(), new.join(", ")));
        }
    }
    Ok(found.into_iter().collect())
}

/// The packages that ours lead to, but for this tool: what it alone stands on is never shipped.
fn used(metadata: &Value) -> BTreeSet<String> {
    let list = |at: &str| metadata.pointer(at).and_then(Value::as_array).into_iter().flatten();
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in list("/resolve/nodes") {
        let to = node.get("dependencies").and_then(Value::as_array).into_iter().flatten();
        edges.insert(node.get("id").and_then(Value::as_str).unwrap_or_default(), to.filter_map(Value::as_str).collect());
    }
    let mut open: Vec<&str> = list("/workspace_members").filter_map(Value::as_str).filter(|id| !id.contains("xtask")).collect();
    let mut used = BTreeSet::new();
    while let Some(id) = open.pop() {
        if used.insert(id.to_owned()) {
            open.extend(edges.get(id).into_iter().flatten());
        }
    }
    used
}

/// What ends up in the program or in the browser: no tests, no build scripts, nothing that only writes code.
fn shipped() -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for half in [&["--package", "server"], cargo::BROWSER] {
        let tree = output(cargo("tree").arg("--locked").args(half).args([
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]))?;
        for line in tree.lines() {
            let mut words = line.split(' ');
            if let (Some(name), Some(version)) = (words.next(), words.next()) {
                versions.entry(name.to_owned()).or_default().insert(version.trim_start_matches('v').to_owned());
            }
        }
    }
    Ok(versions)
}

fn read(text: &str) -> Result<Accepted> {
    let file: toml::Value = toml::from_str(text).context("deny.toml cannot be read")?;
    let words = |table: &str, key: &str| -> Vec<String> {
        let list = file.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_array);
        let word = |value: &toml::Value| value.as_str().or_else(|| value.get("crate")?.as_str()).map(str::to_owned);
        list.into_iter().flatten().filter_map(word).collect()
    };
    Ok(Accepted {
        licenses: words("licenses", "allow"),
        sources: words("sources", "allow-registry"),
        banned: words("bans", "deny"),
        duplicates: words("bans", "skip"),
    })
}

/// `A OR B` needs one, `A AND B` both; a slash is an old way to write OR. OR binds less than AND.
fn license_is_accepted(expression: &str, accepted: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !rest.is_empty() && any(&mut rest, accepted) && rest.is_empty()
}

fn any(rest: &mut &[&str], accepted: &[String]) -> bool {
    let mut holds = all(rest, accepted);
    while let Some(("OR", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        *rest = after;
        holds |= all(rest, accepted);
    }
    holds
}

fn all(rest: &mut &[&str], accepted: &[String]) -> bool {
    let mut holds = one(rest, accepted);
    while let Some(("AND", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        *rest = after;
        holds &= one(rest, accepted);
    }
    holds
}

fn one(rest: &mut &[&str], accepted: &[String]) -> bool {
    let Some((word, after)) = rest.split_first() else { return false };
    *rest = after;
    if *word == "(" {
        let holds = any(rest, accepted);
        *rest = rest.split_first().filter(|(word, _)| **word == ")").map_or(&[], |(_, after)| after);
        return holds;
    }
    let mut name = (*word).to_owned();
    if let Some(("WITH", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        let (exception, after) = after.split_first().unwrap_or((&"", &[]));
        name = format!("{name} WITH {exception}");
        *rest = after;
    }
    accepted.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn license_expressions_are_weighed() {
        let accepted = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        for good in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT AND Apache-2.0",
            "Apache-2.0/MIT",
            "(GPL-3.0 OR MIT) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(license_is_accepted(good, &accepted), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "MIT WITH Strange-exception"] {
            assert!(!license_is_accepted(bad, &accepted), "{bad}");
        }
    }
}
