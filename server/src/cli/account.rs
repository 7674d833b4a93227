//! `alongside account`

use app::routes::Route;
use clap::Subcommand;
use domain::accounts::{self, Actor};
use types::{Email, Name, Role};

use super::{Refused, open, say};
use crate::config::Data;

/// Look after accounts
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Make an account, or give an existing one a role, and print a link to choose a password
    Create {
        /// The e-mail address
        #[arg(long)]
        email: Email,
        /// The name to be called by
        #[arg(long)]
        name: Name,
        /// trainee, trainer or officer
        #[arg(long)]
        role: Role,
        /// Where people reach the site, for the link
        #[arg(long, env = "ALONGSIDE_PUBLIC_URL", default_value = "http://127.0.0.1:3000", value_name = "URL")]
        public_url: String,
        #[command(flatten)]
        data: Data,
    },
}

impl Account {
    pub(crate) async fn run(self) -> Result<(), Refused> {
        let Self::Create { email, name, role, public_url, data } = self;
        let platform = open::platform(&data).await?;
        let mut write = platform.write(&Actor::operator()).await?;
        let (_, secret) = accounts::create(&mut write, &email, &name, role).await?;
        write.commit().await?;
        let url = public_url.trim_end_matches('/');
        say(&format!("{name} ({email}) is here as: {}.", role.title()));
        say("This link works once, for seven days, to choose a password:");
        say(&format!("{url}{}?token={}", Route::Reset, secret.reveal()));
        Ok(())
    }
}
