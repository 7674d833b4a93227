//! Hours on a certificate: a description of what is counted, and the holder's own figure.

use serde_json::{Value, json};

/// Hours of one kind that the holder wants to be public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// What the hours were.
    pub kind: HoursKind,
    /// What the program asks for, in minutes.
    pub required_minutes: u32,
    /// What the holder has, in minutes.
    pub earned_minutes: u32,
}

/// What hours were spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HoursKind {
    /// Core training.
    Training,
    /// Supervised practice.
    Practicum,
}

impl Hours {
    /// The entry in the achievement's `resultDescription`.
    pub(super) fn description(self, achievement: &str) -> Value {
        json!({
            "id": self.id(achievement),
            "type": ["ResultDescription"],
            "name": self.kind.name(),
            "resultType": self.kind.result_type(),
            "requiredValue": hours(self.required_minutes),
        })
    }

    /// The entry in the holder's `result`.
    pub(super) fn result(self, achievement: &str) -> Value {
        json!({
            "type": ["Result"],
            "resultDescription": self.id(achievement),
            "value": hours(self.earned_minutes),
        })
    }

    fn id(self, achievement: &str) -> String {
        format!("{achievement}#{}", self.kind.fragment())
    }
}

impl HoursKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Training => "Core training hours",
            Self::Practicum => "Supervised practicum hours",
        }
    }

    const fn result_type(self) -> &'static str {
        match self {
            Self::Training => "ext:TrainingHours",
            Self::Practicum => "ext:PracticumHours",
        }
    }

    const fn fragment(self) -> &'static str {
        match self {
            Self::Training => "training-hours",
            Self::Practicum => "practicum-hours",
        }
    }
}

/// Minutes as hours with at most two decimals, rounded down: a certificate never says too much.
fn hours(minutes: u32) -> String {
    let hundredths = minutes % 60 * 100 / 60;
    let text = format!("{}.{hundredths:02}", minutes / 60);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_never_rounded_up() {
        let written = [0, 1, 20, 30, 59, 60, 600, 7_230, 7_199].map(hours);
        assert_eq!(written, ["0", "0.01", "0.33", "0.5", "0.98", "1", "10", "120.5", "119.98"]);
    }
}
