//! The authorization table: every route of the site, asked as each role, forms without anything in them. What each
//! act of a form does for whom stands in `acts`.
//!
//! The routes are read from the source, so a new one that does not stand in the table fails here.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use domain::accounts::{self, Actor};
use http::{Request, header};
use types::Role;

use crate::world::{Client, World, method};

/// Every route as `METHOD /path`, read from the places that mount routes.
pub(crate) fn routes_in_source() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = vec![root.join("server/src/http/router.rs")];
    collect(&root.join("app/src"), &mut files);
    let mut routes = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for other in [".nest(", ".nest_service(", ".route_service("] {
            assert!(!text.contains(other), "{} mounts routes with {other}, which this table does not read", file.display());
        }
        for call in text.split(".route(").skip(1) {
            let path = call.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            assert!(path.is_some(), "{} mounts a route whose address is not written out", file.display());
            let path = path.unwrap_or_default();
            // The handlers of this call, up to the next one.
            let mut depth = 1;
            let handlers: String = call
                .chars()
                .take_while(|c| {
                    depth += match c {
                        '(' => 1,
                        ')' => -1,
                        _ => 0,
                    };
                    depth > 0
                })
                .collect();
            let has = |name: &str| handlers.contains(&format!(" {name}(")) || handlers.contains(&format!(".{name}("));
            for name in ["any", "put", "patch", "delete", "on"] {
                assert!(!has(name), "{path} is mounted with {name}, which this table does not read");
            }
            let names: Vec<&str> = ["get", "post"].into_iter().filter(|name| has(name)).collect();
            assert!(!names.is_empty(), "{path} is mounted in a way that this table does not read");
            routes.extend(names.iter().map(|name| format!("{} {path}", name.to_uppercase())));
        }
    }
    routes
}

pub(crate) fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// What an address names on this site: things of Rosa's where they are somebody's.
fn filled_in(path: &str, things: &Things) -> String {
    // One module has a drill, and one program has that module.
    let path =
        if path.ends_with("/drill") { path.replace("{program}", "model-aligned-2026").replace("{module}", "m13") } else { path.to_owned() };
    let named = [
        ("{program}", "foundations-2026"),
        ("{statement}", "code-of-ethics"),
        ("{guide}", "live-1"),
        ("{lesson}", "many-names"),
        ("{module}", "m02"),
        ("{attempt}", &things.attempt),
        ("{entry}", &things.entry),
        ("{unfinished}", &things.unfinished),
        ("{session}", &things.session),
        ("{certificate}", &things.certificate),
        ("{thumbprint}", &things.thumbprint),
        ("{purpose}", "revocation"),
        ("{number}", "1"),
        ("/certificates/{name}", &format!("/certificates/{}", things.certificate)),
        ("/assets/{*name}", "/assets/none.css"),
        ("/api/fn/{*name}", "/api/fn/none"),
    ];
    let filled = named.iter().fold(path.clone(), |path, (name, value)| path.replace(name, value));
    assert!(!filled.contains('{'), "{path} names something that this table does not know");
    filled
}

/// One of each thing that addresses name.
struct Things {
    attempt: String,
    question: String,
    entry: String,
    unfinished: String,
    session: String,
    certificate: String,
    thumbprint: String,
    owner: (String, String),
}

impl Things {
    async fn of(world: &World, told: &serde_json::Value) -> Self {
        let text = |path: &str| told.pointer(path).unwrap().as_str().unwrap().to_owned();
        let attempt = text("/attempt/id");
        let paper = domain::assessment::paper(&world.platform.read(), attempt.parse().unwrap()).await.unwrap();
        let sessions = domain::learning::sessions_after(&world.platform.read(), world.platform.now()).await.unwrap();
        let (email, password) = (text("/signIns/0/email"), text("/signIns/0/password"));
        let rosa = accounts::sign_in(&world.platform, &Actor::nobody(), &email.parse().unwrap(), password, "a test").await.unwrap();
        let rosa = accounts::actor_of(&world.platform.read(), &rosa.secret).await.unwrap();
        let mut write = world.platform.write(&rosa).await.unwrap();
        let release = domain::curriculum::current(&world.platform.read()).await.unwrap().unwrap();
        domain::learning::enrol(&mut write, "model-aligned-2026", "2026.2", &release).await.unwrap();
        let typed = vec![("note".to_owned(), "Half a thought".to_owned())];
        let unfinished = domain::practicum::keep_unfinished(&mut write, None, None, &typed, "half").await.unwrap();
        write.commit().await.unwrap();
        let jwks: serde_json::Value = serde_json::from_str(&world.anonymous().get("/.well-known/jwks.json").await.body).unwrap();
        Self {
            attempt,
            question: paper.questions.first().unwrap().version.clone(),
            entry: text("/practicumEntry/id"),
            unfinished: unfinished.to_string(),
            session: sessions.first().unwrap().id.to_string(),
            certificate: text("/certificates/valid/id"),
            thumbprint: jwks.pointer("/keys/0/kid").unwrap().as_str().unwrap().rsplit_once('#').unwrap().1.to_owned(),
            owner: (text("/signIns/0/email"), text("/signIns/0/password")),
        }
    }
}

/// Who asks. `Owner` is the trainee whom the entry and the attempt belong to.
#[derive(Clone, Copy)]
enum Asked {
    Nobody,
    Other,
    Owner,
    Trainer,
    Officer,
}

const EVERYBODY: [Asked; 5] = [Asked::Nobody, Asked::Other, Asked::Owner, Asked::Trainer, Asked::Officer];

/// A fresh session each time, and but for the owner a fresh person: signing out, for one, must not touch the
/// next question.
async fn visitor(world: &World, things: &Things, who: Asked, n: usize) -> Client {
    let role = match who {
        Asked::Nobody => return world.anonymous(),
        Asked::Owner => {
            let mut owner = world.anonymous();
            owner.sign_in(&things.owner.0, &things.owner.1).await;
            return owner;
        }
        Asked::Other => Role::Trainee,
        Asked::Trainer => Role::Trainer,
        Asked::Officer => Role::Officer,
    };
    world.person(&format!("{role}{n}"), role).await
}

async fn row(world: &World, things: &Things, name: &str, path: &str, body: &str, n: usize) -> String {
    let mut row = String::new();
    for who in EVERYBODY {
        let mut client = visitor(world, things, who, n).await;
        let request = Request::builder()
            .method(method(name))
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let answer = client.ask(request, body.to_owned()).await;
        let to = if answer.location().starts_with("/login") { " sign in" } else { "" };
        write!(row, " | {}{to}", answer.status.as_u16()).unwrap();
    }
    row
}

#[tokio::test]
async fn every_route_is_asked_as_everybody() {
    let (world, told) = World::with_demonstration().await;
    let things = Things::of(&world, &told).await;
    let mut table = String::from("route | nobody | another trainee | its trainee | trainer | officer\n");
    for (n, route) in routes_in_source().into_iter().enumerate() {
        let (name, path) = route.split_once(' ').unwrap();
        let row = row(&world, &things, name, &filled_in(path, &things), "", n).await;
        writeln!(table, "{route}{row}").unwrap();
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn every_server_function_is_asked_as_everybody() {
    let (world, told) = World::with_demonstration().await;
    let things = Things::of(&world, &told).await;
    let mut functions: Vec<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    functions.sort_unstable();
    let mut table = String::from("server function | nobody | another trainee | its trainee | trainer | officer\n");
    for (n, path) in functions.into_iter().enumerate() {
        let body = match path {
            "/api/fn/save-answer" => format!("attempt={}&version={}&options=a&once=1", things.attempt, things.question),
            other => panic!("{other} is a server function that this table does not know how to ask"),
        };
        let row = row(&world, &things, "post", path, &body, n).await;
        writeln!(table, "{path}{row}").unwrap();
    }
    insta::assert_snapshot!(table);
}
