//! Facts in time: what was known on a day, and when something last happened.

use types::Moment;

use super::facts::{Facts, PracticumFact, PracticumState};

impl Facts {
    /// The facts as they were at this moment: what came later is not among them, and what was approved
    /// later still waits.
    #[must_use]
    pub fn until(&self, moment: Moment) -> Self {
        let early = |at: Moment| at <= moment;
        Self {
            enrolled_at: self.enrolled_at,
            lessons: self.lessons.iter().filter(|fact| early(fact.at)).cloned().collect(),
            checks: self.checks.iter().filter(|fact| early(fact.at)).cloned().collect(),
            attendance: self.attendance.iter().filter(|fact| early(fact.at)).cloned().collect(),
            signatures: self.signatures.iter().filter(|fact| early(fact.at)).cloned().collect(),
            practicum: self.practicum.iter().filter(|fact| early(fact.at)).map(|fact| as_of(fact, moment)).collect(),
        }
    }

    /// Every moment at which something became so, oldest first, each once.
    pub fn moments(&self) -> Vec<Moment> {
        let lessons = self.lessons.iter().map(|fact| fact.at);
        let checks = self.checks.iter().map(|fact| fact.at);
        let attendance = self.attendance.iter().map(|fact| fact.at);
        let signatures = self.signatures.iter().map(|fact| fact.at);
        let practicum = self.practicum.iter().map(|fact| match fact.state {
            PracticumState::Approved(at) => at.max(fact.at),
            _ => fact.at,
        });
        let mut moments: Vec<Moment> = lessons.chain(checks).chain(attendance).chain(signatures).chain(practicum).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// When something last became so; the enrolment itself where nothing did.
    pub fn last(&self) -> Moment {
        self.moments().last().copied().unwrap_or(self.enrolled_at).max(self.enrolled_at)
    }
}

fn as_of(fact: &PracticumFact, moment: Moment) -> PracticumFact {
    let state = match fact.state {
        PracticumState::Approved(at) if at > moment => PracticumState::Submitted,
        state => state,
    };
    PracticumFact { state, ..fact.clone() }
}
