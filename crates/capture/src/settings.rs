//! What a capture may cost, and where it may go.

use crate::Proxy;
use std::net::IpAddr;
use std::time::Duration;

/// How to capture.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Through whom, instead of directly.
    pub proxy: Option<Proxy>,
    /// Private addresses that may be asked all the same.
    pub allow_private: Vec<IpAddr>,
    /// Servers that cannot prove who they are are captured all the same, which is then on record.
    pub any_certificate: bool,
    /// Certificates (DER) of authorities that are trusted besides those that browsers trust.
    pub authorities: Vec<Vec<u8>>,
    /// Whether pictures, styles, scripts and frames of the page are fetched too.
    pub resources: bool,
    /// Most addresses that are asked for.
    pub most_requests: usize,
    /// Most bytes of all answers together.
    pub most_bytes: u64,
    /// Most bytes of one answer; a longer one is cut off, which is then on record.
    pub most_answer: u64,
    /// Most time for all of it.
    pub time: Duration,
    /// Longest silence of a server.
    pub silence: Duration,
    /// What the program calls itself towards servers.
    pub user_agent: String,
    /// What is written into the file as the program that made it.
    pub software: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            proxy: None,
            allow_private: Vec::new(),
            any_certificate: false,
            authorities: Vec::new(),
            resources: true,
            most_requests: 300,
            // What is larger than 64 MiB is kept and not read: stay below, headers included.
            most_bytes: 56 << 20,
            most_answer: 32 << 20,
            time: Duration::from_secs(120),
            silence: Duration::from_secs(20),
            // A common one: servers of those who are watched must not learn who watches.
            user_agent: "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"
                .to_owned(),
            software: format!("onrecord/{}", env!("CARGO_PKG_VERSION")),
        }
    }
}
