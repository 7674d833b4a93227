//! How the vectors are made. Each is the certificate of the cast with one thing changed.

mod contents;
mod dates;
mod days;
mod entries;
mod envelope;
mod headers;
mod keys;
mod lists;

use credential::{keys::jwks, status::Purpose};
use serde_json::{Value, json};

use crate::{
    forge,
    world::{ISSUED, Made, NOW, POSITION, World, parts},
};

/// A vector in the making: the certificate of the cast, checked today, unless told otherwise.
pub(crate) struct Vector {
    why: &'static str,
    presented: String,
    now: &'static str,
    at: &'static str,
    keys: Value,
    lists: Value,
    register: Value,
}

impl Vector {
    fn new(why: &'static str, presented: impl Into<String>) -> Self {
        Self {
            why,
            presented: presented.into(),
            now: NOW,
            at: NOW,
            keys: json!("usual"),
            lists: json!("usual"),
            register: json!("not_at_hand"),
        }
    }
}

/// The file beside the vectors with the keys and the lists that most of them share. A vector that says
/// `"usual"` in the place of its own means these.
pub(crate) const USUAL: &str = "_usual";

/// The vectors by name, and [`USUAL`].
pub(crate) fn all_vectors(world: &World) -> Made<Vec<(String, Value)>> {
    let mut maker = Maker { world, token: world.token()?, made: Vec::new() };
    let usual = json!({"keys": jwks(&world.issuer), "lists": maker.lists(&[], &[])?});
    maker.made.push((USUAL.to_owned(), usual));
    envelope::make(&mut maker)?;
    headers::make(&mut maker)?;
    keys::make(&mut maker)?;
    contents::make(&mut maker)?;
    dates::make(&mut maker)?;
    entries::make(&mut maker)?;
    lists::make(&mut maker)?;
    days::make(&mut maker)?;
    Ok(maker.made)
}

pub(crate) struct Maker<'w> {
    world: &'w World,
    /// The certificate of the cast, as issued.
    token: String,
    made: Vec<(String, Value)>,
}

impl Maker<'_> {
    /// Keeps a vector. The expectation is `verdict check outcome code`.
    fn keep(&mut self, name: &str, vector: Vector, expected: &str) -> Made<()> {
        let [verdict, check, outcome, code]: [&str; 4] =
            expected.split(' ').collect::<Vec<_>>().try_into().map_err(|_| format!("{name}: {expected}"))?;
        let Vector { why, presented, now, at, keys, lists, register } = vector;
        let expect = json!({"verdict": verdict, "check": check, "outcome": outcome, "code": code});
        let vector = json!({
            "why": why, "presented": presented, "now": now, "at": at,
            "keys": keys, "lists": lists, "register": register, "expect": expect,
        });
        if self.made.iter().any(|(other, _)| other == name) {
            return Err(format!("two vectors are called {name}").into());
        }
        self.made.push((name.to_owned(), vector));
        Ok(())
    }

    /// A vector with nothing but another token.
    fn token(&mut self, name: &str, why: &'static str, token: impl Into<String>, expected: &str) -> Made<()> {
        let vector = Vector::new(why, token);
        self.keep(name, vector, expected)
    }

    /// Both lists, with these indexes revoked and these suspended.
    fn lists(&self, revoked: &[u32], suspended: &[u32]) -> Made<Value> {
        let revocation = self.world.list(Purpose::Revocation, revoked)?;
        let suspension = self.world.list(Purpose::Suspension, suspended)?;
        let revocation = list(Purpose::Revocation, &revocation);
        Ok(json!([revocation, list(Purpose::Suspension, &suspension)]))
    }

    /// The payload of the certificate, to be changed.
    fn payload(&self) -> Made<Value> {
        Ok(parts(&self.token)?.1)
    }

    /// The header of the certificate, to be changed.
    fn header(&self) -> Made<Value> {
        Ok(parts(&self.token)?.0)
    }

    /// A payload of any kind, signed with the issuer's own key: as if the issuer had made the mistake.
    fn sign(&self, payload: &Value) -> Made<String> {
        Ok(forge::signed(&forge::text(&self.header()?), &forge::text(payload), &self.world.signer))
    }

    /// The certificate under a header with one member set, signed by the issuer.
    fn sign_header(&self, name: &str, value: Value) -> Made<String> {
        let mut header = self.header()?;
        forge::set(&mut header, &format!("/{name}"), value)?;
        Ok(forge::signed(&forge::text(&header), &forge::text(&self.payload()?), &self.world.signer))
    }
}

fn list(purpose: Purpose, token: &str) -> Value {
    json!({"purpose": purpose.as_str(), "number": POSITION.list, "token": token})
}

/// A table in text: a row a line, its cells between bars.
fn rows<const N: usize>(table: &'static str) -> Made<Vec<[&'static str; N]>> {
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        cells.try_into().map_err(|_| format!("not {N} cells: {line}").into())
    };
    table.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}

/// A register with one document and a history.
fn register(token: &str, history: &Value) -> Value {
    json!({"documents": [document(token, ISSUED)], "history": history})
}

fn document(token: &str, valid_from: &str) -> Value {
    json!({"sha256": forge::base64(credential::verify::token_digest(token)), "validFrom": valid_from})
}
