//! The crate from the outside: what is written is read back, what was changed is refused, and the
//! vectors of `tests/vectors` come out as they say.
#![expect(clippy::disallowed_methods, reason = "tests are told by the environment where the schema lies")]

mod documents;
mod forge;
mod legible;
mod made;
mod publishing;
mod reports;
mod schema;
#[cfg(not(target_arch = "wasm32"))]
mod second_opinion;
mod tampering;
mod vectors;
mod world;

/// What a test answers that may fail before its assertions.
type Tested = Result<(), Box<dyn std::error::Error>>;
