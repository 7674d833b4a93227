//! A site of its own for each test, and the people who visit it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use app::site::{App, Site};
use axum::{Router, body::Body};
use domain::{
    Clock, Database, Ids, Platform,
    accounts::{self, Actor, Password},
    credentials::Issuer,
    curriculum::{self, Source},
    jobs,
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use migrations::Migrations;
use serde_json::Value;
use server::{
    http::{Limits, router},
    mail::Mailer,
    worker::Worker,
};
use tower::ServiceExt as _;
use types::{Moment, Role};

/// 1 September 2026, noon in UTC.
pub(crate) const NOON: Moment = Moment(1_788_264_000_000);
/// The password of everybody in these tests.
pub(crate) const PASSWORD: &str = "violet harbor seven kites";

/// A site.
pub(crate) struct World {
    pub(crate) platform: Platform,
    pub(crate) clock: Clock,
    pub(crate) worker: Worker,
    router: Router,
    folder: tempfile::TempDir,
}

impl World {
    /// A fresh site on `SQLite`, with nothing published yet.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("alongside.db"));
        Migrations::up(&database.url()).await.unwrap();
        let clock = Clock::set_to(NOON);
        let platform = Platform::open(&database, clock.clone(), Ids::seeded(7)).await.unwrap();
        // Its key is old enough for certificates of years ago.
        let then = platform.under(Clock::set_to(NOON.plus(-4 * 366 * Moment::DAY)));
        let issuer = Issuer::open(&then, "http://localhost:3000", "Example Training", folder.path().join("keys")).await.unwrap();
        let site = Arc::new(Site {
            public_url: "http://localhost:3000".to_owned(),
            organization: "Example Training".to_owned(),
            contact: Some("555-0100, help@example.org".to_owned()),
            zone: jiff::tz::TimeZone::get("America/Chicago").unwrap(),
            assets: app::site::Assets::default(),
            demo_outbox: None,
        });
        let mailer = Mailer::outbox(folder.path().join("outbox"), "alongside@example.org").unwrap();
        let worker = Worker { platform: platform.clone(), issuer: issuer.clone(), site: site.clone(), mailer };
        let limits = Limits::new(1000, Vec::new(), clock.clone());
        let router = router::router(App { platform: platform.clone(), issuer, site }, limits);
        Self { platform, clock, worker, router, folder }
    }

    /// A fresh site with the project's own content.
    pub(crate) async fn with_content() -> Self {
        let world = Self::new().await;
        let source = Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")).unwrap();
        let mut write = world.platform.write(&Actor::operator()).await.unwrap();
        curriculum::publish(&mut write, &source).await.unwrap();
        write.commit().await.unwrap();
        world
    }

    /// A fresh site with the demonstration's people and work, and what the demonstration says of them.
    pub(crate) async fn with_demonstration() -> (Self, Value) {
        let world = Self::new().await;
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
        let told = server::demo::fill(&world.platform, &world.worker.issuer, &world.worker.site.zone, &content).await.ok().unwrap();
        (world, told)
    }

    /// Somebody without an account.
    pub(crate) fn anonymous(&self) -> Client {
        Client { router: self.router.clone(), cookie: None }
    }

    /// Somebody with an account in this role, signed in.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Client {
        let email = format!("{}@example.org", name.to_lowercase()).parse().unwrap();
        let mut write = self.platform.write(&Actor::operator()).await.unwrap();
        let (_, link) = accounts::create(&mut write, &email, &name.parse().unwrap(), role).await.unwrap();
        write.commit().await.unwrap();
        let password = Password::parse(PASSWORD).unwrap();
        let signed_in = accounts::reset_password(&self.platform, &link, password, "a test").await.unwrap();
        Client { router: self.router.clone(), cookie: Some(format!("alongside={}", signed_in.secret.reveal())) }
    }

    /// Does all the work that waits, and answers the letters that lie in the outbox, oldest first.
    pub(crate) async fn letters(&self) -> Vec<String> {
        self.worker.drain().await;
        assert_eq!(jobs::open_jobs(&self.platform.read()).await.unwrap(), 0, "a job was left behind");
        let mut paths: Vec<PathBuf> = match std::fs::read_dir(self.folder.path().join("outbox")) {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
            Err(_) => Vec::new(),
        };
        paths.sort();
        paths.into_iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    /// The path of the link in the newest letter.
    pub(crate) async fn newest_link(&self) -> String {
        let letters = self.letters().await;
        let letter = letters.last().expect("a letter");
        let link = letter.lines().find_map(|line| line.strip_prefix("http://localhost:3000/")).expect("a link");
        format!("/{}", link.trim())
    }
}

/// A visitor with a browser's cookie jar.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    cookie: Option<String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
}

impl Client {
    /// Looks at a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path), String::new()).await
    }

    /// Signs in by the form.
    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) {
        let answer = self.post("/login", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{email}");
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(key, value)| format!("{}={}", app::form::encode(key), app::form::encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        self.post_raw(path, body).await
    }

    /// Sends a form as a browser writes it.
    pub(crate) async fn post_raw(&mut self, path: &str, body: String) -> Answer {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        self.ask(request, body).await
    }

    /// Asks in any way.
    pub(crate) async fn ask(&mut self, mut request: http::request::Builder, body: String) -> Answer {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        // Numbers and units are held together by blanks at which no line breaks; a test reads them as any others.
        let body = String::from_utf8_lossy(&bytes).replace('\u{a0}', " ");
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// The session's cookie.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }
}

/// A method by its name.
pub(crate) fn method(name: &str) -> Method {
    Method::from_bytes(name.to_uppercase().as_bytes()).unwrap()
}
