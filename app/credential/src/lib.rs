//! Certificates as Open Badges 3.0 credentials: how they are written, and how anybody checks one.
//!
//! This crate owns the format: what stands in a certificate and in a status list, how both become
//! signed tokens (ES256, compact JWS), how keys are published, and the six checks with which a token is
//! believed or refused. It is the only place that knows these things.
//!
//! It has no private key, no clock, no random source and no network: the time, the salts, the public
//! keys and the status lists are arguments, and the signature itself is made by `domain::credentials`.
//! It compiles for the server and for WebAssembly alike, which `cargo xtask test` checks.
//!
//! - [`document`]: what a certificate says, from facts to the payload of a token.
//! - [`keys`]: the issuer's public keys, with the dates they were in force, and how they are published.
//! - [`status`]: bit strings and the signed lists of revoked and suspended certificates.
//! - [`signing`]: the one way from a payload to a token.
//! - [`verify`]: from a token to a [`Report`].

mod base64url;
pub mod document;
mod issuer;
mod json;
mod jws;
pub mod keys;
pub mod signing;
pub mod status;
mod utc;
pub mod verify;

pub use issuer::{BaseUrl, BaseUrlError};
pub use json::{JsonError, read as read_json};
pub use jws::MAX_TOKEN_BYTES;
pub use utc::{DateError, UtcTime};
pub use verify::{Calendar, IssuerView, Presented, Report, Verdict, verify};
