//! From the texts of a folder to a release, or to everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::{
    Competency, Finding, HelpLine, Level, ProgramText, Release, Rubric, RubricLine, Source, Statement, Term, bibliography,
    files::{CompetencyFile, HelpFile, RubricFile, StatementFront},
    finding, front,
    markdown::{Shelf, Writer},
    place,
};
use crate::ids::hex;

/// Compiles. All findings of one run come together.
pub fn compile(source: &Source) -> Result<Release, Vec<Finding>> {
    let (release, mut findings) = everything(source);
    finding::causes(&mut findings);
    findings.sort();
    findings.dedup();
    if findings.is_empty() { Ok(release) } else { Err(findings) }
}

/// Compiles as far as it goes, and says what is wrong beside it.
pub(super) fn everything(source: &Source) -> (Release, Vec<Finding>) {
    let mut compiler = Compiler { source, findings: Vec::new(), ids: BTreeMap::new() };
    let release = compiler.release();
    (release, compiler.findings)
}

pub(super) struct Compiler<'s> {
    source: &'s Source,
    pub(super) findings: Vec<Finding>,
    /// Which file has which id, by kind.
    ids: BTreeMap<(&'static str, String), String>,
}

impl Compiler<'_> {
    fn release(&mut self) -> Release {
        let competencies: Vec<Competency> = self
            .file::<CompetencyFile>("competencies.toml")
            .map(|file| file.competency.into_iter().map(|entry| Competency { id: entry.id, text: entry.text }).collect())
            .unwrap_or_default();
        for competency in &competencies {
            self.named("competency", &competency.id, "competencies.toml");
        }
        let works = match self.source.files.get("references.bib") {
            Some(text) => bibliography::read("references.bib", text).unwrap_or_else(|finding| {
                self.findings.push(finding);
                BTreeMap::new()
            }),
            None => BTreeMap::new(),
        };
        let none = Shelf { works: &works, terms: &BTreeMap::new(), lessons: &BTreeSet::new(), checks: &BTreeSet::new() };
        let terms = self.glossary(&none);
        let (lessons, checks) = self.addresses();
        let shelf = Shelf { works: &works, terms: &terms, lessons: &lessons, checks: &checks };
        let known = competencies.iter().map(|competency| competency.id.clone()).collect();
        let folders: BTreeSet<String> =
            self.source.files.keys().filter_map(|path| Some(path.strip_prefix("modules/")?.split_once('/')?.0.to_owned())).collect();
        let modules = folders.iter().filter_map(|folder| self.module(folder, &shelf, &known)).collect();
        Release {
            digest: self.source.digest(),
            modules,
            statements: self.statements(&shelf),
            glossary: terms.into_values().collect(),
            help: self.help(),
            rubrics: self.rubrics(),
            competencies,
            programs: self.under("programs/", ".toml").into_iter().map(|(path, text)| ProgramText { path, text }).collect(),
        }
    }

    /// Takes an id down. What people have done is kept by ids, so each names one thing of its kind in the whole folder.
    pub(super) fn named(&mut self, kind: &'static str, id: &str, path: &str) {
        let Some(other) = self.ids.insert((kind, id.to_owned()), path.to_owned()) else { return };
        let text = self.source.files.get(path).map(String::as_str).unwrap_or_default();
        let written = if path.ends_with("glossary.md") { format!("{{#{id}}}") } else { format!("\"{id}\"") };
        let at = place::of(text, &written, other == path);
        let message = format!("the {kind} {id} stands in {other} already");
        self.findings.push(Finding::at(path, text, at, "id-twice", message, "Give one of them another id."));
    }

    /// Whether a lesson of this name has an address of its own.
    pub(super) fn addressed(&mut self, path: &str, file: &str, slug: &str) {
        let plain = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain || ["check", "drill"].contains(&slug) {
            let message = format!("no page can have the address that {file} would give it");
            let mend = "Call it by a number and small letters, such as 01-many-names.md, and not check or drill.";
            self.findings.push(Finding::new(path, 1, "lesson-name", message, mend));
        }
    }

    /// The text of a file; empty where there is none.
    pub(super) fn text(&self, path: &str) -> String {
        self.source.files.get(path).cloned().unwrap_or_default()
    }

    pub(super) fn file<T: serde::de::DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let Some(text) = self.source.files.get(path) else {
            self.findings.push(Finding::new(path, 1, "missing", "this file is missing", "Write it, or name the right content folder."));
            return None;
        };
        front::toml(path, text, 1).map_err(|finding| self.findings.push(finding)).ok()
    }

    pub(super) fn split<'a, T: serde::de::DeserializeOwned>(&mut self, path: &str, text: &'a str) -> Option<(T, &'a str, usize)> {
        front::split(path, text).map_err(|finding| self.findings.push(finding)).ok()
    }

    pub(super) fn under(&self, prefix: &str, ending: &str) -> Vec<(String, String)> {
        self.source
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(prefix) && path.ends_with(ending))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect()
    }

    /// Which lessons and checks there are, before any of them is read: they refer to each other.
    fn addresses(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut lessons, mut checks) = (BTreeSet::new(), BTreeSet::new());
        for path in self.source.files.keys() {
            let mut parts = path.split('/');
            let (Some("modules"), Some(folder), Some(file), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let module = folder.split('-').next().unwrap_or_default();
            if file == "check.md" {
                checks.insert(module.to_owned());
            } else if let Some(slug) = lesson_slug(file) {
                lessons.insert(format!("{module}/{slug}"));
            }
        }
        (lessons, checks)
    }

    fn glossary(&mut self, shelf: &Shelf<'_>) -> BTreeMap<String, Term> {
        let mut terms = BTreeMap::new();
        let path = "glossary.md";
        let text = self.source.files.get(path).cloned().unwrap_or_default();
        let mut writer = Writer::new(path, &text, shelf);
        let mut named = Vec::new();
        let mut lines = text.lines().enumerate().peekable();
        while let Some((n, line)) = lines.next() {
            let Some(heading) = line.strip_prefix("## ") else { continue };
            let Some((term, id)) = heading.trim_end().strip_suffix('}').and_then(|rest| rest.rsplit_once("{#")) else {
                writer.find(n + 1, "term-id", "this word has no id", "Write {#its-id} at the end of its heading.");
                continue;
            };
            let mut body = String::new();
            while let Some((_, next)) = lines.next_if(|(_, next)| !next.starts_with("## ")) {
                body.push_str(next);
                body.push('\n');
            }
            let html = writer.inline(&body, n + 2);
            named.push(id.to_owned());
            terms.insert(id.to_owned(), Term { id: id.to_owned(), term: term.trim().to_owned(), html });
        }
        self.findings.append(&mut writer.findings);
        for id in named {
            self.named("word", &id, path);
        }
        terms
    }

    fn statements(&mut self, shelf: &Shelf<'_>) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (path, text) in self.under("statements/", ".md") {
            let Some((front, body, line)) = self.split::<StatementFront>(&path, &text) else { continue };
            let mut writer = Writer::new(&path, &text, shelf);
            let html = writer.blocks(body, line);
            self.findings.append(&mut writer.findings);
            self.named("statement", &front.id, &path);
            statements.push(Statement {
                id: front.id,
                title: front.title,
                version: front.version,
                html,
                digest: hex(&Sha256::digest(body.as_bytes())),
            });
        }
        statements
    }

    fn help(&mut self) -> Vec<HelpLine> {
        let Some(file) = self.file::<HelpFile>("help.toml") else { return Vec::new() };
        let local = file.local.filter(|line| !line.name.is_empty());
        let lines: Vec<_> = local.into_iter().chain(file.line).collect();
        for line in &lines {
            let number = |number: &&String| !number.chars().all(|c| c.is_ascii_digit() || "+-() .\u{a0}".contains(c));
            let wrong = [&line.call, &line.text].into_iter().flatten().filter(number);
            let wrong = wrong.chain(line.chat.as_ref().filter(|chat| !chat.starts_with("https://")));
            for wrong in wrong {
                let text = self.source.files.get("help.toml").map(String::as_str).unwrap_or_default();
                let message = format!("{wrong} is neither a telephone number nor an address");
                let mend = "Write a number such as 988 at call and text, and an address that begins with https:// at chat.";
                let at = place::of(text, &format!("\"{wrong}\""), false);
                self.findings.push(Finding::at("help.toml", text, at, "help-line", message, mend));
            }
        }
        lines
            .into_iter()
            .map(|line| HelpLine {
                name: line.name,
                how: line.how,
                call: line.call,
                text: line.text,
                chat: line.chat,
                note: line.note,
                lang: line.lang,
                to_call: line.to_call,
                to_text: line.to_text,
                body: line.body,
            })
            .collect()
    }

    fn rubrics(&mut self) -> Vec<Rubric> {
        let mut rubrics = Vec::new();
        for (path, _) in self.under("rubrics/", ".toml") {
            let Some(file) = self.file::<RubricFile>(&path) else { continue };
            let lines = file.line.into_iter().map(|line| RubricLine {
                id: line.id,
                title: line.title,
                hint: line.hint,
                levels: line
                    .level
                    .into_iter()
                    .map(|level| Level { points: level.points, label: level.label, anchor: level.anchor, blocks: level.blocks })
                    .collect(),
            });
            self.named("rubric", &file.id, &path);
            let count = lines.len();
            if count > Rubric::MOST_LINES {
                let message = format!("this rubric has {count} lines, and {} is the most", Rubric::MOST_LINES);
                self.findings.push(Finding::new(&path, 1, "rubric-lines", message, "Join lines that ask for the same, or take one out."));
            }
            rubrics.push(Rubric { id: file.id, title: file.title, lines: lines.collect() });
        }
        rubrics
    }
}

/// `01-many-names.md` is the lesson `many-names`.
pub(super) fn lesson_slug(file: &str) -> Option<&str> {
    let (number, slug) = file.strip_suffix(".md")?.split_once('-')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(slug)
}
