//! Who acts.

use types::{PersonId, Role, SessionId};

use crate::audit::By;

/// Somebody who looks or acts. Made from a session, by the worker or by the command line; nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Nobody,
    Person { id: PersonId, session: SessionId, name: String, roles: Vec<Role> },
    Worker,
    Operator { officer: Option<PersonId> },
}

impl Actor {
    /// A visitor without a session.
    pub const fn nobody() -> Self {
        Self(Kind::Nobody)
    }

    /// The program itself, at work on its queue.
    pub const fn worker() -> Self {
        Self(Kind::Worker)
    }

    /// Whoever has the machine's command line.
    pub const fn operator() -> Self {
        Self(Kind::Operator { officer: None })
    }

    pub(super) const fn operator_for(officer: PersonId) -> Self {
        Self(Kind::Operator { officer: Some(officer) })
    }

    pub(super) const fn person_with(id: PersonId, session: SessionId, name: String, roles: Vec<Role>) -> Self {
        Self(Kind::Person { id, session, name, roles })
    }

    /// The person, where it is one.
    pub const fn person(&self) -> Option<PersonId> {
        match self.0 {
            Kind::Person { id, .. } => Some(id),
            _ => None,
        }
    }

    /// The person who answers for what is decided: who acts, or the officer for whom the command line does.
    pub(crate) const fn decides(&self) -> Option<PersonId> {
        match self.0 {
            Kind::Person { id, .. } => Some(id),
            Kind::Operator { officer } => officer,
            Kind::Nobody | Kind::Worker => None,
        }
    }

    /// The session, where there is one.
    pub const fn session(&self) -> Option<SessionId> {
        match self.0 {
            Kind::Person { session, .. } => Some(session),
            _ => None,
        }
    }

    /// The name this person chose to be called by; empty for others.
    pub fn name(&self) -> &str {
        match &self.0 {
            Kind::Person { name, .. } => name,
            _ => "",
        }
    }

    /// Whether this is a person who holds the role.
    pub fn is(&self, role: Role) -> bool {
        self.roles().contains(&role)
    }

    /// The roles this person holds.
    pub fn roles(&self) -> &[Role] {
        match &self.0 {
            Kind::Person { roles, .. } => roles,
            _ => &[],
        }
    }

    /// Whether this is the command line, which may do what an officer may.
    pub const fn is_operator(&self) -> bool {
        matches!(self.0, Kind::Operator { .. })
    }

    pub(crate) const fn by(&self) -> By {
        match self.0 {
            Kind::Nobody => By { kind: "nobody", person: None },
            Kind::Person { id, .. } => By { kind: "person", person: Some(id) },
            Kind::Worker => By { kind: "worker", person: None },
            Kind::Operator { .. } => By { kind: "operator", person: None },
        }
    }
}
