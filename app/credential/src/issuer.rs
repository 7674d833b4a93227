//! Who issues: the public address of a site, and everything that is named after it.

use std::net::Ipv6Addr;

use crate::status::Purpose;

/// The public address of a site, such as `https://certify.example`: scheme, host and port, no path.
///
/// The issuer's name in certificates, `did:web:…`, is made from it, so it is fixed when the first
/// certificate is issued.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    url: String,
    did: String,
}

/// Why a text cannot be the public address of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// It starts with neither `https://` nor `http://`.
    #[error("the public address must start with https:// (or http:// on this machine)")]
    Scheme,
    /// A path, a query, a fragment or a sign-in follows the host.
    #[error("the public address must end after the host name and port")]
    MoreThanHost,
    /// The host is empty or has letters that a host name does not have.
    #[error("the public address has no valid host name; write an international name in its xn-- form")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port in the public address is not a number from 1 to 65535")]
    Port,
}

impl BaseUrl {
    /// Reads a public address. One slash at the end is dropped, the host is lowered, and the port that
    /// goes without saying is left out.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let lowered = text.to_ascii_lowercase();
        let (scheme, usual_port, rest) = match (lowered.strip_prefix("https://"), lowered.strip_prefix("http://")) {
            (Some(rest), _) => ("https", 443, rest),
            (None, Some(rest)) => ("http", 80, rest),
            (None, None) => return Err(BaseUrlError::Scheme),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains(['/', '?', '#', '@', '\\']) {
            return Err(BaseUrlError::MoreThanHost);
        }
        let (host, port) = split_port(authority)?;
        let port = port.filter(|port| *port != usual_port);
        let shown_port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let coded_port = port.map(|port| format!("%3A{port}")).unwrap_or_default();
        Ok(Self { url: format!("{scheme}://{host}{shown_port}"), did: format!("did:web:{}{coded_port}", coded(host)) })
    }

    /// The address, with no slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The issuer's name in certificates, such as `did:web:certify.example` or `did:web:localhost%3A3000`.
    #[must_use]
    pub fn did(&self) -> &str {
        &self.did
    }

    /// The page of a certificate, which is also the certificate's `id`.
    #[must_use]
    pub fn certificate(&self, number: &str) -> String {
        format!("{}/certificates/{number}", self.url)
    }

    /// The number in the `id` or the page address of one of this issuer's certificates.
    #[must_use]
    pub fn certificate_number<'a>(&self, url: &'a str) -> Option<&'a str> {
        let number = url.strip_prefix(self.url.as_str())?.strip_prefix("/certificates/")?;
        is_number(number).then_some(number)
    }

    /// Where a status list is published.
    #[must_use]
    pub fn status_list(&self, purpose: Purpose, number: u32) -> String {
        format!("{}/status/{purpose}/{number}", self.url)
    }

    /// The number of the status list with this address, where it is one of this issuer's.
    #[must_use]
    pub fn status_list_number(&self, purpose: Purpose, url: &str) -> Option<u32> {
        let (_, last) = url.rsplit_once('/')?;
        let number = last.parse().ok()?;
        (self.status_list(purpose, number) == url).then_some(number)
    }
}

/// A certificate's number stands in addresses as it is, so it has only letters, digits and hyphens.
pub(crate) fn is_number(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), BaseUrlError> {
    let host_end = authority.rfind(']').map_or(0, |end| end + 1);
    let (host, port) = match authority.rfind(':').filter(|colon| *colon >= host_end) {
        Some(colon) => {
            let (host, port) = authority.split_at_checked(colon).ok_or(BaseUrlError::Host)?;
            let digits = port.trim_start_matches(':');
            let port = digits.parse::<u16>().map_err(|_| BaseUrlError::Port)?;
            if port == 0 || port.to_string() != digits {
                return Err(BaseUrlError::Port);
            }
            (host, Some(port))
        }
        None => (authority, None),
    };
    let valid = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host.len() <= 253 && host.split('.').all(is_label),
    };
    if !valid {
        return Err(BaseUrlError::Host);
    }
    Ok((host, port))
}

/// One part of a host name (RFC 1123). None is empty, so a dot at the end is refused too: it would make another
/// name of the same host, and the name of the issuer is for ever.
fn is_label(label: &str) -> bool {
    let letters = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (1..=63).contains(&label.len()) && letters && !label.starts_with('-') && !label.ends_with('-')
}

/// A DID has no room for the brackets and colons of a numeric address; they are percent-encoded.
fn coded(host: &str) -> String {
    host.replace('[', "%5B").replace(']', "%5D").replace(':', "%3A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_did_is_made_from_the_address() {
        let cases = [
            ("https://certify.example", "https://certify.example", "did:web:certify.example"),
            ("https://Certify.Example:443/", "https://certify.example", "did:web:certify.example"),
            ("https://certify.example:8443", "https://certify.example:8443", "did:web:certify.example%3A8443"),
            ("http://localhost:3000", "http://localhost:3000", "did:web:localhost%3A3000"),
            ("http://[::1]:3000/", "http://[::1]:3000", "did:web:%5B%3A%3A1%5D%3A3000"),
            ("http://[::1]", "http://[::1]", "did:web:%5B%3A%3A1%5D"),
        ];
        for (text, url, did) in cases {
            let base = BaseUrl::parse(text);
            assert_eq!(base.as_ref().map(|b| (b.as_str(), b.did())), Ok((url, did)), "{text}");
        }
    }

    #[test]
    fn anything_but_scheme_host_and_port_is_refused() {
        let cases = [
            ("certify.example", BaseUrlError::Scheme),
            ("ftp://certify.example", BaseUrlError::Scheme),
            ("https://certify.example/board", BaseUrlError::MoreThanHost),
            ("https://certify.example//", BaseUrlError::MoreThanHost),
            ("https://a@certify.example", BaseUrlError::MoreThanHost),
            ("https://certify.example?x", BaseUrlError::MoreThanHost),
            ("https://", BaseUrlError::Host),
            ("https://certify example", BaseUrlError::Host),
            ("https://certifié.example", BaseUrlError::Host),
            ("https://certify.example.", BaseUrlError::Host),
            ("https://...", BaseUrlError::Host),
            ("https://certify..example", BaseUrlError::Host),
            ("https://-", BaseUrlError::Host),
            ("https://-certify.example", BaseUrlError::Host),
            ("https://[:::]", BaseUrlError::Host),
            ("https://[]", BaseUrlError::Host),
            ("https://certify.example:0", BaseUrlError::Port),
            ("https://certify.example:+8", BaseUrlError::Port),
            ("https://certify.example:99999", BaseUrlError::Port),
            ("https://certify.example:", BaseUrlError::Port),
        ];
        for (text, error) in cases {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn only_own_addresses_are_recognised() -> Result<(), BaseUrlError> {
        let base = BaseUrl::parse("https://certify.example")?;
        assert_eq!(base.certificate_number("https://certify.example/certificates/018f-a"), Some("018f-a"));
        for url in [
            "https://certify.example.evil.test/certificates/1",
            "https://certify.example/certificates/../1",
            "https://certify.example/certificates/",
            "http://certify.example/certificates/1",
        ] {
            assert_eq!(base.certificate_number(url), None, "{url}");
        }
        let list = base.status_list(Purpose::Revocation, 7);
        assert_eq!(list, "https://certify.example/status/revocation/7");
        assert_eq!(base.status_list_number(Purpose::Revocation, &list), Some(7));
        for url in [
            "https://certify.example/status/suspension/7",
            "https://certify.example/status/revocation/07",
            "https://evil.test/status/revocation/7",
        ] {
            assert_eq!(base.status_list_number(Purpose::Revocation, url), None, "{url}");
        }
        Ok(())
    }
}
