//! Forms are taken from our own pages only.

use app::{error::Refusal, site::App};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, Method, header};

/// Refuses what changes something and comes from another site. Browsers say where a form comes from; a
/// request that says nothing comes from no browser and has no cookie to misuse.
pub(super) async fn own_forms_only(State(app): State<App>, request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_ours(request.headers(), &app.site.public_url) {
        return next.run(request).await;
    }
    Refusal::OtherOrigin.into_response()
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match text(header::ORIGIN) {
        None => true,
        // Without a proxy in front, the site has every address that leads here.
        Some(origin) => {
            let here = || text(header::HOST).map(|host| format!("http://{host}"));
            origin == public_url || (public_url.starts_with("http://") && here().as_deref() == Some(origin))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_count_as_ours() {
        let ours = |pairs: &[(&'static str, &'static str)]| is_ours(&headers(pairs), "https://a.example");
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "same-site"), ("origin", "https://a.example")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(ours(&[("origin", "https://a.example")]));
        assert!(!ours(&[("origin", "http://a.example"), ("host", "a.example")]), "whoever can answer for the name without its key");
        let plain = |pairs: &[(&'static str, &'static str)]| is_ours(&headers(pairs), "http://localhost:3000");
        assert!(plain(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!plain(&[("origin", "https://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!ours(&[("origin", "https://b.example"), ("host", "a.example")]));
        assert!(!ours(&[("origin", "null"), ("host", "a.example")]));
        assert!(ours(&[]));
    }
}
