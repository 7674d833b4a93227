//! One request as the pages see it: who asks, on which installation, and how to answer.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    response::{IntoResponse as _, Response},
};
use domain::{
    Platform, Read, Secret,
    accounts::{self, Actor},
    credentials::Issuer,
};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::*;
use types::{PersonId, Role};

use crate::{
    error::Refusal,
    shell::{self, Page},
    site::{App, Site},
};

/// A visit: one request with its visitor.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The domain.
    pub platform: Platform,
    /// Who issues certificates here.
    pub issuer: Issuer,
    /// The installation.
    pub site: Arc<Site>,
    /// Who asks.
    pub actor: Actor,
    /// The path and query that were asked for.
    pub path: String,
    /// What the browser calls itself, in few words.
    pub browser: String,
    /// Whether one of our own pages led here, as far as the browser tells.
    pub from_here: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit
where
    App: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Self::begin(App::from_ref(state), parts).await
    }
}

impl Visit {
    /// Reads who asks from the request's cookie: one question to the database, or none without a cookie.
    pub async fn begin(app: App, parts: &Parts) -> Result<Self, Refusal> {
        let App { platform, issuer, site } = app;
        let actor = match cookie(&parts.headers, cookie_name(&site)) {
            Some(secret) => accounts::actor_of(&platform.read(), &Secret::from_text(secret)).await?,
            None => Actor::nobody(),
        };
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        let from_here = parts.headers.get("sec-fetch-site").is_none_or(|from| from == "same-origin");
        Ok(Self { platform, issuer, site, actor, path, browser: browser(&parts.headers), from_here })
    }

    /// A visit by nobody we know, for what must stand where it cannot be asked who they are.
    pub fn nobody(app: App) -> Self {
        let App { platform, issuer, site } = app;
        Self { platform, issuer, site, actor: Actor::nobody(), path: "/".to_owned(), browser: String::new(), from_here: false }
    }

    /// A look at the domain.
    pub fn read(&self) -> Read {
        self.platform.read()
    }

    /// The person who is signed in; anybody else is sent to sign in and comes back here.
    pub fn person(&self) -> Result<PersonId, Refusal> {
        self.actor.person().ok_or_else(|| Refusal::SignIn { back: self.path.clone() })
    }

    /// Goes on only for a person with one of these roles. To others the page does not exist.
    pub fn only(&self, roles: &[Role]) -> Result<PersonId, Refusal> {
        let person = self.person()?;
        if roles.iter().any(|role| self.actor.is(*role)) { Ok(person) } else { Err(Refusal::NotFound) }
    }

    /// Draws a page.
    pub fn page(&self, page: Page, view: impl IntoView + 'static) -> Response {
        shell::respond(self, page, || view)
    }

    /// Draws a page that has an island, and loads the script for it. The view is made while the page is drawn.
    pub fn page_with_islands<V: IntoView + 'static>(&self, page: Page, view: impl FnOnce() -> V) -> Response {
        shell::respond(self, page.with_islands(), view)
    }

    /// Sends the browser on after a form post.
    pub fn redirect(&self, to: impl std::fmt::Display) -> Response {
        let location = HeaderValue::try_from(to.to_string()).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }

    /// Sends the browser on with a fresh session in its cookie.
    pub fn redirect_signed_in(&self, to: impl std::fmt::Display, secret: &Secret) -> Response {
        self.with_cookie(self.redirect(to), secret.reveal(), 14 * 24 * 60 * 60)
    }

    /// Sends the browser on without its session.
    pub fn redirect_signed_out(&self, to: impl std::fmt::Display) -> Response {
        self.with_cookie(self.redirect(to), "", 0)
    }

    fn with_cookie(&self, mut response: Response, value: &str, seconds: u32) -> Response {
        let name = cookie_name(&self.site);
        let secure = if self.site.is_https() { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// The status of an island's call that was refused. The call answers with the words; this is set beside
/// them, and one place puts it on the response.
#[derive(Debug, Clone, Default)]
pub struct CallStatus(Arc<std::sync::OnceLock<StatusCode>>);

impl CallStatus {
    /// Sets the status. The first one counts.
    pub fn set(&self, status: StatusCode) {
        let _ = self.0.set(status);
    }

    /// The status that was set.
    pub fn get(&self) -> Option<StatusCode> {
        self.0.get().copied()
    }
}

/// Browsers take a `__Host-` cookie only over https and only for the whole of one host.
fn cookie_name(site: &Site) -> &'static str {
    if site.is_https() { "__Host-alongside" } else { "alongside" }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// A few words that let a person tell their sessions apart. No more of the header is kept.
fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = |names: &[(&'static str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let program = known(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = known(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "A browser we do not know".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; alongside=abc; b=2"));
        assert_eq!(cookie(&headers, "alongside"), Some("abc"));
        assert_eq!(cookie(&headers, "along"), None);
    }
}
