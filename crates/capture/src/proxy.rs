//! Proxies: SOCKS5 with names resolved by the proxy (as Tor wants it), and HTTP.
//!
//! Invariant: behind a proxy no name is ever resolved by this machine. Standards: RFC 1928, RFC
//! 1929 is not spoken, RFC 9110 §9.3.6 (CONNECT).

use std::io::{Read, Write};
use std::net::IpAddr;
use std::str::FromStr;
use url::{Host, Url};

/// Through whom to ask.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proxy {
    /// A SOCKS5 proxy at this host and port.
    Socks(String, u16),
    /// An HTTP proxy at this host and port.
    Http(String, u16),
}

/// Words that name no proxy.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no proxy; write tor, socks5://127.0.0.1:9050 or http://proxy.example.org:3128")]
pub struct ProxyError(String);

impl FromStr for Proxy {
    type Err = ProxyError;

    fn from_str(text: &str) -> Result<Self, ProxyError> {
        let refuse = || ProxyError(text.to_owned());
        if text.eq_ignore_ascii_case("tor") {
            // Where Tor listens unless it is told otherwise.
            return Ok(Self::Socks("127.0.0.1".to_owned(), 9050));
        }
        let url = Url::parse(text).map_err(|_| refuse())?;
        let host = match url.host().ok_or_else(refuse)? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        if !url.username().is_empty() {
            return Err(refuse());
        }
        match url.scheme() {
            "socks5" | "socks5h" | "socks" => Ok(Self::Socks(host, url.port().unwrap_or(1080))),
            "http" => Ok(Self::Http(host, url.port().unwrap_or(8080))),
            _ => Err(refuse()),
        }
    }
}

impl Proxy {
    /// Host and port.
    pub(crate) fn place(&self) -> (&str, u16) {
        match self {
            Self::Socks(host, port) | Self::Http(host, port) => (host, *port),
        }
    }

    /// In words for the record.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Socks(host, port) => format!("socks5://{host}:{port}"),
            Self::Http(host, port) => format!("http://{host}:{port}"),
        }
    }
}

/// Asks a SOCKS5 proxy for a connection.
///
/// # Errors
/// In words for people.
pub(crate) fn socks(stream: &mut (impl Read + Write), host: &str, port: u16) -> Result<(), String> {
    let broken = |error: std::io::Error| format!("the proxy broke off: {error}");
    stream.write_all(&[5, 1, 0]).map_err(broken)?;
    let mut greeting = [0; 2];
    stream.read_exact(&mut greeting).map_err(broken)?;
    match greeting {
        [5, 0] => {}
        [5, _] => return Err("the proxy wants a password, which is not spoken here".to_owned()),
        _ => return Err("the proxy does not speak SOCKS5".to_owned()),
    }
    let mut request = vec![5, 1, 0];
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            request.push(1);
            request.extend_from_slice(&ip.octets());
        }
        Ok(IpAddr::V6(ip)) => {
            request.push(4);
            request.extend_from_slice(&ip.octets());
        }
        Err(_) => {
            let len = u8::try_from(host.len()).map_err(|_| "the name is too long for a proxy")?;
            request.extend_from_slice(&[3, len]);
            request.extend_from_slice(host.as_bytes());
        }
    }
    request.extend_from_slice(&port.to_be_bytes());
    stream.write_all(&request).map_err(broken)?;
    let mut head = [0; 4];
    stream.read_exact(&mut head).map_err(broken)?;
    if head[0] != 5 {
        return Err("the proxy does not speak SOCKS5".to_owned());
    }
    if head[1] != 0 {
        return Err(format!(
            "the proxy could not connect: {}",
            socks_words(head[1])
        ));
    }
    let len = match head[3] {
        1 => 4,
        4 => 16,
        3 => {
            let mut len = [0];
            stream.read_exact(&mut len).map_err(broken)?;
            usize::from(len[0])
        }
        _ => return Err("the proxy does not speak SOCKS5".to_owned()),
    };
    let mut bound = vec![0; len + 2];
    stream.read_exact(&mut bound).map_err(broken)
}

fn socks_words(code: u8) -> &'static str {
    match code {
        2 => "not allowed by its rules",
        3 => "the network is not reached",
        4 => "the host is not reached",
        5 => "the host refused",
        6 => "it took too long",
        _ => "it failed",
    }
}

/// Asks an HTTP proxy for a connection.
///
/// # Errors
/// In words for people.
pub(crate) fn tunnel(
    stream: &mut (impl Read + Write),
    host: &str,
    port: u16,
) -> Result<(), String> {
    let broken = |error: std::io::Error| format!("the proxy broke off: {error}");
    let to = if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    };
    let request = format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(broken)?;
    let mut answer = Vec::new();
    let mut byte = [0];
    // Byte by byte: what stands behind the answer is not the proxy's.
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() > 16 << 10 {
            return Err("the proxy does not speak HTTP".to_owned());
        }
        stream.read_exact(&mut byte).map_err(broken)?;
        answer.push(byte[0]);
    }
    let first = String::from_utf8_lossy(&answer);
    let status = first.split_ascii_whitespace().nth(1).unwrap_or_default();
    if status.starts_with('2') {
        return Ok(());
    }
    let line = first.lines().next().unwrap_or_default();
    Err(format!(
        "the proxy could not connect: {}",
        line.chars().take(80).collect::<String>()
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn proxies_are_known_by_their_words() {
        let parsed = |text: &str| text.parse::<Proxy>().ok();
        let tor = Proxy::Socks("127.0.0.1".to_owned(), 9050);
        assert_eq!(parsed("tor"), Some(tor.clone()));
        assert_eq!(parsed("socks5h://127.0.0.1:9050"), Some(tor));
        assert_eq!(
            parsed("http://[::1]:3128"),
            Some(Proxy::Http("::1".to_owned(), 3128))
        );
        for wrong in [
            "",
            "127.0.0.1:9050",
            "https://proxy:1",
            "socks5://u:p@proxy:1",
        ] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
