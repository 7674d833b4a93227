//! Facts in time: what was known on a day, and when something last happened.

use types::Moment;

use super::facts::{Facts, PracticumFact, PracticumState};

impl Facts {
    /// The facts as they were at this moment: what came later is not among them, and what was decided later
    /// still waits.
    #[must_use]
    pub fn until(&self, moment: Moment) -> Self {
        let early = |at: Moment| at <= moment;
        Self {
            enrolled_at: self.enrolled_at,
            lessons: self.lessons.iter().filter(|fact| early(fact.at)).cloned().collect(),
            begun: self.begun.iter().filter(|fact| early(fact.at)).cloned().collect(),
            checks: self.checks.iter().filter(|fact| early(fact.at)).cloned().collect(),
            attendance: self.attendance.iter().filter(|fact| early(fact.at)).cloned().collect(),
            signatures: self.signatures.iter().filter(|fact| early(fact.at)).cloned().collect(),
            practicum: self.practicum.iter().filter(|fact| early(fact.at)).filter_map(|fact| as_of(fact, moment)).collect(),
        }
    }

    /// Every moment at which something became so, oldest first, each once.
    pub fn moments(&self) -> Vec<Moment> {
        let lessons = self.lessons.iter().map(|fact| fact.at);
        let begun = self.begun.iter().map(|fact| fact.at);
        let checks = self.checks.iter().map(|fact| fact.at);
        let attendance = self.attendance.iter().map(|fact| fact.at);
        let signatures = self.signatures.iter().map(|fact| fact.at);
        let practicum = self.practicum.iter().map(|fact| match fact.state {
            PracticumState::Submitted(at) | PracticumState::Approved(at) | PracticumState::Returned(at) => at.max(fact.at),
            PracticumState::Withdrawn => fact.at,
        });
        let mut moments: Vec<Moment> = lessons.chain(begun).chain(checks).chain(attendance).chain(signatures).chain(practicum).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// When something last became so; the enrolment itself where nothing did.
    pub fn last(&self) -> Moment {
        self.moments().last().copied().unwrap_or(self.enrolled_at).max(self.enrolled_at)
    }
}

/// An entry as it was then. When something that was decided had been sent is not known, so it waits from the
/// day of the work on; nothing counts because of it.
fn as_of(fact: &PracticumFact, moment: Moment) -> Option<PracticumFact> {
    let state = match fact.state {
        PracticumState::Submitted(at) if at > moment => return None,
        PracticumState::Approved(at) | PracticumState::Returned(at) if at > moment => PracticumState::Submitted(fact.at),
        state => state,
    };
    Some(PracticumFact { state, ..fact.clone() })
}
