//! A lesson page for a signed-in trainee, against the floor with the same bytes, in turns.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result};
use tokio::process::{Child, Command};

use crate::{
    Options,
    figures::Figures,
    floor,
    load::{CONNECTIONS, Target, rate},
    pages::Lesson,
    site::{Site, announced},
};

/// Measures both in turns, so that what else the machine does falls on both alike; the middle round counts.
pub(crate) async fn measure(site: &Site, lesson: &Lesson, options: &Options, figures: &mut Figures) -> Result<()> {
    let database = options.data.join("floor.db");
    floor::fill(&database, &lesson.body).await?;
    let (mut child, address) = start_floor(&database).await?;
    let bare = Target { address, path: "/".to_owned(), cookie: None };
    let ours = Target { address: site.address.clone(), path: lesson.path.clone(), cookie: Some(site.trainee.clone()) };
    let time = Duration::from_secs(options.seconds);
    let (mut floors, mut pages) = (Vec::new(), Vec::new());
    for round in 1..=options.rounds {
        floors.push(rate(&bare, time).await?);
        pages.push(rate(&ours, time).await?);
        println!(
            "   round {round}: floor {:.0}, lesson {:.0} requests a second",
            floors.last().unwrap_or(&0.0),
            pages.last().unwrap_or(&0.0)
        );
    }
    child.kill().await?;
    let (floor, page) = (middle(floors), middle(pages));
    figures.note(format!("{CONNECTIONS} connections: the floor answers {floor:.0} requests a second, the lesson page {page:.0}"));
    figures.at_least("a lesson page against the bare floor", page / floor, 0.2);
    Ok(())
}

async fn start_floor(database: &Path) -> Result<(Child, String)> {
    let program = std::env::current_exe()?;
    let mut child = Command::new(program).arg("floor").arg("--database").arg(database).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let stdout = child.stdout.take().context("the floor says nothing")?;
    Ok((child, announced(stdout).await?))
}

fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}
