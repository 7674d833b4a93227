//! Too often is refused: tries at passwords, and work that costs.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
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

/// How long the body of a request may take, and as long again what is done with it: whoever sends half a form holds a
/// connection no longer.
const REQUEST_TIME: Duration = Duration::from_mins(1);

/// How often one address may post to the guarded pages, how often it may ask the API, and how long a request may take.
#[derive(Debug, Clone)]
pub struct Limits {
    often: Arc<Often>,
    time: Duration,
}

#[derive(Debug)]
struct Often {
    a_minute: u32,
    proxies: Vec<IpNet>,
    clock: Clock,
    seen: Mutex<Seen>,
}

/// What is counted, each by itself: an office that checks many certificates can still sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    Forms,
    Questions,
}

/// Counts of the minute that runs; a new minute starts afresh, so that the table does not grow beyond one minute's
/// visitors.
#[derive(Debug, Default)]
struct Seen {
    minute: i64,
    counts: HashMap<(Counted, IpAddr), u32>,
}

impl Limits {
    /// So many a minute and address, counted by this clock. `proxies` are believed about whom they speak for. A request
    /// may take a minute.
    pub fn new(a_minute: u32, proxies: Vec<IpNet>, clock: Clock) -> Self {
        Self { often: Arc::new(Often { a_minute, proxies, clock, seen: Mutex::default() }), time: REQUEST_TIME }
    }

    /// The same limits, but a request may take this long.
    #[must_use]
    pub fn with_request_time(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// How long a request may take.
    pub(super) fn request_time(&self) -> Duration {
        self.time
    }

    /// Counts one try. Answers after how many seconds the next is welcome, where this one is too many.
    fn count(&self, what: Counted, from: IpAddr) -> Option<u32> {
        let now = self.often.clock.now().seconds();
        let mut seen = self.often.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.minute != now.div_euclid(60) {
            *seen = Seen { minute: now.div_euclid(60), counts: HashMap::new() };
        }
        let count = seen.counts.entry((what, household(from))).or_default();
        *count = count.saturating_add(1);
        (*count > self.often.a_minute).then(|| u32::try_from(60 - now.rem_euclid(60)).unwrap_or(60))
    }

    /// Whose request this is: the connection's address or, where that is a trusted proxy, the last address named
    /// that is not one of them.
    fn visitor(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())?;
        let mut from = peer.to_canonical();
        let named =
            request.headers().get_all("x-forwarded-for").iter().rev().flat_map(|value| value.to_str().unwrap_or_default().rsplit(','));
        // Each proxy adds whom it heard at the end, after whatever the visitor brought along: so it is read backward,
        // and believed only as far as proxies that are known pass it on.
        for named in named {
            if !self.often.proxies.iter().any(|network| network.contains(&from)) {
                break;
            }
            let Some(address) = address(named.trim()) else { break };
            from = address.to_canonical();
        }
        Some(from)
    }
}

/// `192.0.2.1` or `2001:db8::1`, alone or as some proxies write them: `192.0.2.1:4000`, `[2001:db8::1]:4000`.
fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// What one visitor can be told by: the whole of an IPv4 address, but only the network of an IPv6 address, since
/// whoever has one address of a /64 has all of them.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// Lets few posts through a minute and address, and every look.
pub(super) async fn few_posts(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST
        && let Some(from) = limits.visitor(&request)
        && let Some(seconds) = limits.count(Counted::Forms, from)
    {
        return Refusal::TooOften(seconds).into_response();
    }
    next.run(request).await
}

/// Marks a question that is one too many, for the call itself to answer in its own form.
pub(super) async fn few_questions(State(limits): State<Limits>, mut request: Request, next: Next) -> Response {
    if let Some(seconds) = limits.visitor(&request).and_then(|from| limits.count(Counted::Questions, from)) {
        request.extensions_mut().insert(TooOften(seconds));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use types::Moment;

    use super::*;

    #[test]
    fn one_too_many_waits_for_the_next_minute() {
        let clock = Clock::set_to(Moment(30_000));
        let limits = Limits::new(2, Vec::new(), clock.clone());
        let (one, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let form = |from| limits.count(Counted::Forms, from);
        assert_eq!((form(one), form(one), form(other)), (None, None, None));
        assert_eq!(form(one), Some(30));
        assert_eq!(limits.count(Counted::Questions, one), None, "questions are counted by themselves");
        clock.move_to(Moment(60_000));
        assert_eq!(form(one), None);
    }

    #[test]
    fn a_network_of_ipv6_is_one_visitor_and_ipv4_is_itself_in_any_dress() {
        let limits = Limits::new(1, Vec::new(), Clock::set_to(Moment(0)));
        let form = |from: &str| limits.count(Counted::Forms, from.parse().unwrap());
        assert_eq!(form("2001:db8:0:1::1"), None);
        assert_eq!(form("2001:db8:0:1:ffff::2"), Some(60));
        assert_eq!(form("2001:db8:0:2::1"), None);
        assert_eq!(form("192.0.2.1"), None);
        assert_eq!(form("::ffff:192.0.2.1"), Some(60));
        assert_eq!(form("::ffff:192.0.2.2"), None);
    }

    #[test]
    fn only_known_proxies_are_believed_and_only_their_own_word() {
        let limits = Limits::new(2, vec!["10.0.0.0/8".parse().unwrap()], Clock::set_to(Moment(0)));
        let from = |peer: &str, words: &[&str]| {
            let request = words.iter().fold(Request::builder(), |request, words| request.header("x-forwarded-for", *words));
            let mut request = request.body(axum::body::Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4000)));
            limits.visitor(&request).unwrap().to_string()
        };
        let brought = ["192.0.2.1", "192.0.2.2, 192.0.2.3"];
        assert_eq!(from("10.1.2.3", &brought), "192.0.2.3", "what the visitor brought along is not believed");
        assert_eq!(from("::ffff:10.1.2.3", &brought), "192.0.2.3");
        assert_eq!(from("11.1.2.3", &brought), "11.1.2.3");
        assert_eq!(from("10.1.2.3", &["192.0.2.1, 192.0.2.3, 10.9.9.9", "10.8.8.8"]), "192.0.2.3", "proxies in a row");
        assert_eq!(from("10.1.2.3", &["[2001:db8::1]:4000"]), "2001:db8::1");
        assert_eq!(from("10.1.2.3", &["192.0.2.1, unknown, 10.9.9.9"]), "10.9.9.9", "as far as it can be read");
        assert_eq!(from("10.1.2.3", &[]), "10.1.2.3");
    }
}
