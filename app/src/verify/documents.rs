//! What other programs read: the issuer's keys, the status lists, the description of the call.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::credentials::{
    self, ListError,
    format::{Purpose, did_document, jwks as jwk_set},
};
use http::{StatusCode, header};
use serde_json::{Value, json};

use super::api::problem;
use crate::site::App;

/// GET /.well-known/did.json
pub async fn did(State(app): State<App>) -> Response {
    match credentials::history(&app.platform.read(), app.issuer.base()).await {
        Ok(keys) => public("application/did+json", did_document(&keys).to_string()),
        Err(error) => failed(&error),
    }
}

/// GET /.well-known/jwks.json
pub async fn jwks(State(app): State<App>) -> Response {
    match credentials::history(&app.platform.read(), app.issuer.base()).await {
        Ok(keys) => public("application/jwk-set+json", jwk_set(&keys).to_string()),
        Err(error) => failed(&error),
    }
}

/// GET /keys/{thumbprint}: one bare key.
pub async fn key(State(app): State<App>, Path(thumbprint): Path<String>) -> Response {
    let keys = match credentials::history(&app.platform.read(), app.issuer.base()).await {
        Ok(keys) => keys,
        Err(error) => return failed(&error),
    };
    match keys.all().iter().find(|key| key.thumbprint() == thumbprint) {
        Some(key) => public("application/jwk+json", key.to_jwk().to_string()),
        None => problem(StatusCode::NOT_FOUND, "not-found", "There is no key with this thumbprint."),
    }
}

/// GET /status/{purpose}/{number}, with or without `.jwt`: the signed list.
pub async fn status_list(State(app): State<App>, Path((purpose, number)): Path<(String, String)>) -> Response {
    let missing = || problem(StatusCode::NOT_FOUND, "not-found", "There is no such status list.");
    let purpose = match purpose.as_str() {
        "revocation" => Purpose::Revocation,
        "suspension" => Purpose::Suspension,
        _ => return missing(),
    };
    let written = number.strip_suffix(".jwt").unwrap_or(&number);
    // A list has one address, as a certificate names it.
    let Some(number) = written.parse::<u32>().ok().filter(|number| number.to_string() == written) else { return missing() };
    match credentials::signed_list(&app.platform.read(), &app.issuer, purpose, number).await {
        Ok(token) => public("application/vc+jwt", token),
        Err(ListError::NotFound) => missing(),
        Err(error) => failed(&error),
    }
}

/// GET /api/v1/openapi.json
pub async fn openapi(State(app): State<App>) -> Response {
    public("application/openapi+json", description(&app.site.public_url).to_string())
}

fn public(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=60")], body).into_response()
}

fn failed(error: &dyn std::error::Error) -> Response {
    tracing::error!(error = %error, "a published document could not be made");
    problem(StatusCode::INTERNAL_SERVER_ERROR, "unavailable", "Something broke on our side. Please try again.")
}

fn description(server: &str) -> Value {
    let check = json!({
        "type": "object",
        "required": ["name", "outcome", "code", "message"],
        "properties": {
            "name": {"enum": ["signature", "issuer", "contents", "period", "status", "log"]},
            "outcome": {"enum": ["pass", "fail", "unknown"]},
            "code": {"type": "string", "description": "A stable word: ok, or the reason."},
            "message": {"type": "string", "description": "A sentence for people; its wording may change."},
        }
    });
    let time = json!({"type": "string", "format": "date-time"});
    let text = json!({"type": "string"});
    let certificate = json!({
        "type": "object",
        "description": "Absent in an invalid answer.",
        "properties": {
            "id": text, "holder": text, "credential": text, "issuer": text, "awardedDate": time,
            "validFrom": time, "validUntil": time, "status": {"enum": ["active", "suspended", "revoked", "unknown"]},
            "statusSince": {"type": "string", "format": "date-time", "description": "Since when it is suspended or revoked."},
        }
    });
    let report = json!({
        "type": "object",
        "required": ["verdict", "checkedAt", "at", "checks"],
        "properties": {
            "verdict": {"enum": ["invalid", "revoked", "suspended", "not_yet_valid", "expired", "unknown", "valid"]},
            "checkedAt": time, "at": time,
            "checks": {"type": "array", "items": check, "minItems": 6, "maxItems": 6},
            "certificate": certificate,
        }
    });
    let question = json!({
        "type": "object",
        "required": ["credential"],
        "properties": {
            "credential": {"description": "A signed token, a certificate's number or address, or a JSON-LD document.", "oneOf": [{"type": "string"}, {"type": "object"}]},
            "at": {"type": "string", "format": "date-time", "description": "The instant that is asked about; now where it is left out."},
        }
    });
    let refused = |words: &str| json!({"description": words, "content": {"application/problem+json": {"schema": {"type": "object"}}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Alongside", "version": "1", "description": "Checks certificates. No account, no key."},
        "servers": [{"url": server}],
        "paths": {"/api/v1/verify": {"post": {
            "operationId": "verify",
            "summary": "Check a certificate",
            "requestBody": {"required": true, "content": {"application/json": {"schema": question}}},
            "responses": {
                "200": {"description": "The checks and their verdict, also where the verdict is invalid.", "content": {"application/json": {"schema": report}}},
                "400": refused("The body cannot be read."),
                "408": refused("It took too long for the question to arrive, or to be answered."),
                "413": refused("The body is too large."),
                "429": refused("Too many questions in a minute; Retry-After says when to ask again."),
            }
        }}}
    })
}
