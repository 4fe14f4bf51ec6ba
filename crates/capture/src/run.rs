//! A capture from its first address to its last: redirects followed, what the page needs fetched,
//! all of it written down.
//!
//! Invariant: every connection that was made is in the file, with what the resolver answered and
//! the certificates that were shown; an address that could not be had is named with the reason.

use crate::address::{Place, parse};
use crate::connect::{Connection, Connector};
use crate::exchange::{Exchange, ask};
use crate::links::{Found, Need};
use crate::search::{Arrived, search};
use crate::wacz::{self, Indexed};
use crate::warc::{Said, Warc, stated};
use crate::{Error, Settings};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use url::Url;

/// Redirects that are followed from one address.
const MOST_REDIRECTS: usize = 10;
/// How deep style sheets and frames may name further ones.
const MOST_DEPTH: usize = 3;

/// What was captured.
#[derive(Clone, Debug)]
pub struct Capture {
    /// A name for the file: host and time.
    pub name: String,
    /// The WARC file.
    pub bytes: Vec<u8>,
    /// What became of each address, in the order of asking.
    pub lines: Vec<Line>,
    /// The answers, for an index.
    pub(crate) index: Vec<Indexed>,
}

impl Capture {
    /// The capture as a WACZ package, by a program called `software`: what ReplayWeb.page shows.
    ///
    /// # Errors
    /// When it is longer than 4 GiB.
    pub fn wacz(&self, software: &str) -> std::io::Result<Vec<u8>> {
        wacz::package(self, software)
    }
}

/// What became of one address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The address.
    pub address: String,
    /// The status of the answer; `None` when there was none.
    pub status: Option<u16>,
    /// Bytes of the answer, header included.
    pub bytes: u64,
    /// What is to be said of it: where it led, why it was cut off, why there is none.
    pub note: Option<String>,
}

/// Captures the page at `address`.
///
/// # Errors
/// [`Error`], when the page itself could not be had. What the page needs and could not be had is
/// in the lines.
pub fn capture(address: &str, settings: &Settings) -> Result<Capture, Error> {
    let url = parse(address)?;
    let at = Timestamp::now();
    let host = url
        .host_str()
        .unwrap_or("page")
        .trim_matches(['[', ']'])
        .replace(':', "-");
    let name = format!("{host}-{}.warc.gz", at.strftime("%Y%m%d%H%M%S"));
    let mut run = Run::begin(&name, &url, at, settings)?;
    let page = run.fetch(url)?;
    if settings.resources {
        run.needed(page);
    }
    Ok(Capture {
        name,
        bytes: run.warc.finish(),
        lines: run.lines,
        index: run.index,
    })
}

/// A capture under way.
struct Run<'s> {
    settings: &'s Settings,
    connector: Connector<'s>,
    warc: Warc,
    lines: Vec<Line>,
    index: Vec<Indexed>,
    /// Connections that may be asked again.
    open: BTreeMap<Place, Connection>,
    /// Hosts whose names, and places whose certificates, are written down.
    written: BTreeSet<String>,
    left: u64,
}

impl<'s> Run<'s> {
    fn begin(name: &str, url: &Url, at: Timestamp, settings: &'s Settings) -> Result<Self, Error> {
        let proxy = settings
            .proxy
            .as_ref()
            .map_or("none".to_owned(), crate::Proxy::words);
        let fields = [
            ("software", settings.software.clone()),
            ("format", "WARC File Format 1.1".to_owned()),
            (
                "conformsTo",
                "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
                    .to_owned(),
            ),
            ("description", format!("capture of {url}")),
            (
                "http-header-user-agent",
                settings.user_agent.replace(['\r', '\n'], " "),
            ),
            ("robots", "not asked".to_owned()),
            ("proxy", proxy),
        ];
        let warc = Warc::begin(name, at, &fields).map_err(|error| no_room(url, &error))?;
        Ok(Self {
            settings,
            connector: Connector::new(settings, Instant::now() + settings.time),
            warc,
            lines: Vec::new(),
            index: Vec::new(),
            open: BTreeMap::new(),
            written: BTreeSet::new(),
            left: settings.most_bytes,
        })
    }

    /// Fetches an address and what it leads to.
    fn fetch(&mut self, mut url: Url) -> Result<Arrived, Error> {
        for _ in 0..=MOST_REDIRECTS {
            let exchange = self.exchange(&url)?;
            let to = exchange
                .field("Location")
                .filter(|_| (300..400).contains(&exchange.status));
            let to = to.and_then(|to| url.join(to).ok());
            let Some(mut to) = to else {
                return Ok(Arrived {
                    media_type: exchange.media_type(),
                    coding: exchange
                        .field("Content-Encoding")
                        .unwrap_or_default()
                        .trim()
                        .to_ascii_lowercase(),
                    body: exchange.body(),
                    url,
                });
            };
            to.set_fragment(None);
            if let Some(line) = self.lines.last_mut() {
                line.note = Some(format!("leads to {to}"));
            }
            // A redirect leads anywhere: it is looked at like an address that somebody gave.
            url = parse(to.as_str())?;
        }
        Err(Error::Answer {
            host: url.host_str().unwrap_or_default().to_owned(),
            why: format!("it leads from one address to the next, more than {MOST_REDIRECTS} times"),
        })
    }

    /// Asks for one address, and writes down what came.
    fn exchange(&mut self, url: &Url) -> Result<Exchange, Error> {
        let place = Place::of(url).ok_or_else(|| Error::Address {
            address: url.to_string(),
            why: "only http and https are captured".to_owned(),
        })?;
        if self.left == 0 || self.lines.len() >= self.settings.most_requests {
            return Err(Error::Answer {
                host: place.host,
                why: "it was not asked: the capture is as large as it may be".to_owned(),
            });
        }
        self.connector.left()?;
        let most = self.left.min(self.settings.most_answer);
        let at = Timestamp::now();
        // A connection that was kept may have been closed by the server meanwhile.
        if let Some(mut kept) = self.open.remove(&place)
            && let Ok(exchange) = ask(&mut kept, (&place, url), self.settings, most)
        {
            return self.write(url, place, kept, exchange, at);
        }
        let mut connection = self.connector.connect(&place)?;
        self.write_names(&place, at);
        self.write_certificates(&place, &connection, at);
        let exchange = ask(&mut connection, (&place, url), self.settings, most)?;
        self.write(url, place, connection, exchange, at)
    }

    fn write(
        &mut self,
        url: &Url,
        place: Place,
        connection: Connection,
        exchange: Exchange,
        at: Timestamp,
    ) -> Result<Exchange, Error> {
        let bytes = exchange.answer.len() as u64;
        self.left = self.left.saturating_sub(bytes);
        let machine = connection.machine.map(|ip| ip.to_string());
        let written = self.write_exchange(url, &exchange, machine, at);
        written.map_err(|error| no_room(url, &error))?;
        self.lines.push(Line {
            address: url.to_string(),
            status: Some(exchange.status),
            bytes,
            note: exchange.truncated.map(|why| {
                let why = match why {
                    "length" => "it is longer than may be",
                    "time" => "the server was silent, or the time ran out",
                    _ => "the connection broke",
                };
                format!("cut off: {why}")
            }),
        });
        if exchange.reusable {
            self.open.insert(place, connection);
        }
        Ok(exchange)
    }

    fn write_exchange(
        &mut self,
        url: &Url,
        exchange: &Exchange,
        machine: Option<String>,
        at: Timestamp,
    ) -> std::io::Result<()> {
        let (asked, answered) = (self.warc.new_id()?, self.warc.new_id()?);
        let answer = Said {
            address: Some(url.as_str()),
            id: Some(&answered),
            machine: machine.clone(),
            truncated: exchange.truncated,
            payload_at: Some(exchange.body_at),
            ..Said::default()
        };
        let request = Said {
            address: Some(url.as_str()),
            id: Some(&asked),
            with: Some(&answered),
            machine,
            ..Said::default()
        };
        let begins = self.warc.len();
        self.warc.record(
            "response",
            "application/http; msgtype=response",
            at,
            &answer,
            &exchange.answer,
        )?;
        let payload = exchange.answer.get(exchange.body_at..).unwrap_or_default();
        self.index.push(Indexed {
            address: url.to_string(),
            at: at.strftime("%Y%m%d%H%M%S").to_string(),
            status: exchange.status,
            media_type: exchange.media_type(),
            digest: stated(payload),
            place: (begins, self.warc.len() - begins),
        });
        self.warc.record(
            "request",
            "application/http; msgtype=request",
            at,
            &request,
            &exchange.request,
        )
    }

    /// What the resolver answered, once for each name (RFC 4027).
    fn write_names(&mut self, place: &Place, at: Timestamp) {
        let by_proxy = self.settings.proxy.is_some();
        if by_proxy
            || place.host.parse::<std::net::IpAddr>().is_ok()
            || !self.written.insert(place.host.clone())
        {
            return;
        }
        let found = self.connector.addresses(place).unwrap_or_default();
        let lines: String = found
            .iter()
            .map(|ip| {
                format!(
                    "{}. IN {} {ip}\r\n",
                    place.host,
                    if ip.is_ipv4() { "A" } else { "AAAA" }
                )
            })
            .collect();
        let block = format!("{}\r\n{lines}", at.strftime("%Y%m%d%H%M%S"));
        let address = format!("dns:{}", place.host);
        let said = Said {
            address: Some(&address),
            ..Said::default()
        };
        // Only a system without random numbers fails here, and then the answer fails to be written.
        let _ = self
            .warc
            .record("response", "text/dns", at, &said, block.as_bytes());
    }

    /// The certificates that a server showed, once for each place.
    fn write_certificates(&mut self, place: &Place, connection: &Connection, at: Timestamp) {
        let Some(seen) = &connection.tls else { return };
        if !self
            .written
            .insert(format!("{}:{}", place.host, place.port))
        {
            return;
        }
        let address = format!("urn:x-tls:{}:{}", place.host, place.port);
        let said = Said {
            address: Some(&address),
            machine: connection.machine.map(|ip| ip.to_string()),
            ..Said::default()
        };
        let block = seen.written(at);
        let _ = self.warc.record(
            "resource",
            "application/pem-certificate-chain",
            at,
            &said,
            block.as_bytes(),
        );
    }

    /// Searches the answer that came last, and says where that cannot be done.
    fn search(&mut self, arrived: &Arrived, need: Need, found: &mut Found) {
        let Err(why) = search(arrived, need, found) else {
            return;
        };
        if let Some(line) = self.lines.last_mut() {
            let before = line.note.take().map(|note| format!("{note}; "));
            line.note = Some(format!("{}{why}", before.unwrap_or_default()));
        }
    }

    /// Fetches what the page needs, and what its styles and frames need in turn.
    fn needed(&mut self, page: Arrived) {
        let mut found = Found::up_to(self.settings.most_requests);
        found.take(&page.url.clone(), page.url.as_str(), Need::Other);
        let mut depth = vec![0];
        self.search(&page, Need::Frame, &mut found);
        depth.resize(found.needed.len(), 1);
        let mut next = 1;
        while let Some((url, need)) = found.needed.get(next).cloned() {
            match self.fetch(url.clone()) {
                Ok(arrived) if depth[next] < MOST_DEPTH && need != Need::Other => {
                    self.search(&arrived, need, &mut found);
                    depth.resize(found.needed.len(), depth[next] + 1);
                }
                Ok(_) => {}
                Err(error) => self.lines.push(Line {
                    address: url.to_string(),
                    status: None,
                    bytes: 0,
                    note: Some(error.to_string()),
                }),
            }
            next += 1;
            let full = self.left == 0 || self.lines.len() >= self.settings.most_requests;
            if full || self.connector.left().is_err() {
                let rest = found.needed.len() - next + found.beyond;
                if rest > 0 {
                    self.lines.push(Line {
                        address: page.url.to_string(),
                        status: None,
                        bytes: 0,
                        note: Some(format!(
                            "{rest} addresses that the page needs were not asked for: time, bytes or \
                             requests ran out"
                        )),
                    });
                }
                return;
            }
        }
    }
}

fn no_room(url: &Url, error: &std::io::Error) -> Error {
    Error::Answer {
        host: url.host_str().unwrap_or_default().to_owned(),
        why: format!("it could not be written down: {error}"),
    }
}
