//! The program whose page somebody came from to make an account, so that the link in the letter leads back to it.

crate::step! {
    "m0017_came_for",
    up: ["ALTER TABLE people ADD COLUMN came_for text"],
    down: ["ALTER TABLE people DROP COLUMN came_for"]
}
