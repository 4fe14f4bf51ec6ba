//! Writes WARC 1.1: each record a gzip member of its own, so that any program can take one out.
//!
//! Invariant: the block of a record is what was given, byte for byte, and its digest is of that.
//! Standard: ISO 28500:2017.

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use std::io::{self, Write};

/// A WARC file in the making.
pub(crate) struct Warc {
    bytes: Vec<u8>,
    random: SystemRandom,
    info: String,
}

/// What a record says of itself besides its type, length and digests.
#[derive(Default)]
pub(crate) struct Said<'a> {
    /// The address that it is about.
    pub address: Option<&'a str>,
    /// The id that it has; a new one when it is `None`.
    pub id: Option<&'a str>,
    /// The record that came with it.
    pub with: Option<&'a str>,
    /// Address of the machine.
    pub machine: Option<String>,
    /// Why it was cut off.
    pub truncated: Option<&'a str>,
    /// Where the payload begins in the block, of an answer.
    pub payload_at: Option<usize>,
}

impl Warc {
    /// Begins a file with what is to be known of all of it, as lines `name: value`.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn begin(name: &str, at: Timestamp, fields: &[(&str, String)]) -> io::Result<Self> {
        let mut warc = Self {
            bytes: Vec::new(),
            random: SystemRandom::new(),
            info: String::new(),
        };
        warc.info = warc.new_id()?;
        let lines: String = fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let id = warc.info.clone();
        let head = format!("WARC-Filename: {name}\r\n");
        warc.write(
            "warcinfo",
            "application/warc-fields",
            at,
            &id,
            &head,
            lines.as_bytes(),
            None,
        )?;
        Ok(warc)
    }

    /// A new name for a record: a random UUID.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new_id(&self) -> io::Result<String> {
        let mut bytes = [0; 16];
        self.random
            .fill(&mut bytes)
            .map_err(|_| io::Error::other("the system gives no random numbers"))?;
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = hex(&bytes);
        Ok(format!(
            "<urn:uuid:{}-{}-{}-{}-{}>",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        ))
    }

    /// Appends a record.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn record(
        &mut self,
        kind: &str,
        media_type: &str,
        at: Timestamp,
        said: &Said<'_>,
        block: &[u8],
    ) -> io::Result<()> {
        let id = match said.id {
            Some(id) => id.to_owned(),
            None => self.new_id()?,
        };
        let mut head = format!("WARC-Warcinfo-ID: {}\r\n", self.info);
        let fields = [
            ("WARC-Target-URI", said.address),
            ("WARC-Concurrent-To", said.with),
            ("WARC-IP-Address", said.machine.as_deref()),
            ("WARC-Truncated", said.truncated),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        let payload = said.payload_at.and_then(|at| block.get(at..));
        self.write(kind, media_type, at, &id, &head, block, payload)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one place where a record is put together"
    )]
    fn write(
        &mut self,
        kind: &str,
        media_type: &str,
        at: Timestamp,
        id: &str,
        fields: &str,
        block: &[u8],
        payload: Option<&[u8]>,
    ) -> io::Result<()> {
        let payload =
            payload.map(|payload| format!("WARC-Payload-Digest: {}\r\n", stated(payload)));
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {}\r\n{fields}{}\
             WARC-Block-Digest: {}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            date(at),
            payload.unwrap_or_default(),
            stated(block),
            block.len(),
        );
        let mut member = GzEncoder::new(std::mem::take(&mut self.bytes), Compression::default());
        member.write_all(head.as_bytes())?;
        member.write_all(block)?;
        member.write_all(b"\r\n\r\n")?;
        self.bytes = member.finish()?;
        Ok(())
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A time to the second, in UTC.
pub(crate) fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A digest as WARC states it.
pub(crate) fn stated(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(digest(&SHA256, bytes).as_ref()))
}

/// Bytes in lower hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
