//! POST /api/v1/verify: the same check as on the page, for programs.

use axum::{
    Extension,
    body::{Bytes, HttpBody as _},
    extract::{FromRequest as _, Request, State},
    response::{IntoResponse, Response},
};
use domain::credentials::{
    self, UtcTime,
    format::{JsonError, read_json},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use types::Moment;

use crate::site::App;

/// Put on the request by the layer that counts: this visitor asked too often.
#[derive(Debug, Clone, Copy)]
pub struct TooOften(pub u32);

/// The most that a question may hold: the longest token, and what JSON puts around it.
pub const MOST_BYTES: usize = 300 * 1024;

fn too_large() -> Response {
    problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is larger than any certificate.")
}

/// Answers 200 with the report, whatever its verdict; 400 for what cannot be read, 408 for what takes
/// too long, 413 for what is too large, 429 for too often.
pub async fn verify(State(app): State<App>, often: Option<Extension<TooOften>>, request: Request) -> Response {
    if let Some(Extension(TooOften(seconds))) = often {
        let mut response = problem(StatusCode::TOO_MANY_REQUESTS, "too-often", "Too many questions in a minute. Please wait.");
        if let Ok(value) = seconds.to_string().parse() {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        return response;
    }
    if request.body().size_hint().lower() > MOST_BYTES as u64 {
        return too_large();
    }
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return too_large();
        }
        Err(_) => return problem(StatusCode::BAD_REQUEST, "unreadable", "The body did not arrive whole."),
    };
    let (text, at) = match question(&body) {
        Ok(question) => question,
        Err(words) => return problem(StatusCode::BAD_REQUEST, "unreadable", words),
    };
    match credentials::check(&app.platform.read(), &app.issuer, &app.site.zone, &text, at).await {
        Ok(checked) => {
            super::log(&checked.faults);
            match serde_json::to_string(&checked.report) {
                Ok(body) => ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], body).into_response(),
                Err(error) => failed(&error),
            }
        }
        Err(error) => failed(&error),
    }
}

/// What took too long, on its way here or with us.
pub fn too_slow() -> Response {
    problem(
        StatusCode::REQUEST_TIMEOUT,
        "too-slow",
        "This took too long: the question did not arrive whole, or we could not answer in time. Please ask again.",
    )
}

/// The call with another method than POST.
pub async fn other_method() -> Response {
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "method", "This call takes POST only.");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

/// No call has this address.
pub fn no_such_call() -> Response {
    problem(StatusCode::NOT_FOUND, "not-found", "There is no such call. /api/v1/openapi.json describes those that there are.")
}

/// Reads `{"credential": …, "at": …}`, as strictly as a certificate: what stands twice could be meant in two ways.
fn question(body: &[u8]) -> Result<(String, Option<Moment>), &'static str> {
    let body = read_json(body).map_err(|error| match error {
        JsonError::NotJson => "The body is not JSON.",
        JsonError::Duplicate => "The body has a member that stands twice.",
        JsonError::TooDeep => "The body is nested too deeply.",
    })?;
    let text = match body.get("credential") {
        Some(Value::String(text)) => text.clone(),
        Some(document @ Value::Object(_)) => document.to_string(),
        _ => return Err("The body needs a member `credential`: a token, a number, an address, or a document."),
    };
    let at = match body.get("at") {
        None | Some(Value::Null) => None,
        Some(Value::String(at)) => Some(UtcTime::parse(at).map_err(|_| NO_TIME)?),
        Some(_) => return Err(NO_TIME),
    };
    Ok((text, at.map(|at| Moment(at.0))))
}

const NO_TIME: &str = "The member `at` is not an RFC 3339 time with its zone, such as 2026-11-02T15:00:00Z, with capital T and Z.";

/// A problem document (RFC 9457).
pub(super) fn problem(status: StatusCode, code: &str, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Problem");
    let body = json!({"type": format!("about:blank#{code}"), "title": title, "status": status.as_u16(), "detail": detail});
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

fn failed(error: &dyn std::error::Error) -> Response {
    tracing::error!(error = %error, "a certificate could not be checked");
    broken()
}

/// Something broke on our side; what it was is logged.
pub fn broken() -> Response {
    problem(StatusCode::INTERNAL_SERVER_ERROR, "unavailable", "Something broke on our side. Please try again.")
}
