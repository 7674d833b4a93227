//! Too often is refused: tries at passwords, and work that costs.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use app::{error::Refusal, verify::api::TooOften};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::Clock;
use http::Method;
use ipnet::IpNet;

/// How often one address may post to the guarded pages.
#[derive(Debug, Clone)]
pub struct Limits(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    a_minute: u32,
    proxies: Vec<IpNet>,
    clock: Clock,
    seen: Mutex<Seen>,
}

/// Counts of the minute that runs; a new minute starts afresh, so that the table cannot grow.
#[derive(Debug, Default)]
struct Seen {
    minute: i64,
    counts: HashMap<IpAddr, u32>,
}

impl Limits {
    /// So many posts a minute and address, counted by this clock. `proxies` are believed about whom they
    /// speak for.
    pub fn new(a_minute: u32, proxies: Vec<IpNet>, clock: Clock) -> Self {
        Self(Arc::new(Inner { a_minute, proxies, clock, seen: Mutex::default() }))
    }

    /// Counts one try. Answers after how many seconds the next is welcome, where this one is too many.
    pub fn count(&self, from: IpAddr) -> Option<u32> {
        let now = self.0.clock.now().seconds();
        let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.minute != now.div_euclid(60) {
            *seen = Seen { minute: now.div_euclid(60), counts: HashMap::new() };
        }
        let count = seen.counts.entry(from).or_default();
        *count = count.saturating_add(1);
        (*count > self.0.a_minute).then(|| u32::try_from(60 - now.rem_euclid(60)).unwrap_or(60))
    }

    /// Whose request this is: the connection's address, or the one a trusted proxy names last.
    pub fn visitor(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())?;
        if !self.0.proxies.iter().any(|network| network.contains(&peer)) {
            return Some(peer);
        }
        // A proxy adds its word at the end, after whatever the visitor brought along.
        let named = request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
        Some(named.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer))
    }
}

/// Lets few posts through a minute and address, and every look.
pub(super) async fn few_posts(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST
        && let Some(from) = limits.visitor(&request)
        && let Some(seconds) = limits.count(from)
    {
        return Refusal::TooOften(seconds).into_response();
    }
    next.run(request).await
}

/// Marks a question that is one too many, for the call itself to answer in its own form.
pub(super) async fn few_questions(State(limits): State<Limits>, mut request: Request, next: Next) -> Response {
    if let Some(seconds) = limits.visitor(&request).and_then(|from| limits.count(from)) {
        request.extensions_mut().insert(TooOften(seconds));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Moment;

    #[test]
    fn one_too_many_waits_for_the_next_minute() {
        let clock = Clock::set_to(Moment(30_000));
        let limits = Limits::new(2, Vec::new(), clock.clone());
        let (one, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        assert_eq!((limits.count(one), limits.count(one), limits.count(other)), (None, None, None));
        assert_eq!(limits.count(one), Some(30));
        clock.move_to(Moment(60_000));
        assert_eq!(limits.count(one), None);
    }

    #[test]
    fn only_a_known_proxy_is_believed_and_only_its_own_word() {
        let limits = Limits::new(2, vec!["10.0.0.0/8".parse().unwrap()], Clock::set_to(Moment(0)));
        let from = |peer: [u8; 4]| {
            let request = Request::builder().header("x-forwarded-for", "192.0.2.1").header("x-forwarded-for", "192.0.2.2, 192.0.2.3");
            let mut request = request.body(axum::body::Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 4000))));
            limits.visitor(&request).unwrap()
        };
        assert_eq!(from([10, 1, 2, 3]), IpAddr::from([192, 0, 2, 3]), "what the visitor brought along is not believed");
        assert_eq!(from([11, 1, 2, 3]), IpAddr::from([11, 1, 2, 3]));
    }
}
