//! The command line. Errors go to standard error in one line that says what to do; exit 0 done, 1 refused
//! or not valid, 2 wrong usage or could not tell.

mod account;
mod audit;
mod certificate;
pub(crate) mod content;
mod jobs;
mod keys;
mod migrate;
mod open;
pub mod serve;
mod shown;

use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use tracing_subscriber::EnvFilter;
use types::Moment;

/// Training, supervised practice and verifiable certificates for peer support specialists.
#[derive(Debug, Parser)]
#[command(name = "alongside", version, about, max_term_width = 100)]
struct Cli {
    /// What is written to standard error while running, such as info, or warn,domain=debug
    #[arg(
        long,
        env = "ALONGSIDE_LOG",
        global = true,
        default_value = "warn,server=info,app=info,domain=info",
        value_name = "FILTER",
        value_parser = filter,
        help_heading = "For every command"
    )]
    log: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the site
    Serve(Box<crate::config::Serve>),
    /// Look after the schema of the database
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Look after accounts
    #[command(subcommand)]
    Account(account::Account),
    /// Look after the authored content
    #[command(subcommand)]
    Content(content::Content),
    /// Look after the signing keys
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Look after certificates
    #[command(subcommand)]
    Certificate(certificate::Certificates),
    /// Look after the record of every act
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Look after letters and other work that waits
    #[command(subcommand)]
    Jobs(jobs::Jobs),
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Refused {
    /// Refused, or not valid: exit 1.
    No(String),
    /// Wrong usage, or it could not be told: exit 2.
    Unclear(String),
}

impl<E: std::error::Error> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::No(said(&error))
    }
}

/// The entry of the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::builder().parse_lossy(&cli.log))
        .with_writer(std::io::stderr)
        // A file with a terminal's colors in it is hard to read.
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return ended(Err(Refused::No(format!("the program could not start its threads: {error}")))),
    };
    let code = ended(runtime.block_on(run(cli.command)));
    // What still runs after the answer is not waited for: a thread that hashes or looks up a name cannot be stopped.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

/// What is to be logged, refused where it cannot be read.
fn filter(text: &str) -> Result<String, String> {
    let words = "write a level such as info, or more of them with their parts, such as warn,domain=debug";
    EnvFilter::builder().parse(text).map(|_| text.to_owned()).map_err(|_| words.to_owned())
}

async fn run(command: Command) -> Result<(), Refused> {
    match command {
        Command::Serve(options) => serve::serve(*options).await,
        Command::Migrate(command) => command.run().await,
        Command::Account(command) => command.run().await,
        Command::Content(command) => command.run().await,
        Command::Keys(command) => command.run().await,
        Command::Certificate(command) => command.run().await,
        Command::Audit(command) => command.run().await,
        Command::Jobs(command) => command.run().await,
    }
}

fn ended(result: Result<(), Refused>) -> ExitCode {
    match result {
        Ok(()) if LOST.load(Ordering::Relaxed) => ExitCode::from(1),
        Ok(()) => ExitCode::SUCCESS,
        Err(Refused::No(words)) => {
            tell(&words);
            ExitCode::from(1)
        }
        Err(Refused::Unclear(words)) => {
            tell(&words);
            ExitCode::from(2)
        }
    }
}

/// Says something on standard output: what a person or a script asked for.
pub(crate) fn say(words: &str) {
    heard(writeln!(io::stdout().lock(), "{words}"));
}

/// Says what went wrong on standard error.
pub(crate) fn tell(words: &str) {
    // Where nobody can be told on standard error either, the exit code is all there is.
    let _ = writeln!(io::stderr().lock(), "alongside: {words}");
}

/// Whether something that was asked for could not be written down.
static LOST: AtomicBool = AtomicBool::new(false);

/// A reader that has seen enough, as `head` has, closes its end, and that is well. A disk that is full is not.
fn heard(written: io::Result<()>) {
    if let Err(error) = written
        && error.kind() != io::ErrorKind::BrokenPipe
        && !LOST.swap(true, Ordering::Relaxed)
    {
        tell(&format!("the answer could not be written ({error})"));
    }
}

/// An error and its causes in one line.
fn said(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !words.contains(&text) {
            words = format!("{words}: {text}");
        }
        cause = next.source();
    }
    words
}

/// When something was or will be, in UTC as all times of the command line: whoever reads it may be anywhere.
fn time(moment: Moment) -> String {
    Timestamp::from_millisecond(moment.0).unwrap_or_default().strftime("%Y-%m-%dT%H:%MZ").to_string()
}

/// `1 act`, `3 acts`
fn counted(many: u64, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}
