//! The clock as a value: what is handed in can be set in a test or a demonstration.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use types::Moment;

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved; all its clones move together.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this instant.
    pub fn set_to(moment: Moment) -> Self {
        Self::Set(Arc::new(AtomicI64::new(moment.0)))
    }

    /// Moves a set clock; the machine's own clock does not listen.
    pub fn move_to(&self, moment: Moment) {
        if let Self::Set(at) = self {
            at.store(moment.0, Ordering::SeqCst);
        }
    }

    /// The time now.
    pub fn now(&self) -> Moment {
        match self {
            Self::System => system_now(),
            Self::Set(at) => Moment(at.load(Ordering::SeqCst)),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
fn system_now() -> Moment {
    Moment(jiff::Timestamp::now().as_millisecond())
}
