//! The laws between the modules of the domain.

use super::files::{Sources, code_lines, is_test, without_tests};

/// The modules, lowest first. Each may call those before it; what must go up goes as a job.
const ORDER: &[&str] = &[
    "audit",
    "jobs",
    "accounts",
    "curriculum",
    "programs",
    "assessment",
    "learning",
    "practicum",
    "ledger",
    "credentials",
    "notifications",
];

const DOMAIN: &str = "server/domain/src/";

/// `mod entity` is private to its module, and the domain alone has entities.
pub(super) fn entities_are_private(sources: &Sources) -> Vec<String> {
    let found = sources.rust().flat_map(|(path, text)| {
        code_lines(without_tests(text)).filter_map(move |(n, line)| {
            let line = line.trim();
            let (before, _) = line.split_once("mod entity")?;
            let shows = before.starts_with("pub") || (before.is_empty() && !path.starts_with(DOMAIN));
            shows.then(|| format!("{path}:{n} shows its entities: {line}"))
        })
    });
    found.collect()
}

/// A module names only modules below it.
pub(super) fn calls_downward(sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources.rust().filter(|(path, _)| !is_test(path)) {
        let Some(module) = path.strip_prefix(DOMAIN).and_then(|inside| inside.split(['/', '.']).next()) else { continue };
        let Some(own) = ORDER.iter().position(|name| *name == module) else { continue };
        let code: String = code_lines(without_tests(text)).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        for called in named(&code) {
            let other = called.split(':').next().and_then(|first| ORDER.iter().position(|name| *name == first));
            // Who acts is a part of every write, also of the lowest.
            if other.is_some_and(|other| other > own) && called != "accounts::Actor" {
                found.push(format!("{path} calls up: {module} names crate::{called}"));
            }
        }
    }
    found.dedup();
    found
}

/// The paths after `crate::` with their first two names, also those of a group.
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => names.push(path_of(after)),
            Some(group) => names.extend(members(group)),
        }
    }
    names
}

/// The paths of the members of `{a::b, c::{d, e}, f}`, from behind the opening brace.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0_u32;
    let mut names = Vec::new();
    let mut member = String::new();
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(path_of(&std::mem::take(&mut member))),
            _ if depth == 0 => member.push(letter),
            _ => {}
        }
    }
    names.push(path_of(&member));
    names.retain(|name| !name.is_empty());
    names
}

/// `a::b` out of ` a::b::c as d`; `a` where a group follows.
fn path_of(text: &str) -> String {
    let path: String =
        text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_' || *letter == ':').collect();
    path.split("::").filter(|name| !name.is_empty()).take(2).collect::<Vec<_>>().join("::")
}

/// A public type that can be serialized reaches a browser by accident, with the key of a check in it. The
/// payloads of jobs are ids and nothing else, and are stored as they are.
pub(super) fn stays_off_the_wire(sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources
        .rust()
        .filter(|(path, _)| path.starts_with(DOMAIN) && !is_test(path) && !path.ends_with("entity.rs") && !path.contains("/jobs/"))
    {
        let (mut derived, mut listing) = (false, false);
        for (n, line) in code_lines(without_tests(text)) {
            let line = line.trim();
            // A long list of derives goes over several lines.
            if line.starts_with("#[derive(") || listing {
                derived |= line.split(['(', ',', ')']).any(|name| name.trim().rsplit("::").next() == Some("Serialize"));
                listing = !line.ends_with(")]");
            } else if line.starts_with("impl") && line.contains("Serialize for ") {
                found.push(format!("{path}:{n} goes on the wire: {line}"));
            } else if !line.starts_with("#[") && !line.is_empty() {
                if derived && ["pub struct", "pub enum"].iter().any(|start| line.starts_with(start)) {
                    found.push(format!("{path}:{n} goes on the wire: {line}"));
                }
                derived = false;
            }
        }
    }
    found
}

/// `domain::credentials` alone holds a key that signs; `credential` defines it.
pub(super) fn signs_in_one_place(sources: &Sources) -> Vec<String> {
    let rooms = [format!("{DOMAIN}credentials"), "app/credential/".to_owned(), ".cargo/".to_owned()];
    let others = sources.rust().filter(|(path, _)| !is_test(path) && !rooms.iter().any(|room| path.starts_with(room)));
    let found = others.flat_map(|(path, text)| {
        code_lines(without_tests(text))
            .filter(|(_, line)| line.contains("SigningKey"))
            .map(move |(n, _)| format!("{path}:{n} holds a key that signs"))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_go_up_are_found_in_every_form() {
        let text = "//! Doc.\nuse crate::{\n    accounts::Actor,\n    ledger::{self, Line},\n};\nuse crate::practicum::Entry;\n// crate::notifications is not called\nfn f() { crate::credentials::issue(); }\n";
        let sources = Sources::of(&[
            ("server/domain/src/learning/lessons.rs", text),
            ("server/domain/src/learning/tests.rs", text),
            ("app/src/learning.rs", text),
        ]);
        let found = calls_downward(&sources);
        let names: Vec<&str> = found.iter().filter_map(|line| line.split("crate::").nth(1)).collect();
        assert_eq!(names, ["ledger", "practicum::Entry", "credentials::issue"]);
    }

    #[test]
    fn entities_that_show_are_found() {
        let sources =
            Sources::of(&[("server/domain/src/jobs/mod.rs", "mod entity;\npub(crate) mod entity;\n"), ("app/src/x.rs", "mod entity;\n")]);
        assert_eq!(entities_are_private(&sources).len(), 2);
    }

    #[test]
    fn public_types_that_serialize_are_found() {
        let text = "#[derive(Debug, serde::Serialize)]\n#[serde(tag = \"kind\")]\npub enum A {}\n#[derive(Serialize)]\nstruct B;\n#[derive(Debug)]\npub struct C;\n#[derive(\n    Debug,\n    Serialize,\n)]\npub struct D;\nimpl serde::Serialize for C {}\n";
        assert_eq!(
            stays_off_the_wire(&Sources::of(&[("server/domain/src/programs/mod.rs", text)])),
            [
                "server/domain/src/programs/mod.rs:3 goes on the wire: pub enum A {}",
                "server/domain/src/programs/mod.rs:12 goes on the wire: pub struct D;",
                "server/domain/src/programs/mod.rs:13 goes on the wire: impl serde::Serialize for C {}"
            ]
        );
    }
}
