//! One request and its answer by HTTP/1.1, the answer kept byte for byte as it came.
//!
//! Invariant: no more than `most` bytes are taken, and what was cut off says why. Standards: RFC
//! 9110, RFC 9112.

use crate::address::Place;
use crate::connect::Connection;
use crate::{Error, Settings};
use std::io::{self, ErrorKind};
use url::Url;

/// Longest header of an answer, in bytes.
const MOST_HEADER: usize = 256 << 10;
/// Interim answers (1xx) that are passed over.
const MOST_INTERIM: usize = 16;

/// A request and its answer.
pub(crate) struct Exchange {
    /// The request as it was sent.
    pub request: Vec<u8>,
    /// The answer as it came.
    pub answer: Vec<u8>,
    /// Where its body begins.
    pub body_at: usize,
    /// Its status.
    pub status: u16,
    /// Its header fields.
    fields: Vec<(String, String)>,
    /// Whether the connection may be asked again.
    pub reusable: bool,
    /// Why it was cut off, in the words of ISO 28500: `length`, `time`, `disconnect`.
    pub truncated: Option<&'static str>,
}

impl Exchange {
    /// The first value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self
            .fields
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The media type that it states, without parameters, in lower case.
    pub fn media_type(&self) -> String {
        let stated = self.field("Content-Type").unwrap_or_default();
        stated
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// The body with its chunks put together; as it came where another coding is on it.
    pub fn body(&self) -> Vec<u8> {
        let stored = self.answer.get(self.body_at..).unwrap_or_default();
        if !is_chunked(&self.fields) {
            return stored.to_vec();
        }
        let mut whole = Vec::with_capacity(stored.len());
        let mut rest = stored;
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            let Some(size) = chunk_size(&rest[..end]).filter(|&size| size > 0) else {
                break;
            };
            let chunk = &rest[end + 1..];
            whole.extend_from_slice(&chunk[..size.min(chunk.len())]);
            rest = chunk.get(size..).unwrap_or_default();
            rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
        }
        whole
    }
}

/// Asks for `url` and takes the answer.
///
/// # Errors
/// [`Error::Answer`] when nothing that is HTTP came.
pub(crate) fn ask(
    connection: &mut Connection,
    (place, url): (&Place, &Url),
    settings: &Settings,
    most: u64,
) -> Result<Exchange, Error> {
    let refuse = |why: String| Error::Answer {
        host: place.host.clone(),
        why,
    };
    let request = request(url, settings).into_bytes();
    connection
        .stream
        .write_all(&request)
        .map_err(|error| refuse(error.to_string()))?;
    connection
        .stream
        .flush()
        .map_err(|error| refuse(error.to_string()))?;
    let mut incoming = Incoming {
        connection,
        bytes: Vec::new(),
        most: usize::try_from(most).unwrap_or(usize::MAX),
        ended: None,
    };
    let (status, fields, body_at) = head(&mut incoming).map_err(refuse)?;
    let whole = body(&mut incoming, status, &fields, body_at);
    // The last piece may have brought more than may be kept.
    if incoming.bytes.len() > incoming.most {
        incoming.ended = Some(Ended::Full);
        incoming.bytes.truncate(incoming.most);
    }
    let closes = fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("Connection") && value.eq_ignore_ascii_case("close")
    });
    let reusable =
        whole && !closes && incoming.ended.is_none() && incoming.bytes.starts_with(b"HTTP/1.1");
    let truncated = incoming.ended.and_then(|ended| match ended {
        Ended::Full => Some("length"),
        Ended::Late => Some("time"),
        Ended::Broken => Some("disconnect"),
        Ended::Closed => None,
    });
    Ok(Exchange {
        request,
        answer: incoming.bytes,
        body_at,
        status,
        fields,
        reusable,
        truncated,
    })
}

fn request(url: &Url, settings: &Settings) -> String {
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    // No cookie, no referring page, no coding that would have to be undone to be read.
    format!(
        "GET {}{query} HTTP/1.1\r\nHost: {host}{port}\r\nUser-Agent: {}\r\nAccept: */*\r\n\
         Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: identity\r\nConnection: keep-alive\r\n\r\n",
        url.path(),
        settings.user_agent.replace(['\r', '\n'], " "),
    )
}

/// How an answer ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// More would have come than may.
    Full,
    /// The time ran out.
    Late,
    /// The connection broke, or was closed before the answer was whole.
    Broken,
    /// The connection was closed.
    Closed,
}

struct Incoming<'c> {
    connection: &'c mut Connection,
    bytes: Vec<u8>,
    most: usize,
    ended: Option<Ended>,
}

impl Incoming<'_> {
    /// Takes more; `false` when there is none.
    fn more(&mut self) -> bool {
        if self.ended.is_some() {
            return false;
        }
        if self.bytes.len() >= self.most {
            self.ended = Some(Ended::Full);
            return false;
        }
        let mut piece = [0; 16 << 10];
        self.ended = match self.connection.stream.read(&mut piece) {
            Ok(0) => Some(Ended::Closed),
            Ok(read) => {
                self.bytes.extend_from_slice(&piece[..read]);
                None
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => None,
            // Many servers end TLS without saying so.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Some(Ended::Closed),
            Err(error) if is_late(&error) => Some(Ended::Late),
            Err(_) => Some(Ended::Broken),
        };
        self.ended.is_none()
    }

    /// Takes until there are `len` bytes; an end before that is a break.
    fn until(&mut self, len: usize) -> bool {
        while self.bytes.len() < len {
            if !self.more() {
                if self.ended == Some(Ended::Closed) {
                    self.ended = Some(Ended::Broken);
                }
                return false;
            }
        }
        true
    }
}

fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

type Head = (u16, Vec<(String, String)>, usize);

/// Takes the header of the answer; interim answers are passed over.
fn head(incoming: &mut Incoming<'_>) -> Result<Head, String> {
    for _ in 0..MOST_INTERIM {
        let end = loop {
            if let Some(end) = end_of_head(&incoming.bytes) {
                break end;
            }
            if incoming.bytes.len() > MOST_HEADER {
                return Err("its header is longer than 256 KiB".to_owned());
            }
            if !incoming.more() {
                return Err(match incoming.ended {
                    Some(Ended::Late) => "it was silent too long".to_owned(),
                    _ => "it closed the connection".to_owned(),
                });
            }
        };
        let header = String::from_utf8_lossy(&incoming.bytes[..end]).into_owned();
        let mut lines = header.lines();
        let mut first = lines.next().unwrap_or_default().split_ascii_whitespace();
        let version = first.next().unwrap_or_default();
        let status = first.next().and_then(|status| status.parse::<u16>().ok());
        let Some(status) = status.filter(|_| version.starts_with("HTTP/1.")) else {
            return Err("it speaks something else".to_owned());
        };
        if (100..200).contains(&status) {
            incoming.bytes.drain(..end);
            continue;
        }
        let fields = lines.filter_map(|line| line.split_once(':'));
        let fields = fields.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        return Ok((status, fields.collect(), end));
    }
    Err("it never comes to the point".to_owned())
}

/// Where the body begins.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let crlf = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .map(|at| at + 4);
    let lf = bytes
        .windows(2)
        .position(|two| two == b"\n\n")
        .map(|at| at + 2);
    match (crlf, lf) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Takes the body; whether it ended where it said, and nothing stands behind it.
fn body(incoming: &mut Incoming<'_>, status: u16, fields: &[(String, String)], at: usize) -> bool {
    if matches!(status, 204 | 304) {
        return cut(incoming, at);
    }
    if is_chunked(fields) {
        return chunks(incoming, at);
    }
    let length = fields
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
    let length = length.and_then(|(_, value)| value.parse::<usize>().ok());
    match length.and_then(|length| at.checked_add(length)) {
        Some(end) => incoming.until(end) && cut(incoming, end),
        None => {
            while incoming.more() {}
            false
        }
    }
}

/// Drops what stands behind the answer; whether there was nothing.
fn cut(incoming: &mut Incoming<'_>, end: usize) -> bool {
    let clean = incoming.bytes.len() == end;
    incoming.bytes.truncate(end);
    clean
}

fn is_chunked(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("Transfer-Encoding")
            && value.to_ascii_lowercase().contains("chunked")
    })
}

fn chunk_size(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line).ok()?;
    usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()
}

/// Takes chunks until the last, as they come; whether they ended as chunks do.
fn chunks(incoming: &mut Incoming<'_>, mut at: usize) -> bool {
    loop {
        let Some(end) = line_end(incoming, at) else {
            return false;
        };
        let Some(size) = chunk_size(&incoming.bytes[at..end]) else {
            // No chunks after all: the answer ends with the connection.
            while incoming.more() {}
            return false;
        };
        if size == 0 {
            return trailers(incoming, end + 1);
        }
        let Some(next) = (end + 1)
            .checked_add(size)
            .and_then(|next| next.checked_add(2))
        else {
            incoming.ended = Some(Ended::Full);
            return false;
        };
        if !incoming.until(next) {
            return false;
        }
        at = next;
    }
}

/// Takes the lines behind the last chunk, up to an empty one.
fn trailers(incoming: &mut Incoming<'_>, mut at: usize) -> bool {
    loop {
        let Some(end) = line_end(incoming, at) else {
            return false;
        };
        if end - at <= 1 {
            return cut(incoming, end + 1);
        }
        at = end + 1;
    }
}

/// Where the line that begins at `at` ends, taking more until it does.
fn line_end(incoming: &mut Incoming<'_>, at: usize) -> Option<usize> {
    loop {
        let rest = incoming.bytes.get(at..).unwrap_or_default();
        if let Some(len) = rest.iter().position(|&byte| byte == b'\n') {
            return Some(at + len);
        }
        if rest.len() > MOST_HEADER {
            incoming.ended = Some(Ended::Broken);
            return None;
        }
        let len = incoming.bytes.len();
        if !incoming.until(len + 1) {
            return None;
        }
    }
}
