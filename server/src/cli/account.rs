//! `alongside account`

use app::routes::Route;
use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use domain::{
    Look,
    accounts::{self, Actor, Person},
    credentials::fixed_address,
};
use types::{Email, Name, PersonId, Role};

use super::{Refused, open, say, tell};
use crate::config::Data;

/// Look after accounts
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Make an account, or give an existing one a role, and print a link to choose a password
    Create {
        /// The e-mail address
        #[arg(long, value_parser = Email::known)]
        email: Email,
        /// The name to be called by; whoever is here already keeps theirs
        #[arg(long)]
        name: Name,
        /// What they may do here
        #[arg(long, ignore_case = true, value_parser = role())]
        role: Role,
        /// Where people reach the site, for the link; by default where it was first served, and before that this machine,
        /// on port 3000
        #[arg(long, env = "ALONGSIDE_PUBLIC_URL", value_name = "URL")]
        public_url: Option<String>,
        #[command(flatten)]
        data: Data,
    },
}

/// The words for the roles, in capitals too.
fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|role| role.code())).try_map(|word| word.to_lowercase().parse::<Role>())
}

impl Account {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        let Self::Create { email, name, role, public_url, data } = self;
        if open::is_new(&data) {
            public_url.as_deref().map(open::public_address).transpose()?;
        }
        let platform = open::platform(&data).await?;
        let url = address(&platform.read(), public_url.as_deref()).await?;
        let mut write = platform.write(&Actor::operator()).await?;
        let before = roles(&write, |_, address| address.to_lowercase() == email.key()).await?;
        if before.is_empty() {
            // Whoever is new goes by the rule of today.
            email.as_str().parse::<Email>().map_err(|error| Refused::Unclear(format!("--email: {error}")))?;
        }
        let (id, secret) = accounts::create(&mut write, &email, &name, role).await?;
        let after = roles(&write, |member, _| member == id).await?;
        let person = accounts::person(&write, id).await?.ok_or_else(|| Refused::No("the account was ended meanwhile".to_owned()))?;
        write.commit().await?;
        say(&told(&person, &name, &before, &after));
        if before.is_empty() {
            say("This link works once, for seven days, to choose a password:");
        } else {
            say("This link works once, for seven days, to choose a new password. Links that were printed before work no more:");
        }
        say(&format!("{url}{}?token={}", Route::Reset, secret.reveal()));
        Ok(())
    }
}

/// Where the link leads: to the address on the certificates, which nothing changes any more. Before the site was first
/// served, to the one that is named.
async fn address(look: &impl Look, asked: Option<&str>) -> Result<String, Refused> {
    let fixed = fixed_address(look).await?;
    // What is fixed already stays as it is, also where it would not be taken today.
    let read = |url| if fixed.is_some() { open::address(url) } else { open::public_address(url) };
    match (&fixed, asked.map(read).transpose()?) {
        (Some(fixed), Some(asked)) if *fixed != asked => Err(Refused::No(format!(
            "this site is at {}, so a link to {} would lead nowhere. Leave --public-url away, and the link is right",
            fixed.as_str(),
            asked.as_str()
        ))),
        (Some(known), _) => Ok(known.as_str().to_owned()),
        (None, Some(known)) => Ok(known.as_str().to_owned()),
        (None, None) => {
            let usual = "http://127.0.0.1:3000";
            tell(&format!("the link is for {usual}; if people will reach the site elsewhere, say where with --public-url"));
            Ok(usual.to_owned())
        }
    }
}

/// The roles of the one member whom this picks by id or address, in their usual order.
async fn roles(look: &impl Look, is_meant: impl Fn(PersonId, &str) -> bool) -> Result<Vec<Role>, Refused> {
    let members = accounts::members(look).await?;
    let found = members.into_iter().find(|member| is_meant(member.id, &member.email));
    let mut roles = found.map(|member| member.roles).unwrap_or_default();
    roles.sort_unstable();
    Ok(roles)
}

/// What is so now, from what is stored and not from what was typed.
fn told(person: &Person, typed: &Name, before: &[Role], after: &[Role]) -> String {
    let who = format!("{} ({})", person.chosen_name, person.email);
    let titles: Vec<String> = after
        .iter()
        .map(|role| if before.is_empty() || before.contains(role) { role.title().to_owned() } else { format!("{} (new)", role.title()) })
        .collect();
    let titles = titles.join(", ");
    if before.is_empty() {
        return format!("{who} is here as: {titles}.");
    }
    let keeps = if *typed == person.chosen_name { "" } else { ", and keeps that name" };
    format!("{who} was here already{keeps}. Roles: {titles}.")
}
