//! The authorization table: every route of the site, asked as each role.
//!
//! The routes are read from the source, so a new one that does not stand in the table fails here.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use http::{Request, header};
use types::Role;

use crate::world::{World, method};

/// Every route as `METHOD /path`, read from the places that mount routes.
fn routes_in_source() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = vec![root.join("server/src/http/router.rs")];
    collect(&root.join("app/src"), &mut files);
    let mut routes = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for call in text.split(".route(").skip(1) {
            let Some(path) = call.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
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
            for name in ["get", "post"] {
                if handlers.contains(&format!(" {name}(")) || handlers.contains(&format!(".{name}(")) {
                    routes.insert(format!("{} {path}", name.to_uppercase()));
                }
            }
        }
    }
    routes
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

#[tokio::test]
async fn every_route_is_asked_as_everybody() {
    let world = World::with_content().await;
    let mut table = String::from("route | nobody | trainee | trainer | officer\n");
    for route in routes_in_source() {
        let (name, path) = route.split_once(' ').unwrap();
        let path = path.replace("{name}", "nothing").replace("{*name}", "nothing").replace(['{', '}'], "");
        let mut row = route.clone();
        for role in [None, Some(Role::Trainee), Some(Role::Trainer), Some(Role::Officer)] {
            // A fresh person each time: signing out, for one, must not touch the next row.
            let mut client = match role {
                None => world.anonymous(),
                Some(role) => world.person(&format!("{role}{}", row.len() + table.len()), role).await,
            };
            let request =
                Request::builder().method(method(name)).uri(&path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let answer = client.ask(request, String::new()).await;
            let to = if answer.location().starts_with("/login") { " sign in" } else { "" };
            write!(row, " | {}{to}", answer.status.as_u16()).unwrap();
        }
        writeln!(table, "{row}").unwrap();
    }
    insta::assert_snapshot!(table);
}
