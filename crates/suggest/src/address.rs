//! Where a model server is, and whether asking it lets anything leave this machine.
//!
//! Invariant: an address counts as this machine's only when its host is a loopback address written
//! out, or `localhost`, which is not looked up but taken for 127.0.0.1. Any other host is elsewhere,
//! and is only spoken to over TLS.

use std::fmt;
use std::net::IpAddr;
use ureq::http::Uri;

/// Longest address, in bytes.
const LONGEST: usize = 2_000;

/// The address of a server that speaks the OpenAI chat interface.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    base: String,
    host: String,
    here: bool,
}

/// An address that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AddressError {
    /// Not an address of a server.
    #[error(
        "`{0}` is no address of a model server; give one such as http://127.0.0.1:8080/v1, without \
         a name, password, query or fragment in it"
    )]
    Malformed(String),
    /// Plain HTTP to another machine.
    #[error(
        "{0} is another machine, and over http:// whoever stands between could read the documents; \
         use https://, or an encrypted tunnel that ends on this machine"
    )]
    Plain(String),
    /// This build has no TLS.
    #[error(
        "{0} is another machine, and this program was built without TLS (feature `https`): it can \
         only ask model servers on this machine"
    )]
    WithoutTls(String),
}

impl Address {
    /// The address written as `http://127.0.0.1:8080/v1`; without a path `/v1` is meant.
    ///
    /// # Errors
    /// When it is no such address, or names another machine without TLS.
    pub fn parse(written: &str) -> Result<Self, AddressError> {
        let malformed = || {
            let shown = written.chars().take(80).filter(|c| !c.is_control());
            AddressError::Malformed(shown.collect())
        };
        if written.len() > LONGEST || written.contains('#') {
            return Err(malformed());
        }
        let uri: Uri = written.trim().parse().map_err(|_| malformed())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(malformed());
        };
        let host = authority.host().to_ascii_lowercase();
        let secure = scheme == "https";
        if !(secure || scheme == "http")
            || authority.as_str().contains('@')
            || uri.query().is_some()
            || host.is_empty()
        {
            return Err(malformed());
        }
        let literal: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let here = host == "localhost" || literal.is_some_and(|address| address.is_loopback());
        if !here && !secure {
            return Err(AddressError::Plain(host));
        }
        if secure && !cfg!(feature = "https") {
            return Err(AddressError::WithoutTls(host));
        }
        // A certificate is made out to the name, so that the name stays where there is TLS.
        let spoken = if host == "localhost" && !secure {
            "127.0.0.1"
        } else {
            &host
        };
        let here = here && !(secure && host == "localhost");
        let port = authority.port_u16();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let path = uri.path().trim_end_matches('/');
        let path = path.strip_suffix("/chat/completions").unwrap_or(path);
        let path = if path.is_empty() { "/v1" } else { path };
        Ok(Self {
            base: format!("{scheme}://{spoken}{port}{path}"),
            host,
            here,
        })
    }

    /// The host, when asking it lets words leave this machine.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&str> {
        (!self.here).then_some(self.host.as_str())
    }

    /// The address of `path` below it.
    pub(crate) fn below(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_a_loopback_address_that_is_written_out() {
        for written in [
            "http://127.0.0.1:8080/v1",
            "http://localhost:11434",
            "http://[::1]:8080/v1/",
            "http://127.9.9.9/v1/chat/completions",
        ] {
            assert_eq!(
                Address::parse(written).unwrap().elsewhere(),
                None,
                "{written}"
            );
        }
        let address = Address::parse("http://LOCALHOST:11434").unwrap();
        assert_eq!(address.to_string(), "http://127.0.0.1:11434/v1");
    }

    #[test]
    fn plain_http_to_anywhere_else_is_refused() {
        for written in [
            "http://192.168.1.5:8080/v1",
            "http://127.0.0.1.example.org/v1",
            "http://localhost.example.org/v1",
            "http://0.0.0.0:8080/v1",
            "http://[::ffff:127.0.0.1]:8080/v1",
            "http://2130706433/v1",
        ] {
            let refused = Address::parse(written);
            assert!(
                matches!(refused, Err(AddressError::Plain(_))),
                "{written}: {refused:?}"
            );
        }
    }

    #[test]
    fn what_is_no_plain_address_of_a_server_is_refused() {
        for written in [
            "",
            "127.0.0.1:8080",
            "/v1",
            "ftp://127.0.0.1/v1",
            "http://user:word@127.0.0.1/v1",
            "http://example.org@127.0.0.1/v1",
            "http://127.0.0.1/v1?key=1",
            "http://127.0.0.1/v1#part",
        ] {
            let refused = Address::parse(written);
            assert!(
                matches!(refused, Err(AddressError::Malformed(_))),
                "{written}: {refused:?}"
            );
        }
    }

    #[cfg(feature = "https")]
    #[test]
    fn a_named_host_is_elsewhere() {
        let address = Address::parse("https://models.example.org/v1").unwrap();
        assert_eq!(address.elsewhere(), Some("models.example.org"));
    }

    #[cfg(not(feature = "https"))]
    #[test]
    fn without_tls_there_is_no_elsewhere() {
        let refused = Address::parse("https://models.example.org/v1");
        assert!(matches!(refused, Err(AddressError::WithoutTls(_))));
    }
}
