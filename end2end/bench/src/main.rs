//! Measures speed and size, and says them as ratios against their limits. Called by `cargo xtask bench`,
//! which builds everything for speed first.
#![expect(clippy::print_stdout, reason = "the figures are what this program answers")]

mod client;
mod figures;
mod floor;
mod load;
mod pages;
mod site;
mod sizes;
mod speed;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Args, Parser};

use figures::Figures;

/// The program's own allocator, so that the floor is not slower for want of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(name = "bench")]
enum Verb {
    /// Measure, and exit 1 when a limit is broken
    Measure(Options),
    /// Serve one row of a database, and do nothing else
    Floor {
        /// The database
        #[arg(long)]
        database: PathBuf,
    },
}

/// What is measured.
#[derive(Debug, Clone, Args)]
struct Options {
    /// The program
    #[arg(long)]
    program: PathBuf,
    /// The folder with the files that it serves
    #[arg(long)]
    site: PathBuf,
    /// A folder for the data, made anew
    #[arg(long)]
    data: PathBuf,
    /// Seconds of each round
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Rounds of each of the two
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Verb::parse() {
        Verb::Floor { database } => floor::serve(&database).await.map(|()| true),
        Verb::Measure(options) => measure(&options).await,
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Answers whether every limit is kept.
async fn measure(options: &Options) -> Result<bool> {
    let mut figures = Figures::default();
    sizes::measure(&options.site, &mut figures)?;
    let site = site::Site::start(&options.program, &options.data).await?;
    site.memory(&mut figures).await?;
    let lesson = pages::measure(&site, &mut figures).await?;
    speed::measure(&site, &lesson, options, &mut figures).await?;
    for line in figures.told() {
        println!("{line}");
    }
    Ok(figures.all_kept())
}
