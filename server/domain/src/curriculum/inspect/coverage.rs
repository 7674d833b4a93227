//! Where each competency is taught, checked and practiced, and how the hours lie. Computed, never typed in.

use std::collections::{BTreeMap, BTreeSet};

use types::{Domain, Minutes};

use super::{
    super::{Finding, Module, Release, Source, place},
    items::Bank,
};

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// One row a competency, in their order.
    pub competencies: Vec<CompetencyRow>,
    /// One row a module, in their order.
    pub modules: Vec<ModuleRow>,
    /// What the blueprint asks of each domain, in minutes; empty where there is none.
    pub blueprint: BTreeMap<Domain, Minutes>,
}

/// Where one competency stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompetencyRow {
    /// Its id, such as `CC06.1`.
    pub id: String,
    /// The modules with a lesson that teaches it.
    pub taught: Vec<String>,
    /// How many questions of checks are about it.
    pub checked: usize,
    /// How many items of the exam are about it.
    pub examined: usize,
    /// How many activities stand in lessons that teach it.
    pub practiced: usize,
}

/// The hours of one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// In live sessions.
    pub live: Minutes,
    /// Alone, as declared.
    pub alone: Minutes,
    /// Alone, as its words and activities take.
    pub measured: Minutes,
    /// By domain.
    pub domains: BTreeMap<Domain, Minutes>,
}

pub(super) fn coverage(source: &Source, release: &Release, banks: &[Bank], blueprint: Option<&super::Blueprint>) -> Coverage {
    let activities = activities(source, release);
    let competencies = release
        .competencies
        .iter()
        .map(|competency| {
            let taught: Vec<String> =
                release.modules.iter().filter(|module| teaches(module, &competency.id)).map(|module| module.id.clone()).collect();
            let count = |exam: bool| {
                let banks = banks.iter().filter(|bank| bank.path.starts_with("exams/") == exam);
                banks.flat_map(|bank| &bank.items).filter(|item| item.question.competencies.contains(&competency.id)).count()
            };
            let practiced = activities.iter().filter(|(of, _)| of.contains(&competency.id)).map(|(_, count)| count).sum();
            CompetencyRow { id: competency.id.clone(), taught, checked: count(false), examined: count(true), practiced }
        })
        .collect();
    let modules = release
        .modules
        .iter()
        .map(|module| ModuleRow {
            id: module.id.clone(),
            title: module.title.clone(),
            live: module.live,
            alone: module.alone,
            measured: module.lessons.iter().map(|lesson| lesson.minutes).sum(),
            domains: module.domains.clone(),
        })
        .collect();
    let blueprint = blueprint.iter().flat_map(|blueprint| &blueprint.domain).map(|cell| (cell.code, Minutes(cell.hours * 60))).collect();
    Coverage { competencies, modules, blueprint }
}

/// Every competency is taught and checked; the hours are those of the blueprint.
pub(super) fn gaps(source: &Source, coverage: &Coverage, findings: &mut Vec<Finding>) {
    let text = |path: &str| source.text(path).unwrap_or_default();
    let competencies = text("competencies.toml");
    let plan = text(super::BLUEPRINT);
    for row in &coverage.competencies {
        for (missing, word) in [(row.taught.is_empty(), "taught"), (row.checked == 0, "checked"), (row.practiced == 0, "practiced")] {
            if missing {
                let message = format!("{} is nowhere {word}", row.id);
                findings.push(Finding::at(
                    "competencies.toml",
                    competencies,
                    place::of(competencies, &format!("\"{}\"", row.id), false),
                    "coverage",
                    message,
                    "Name it in an objective, tag a question, or add an activity.",
                ));
            }
        }
    }
    for (domain, asked) in &coverage.blueprint {
        let there: Minutes = coverage.modules.iter().filter_map(|module| module.domains.get(domain)).copied().sum();
        if there != *asked {
            let message = format!("the modules give {there} to {}, and the blueprint asks {asked}", domain.title());
            let at = place::of(plan, &format!("\"{}\"", domain.code()), false);
            findings.push(Finding::at(super::BLUEPRINT, plan, at, "hours", message, "Make them agree."));
        }
    }
}

fn teaches(module: &Module, competency: &String) -> bool {
    let taught: BTreeSet<&String> = module.lessons.iter().flat_map(|lesson| &lesson.objectives).collect();
    module.objectives.iter().any(|objective| taught.contains(&objective.id) && objective.competencies.contains(competency))
}

/// For each lesson: the competencies of its objectives, and how many activities it holds.
fn activities(source: &Source, release: &Release) -> Vec<(BTreeSet<String>, usize)> {
    let mut all = Vec::new();
    for module in &release.modules {
        for lesson in &module.lessons {
            let objectives = module.objectives.iter().filter(|objective| lesson.objectives.contains(&objective.id));
            let of = objectives.flat_map(|objective| objective.competencies.iter().cloned()).collect();
            let (start, end) = (format!("modules/{}-", module.id), format!("-{}.md", lesson.slug));
            let text = source.files.iter().find(|(path, _)| path.starts_with(&start) && path.ends_with(&end)).map_or("", |(_, text)| text);
            all.push((of, text.matches("\n:::activity").count()));
        }
    }
    all
}
