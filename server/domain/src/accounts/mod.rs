//! People, their sessions and roles, and the invitations to take one.
//!
//! An [`Actor`] is made only here: from a session, for the worker, or for whoever stands at the command
//! line. Passwords are kept as argon2id hashes; secrets of sessions and links as digests. A person's
//! lived experience is no business of this module: it keeps a name to call them by, a name for the
//! certificate, and an address.

mod accept;
mod actor;
mod entity;
mod invitations;
mod links;
mod password;
mod people;
mod roles;
mod sessions;
mod sign_in;
mod sign_up;
#[cfg(test)]
mod tests;

pub use accept::{AcceptError, WayIn, accept, way_in};
pub use actor::Actor;
pub use invitations::{Invitation, InviteError, State as InvitationState, invitation, invitation_link, invitations, invite, withdraw};
pub use links::{LinkError, Purpose, link_for, open_link};
pub use password::{HashError, Password, WeakPassword};
pub(crate) use people::hold;
pub use people::{Person, Renamed, anybody, names, person, rename};
pub use roles::{Member, grant, members, operator_for};
pub use sessions::{Session, actor_of, end_session, sessions};
pub use sign_in::{PasswordError, SignInError, SignedIn, change_password, reset_password, sign_in};
pub use sign_up::{Confirmed, ask_for_reset, confirm_email, create, sign_up};
