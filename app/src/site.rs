//! What is true of this installation: its address, its organization, its assets.

use std::{collections::HashMap, path::PathBuf};

use domain::{Platform, credentials::Issuer};

/// The state that every handler shares.
#[derive(Debug, Clone)]
pub struct App {
    /// The domain.
    pub platform: Platform,
    /// Who issues certificates here.
    pub issuer: Issuer,
    /// The installation.
    pub site: std::sync::Arc<Site>,
}

/// The installation.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where people reach it, without a slash at the end: `https://training.example.org`.
    pub public_url: String,
    /// The organization that runs it and signs its certificates.
    pub organization: String,
    /// How people reach the organization, where it says so.
    pub contact: Option<String>,
    /// The time zone of the organization; dates and hours are shown in it.
    pub zone: jiff::tz::TimeZone,
    /// The built files.
    pub assets: Assets,
    /// Set in a demonstration whose letters stay here: where they lie, so that a page can show them.
    pub demo_outbox: Option<PathBuf>,
}

impl Site {
    /// Whether people reach it by https, so that cookies must not travel otherwise.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whose site it is, and how to reach them, for the foot of every page.
    pub fn whose(&self) -> String {
        let reach = self.contact.as_ref().map(|contact| format!(" You can reach them at {contact}.")).unwrap_or_default();
        format!("{} runs this site.{reach}", self.organization)
    }

    /// A full address for a path of ours, for letters and certificates.
    pub fn absolute(&self, path: impl std::fmt::Display) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// The built files by their plain names; each name in an address carries a digest of the contents.
#[derive(Debug, Clone, Default)]
pub struct Assets(pub HashMap<String, String>);

impl Assets {
    /// The address of a file, such as `main.css`. A file that was not built has an address that is not
    /// found, which shows in the browser and in the tests.
    pub fn url(&self, name: &str) -> String {
        self.0.get(name).map_or_else(|| format!("/assets/{name}"), |hashed| format!("/{hashed}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foot_of_a_page_says_whose_site_it_is_and_how_to_reach_them() {
        let mut site = Site {
            public_url: "https://training.example.org".to_owned(),
            organization: "Harbor Peer Center".to_owned(),
            contact: None,
            zone: jiff::tz::TimeZone::UTC,
            assets: Assets::default(),
            demo_outbox: None,
        };
        assert_eq!(site.whose(), "Harbor Peer Center runs this site.");
        site.contact = Some("555-0100, help@example.org".to_owned());
        assert_eq!(site.whose(), "Harbor Peer Center runs this site. You can reach them at 555-0100, help@example.org.");
    }
}
