//! Pages as a trainee gets them: which load script, and how long a lesson is.

use anyhow::{Context as _, Result, ensure};

use crate::{client::Client, figures::Figures, site::Site};

/// The program that the trainee of the demonstration is in, and the one with every module.
const PROGRAMS: [&str; 2] = ["foundations-2026", "model-aligned-2026"];

/// A lesson to measure with.
pub(crate) struct Lesson {
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

/// Looks at pages with and without islands, and at every lesson of every module.
pub(crate) async fn measure(site: &Site, figures: &mut Figures) -> Result<Lesson> {
    let mut client = Client::connect(&site.address).await?;
    let mut scripts = Vec::new();
    let mut lessons = Vec::new();
    for program in PROGRAMS {
        let joined = client.post(&format!("/programs/{program}"), Some(&site.trainee), "").await?;
        ensure!(joined.status == 303, "joining {program} was answered with {}", joined.status);
        let start = format!("/learn/{program}");
        let ledger = page(&mut client, site, &start, &mut scripts).await?;
        let mut modules: Vec<String> = links(&ledger, &format!("{start}/modules/")).iter().map(|path| module_of(path)).collect();
        modules.dedup();
        ensure!(!modules.is_empty(), "{start} names no module");
        for module in modules {
            let text = page(&mut client, site, &module, &mut scripts).await?;
            let inside = links(&text, &format!("{module}/"));
            let is_lesson = |path: &String| !path.ends_with("/check") && !path.ends_with("/drill") && !path.contains('#');
            for path in inside.into_iter().filter(is_lesson) {
                let text = page(&mut client, site, &path, &mut scripts).await?;
                lessons.push(Lesson { path, body: text.into_bytes() });
            }
        }
    }
    figures.note(format!("{} lesson pages looked at", lessons.len()));
    for path in ["/", "/programs", "/verify", "/learn", "/practicum", "/account"] {
        page(&mut client, site, path, &mut scripts).await?;
    }
    let which = if scripts.is_empty() { String::new() } else { format!("; these do: {}", scripts.join(" ")) };
    figures.holds(&format!("pages without an island load no script{which}"), scripts.is_empty());
    let longest = lessons.into_iter().max_by_key(|lesson| lesson.body.len()).context("no module has a lesson")?;
    figures.at_most(
        &format!("the longest lesson page, {}", longest.path),
        f64::from(u32::try_from(longest.body.len())?) / 1024.0,
        60.0,
        "KB",
    );
    Ok(longest)
}

async fn page(client: &mut Client, site: &Site, path: &str, scripts: &mut Vec<String>) -> Result<String> {
    let answer = client.get(path, Some(&site.trainee)).await?;
    ensure!(answer.status == 200, "{path} answered {}", answer.status);
    let text = answer.text();
    if text.contains("<script") && !text.contains("<leptos-island") {
        scripts.push(path.to_owned());
    }
    Ok(text)
}

/// The addresses on a page that begin like this, each once.
fn links(text: &str, start: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split("href=\"")
        .skip(1)
        .filter_map(|after| after.split('"').next())
        .filter(|address| address.starts_with(start))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// `…/modules/m01` out of `…/modules/m01/first-lesson`.
fn module_of(path: &str) -> String {
    path.split('/').take(5).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_once_and_their_module_too() {
        let text = "<a href=\"/learn/p/modules/m01/a\">A</a><a href=\"/learn/p/modules/m01/a\">A</a><a href=\"/learn\">L</a>";
        let found = links(text, "/learn/p/modules/");
        assert_eq!(found, ["/learn/p/modules/m01/a"]);
        assert_eq!(module_of(found.first().unwrap()), "/learn/p/modules/m01");
    }
}
