//! What is refused, and how.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use app::site::App;
use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, StatusCode, header};
use server::http::{Limits, router};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt as _;
use types::{Moment, Role};

use crate::world::World;

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let request =
        Request::post("/account").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "cross-site");
    let answer = rosa.ask(request, "act=names&chosen-name=X".into()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("This form came from another site"));
    let request = Request::post("/logout").header(header::ORIGIN, "https://evil.example").header(header::HOST, "localhost:3000");
    assert_eq!(rosa.ask(request, String::new()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let long = "x".repeat(70 * 1024);
    let answer = rosa.post("/account", &[("act", "names"), ("chosen-name", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("This is more than we can take"));
}

#[tokio::test]
async fn what_asks_for_no_form_takes_no_long_body_and_no_half_one_either() {
    let world = World::with_content().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let long = "x".repeat(70 * 1024);
    for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain"] {
        for path in ["/programs/foundations-2026", "/logout", "/account", "/nothing"] {
            let request = Request::post(path).header(header::CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
            assert_eq!(rosa.ask(request, long.clone()).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{kind} to {path}");
        }
    }
    assert_eq!(rosa.get("/account").await.status, StatusCode::OK, "nobody was signed out");
    assert_eq!(rosa.get("/learn/foundations-2026").await.status, StatusCode::NOT_FOUND, "nor did anybody join");
}

#[tokio::test]
async fn a_call_that_no_page_of_ours_would_make_is_refused_in_words_and_leads_nowhere() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    for body in ["", "attempt=1", "attempt=1&version=1&options=a&once=%00", "attempt=1&attempt=2&version=1&options=&once=1"] {
        let request = Request::post("/api/fn/save-answer")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, "http://evil.example/x")
            .header("sec-fetch-site", "same-origin");
        let answer = rosa.ask(request, body.to_owned()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}: {}", answer.body);
        assert!(answer.body.starts_with("ServerError|Not saved: ") && !answer.headers.contains_key(header::LOCATION), "{}", answer.body);
    }
    let unknown = rosa.post("/api/fn/unknown", &[]).await;
    assert!(unknown.status == StatusCode::NOT_FOUND && unknown.body.contains("Get help now"), "{}", unknown.body);
}

#[tokio::test]
async fn a_save_over_the_limit_is_refused_in_words_that_an_island_shows() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    let request = Request::post("/api/fn/save-answer")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let answer = rosa.ask(request, format!("attempt=1&version=1&once=1&options={}", "x".repeat(70 * 1024))).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.starts_with("ServerError|Not saved"), "{}", answer.body);
}

#[tokio::test]
async fn half_a_form_is_not_waited_for_and_is_answered_with_a_page() {
    let world = World::new().await;
    let app = App { platform: world.platform.clone(), issuer: world.worker.issuer.clone(), site: world.worker.site.clone() };
    let limits = Limits::new(1000, Vec::new(), world.clock.clone()).with_request_time(Duration::from_millis(200));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(axum::serve(listener, router::router(app, limits)).into_future());
    // With a word about how long it will be, and without.
    for half in ["Content-Length: 10\r\n\r\ne", "Transfer-Encoding: chunked\r\n\r\n1\r\ne\r\n"] {
        let head = format!(
            "POST /login HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n"
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(format!("{head}{half}").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{half:?}: {answer}");
        assert!(answer.contains("<h1>This took too long</h1>") && answer.contains("Get help now"), "{answer}");
    }
    // A program is told in its own form.
    let mut stream = TcpStream::connect(address).await.unwrap();
    let half = format!("POST /api/v1/verify HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{{");
    stream.write_all(half.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("about:blank#too-slow"), "{answer}");
    // What is too long by its own word is not waited for.
    let mut stream = TcpStream::connect(address).await.unwrap();
    let long = format!("POST /api/v1/verify HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n{{");
    stream.write_all(long.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("about:blank#too-large"), "{answer}");
    served.abort();
}

/// A form from this address: its status, and how long to wait.
async fn sent(router: &Router, path: &str, from: IpAddr) -> (StatusCode, Option<String>) {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(SocketAddr::new(from, 4000)))
        .body(Body::from("email=rosa%40example.org&password=x"))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let wait = response.headers().get(header::RETRY_AFTER).map(|seconds| seconds.to_str().unwrap().to_owned());
    (response.status(), wait)
}

#[tokio::test]
async fn too_often_in_a_minute_is_refused_with_the_time_to_wait() {
    let world = World::new().await;
    let app = App { platform: world.platform.clone(), issuer: world.worker.issuer.clone(), site: world.worker.site.clone() };
    let router = router::router(app, Limits::new(2, Vec::new(), world.clock.clone()));
    let too_often = (StatusCode::TOO_MANY_REQUESTS, Some("60".to_owned()));
    for (n, path) in (1_u8..).zip(["/login", "/signup", "/forgot", "/reset", "/invitation", "/api/v1/verify"]) {
        let from = IpAddr::from([192, 0, 2, n]);
        for _ in 0..2 {
            assert_ne!(sent(&router, path, from).await.0, StatusCode::TOO_MANY_REQUESTS, "{path}");
        }
        assert_eq!(sent(&router, path, from).await, too_often, "{path}");
        let other = if path == "/login" { "/api/v1/verify" } else { "/login" };
        let counted_apart = path == "/login" || path.starts_with("/api");
        let next = sent(&router, other, from).await.0;
        assert_eq!(next != StatusCode::TOO_MANY_REQUESTS, counted_apart, "{path}, then {other}");
    }
    world.clock.move_to(world.platform.now().plus(Moment::MINUTE));
    assert_ne!(sent(&router, "/login", IpAddr::from([192, 0, 2, 1])).await.0, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_does_not_exist_has_a_way_on() {
    let world = World::new().await;
    for path in [
        "/nothing",
        "/learn/nothing/at/all",
        "/certificates/nothing",
        "/%ff",
        "/learn/%ff",
        "/learn/%00",
        "/certificates/%00",
        "/assets/../../etc/passwd",
    ] {
        let answer = world.anonymous().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(path.starts_with("/assets") || answer.body.contains("Get help now"), "{path}: {}", answer.body);
    }
    let answer = world.anonymous().get("/nothing").await;
    assert!(answer.body.contains("Get help now") && answer.body.contains("Go to the first page"));
}

#[tokio::test]
async fn pages_without_an_island_carry_no_script() {
    let world = World::new().await;
    let mut rosa = world.person("Rosa", Role::Trainee).await;
    for path in ["/", "/login", "/signup", "/privacy", "/access", "/verify", "/account"] {
        let answer = rosa.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("<script") && !answer.body.contains("<!>"), "{path}");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{path}");
    }
}
