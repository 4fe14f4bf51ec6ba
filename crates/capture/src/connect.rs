//! Connections: a name resolved once, its addresses checked, and a connection to the very address
//! that was checked, so that a name that answers otherwise the second time changes nothing.
//!
//! Invariant: every read and write ends when the capture's time does.

use crate::address::{Place, is_private};
use crate::proxy::{self, Proxy};
use crate::tls::{Tls, TlsSeen};
use crate::{Error, Settings};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// What can be read and written.
pub(crate) trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

/// An open connection.
pub(crate) struct Connection {
    /// Bytes to and from the server.
    pub stream: Box<dyn Stream>,
    /// Address of the machine that answers; `None` behind a proxy, which alone knows it.
    pub machine: Option<IpAddr>,
    /// What was seen of its TLS.
    pub tls: Option<TlsSeen>,
}

/// Makes connections for one capture.
pub(crate) struct Connector<'s> {
    settings: &'s Settings,
    tls: Tls,
    deadline: Instant,
    /// Answers of the resolver, asked once for each name.
    names: BTreeMap<String, Vec<IpAddr>>,
}

impl<'s> Connector<'s> {
    /// Connects until `deadline`.
    pub fn new(settings: &'s Settings, deadline: Instant) -> Self {
        Self {
            settings,
            tls: Tls::new(settings),
            deadline,
            names: BTreeMap::new(),
        }
    }

    /// Time that is left.
    ///
    /// # Errors
    /// [`Error::Late`] when there is none.
    pub fn left(&self) -> Result<Duration, Error> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::Late);
        }
        Ok(left)
    }

    /// Connects to a place.
    ///
    /// # Errors
    /// [`Error`], whatever hinders it.
    pub fn connect(&mut self, place: &Place) -> Result<Connection, Error> {
        let settings = self.settings;
        let (stream, machine) = match &settings.proxy {
            Some(proxy) => (self.by_proxy(proxy, place)?, None),
            None => {
                let (stream, ip) = self.directly(place)?;
                (stream, Some(ip))
            }
        };
        if !place.secure {
            return Ok(Connection {
                stream: Box::new(stream),
                machine,
                tls: None,
            });
        }
        let (stream, seen) = self.tls.wrap(stream, place)?;
        Ok(Connection {
            stream,
            machine,
            tls: Some(seen),
        })
    }

    /// The addresses of a place, all of them allowed.
    ///
    /// # Errors
    /// [`Error::Private`], [`Error::Resolve`], [`Error::Late`].
    pub fn addresses(&mut self, place: &Place) -> Result<Vec<IpAddr>, Error> {
        let found = match self.names.get(&place.host) {
            Some(found) => found.clone(),
            None => {
                let found = self.resolve(place)?;
                self.names.insert(place.host.clone(), found.clone());
                found
            }
        };
        for &ip in &found {
            self.allowed(&place.host, ip)?;
        }
        Ok(found)
    }

    fn allowed(&self, host: &str, ip: IpAddr) -> Result<(), Error> {
        if is_private(ip) && !self.settings.allow_private.contains(&ip) {
            let host = host.to_owned();
            return Err(Error::Private { host, ip });
        }
        Ok(())
    }

    fn resolve(&self, place: &Place) -> Result<Vec<IpAddr>, Error> {
        if let Ok(ip) = place.host.parse() {
            return Ok(vec![ip]);
        }
        let refuse = |why: String| Error::Resolve {
            host: place.host.clone(),
            why,
        };
        if place.host.ends_with(".onion") {
            return Err(refuse(
                "it is an address of Tor; say --proxy tor".to_owned(),
            ));
        }
        let wait = self.left()?.min(self.settings.silence);
        let found = look_up(&place.host, place.port, wait).map_err(refuse)?;
        let mut found: Vec<IpAddr> = found.iter().map(SocketAddr::ip).collect();
        let mut seen = Vec::new();
        found.retain(|ip| {
            let new = !seen.contains(ip);
            seen.push(*ip);
            new
        });
        if found.is_empty() {
            return Err(refuse("it has no address".to_owned()));
        }
        Ok(found)
    }

    fn directly(&mut self, place: &Place) -> Result<(Timed, IpAddr), Error> {
        let mut why = String::new();
        for ip in self.addresses(place)? {
            let wait = self.left()?.min(self.settings.silence);
            match TcpStream::connect_timeout(&SocketAddr::new(ip, place.port), wait) {
                Ok(stream) => return Ok((self.timed(stream), ip)),
                Err(error) => why = error.to_string(),
            }
        }
        Err(Error::Connect {
            host: place.host.clone(),
            why,
        })
    }

    /// A number is checked here; a name only the proxy resolves.
    fn by_proxy(&self, proxy: &Proxy, place: &Place) -> Result<Timed, Error> {
        let refuse = |why: String| Error::Connect {
            host: place.host.clone(),
            why,
        };
        match place.host.parse() {
            Ok(ip) => self.allowed(&place.host, ip)?,
            Err(_) if is_local_name(&place.host) => {
                return Err(refuse(
                    "its name is of this machine or of a private network".to_owned(),
                ));
            }
            Err(_) => {}
        }
        let (host, port) = proxy.place();
        let own =
            |why: String| refuse(format!("the proxy {} is not reached: {why}", proxy.words()));
        let wait = self.left()?.min(self.settings.silence);
        let addresses = look_up(host, port, wait).map_err(own)?;
        let wait = self.left()?.min(self.settings.silence);
        let mut connected = Err(io::Error::from(io::ErrorKind::AddrNotAvailable));
        for address in addresses {
            connected = TcpStream::connect_timeout(&address, wait);
            if connected.is_ok() {
                break;
            }
        }
        let mut stream = self.timed(connected.map_err(|error| own(error.to_string()))?);
        match proxy {
            Proxy::Socks(..) => proxy::socks(&mut stream, &place.host, place.port),
            Proxy::Http(..) => proxy::tunnel(&mut stream, &place.host, place.port),
        }
        .map_err(refuse)?;
        Ok(stream)
    }

    fn timed(&self, stream: TcpStream) -> Timed {
        Timed {
            stream,
            deadline: self.deadline,
            silence: self.settings.silence,
        }
    }
}

/// Asks the system's resolver, which has no limit of its own, for at most `wait`.
///
/// # Errors
/// In words for people: it does not know the name, or does not answer.
fn look_up(host: &str, port: u16, wait: Duration) -> Result<Vec<SocketAddr>, String> {
    let (tell, told) = mpsc::channel();
    let asked = (host.to_owned(), port);
    std::thread::Builder::new()
        .name("resolver".to_owned())
        .spawn(move || {
            let found = asked.to_socket_addrs().map(Iterator::collect);
            let _ = tell.send(found);
        })
        .map_err(|error| error.to_string())?;
    let found = told
        .recv_timeout(wait)
        .map_err(|_| "the resolver does not answer".to_owned())?;
    found.map_err(|error| error.to_string())
}

fn is_local_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let ends = [
        "localhost",
        ".localhost",
        ".local",
        ".internal",
        ".home.arpa",
    ];
    ends.iter().any(|end| host.ends_with(end)) || !host.contains('.')
}

/// A connection whose every step ends in time.
pub(crate) struct Timed {
    stream: TcpStream,
    deadline: Instant,
    silence: Duration,
}

impl Timed {
    fn wait(&self) -> io::Result<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the time ran out"));
        }
        Ok(left.min(self.silence))
    }
}

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.wait()?))?;
        self.stream.read(bytes)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.wait()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
