//! What the examples did in their practicum.

use types::{Category, Domain};

/// What the examples did.
pub(super) const WORKS: [(Category, Domain, &str); 3] = [
    (
        Category::OneToOne,
        Domain::Mentoring,
        "One-to-one support. Practiced open questions and staying quiet longer. The person chose the topic: asking for a later shift.",
    ),
    (Category::Groups, Domain::Recovery, "Helped to open a group on sleep. Practiced welcoming late comers without stopping the talk."),
    (Category::Linking, Domain::Recovery, "Went along to an office in town when asked. Practiced letting the person speak first."),
];
