//! The fields of the authored files. What is not named here is refused.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompetencyFile {
    #[serde(default)]
    #[expect(dead_code, reason = "titles are for people who read the file")]
    pub(super) category: Vec<toml::Table>,
    pub(super) competency: Vec<CompetencyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompetencyEntry {
    pub(super) id: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModuleFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) big_idea: String,
    pub(super) minutes_live: i32,
    pub(super) minutes_self: i32,
    pub(super) prerequisites: Vec<String>,
    pub(super) minutes_by_domain: BTreeMap<String, i32>,
    pub(super) objective: Vec<ObjectiveEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectiveEntry {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) competencies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonFront {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) objectives: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckFront {
    pub(super) id: String,
    #[expect(dead_code, reason = "there is one form of the file yet")]
    pub(super) schema: u32,
    pub(super) title: String,
    pub(super) scored: bool,
    pub(super) pass: Option<f64>,
    pub(super) draw: usize,
    #[serde(default)]
    pub(super) retired_ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuideFront {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) minutes: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementFront {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HelpFile {
    pub(super) line: Vec<HelpEntry>,
    pub(super) local: Option<HelpEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HelpEntry {
    pub(super) name: String,
    pub(super) how: String,
    pub(super) call: Option<String>,
    pub(super) text: Option<String>,
    pub(super) chat: Option<String>,
    pub(super) note: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) to_call: Option<String>,
    pub(super) to_text: Option<String>,
    pub(super) body: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RubricFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) line: Vec<RubricEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RubricEntry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) level: Vec<LevelEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelEntry {
    pub(super) points: i32,
    pub(super) label: String,
    pub(super) anchor: String,
    #[serde(default)]
    pub(super) blocks: bool,
}
