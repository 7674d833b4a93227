//! The compiler's way through one module: its file, lessons, check and guides.

use std::collections::{BTreeMap, BTreeSet};

use types::{Domain, Minutes};

use super::{
    Check, Finding, Guide, Lesson, Module, Objective, Term,
    compile::{Compiler, lesson_slug},
    files::{CheckFront, GuideFront, LessonFront, ModuleFile},
    guide::in_parts,
    markdown::{Shelf, Writer, word_count},
    place, questions,
};

/// How many words a minute people read (a house rule).
const WORDS_A_MINUTE: usize = 180;

impl Compiler<'_> {
    pub(super) fn module(&mut self, folder: &str, shelf: &Shelf<'_>, competencies: &BTreeSet<String>) -> Option<Module> {
        let base = format!("modules/{folder}/");
        let path = format!("{base}module.toml");
        let file: Option<ModuleFile> = self.file(&path);
        let text = self.text(&path);
        let domains = file.as_ref().map(|file| self.fields(&path, &text, folder, file, competencies)).unwrap_or_default();
        // Its texts are read also where its own file cannot be, so that one slip does not hide their faults.
        let (mut lessons, mut guides, mut check, mut drill) = (Vec::new(), Vec::new(), None, None);
        for (path, text) in self.under(&base, ".md") {
            let name = path.trim_start_matches(&base).to_owned();
            if name == "check.md" {
                check = self.check(&path, &text, shelf, competencies);
            } else if name == "drill.md" {
                drill = self.check(&path, &text, shelf, competencies);
            } else if let Some(slug) = name.strip_suffix(".md").filter(|name| name.starts_with("live-")) {
                guides.extend(self.guide(&path, slug, &text, shelf));
            } else if let Some(slug) = lesson_slug(&name) {
                self.addressed(&path, &name, slug);
                let lesson = self.lesson(&path, slug, &text, shelf);
                if let (Some(lesson), Some(file)) = (&lesson, &file) {
                    self.teaches(&path, &text, lesson, file);
                }
                lessons.extend(lesson);
            }
        }
        let file = file?;
        self.agree(&path, &text, &file, &lessons);
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
            drill,
            guides,
        })
    }

    /// What the module's own file says, and its minutes by domain.
    fn fields(
        &mut self,
        path: &str,
        text: &str,
        folder: &str,
        file: &ModuleFile,
        competencies: &BTreeSet<String>,
    ) -> BTreeMap<Domain, Minutes> {
        self.named("module", &file.id, path);
        for objective in &file.objective {
            self.named("objective", &objective.id, path);
        }
        if folder.split('-').next() != Some(file.id.as_str()) {
            let message = format!("the folder is called {folder}, and the module {}", file.id);
            let at = place::in_field(text, "id", &file.id);
            self.findings.push(Finding::at(
                path,
                text,
                at,
                "module-id",
                message,
                "Begin the folder's name with the module's id and a hyphen.",
            ));
        }
        let mut domains = BTreeMap::new();
        for (code, minutes) in &file.minutes_by_domain {
            match code.parse::<Domain>() {
                Ok(domain) => drop(domains.insert(domain, Minutes(*minutes))),
                Err(error) => {
                    let at = place::in_field(text, "[minutes_by_domain]", code);
                    self.findings.push(Finding::at(path, text, at, "domain", error.to_string(), "Use ADV, ETH, MEN, REC and HAR."));
                }
            }
        }
        let spread: Minutes = domains.values().copied().sum();
        let whole = Minutes(file.minutes_live) + Minutes(file.minutes_self);
        if spread != whole {
            let message = format!("the minutes by domain add up to {}, and the module's to {}", spread.0, whole.0);
            let at = place::in_field(text, "[minutes_by_domain]", "");
            self.findings.push(Finding::at(path, text, at, "minutes", message, "Make them agree."));
        }
        for competency in
            file.objective.iter().flat_map(|objective| &objective.competencies).filter(|competency| !competencies.contains(*competency))
        {
            let at = place::of(text, &format!("\"{competency}\""), false);
            let message = format!("there is no competency {competency}");
            self.findings.push(Finding::at(path, text, at, "competency", message, "See competencies.toml."));
        }
        domains
    }

    /// A lesson teaches what its module sets out to teach.
    fn teaches(&mut self, path: &str, text: &str, lesson: &Lesson, file: &ModuleFile) {
        for id in lesson.objectives.iter().filter(|id| !file.objective.iter().any(|objective| objective.id == **id)) {
            let at = place::in_field(text, "objectives", id);
            let message = format!("the module has no objective {id}");
            self.findings.push(Finding::at(path, text, at, "objective-unknown", message, "Name an objective of module.toml."));
        }
    }

    /// The hours are honest and every objective is taught.
    fn agree(&mut self, path: &str, text: &str, file: &ModuleFile, lessons: &[Lesson]) {
        let minutes: Minutes = lessons.iter().map(|lesson| lesson.minutes).sum();
        let off = (minutes.0 - file.minutes_self).abs();
        if file.minutes_self > 0 && off * 10 > file.minutes_self {
            self.findings.push(Finding::at(
                path,
                text,
                place::in_field(text, "minutes_self", &file.minutes_self.to_string()),
                "self-paced",
                format!("the lessons take {} minutes, and the module says {}", minutes.0, file.minutes_self),
                "Make them agree within a tenth: words at 180 a minute plus the minutes of activities.",
            ));
        }
        for objective in file.objective.iter().filter(|objective| !lessons.iter().any(|lesson| lesson.objectives.contains(&objective.id))) {
            let at = place::of(text, &format!("\"{}\"", objective.id), false);
            let message = format!("no lesson teaches {}", objective.id);
            self.findings.push(Finding::at(path, text, at, "objective", message, "Name it in the objectives of a lesson."));
        }
    }

    fn lesson(&mut self, path: &str, slug: &str, text: &str, shelf: &Shelf<'_>) -> Option<Lesson> {
        let (front, body, line): (LessonFront, _, _) = self.split(path, text)?;
        let mut writer = Writer::new(path, text, shelf);
        let html = writer.blocks(body, line);
        let words: Vec<Term> = writer.explained.iter().filter_map(|id| shelf.terms.get(id).cloned()).collect();
        let sources: Vec<String> = writer.cited.iter().filter_map(|key| shelf.works.get(key).cloned()).collect();
        let html = with_places(html, &words, sources.len());
        let word_count = word_count(body);
        let reading = i32::try_from(word_count.div_ceil(WORDS_A_MINUTE)).unwrap_or(i32::MAX);
        let minutes = Minutes(reading) + Minutes(writer.activity_minutes);
        self.findings.append(&mut writer.findings);
        self.named("lesson", &front.id, path);
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
        let mut writer = Writer::new(path, text, shelf);
        let questions = questions::read(&mut writer, body, line, competencies);
        self.findings.append(&mut writer.findings);
        self.named("check", &front.id, path);
        self.findings.extend(questions::check_bank(path, text, front.draw, questions.len()));
        for id in front.retired_ids.iter().filter(|id| questions.iter().any(|question| question.id == **id)) {
            let message = format!("the id {id} is retired and is used again");
            let at = place::of(text, &format!("{{#{id} "), false);
            self.findings.push(Finding::at(path, text, at, "id-retired", message, "Give the question another id."));
        }
        let pass_percent = front.pass.map_or(0, percent);
        if front.scored != (pass_percent > 0) {
            self.findings.push(Finding::at(
                path,
                text,
                place::in_field(text, if front.pass.is_some() { "pass" } else { "scored" }, ""),
                "pass",
                "a scored check needs pass, and an unscored one must not have it",
                "Write pass = 0.8 where scored = true.",
            ));
        }
        Some(Check { id: front.id, title: front.title, scored: front.scored, pass_percent, draw: front.draw, questions })
    }

    fn guide(&mut self, path: &str, slug: &str, text: &str, shelf: &Shelf<'_>) -> Option<Guide> {
        let (front, body, line): (GuideFront, _, _) = self.split(path, text)?;
        let mut writer = Writer::new(path, text, shelf);
        let html = writer.blocks(body, line);
        self.findings.append(&mut writer.findings);
        let agenda: i32 = body
            .split("\n## ")
            .find(|part| part.trim_start_matches("## ").starts_with("Agenda"))
            .map_or(0, |part| part.lines().filter_map(|row| row.strip_prefix('|')?.split('|').next()?.trim().parse::<i32>().ok()).sum());
        if agenda != front.minutes {
            self.findings.push(Finding::at(
                path,
                text,
                place::of(text, "## Agenda", false),
                "agenda",
                format!("the agenda adds up to {agenda} minutes, and the session has {}", front.minutes),
                "Make them agree.",
            ));
        }
        self.named("guide", &front.id, path);
        let (html, parts) = in_parts(&html);
        Some(Guide { id: front.id, slug: slug.to_owned(), title: front.title, minutes: Minutes(front.minutes), html, parts })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1 makes at most 100")]
fn percent(share: f64) -> i32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as i32
}

/// The text with a name at the first place of each word and each source, so that one finds back to it from there.
fn with_places(html: String, words: &[Term], sources: usize) -> String {
    let words = words.iter().map(|term| {
        let id = &term.id;
        (format!(r##"<dfn><a href="#w-{id}">"##), format!(r##"<dfn id="t-{id}"><a href="#w-{id}">"##))
    });
    let sources =
        (1..=sources).map(|n| (format!(r##"<a class="cite ui" href="#r{n}""##), format!(r##"<a id="c{n}" class="cite ui" href="#r{n}""##)));
    words.chain(sources).fold(html, |html, (plain, named)| html.replacen(&plain, &named, 1))
}
