//! Addresses of the web, and which of them stand on private networks.
//!
//! Standards: RFC 6890 and the IANA special-purpose registries, RFC 4291, RFC 6052, RFC 3056,
//! RFC 4380.

use crate::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Where an address is asked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Place {
    /// Name or number, as it stands in the address; numbers of IPv6 without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether by TLS.
    pub secure: bool,
}

/// Parses an address that somebody gave; one without a scheme is taken as `https`.
///
/// # Errors
/// [`Error::Address`].
pub(crate) fn parse(given: &str) -> Result<Url, Error> {
    let refuse = |why: &str| Error::Address {
        address: given.to_owned(),
        why: why.to_owned(),
    };
    let whole = if given.contains("://") {
        given.to_owned()
    } else {
        format!("https://{given}")
    };
    let mut url = Url::parse(&whole).map_err(|error| refuse(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("only http and https are captured"));
    }
    if url.host().is_none() {
        return Err(refuse("it names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse(
            "a name or password in it would be on record; leave it out",
        ));
    }
    url.set_fragment(None);
    Ok(url)
}

impl Place {
    /// Where `url` is asked for; `None` for one that is not of the web.
    pub fn of(url: &Url) -> Option<Self> {
        let host = match url.host()? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        Some(Self {
            host,
            port: url.port_or_known_default()?,
            secure: match url.scheme() {
                "https" => true,
                "http" => false,
                _ => return None,
            },
        })
    }
}

/// Whether an address is of this machine, of a private network, or of no machine at all: none of
/// those is a place where something was published.
#[must_use]
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_4(ip),
        IpAddr::V6(ip) => is_private_6(ip),
    }
}

fn is_private_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        // Carriers' own addresses (RFC 6598), protocol assignments, 6to4 relays, benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Unspecified, loopback, and IPv4 in the old way.
        [0, 0, 0, 0, 0, 0, high, low] => high == 0 || inner(high, low),
        [0, 0, 0, 0, 0, 0xffff, high, low] => inner(high, low),
        // Translated from IPv4 (NAT64), and its local form.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x64, 0xff9b, ..] => true,
        // IPv4 inside (6to4).
        [0x2002, high, low, ..] => inner(high, low),
        // Protocol assignments, Teredo and benchmarks among them; documentation.
        [0x2001, second, ..] => second < 0x200 || second == 0xdb8,
        [0x100, 0, 0, 0, ..] => true,
        [0x3fff, second, ..] => second < 0x1000,
        // Only 2000::/3 is given to networks of the world.
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b:1::1",
            "100::1",
        ];
        for ip in private {
            assert!(is_private(ip.parse().unwrap()), "{ip}");
        }
        let public = [
            "8.8.8.8",
            "1.1.1.1",
            "172.32.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ];
        for ip in public {
            assert!(!is_private(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn numbers_in_disguise_are_numbers() {
        for written in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://0177.0.0.1/",
        ] {
            let place = Place::of(&parse(written).unwrap()).unwrap();
            assert_eq!(place.host, "127.0.0.1", "{written}");
        }
    }

    #[test]
    fn only_the_web_is_captured() {
        assert_eq!(
            parse("example.org/a#b").unwrap().as_str(),
            "https://example.org/a"
        );
        for wrong in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "https://u:p@example.org/",
            "http://",
            "data://x",
        ] {
            assert!(
                matches!(parse(wrong), Err(Error::Address { .. })),
                "{wrong}"
            );
        }
    }
}
