//! JSON read strictly: a member that stands twice means one thing to one reader and another thing to
//! the next, so it is refused, and so is nesting that no certificate needs.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deep objects and arrays may stand in each other; the outermost is 1.
const MAX_DEPTH: u8 = 32;

/// Why bytes are not JSON that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Not JSON in UTF-8, or something follows it.
    #[error("the text inside the token cannot be read as JSON")]
    NotJson,
    /// An object, at any depth, has a member twice.
    #[error("a field stands twice, so readers could take it in two ways")]
    Duplicate,
    /// Nested deeper than 32.
    #[error("the text inside the token is nested too deeply")]
    TooDeep,
}

/// Reads one JSON value, each member of an object once, to a depth of 32.
pub fn read(bytes: &[u8]) -> Result<Value, JsonError> {
    let text = std::str::from_utf8(bytes).map_err(|_| JsonError::NotJson)?;
    let fault = Cell::new(JsonError::NotJson);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Node { depth: 0, fault: &fault }.deserialize(&mut deserializer).map_err(|_| fault.get())?;
    deserializer.end().map_err(|_| JsonError::NotJson)?;
    Ok(value)
}

impl JsonError {
    /// The stable code of this refusal.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::NotJson => "json_invalid",
            Self::Duplicate => "json_duplicate_member",
            Self::TooDeep => "json_too_deep",
        }
    }
}

/// One value at its depth. Serde's errors are texts, so the reason is left in `fault`.
#[derive(Clone, Copy)]
struct Node<'a> {
    depth: u8,
    fault: &'a Cell<JsonError>,
}

impl Node<'_> {
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(self.refuse(JsonError::TooDeep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn refuse<E: Error>(self, fault: JsonError) -> E {
        self.fault.set(fault);
        E::custom(fault)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| self.refuse(JsonError::NotJson))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            if members.contains_key(&name) {
                return Err(self.refuse(JsonError::Duplicate));
            }
            let value = access.next_value_seed(inside)?;
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_ordinary_json() {
        let text = br#" {"a":[1,-2,0.5,true,null,"\u00e9"],"b":{}} "#;
        assert_eq!(read(text), Ok(json!({"a": [1, -2, 0.5, true, null, "é"], "b": {}})));
    }

    #[test]
    fn a_member_may_stand_only_once_at_every_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"[{"x":{"a":1,"b":2,"\u0061":3}}]"#] {
            assert_eq!(read(text.as_bytes()), Err(JsonError::Duplicate), "{text}");
        }
        assert!(read(br#"{"a":{"a":[{"a":1}]}}"#).is_ok());
    }

    #[test]
    fn depth_ends_at_32() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(nested(32).as_bytes()).is_ok());
        assert_eq!(read(nested(33).as_bytes()), Err(JsonError::TooDeep));
        assert_eq!(read(nested(100_000).as_bytes()), Err(JsonError::TooDeep));
    }

    #[test]
    fn refuses_what_is_not_one_json_value() {
        for text in [&b""[..], b"{", b"{}{}", b"{\"a\":1,}", b"\"\xff\"", b"\"\\ud800\"", b"NaN", b"1e999"] {
            assert_eq!(read(text), Err(JsonError::NotJson), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_where_it_accepts(text in r#"[\[\]{}":,a0-9\\ ]{0,40}"#) {
            if let Ok(value) = read(text.as_bytes()) {
                prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
            }
        }
    }
}
