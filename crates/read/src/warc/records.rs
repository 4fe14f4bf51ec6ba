//! The records of a WARC file, one after another: header fields and block.
//!
//! Invariant: no more than `most` bytes are ever unpacked, and no record is held that is not
//! there in full; lengths are claims. Standard: ISO 28500:2017 (WARC 1.1), WARC 1.0, RFC 1952.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// Longest header of a record, in bytes.
const MOST_HEADER: usize = 64 << 10;

/// One record.
pub(crate) struct Record {
    fields: Vec<(String, String)>,
    /// What it holds.
    pub block: Vec<u8>,
}

impl Record {
    /// The value of the field `name`, whatever its case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self
            .fields
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Its type, such as `response`, in lower case.
    pub fn kind(&self) -> String {
        self.field("WARC-Type")
            .unwrap_or_default()
            .to_ascii_lowercase()
    }

    /// The address that it is about, without the angle brackets that old writers put around it.
    pub fn address(&self) -> &str {
        let address = self.field("WARC-Target-URI").unwrap_or_default();
        address.trim_matches(['<', '>'])
    }
}

/// Reads records; stops at the first that is damaged, and says so.
pub(crate) struct Records<'b> {
    stream: Box<dyn BufRead + 'b>,
    left: u64,
    ended: bool,
}

/// What ended a file before its end.
pub(crate) enum Broken {
    /// Damaged, for people.
    Damaged(String),
    /// More than may be unpacked.
    TooLong,
}

impl<'b> Records<'b> {
    /// The records of `bytes`, plain or in gzip members, of at most `most` bytes unpacked.
    pub fn of(bytes: &'b [u8], most: usize) -> Self {
        let stream: Box<dyn BufRead + 'b> = if bytes.starts_with(b"\x1f\x8b") {
            Box::new(BufReader::with_capacity(
                1 << 16,
                MultiGzDecoder::new(bytes),
            ))
        } else {
            Box::new(bytes)
        };
        Self {
            stream,
            left: most as u64,
            ended: false,
        }
    }

    /// The next record; `None` at the end.
    pub fn next(&mut self) -> Option<Result<Record, Broken>> {
        if self.ended {
            return None;
        }
        match self.record() {
            Ok(Some(record)) => Some(Ok(record)),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(broken) => {
                self.ended = true;
                Some(Err(broken))
            }
        }
    }

    fn record(&mut self) -> Result<Option<Record>, Broken> {
        let version = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !version.starts_with("WARC/") {
            return Err(damaged("a record does not begin with its version"));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut header = 0;
        loop {
            let line = self
                .line()?
                .ok_or_else(|| damaged("it breaks off in a header"))?;
            if line.is_empty() {
                break;
            }
            header += line.len() + 2;
            if header > MOST_HEADER {
                return Err(damaged("a header is longer than 64 KiB"));
            }
            match line.split_once(':') {
                Some((name, value)) if !line.starts_with([' ', '\t']) => {
                    fields.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                _ => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                }
            }
        }
        let mut record = Record {
            fields,
            block: Vec::new(),
        };
        let length = record.field("Content-Length").map(str::parse::<u64>);
        let Some(Ok(length)) = length else {
            return Err(damaged("a record does not say how long it is"));
        };
        if length > self.left {
            return Err(Broken::TooLong);
        }
        let read = self.stream.by_ref().take(length);
        let read = { read }
            .read_to_end(&mut record.block)
            .map_err(broken_off)?;
        self.left -= read as u64;
        if (read as u64) < length {
            return Err(damaged("it breaks off in a record"));
        }
        Ok(Some(record))
    }

    /// The next line without its end; `None` at the end of the file.
    fn line(&mut self) -> Result<Option<String>, Broken> {
        let most = self.left.min(MOST_HEADER as u64);
        let mut line = Vec::new();
        let mut stream = self.stream.by_ref().take(most);
        let read = stream.read_until(b'\n', &mut line).map_err(broken_off)?;
        if read == 0 {
            return if most == 0 {
                Err(Broken::TooLong)
            } else {
                Ok(None)
            };
        }
        self.left -= read as u64;
        if line.pop_if(|end| *end == b'\n').is_some() {
            line.pop_if(|end| *end == b'\r');
        } else if read as u64 == most {
            return Err(damaged("a line of a header is longer than 64 KiB"));
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }
}

fn damaged(why: &str) -> Broken {
    Broken::Damaged(why.to_owned())
}

fn broken_off(error: io::Error) -> Broken {
    Broken::Damaged(format!("it cannot be unpacked: {error}"))
}
