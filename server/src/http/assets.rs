//! The built files: inside the binary in a release, from the folder while developing. Their names carry a
//! digest of their contents, so a browser keeps them for ever.

use app::site::Assets;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

#[derive(rust_embed::RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Built;

/// The plain names and what they are called in addresses. Empty where nothing was built.
pub fn manifest() -> Assets {
    let file = Built::get("manifest.json");
    Assets(file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default())
}

/// GET /assets/{name}: the smallest form that the browser takes.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let takes = |coding: &str| {
        headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|list| list.split(',').any(|entry| is_taken(entry, coding)))
    };
    let path = format!("assets/{name}");
    let coded = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(coding, _)| takes(coding))
        .find_map(|(coding, end)| Some((Some(coding), Built::get(&format!("{path}{end}"))?)));
    let Some((coding, file)) = coded.or_else(|| Some((None, Built::get(&path)?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(&name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether an entry of the header names this coding, and does not refuse it with a weight of nothing.
fn is_taken(entry: &str, coding: &str) -> bool {
    let mut parts = entry.split(';').map(str::trim);
    let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
    let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
    named && weight.is_some_and(|weight| weight > 0.0)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
