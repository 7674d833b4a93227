//! From the texts of a folder to a release, or to everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};
use types::{Domain, Minutes};

use super::{
    Check, Competency, Finding, Guide, HelpLine, Lesson, Level, Module, Objective, ProgramText, Release, Rubric, RubricLine, Source,
    Statement, Term, bibliography,
    files::{CheckFront, CompetencyFile, GuideFront, HelpFile, LessonFront, ModuleFile, RubricFile, StatementFront},
    front,
    markdown::{Shelf, Writer, word_count},
    questions,
};
use crate::ids::hex;

/// How many words a minute people read (a house rule).
const WORDS_A_MINUTE: usize = 180;

/// Compiles. All findings of one run come together.
pub fn compile(source: &Source) -> Result<Release, Vec<Finding>> {
    let mut compiler = Compiler { source, findings: Vec::new() };
    let release = compiler.release();
    compiler.findings.sort();
    compiler.findings.dedup();
    if compiler.findings.is_empty() { Ok(release) } else { Err(compiler.findings) }
}

struct Compiler<'s> {
    source: &'s Source,
    findings: Vec<Finding>,
}

impl Compiler<'_> {
    fn release(&mut self) -> Release {
        let competencies: Vec<Competency> = self
            .file::<CompetencyFile>("competencies.toml")
            .map(|file| file.competency.into_iter().map(|entry| Competency { id: entry.id, text: entry.text }).collect())
            .unwrap_or_default();
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

    fn file<T: serde::de::DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let Some(text) = self.source.files.get(path) else {
            self.findings.push(Finding::new(path, 1, "missing", "this file is missing", "Write it, or name the right content folder."));
            return None;
        };
        front::toml(path, text, 1).map_err(|finding| self.findings.push(finding)).ok()
    }

    fn split<'a, T: serde::de::DeserializeOwned>(&mut self, path: &str, text: &'a str) -> Option<(T, &'a str, usize)> {
        front::split(path, text).map_err(|finding| self.findings.push(finding)).ok()
    }

    fn under(&self, prefix: &str, ending: &str) -> Vec<(String, String)> {
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
        let mut writer = Writer::new(path, shelf);
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
            terms.insert(id.to_owned(), Term { id: id.to_owned(), term: term.trim().to_owned(), html });
        }
        self.findings.append(&mut writer.findings);
        terms
    }

    fn module(&mut self, folder: &str, shelf: &Shelf<'_>, competencies: &BTreeSet<String>) -> Option<Module> {
        let base = format!("modules/{folder}/");
        let path = format!("{base}module.toml");
        let file: ModuleFile = self.file(&path)?;
        let mut domains = BTreeMap::new();
        for (code, minutes) in &file.minutes_by_domain {
            match code.parse::<Domain>() {
                Ok(domain) => drop(domains.insert(domain, Minutes(*minutes))),
                Err(error) => self.findings.push(Finding::new(&path, 1, "domain", error.to_string(), "Use ADV, ETH, MEN, REC and HAR.")),
            }
        }
        let spread: Minutes = domains.values().copied().sum();
        let whole = Minutes(file.minutes_live) + Minutes(file.minutes_self);
        if spread != whole {
            let message = format!("the minutes by domain add up to {}, and the module's to {}", spread.0, whole.0);
            self.findings.push(Finding::new(&path, 1, "minutes", message, "Make them agree."));
        }
        for competency in
            file.objective.iter().flat_map(|objective| &objective.competencies).filter(|competency| !competencies.contains(*competency))
        {
            self.findings.push(Finding::new(
                &path,
                1,
                "competency",
                format!("there is no competency {competency}"),
                "See competencies.toml.",
            ));
        }
        let (mut lessons, mut guides, mut check) = (Vec::new(), Vec::new(), None);
        for (path, text) in self.under(&base, ".md") {
            let name = path.trim_start_matches(&base).to_owned();
            if name == "check.md" {
                check = self.check(&path, &text, shelf, competencies);
            } else if let Some(slug) = name.strip_suffix(".md").filter(|name| name.starts_with("live-")) {
                guides.extend(self.guide(&path, slug, &text, shelf));
            } else if let Some(slug) = lesson_slug(&name) {
                lessons.extend(self.lesson(&path, slug, &text, shelf));
            }
        }
        self.agree(&path, &file, &lessons);
        Some(Module {
            id: file.id,
            title: file.title,
            summary: file.summary,
            big_idea: file.big_idea,
            live: Minutes(file.minutes_live),
            alone: Minutes(file.minutes_self),
            prerequisites: file.prerequisites,
            domains,
            objectives: file
                .objective
                .into_iter()
                .map(|objective| Objective { id: objective.id, text: objective.text, competencies: objective.competencies })
                .collect(),
            lessons,
            check,
            guides,
        })
    }

    /// The hours are honest and every objective is taught.
    fn agree(&mut self, path: &str, file: &ModuleFile, lessons: &[Lesson]) {
        let minutes: Minutes = lessons.iter().map(|lesson| lesson.minutes).sum();
        let off = (minutes.0 - file.minutes_self).abs();
        if file.minutes_self > 0 && off * 10 > file.minutes_self {
            let message = format!("the lessons take {} minutes, and the module says {}", minutes.0, file.minutes_self);
            self.findings.push(Finding::new(
                path,
                1,
                "self-paced",
                message,
                "Make them agree within a tenth: words at 180 a minute plus the minutes of activities.",
            ));
        }
        for objective in file.objective.iter().filter(|objective| !lessons.iter().any(|lesson| lesson.objectives.contains(&objective.id))) {
            self.findings.push(Finding::new(
                path,
                1,
                "objective",
                format!("no lesson teaches {}", objective.id),
                "Name it in the objectives of a lesson.",
            ));
        }
    }

    fn lesson(&mut self, path: &str, slug: &str, text: &str, shelf: &Shelf<'_>) -> Option<Lesson> {
        let (front, body, line): (LessonFront, _, _) = self.split(path, text)?;
        let mut writer = Writer::new(path, shelf);
        let html = writer.blocks(body, line);
        let words = writer.explained.iter().filter_map(|id| shelf.terms.get(id).cloned()).collect();
        let sources = writer.cited.iter().filter_map(|key| shelf.works.get(key).cloned()).collect();
        let word_count = word_count(body);
        let reading = i32::try_from(word_count.div_ceil(WORDS_A_MINUTE)).unwrap_or(i32::MAX);
        let minutes = Minutes(reading) + Minutes(writer.activity_minutes);
        self.findings.append(&mut writer.findings);
        Some(Lesson {
            id: front.id,
            slug: slug.to_owned(),
            title: front.title,
            summary: front.summary,
            objectives: front.objectives,
            html,
            words,
            sources,
            word_count,
            minutes,
        })
    }

    fn check(&mut self, path: &str, text: &str, shelf: &Shelf<'_>, competencies: &BTreeSet<String>) -> Option<Check> {
        let (front, body, line): (CheckFront, _, _) = self.split(path, text)?;
        let mut writer = Writer::new(path, shelf);
        let questions = questions::read(&mut writer, body, line, competencies);
        self.findings.append(&mut writer.findings);
        self.findings.extend(questions::check_bank(path, front.draw, &questions));
        let pass_percent = front.pass.map_or(0, percent);
        if front.scored != (pass_percent > 0) {
            self.findings.push(Finding::new(
                path,
                2,
                "pass",
                "a scored check needs pass, and an unscored one must not have it",
                "Write pass = 0.8 where scored = true.",
            ));
        }
        Some(Check { id: front.id, title: front.title, scored: front.scored, pass_percent, draw: front.draw, questions })
    }

    fn guide(&mut self, path: &str, slug: &str, text: &str, shelf: &Shelf<'_>) -> Option<Guide> {
        let (front, body, line): (GuideFront, _, _) = self.split(path, text)?;
        let mut writer = Writer::new(path, shelf);
        let html = writer.blocks(body, line);
        self.findings.append(&mut writer.findings);
        let agenda: i32 = body
            .split("\n## ")
            .find(|part| part.trim_start_matches("## ").starts_with("Agenda"))
            .map_or(0, |part| part.lines().filter_map(|row| row.strip_prefix('|')?.split('|').next()?.trim().parse::<i32>().ok()).sum());
        if agenda != front.minutes {
            self.findings.push(Finding::new(
                path,
                line,
                "agenda",
                format!("the agenda adds up to {agenda} minutes, and the session has {}", front.minutes),
                "Make them agree.",
            ));
        }
        Some(Guide { id: front.id, slug: slug.to_owned(), title: front.title, minutes: Minutes(front.minutes), html })
    }

    fn statements(&mut self, shelf: &Shelf<'_>) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (path, text) in self.under("statements/", ".md") {
            let Some((front, body, line)) = self.split::<StatementFront>(&path, &text) else { continue };
            let mut writer = Writer::new(&path, shelf);
            let html = writer.blocks(body, line);
            self.findings.append(&mut writer.findings);
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
        local
            .into_iter()
            .chain(file.line)
            .map(|line| HelpLine { name: line.name, how: line.how, call: line.call, text: line.text, chat: line.chat, note: line.note })
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
                    .map(|level| Level { points: level.points, label: level.label, anchor: level.anchor })
                    .collect(),
            });
            rubrics.push(Rubric { id: file.id, title: file.title, lines: lines.collect() });
        }
        rubrics
    }
}

/// `01-many-names.md` is the lesson `many-names`.
fn lesson_slug(file: &str) -> Option<&str> {
    let (number, slug) = file.strip_suffix(".md")?.split_once('-')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(slug)
}

#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1 makes at most 100")]
fn percent(share: f64) -> i32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as i32
}
