//! Forms as they come in: what was typed, and what is wrong with it.

use std::{fmt::Display, str::FromStr};

use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, Request},
};
use http::{HeaderMap, StatusCode, header};

use jiff::civil::{Date, Time};

use types::Email;

use crate::error::Refusal;

/// The fields of a form or a query, in order, as they were typed. A field may stand in it several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &str) -> Self {
        Self(
            text.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    // Nobody types this sign, and PostgreSQL keeps it in no text.
                    (decode(key), decode(value).replace('\0', ""))
                })
                .collect(),
        )
    }

    /// Fields with these values, to fill in a form before anything was typed.
    pub fn of<K: Into<String>, V: Into<String>>(fields: impl IntoIterator<Item = (K, V)>) -> Self {
        Self(fields.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// The first value of a field; empty where it is missing.
    pub fn get(&self, field: &str) -> &str {
        self.0.iter().find(|(key, _)| key == field).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == field).map(|(_, value)| value.as_str())
    }

    /// Whether a field has this value, among others perhaps.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).any(|found| found == value)
    }

    /// All fields in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Reads a field as a checked value; what is wrong goes into `problems`.
    pub fn take<T: FromStr>(&self, field: &'static str, problems: &mut Problems) -> Option<T>
    where
        T::Err: Display,
    {
        match self.get(field).parse() {
            Ok(value) => Some(value),
            Err(error) => {
                problems.add(field, error);
                None
            }
        }
    }

    /// As [`Form::take`], for the address of somebody who may be here already.
    pub fn take_known(&self, field: &'static str, problems: &mut Problems) -> Option<Email> {
        Email::known(self.get(field)).map_err(|error| problems.add(field, error)).ok()
    }

    /// As [`Form::take`], but an empty field is no problem and no value.
    pub fn take_if_any<T: FromStr>(&self, field: &'static str, problems: &mut Problems) -> Option<T>
    where
        T::Err: Display,
    {
        if self.get(field).trim().is_empty() { None } else { self.take(field, problems) }
    }
}

/// A form post; one that is not a form is a 400. What is sent was read whole, and within its limit, before any handler.
impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if !is_form(request.headers()) && !request.body().is_end_stream() {
            return Err(Refusal::BadRequest("The form did not arrive as a form. Open the page and send it again.".to_owned()));
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| Refusal::half())?;
        Ok(Self::parse(&String::from_utf8_lossy(&body)))
    }
}

/// Whether what is sent says of itself that it is a form.
pub fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// What is wrong with a form, field by field, in the order of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, String)>);

impl Problems {
    /// Notes what is wrong with a field. The first word about a field is kept.
    pub fn add(&mut self, field: &'static str, message: impl Display) {
        if self.of(field).is_none() {
            self.0.push((field, message.to_string()));
        }
    }

    /// What is wrong with this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| *key == field).map(|(_, message)| message.as_str())
    }

    /// Puts them in the order of these fields, where they were found in another; any others come last.
    pub fn in_the_order_of(&mut self, fields: &[&str]) {
        self.0.sort_by_key(|(name, _)| fields.iter().position(|field| field == name).unwrap_or(fields.len()));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and message, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, message)| (*field, message.as_str()))
    }
}

/// A form on its way to the page: what was typed and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What was typed.
    pub form: Form,
    /// What is wrong.
    pub problems: Problems,
}

impl Sheet {
    /// An untouched form with these values in it.
    pub fn fresh(form: Form) -> Self {
        Self { form, problems: Problems::default() }
    }

    /// 422 where something is wrong, 200 otherwise.
    pub fn status(&self) -> StatusCode {
        if self.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// A value that was read, or else a word beside its field.
pub fn given<T>(read: Option<T>, field: &'static str, message: &'static str, problems: &mut Problems) -> Option<T> {
    if read.is_none() {
        problems.add(field, message);
    }
    read
}

/// A day as its field sends it, and in no other form: `2026-10-01`. No day that matters here lies before 1900.
pub fn day(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|day: &Date| is_plain && day.year() >= 1900)
}

/// A time of day as its field sends it, to the minute: `14:30`, or `14:30:00`.
pub fn time_of_day(text: &str) -> Option<Time> {
    let minute = text.strip_suffix(":00").filter(|rest| rest.len() == 5).unwrap_or(text);
    let is_plain = minute.len() == 5 && minute.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    minute.parse().ok().filter(|_| is_plain)
}

/// Percent-encodes a text for use as a value in a query.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Undoes the encoding of forms. What is not sound is kept as it stands: a person typed it.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let ahead = rest.clone().take(2).collect::<Vec<u8>>();
                let hex =
                    std::str::from_utf8(&ahead).ok().filter(|hex| hex.len() == 2 && hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
                if let Some(decoded) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    bytes.push(decoded);
                    rest.by_ref().take(2).for_each(drop);
                } else {
                    bytes.push(b'%');
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where to go after signing in: a path of ours, and nothing else, so that nobody is led astray. Browsers read `\`
/// as `/`, and leave tabs and line breaks out of an address wherever they stand.
pub fn own_path(text: &str) -> Option<&str> {
    let sound = text.starts_with('/') && !text.starts_with("//") && !text.contains(|c: char| c == '\\' || c.is_control());
    sound.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded_and_keep_their_order() {
        let form = Form::parse("name=Zo%C3%AB+B&tag=a&tag=b&bad=%zz%4&sign=%+1&empty=");
        assert_eq!(form.get("name"), "Zoë B");
        assert_eq!(form.all("tag").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(form.get("bad"), "%zz%4");
        assert_eq!(form.get("sign"), "% 1");
        assert_eq!(form.get("missing"), "");
    }

    #[test]
    fn what_is_encoded_is_decoded_again() {
        for text in ["/learn?a=1&b=ü", "100 %+x"] {
            assert_eq!(decode(&encode(text)), text);
        }
    }

    #[test]
    fn days_and_times_are_read_as_fields_send_them_and_in_no_other_form() {
        assert_eq!(day("2026-10-01"), Some(jiff::civil::date(2026, 10, 1)));
        for text in ["", "-009999-01-01", "0001-01-01", "1899-12-31", "2026-10-01T00:00", "20261001", "2026-02-30"] {
            assert_eq!(day(text), None, "{text}");
        }
        let half = Some(jiff::civil::time(14, 30, 0, 0));
        assert_eq!((time_of_day("14:30"), time_of_day("14:30:00")), (half, half));
        for text in ["", "T14:30", "14:30:30", "14:30:00.5", "14", "2026-10-01T14:30", "24:30", "14:30:00:00"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }

    #[test]
    fn the_sign_that_no_text_may_hold_is_left_out() {
        assert_eq!(Form::parse("once=a%00b").get("once"), "ab");
    }

    #[test]
    fn only_our_own_paths_are_gone_back_to() {
        assert_eq!(own_path("/learn/x?y=1"), Some("/learn/x?y=1"));
        for text in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/\r/evil.example", "/\u{7f}", ""] {
            assert_eq!(own_path(text), None, "{text:?}");
        }
    }
}
