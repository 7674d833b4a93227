//! What an installation is told, by options or by the environment (`ALONGSIDE_…`): where the data lie, and the options
//! of `serve`. The other commands name their own variables beside their options.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use clap::{Arg, Args, builder::Resettable};
use domain::{Database, OpenError};
use ipnet::IpNet;
use types::{Name, Note};

/// Where the data lie. Every command but `content check` takes these.
#[derive(Debug, Clone, Args)]
#[command(mut_args(unless_empty))]
pub struct Data {
    /// The folder for the database, the keys and the outbox
    #[arg(long, env = "ALONGSIDE_DATA_DIR", default_value = "./data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// The database, when it is not `SQLite` in the data folder: sqlite:PATH or postgres://…
    #[arg(
        long,
        env = "ALONGSIDE_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true,
        help = "The database, when it is not SQLite in the data folder: sqlite:PATH or postgres://…"
    )]
    pub database_url: Option<String>,
}

impl Data {
    /// The database that these options name.
    pub fn database(&self) -> Result<Database, OpenError> {
        match &self.database_url {
            Some(url) => Database::parse(url),
            None => Ok(Database::Sqlite(self.data_dir.join("alongside.db"))),
        }
    }
}

/// Options of `alongside serve`.
#[derive(Debug, Clone, Args)]
#[command(mut_args(unless_empty))]
pub struct Serve {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its fields are the options")]
    pub data: Data,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, env = "ALONGSIDE_ADDR", default_value = "127.0.0.1:3000", value_name = "ADDR", value_parser = address)]
    pub addr: SocketAddr,
    /// Where people reach the site, such as <https://training.example.org>; by default the address it listens on
    #[arg(
        long,
        env = "ALONGSIDE_PUBLIC_URL",
        value_name = "URL",
        help = "Where people reach the site, such as https://training.example.org; by default the address it listens on"
    )]
    pub public_url: Option<String>,
    /// The folder with the authored content
    #[arg(long, env = "ALONGSIDE_CONTENT", default_value = "./content", value_name = "DIR")]
    pub content: PathBuf,
    /// The name of the organization that runs the site and signs its certificates
    #[arg(long, env = "ALONGSIDE_ORGANIZATION", default_value = "Alongside", value_name = "NAME", value_parser = name)]
    pub organization: String,
    /// How people reach the organization, such as a telephone number or an address; shown at the foot of every page
    #[arg(long, env = "ALONGSIDE_CONTACT", value_name = "WORDS", value_parser = contact)]
    pub contact: Option<String>,
    /// The time zone of the organization
    #[arg(long, env = "ALONGSIDE_TIME_ZONE", default_value = "America/New_York", value_name = "ZONE")]
    pub time_zone: String,
    /// The mail server, such as <smtps://user:password@mail.example.org>; without one, letters are files in the outbox
    #[arg(
        long,
        env = "ALONGSIDE_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        help = "The mail server, such as smtps://user:password@mail.example.org, or smtp://…:587?tls=required; without one, letters are files in the outbox"
    )]
    pub smtp_url: Option<String>,
    /// The address that letters come from; where it has no name, the organization's is put to it
    #[arg(long, env = "ALONGSIDE_MAIL_FROM", default_value = "alongside@localhost.localdomain", value_name = "ADDRESS")]
    pub mail_from: String,
    /// The folder with the signing keys; by default `keys` in the data folder
    #[arg(long, env = "ALONGSIDE_KEY_DIR", value_name = "DIR")]
    pub key_dir: Option<PathBuf>,
    /// How often one address may send an account form (sign-in, sign-up, forgotten password) in a minute, and how often it may ask the API about a certificate
    #[arg(long, env = "ALONGSIDE_RATE_LIMIT", default_value_t = 60, value_name = "N", value_parser = number)]
    pub rate_limit: u32,
    /// Proxies whose word about the visitor's address is taken: addresses or networks such as 10.0.0.0/8, with commas between them
    #[arg(long, env = "ALONGSIDE_TRUSTED_PROXIES", value_delimiter = ',', value_name = "CIDR", value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Fills an empty database with sample people and work, and prints their sign-ins. Only on this machine's own addresses
    #[arg(long)]
    pub demo: bool,
}

/// A variable that is set to nothing counts as not set: a line of a file of settings may stay there and be empty.
fn unless_empty(option: Arg) -> Arg {
    #[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
    let empty = option.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    if empty { option.env(Resettable::Reset) } else { option }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address and a port, such as 127.0.0.1:3000".to_owned())
}

/// It stands in certificates and letters for good: one line of at most 120 letters that can be seen.
fn name(text: &str) -> Result<String, String> {
    text.parse::<Name>().map(|name| name.to_string()).map_err(|error| error.to_string())
}

/// One line of at most 500 letters that can be seen.
fn contact(text: &str) -> Result<String, String> {
    let line = text.parse::<Note>().map_err(|error| error.to_string())?;
    if line.as_str().contains('\n') { Err("write it in one line".to_owned()) } else { Ok(line.to_string()) }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "write a whole number above 0, such as 60".to_owned())
}

/// `10.0.0.0/8`, or one address. A blank after the comma does no harm.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let one = text.parse::<IpAddr>().map(IpNet::from);
    one.or_else(|_| text.parse()).map_err(|_| "write an address such as 127.0.0.1, or a network such as 10.0.0.0/8".to_owned())
}

impl Serve {
    /// Where the keys lie.
    pub fn keys(&self) -> PathBuf {
        self.key_dir.clone().unwrap_or_else(|| self.data.data_dir.join("keys"))
    }

    /// Where letters lie when there is no mail server.
    pub fn outbox(&self) -> PathBuf {
        self.data.data_dir.join("outbox")
    }
}
