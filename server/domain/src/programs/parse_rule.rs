//! One requirement's kind and parameters.

use std::str::FromStr;

use types::{Category, Domain, Minutes, UnknownWord};

use super::{Attestor, CategoryRule, Checks, Exam, Practicum, Rule, Supervision, parse::name, read::Section};

const KINDS: &str = "lessons, check, checks, live, live_hours, training_hours, statement, attestation, wellness_plan, practicum, supervision, exam, role_play, drill, officer_decision, unknown";
const DOMAINS: &str = "one of the domains ADV, ETH, MEN, REC, HAR";
const CATEGORIES: &str = "one of the categories P1 to P8";

/// Reads the rule of a requirement; nothing where its kind is not known, which is then noted as wrong.
pub(super) fn rule(section: &Section<'_, '_>) -> Option<Rule> {
    let kind = section.text("kind");
    Some(match kind.as_str() {
        "lessons" => Rule::Lessons { module: name(section, "module") },
        "check" => Rule::Checks(check(section)),
        "checks" => Rule::Checks(Checks { taken: section.texts("taken"), passed: section.texts("passed"), pass_percent: mark(section) }),
        "live" => Rule::Live {
            modules: section.texts("modules"),
            sessions: section.number("sessions", 1..=999),
            minutes: section.minutes("minutes"),
        },
        "live_hours" => Rule::LiveHours,
        "training_hours" => {
            Rule::TrainingHours { minutes: section.minutes("minutes"), by_domain: section.minutes_by::<Domain>("by_domain", DOMAINS) }
        }
        "statement" => Rule::Statement { statement: name(section, "statement") },
        "attestation" => Rule::Attestation { statement: name(section, "statement") },
        "wellness_plan" => Rule::WellnessPlan { statement: name(section, "statement") },
        "practicum" => Rule::Practicum(practicum(section)),
        "supervision" => Rule::Supervision(Supervision {
            minutes: section.minutes("minutes"),
            one_to_one: section.minutes("one_to_one"),
            observed: section.number_if_any("observed", 0..=999).unwrap_or_default(),
            every_days: section.number_if_any("every_days", 1..=366).unwrap_or_default(),
            check_ins: section.numbers("check_ins").into_iter().map(Minutes).collect(),
        }),
        "exam" => Rule::Exam(Exam {
            items: section.number("items", 1..=999),
            tries: section.number("tries", 1..=99),
            stations: section.number_if_any("stations", 1..=99).unwrap_or_default(),
        }),
        "role_play" => Rule::RolePlay { module: name(section, "module") },
        "drill" => Rule::Drill { module: name(section, "module"), pass_percent: mark(section) },
        "officer_decision" => Rule::OfficerDecision,
        "unknown" => Rule::Unknown { ask: section.text("ask") },
        "" => return None,
        other => {
            section.wrong("kind", format!("`{other}` is not a kind of requirement; the kinds are: {KINDS}"));
            return None;
        }
    })
}

/// One module's check: `scored = false` where handing it in is enough.
fn check(section: &Section<'_, '_>) -> Checks {
    let module = name(section, "module");
    if section.flag("scored", true) {
        Checks { taken: Vec::new(), passed: vec![module], pass_percent: mark(section) }
    } else {
        Checks { taken: vec![module], passed: Vec::new(), pass_percent: 0 }
    }
}

fn mark(section: &Section<'_, '_>) -> u8 {
    section.number("pass_percent", 1..=100)
}

fn practicum(section: &Section<'_, '_>) -> Practicum {
    let minutes = section.minutes("minutes");
    Practicum {
        entries: section.number_if_any("entries", 0..=9999).unwrap_or_default(),
        minutes,
        categories: section.number_if_any("categories", 1..=8).unwrap_or(1),
        by_category: by_category(section),
        by_domain: section.minutes_by::<Domain>("by_domain", DOMAINS),
        direct: direct(section, minutes),
        direct_categories: section.words("direct_categories", "a list of categories P1 to P8"),
        gate: section.texts("before_direct"),
        attest: attest(section),
        placement: section.flag("placement", false),
    }
}

fn attest(section: &Section<'_, '_>) -> Vec<Attestor> {
    let attest: Vec<Attestor> = section.words("attest", "a list of \"trainer\" and \"site-supervisor\"");
    if attest.is_empty() { vec![Attestor::Trainer] } else { attest }
}

/// `direct_share = [2, 3]` of the hours that are needed; a part of a minute is rounded up.
fn direct(section: &Section<'_, '_>, minutes: Minutes) -> Minutes {
    let share = section.numbers("direct_share");
    match share.as_slice() {
        [] => Minutes::ZERO,
        [part, whole] if *whole > 0 && (0..=*whole).contains(part) && *whole <= 1000 => {
            Minutes((minutes.0.saturating_mul(*part) + whole - 1) / whole)
        }
        _ => {
            section.wrong("direct_share", "`direct_share` must be two whole numbers such as [2, 3] for two thirds");
            Minutes::ZERO
        }
    }
}

fn by_category(section: &Section<'_, '_>) -> Vec<CategoryRule> {
    let Some(table) = section.section("by_category") else { return Vec::new() };
    let limits = table.tables::<Category>(CATEGORIES);
    limits
        .into_iter()
        .map(|(category, limits)| {
            let rule =
                CategoryRule { category, least: limits.minutes_if_any("least").unwrap_or_default(), most: limits.minutes_if_any("most") };
            if rule.most.is_some_and(|most| most < rule.least) {
                limits.wrong("most", "`most` is less than `least`");
            }
            limits.done();
            rule
        })
        .collect()
}

impl FromStr for Attestor {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "trainer" => Ok(Self::Trainer),
            "site-supervisor" => Ok(Self::SiteSupervisor),
            _ => Err(UnknownWord(text.to_owned())),
        }
    }
}
