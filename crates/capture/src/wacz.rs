//! A capture as a WACZ package, which a browser can replay (ReplayWeb.page): the WARC file, an index
//! of its answers, the list of pages, and hashes of all of them.
//!
//! Invariant: the WARC file in the package is the one that was added, byte for byte. Standards: WACZ
//! 1.1.1, CDXJ, Frictionless Data Package. The package is not signed: the ledger is.

use crate::Capture;
use crate::warc::stated;
use flate2::Crc;
use serde_json::{Value, json};
use std::io;
use url::{Host, Url};

/// What the index says of one answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Indexed {
    /// The address.
    pub address: String,
    /// Time, as fourteen digits.
    pub at: String,
    /// Status of the answer.
    pub status: u16,
    /// Media type that it states.
    pub media_type: String,
    /// Digest of its payload, as the record states it.
    pub digest: String,
    /// Where its record begins in the file, and how long it is there.
    pub place: (usize, usize),
}

/// The capture as a package.
///
/// # Errors
/// When a part is longer than the format of the package holds (4 GiB).
pub(crate) fn package(capture: &Capture, software: &str) -> io::Result<Vec<u8>> {
    let archive = format!("archive/{}", capture.name);
    let page = capture
        .index
        .iter()
        .find(|answer| answer.status < 300)
        .or(capture.index.first());
    let page = page.map_or(
        json!({}),
        |page| json!({"id": "1", "url": page.address, "ts": iso(&page.at)}),
    );
    let pages = format!(
        "{}\n{page}\n",
        json!({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})
    );
    let index = index(capture);
    let parts = [
        (archive.as_str(), capture.bytes.as_slice()),
        ("indexes/index.cdx", index.as_bytes()),
        ("pages/pages.jsonl", pages.as_bytes()),
    ];
    let resources: Vec<Value> = parts
        .iter()
        .map(|(path, bytes)| {
            let name = path.rsplit('/').next().unwrap_or(path);
            json!({"name": name, "path": path, "hash": stated(bytes), "bytes": bytes.len()})
        })
        .collect();
    let list = json!({
        "profile": "data-package", "resources": resources, "wacz_version": "1.1.1", "software": software,
        "created": page["ts"], "mainPageUrl": page["url"], "mainPageDate": page["ts"],
    })
    .to_string();
    let digest = json!({"path": "datapackage.json", "hash": stated(list.as_bytes())}).to_string();
    let mut zip = Zip::default();
    for (path, bytes) in parts {
        zip.add(path, bytes)?;
    }
    zip.add("datapackage.json", list.as_bytes())?;
    zip.add("datapackage-digest.json", digest.as_bytes())?;
    zip.finish()
}

/// The answers in the order of their keys, one a line.
fn index(capture: &Capture) -> String {
    let mut lines: Vec<String> = capture
        .index
        .iter()
        .map(|answer| {
            let said = json!({
                "url": answer.address, "mime": answer.media_type, "status": answer.status.to_string(),
                "digest": answer.digest, "length": answer.place.1.to_string(),
                "offset": answer.place.0.to_string(), "filename": capture.name,
            });
            format!("{} {} {said}\n", key(&answer.address), answer.at)
        })
        .collect();
    lines.sort_unstable();
    lines.concat()
}

/// An address as indexes sort it (SURT): the host from its last part on, then the path.
fn key(address: &str) -> String {
    let Ok(url) = Url::parse(address) else {
        return address.to_lowercase();
    };
    let host = match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_prefix("www.").unwrap_or(name);
            name.split('.').rev().collect::<Vec<_>>().join(",")
        }
        Some(number) => number.to_string(),
        None => String::new(),
    };
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    format!("{host}{port}){}{query}", url.path()).to_lowercase()
}

fn iso(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    )
}

/// A ZIP archive whose files are stored as they are: replay reads records at their place.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    files: u16,
}

impl Zip {
    fn add(&mut self, path: &str, content: &[u8]) -> io::Result<()> {
        let mut crc = Crc::new();
        crc.update(content);
        let at = number(self.bytes.len())?;
        let mut head = Vec::new();
        // Version 2.0, names in UTF-8, stored; no time but the first that the format knows.
        for two in [20, 0x0800, 0, 0, 0x21_u16] {
            head.extend_from_slice(&two.to_le_bytes());
        }
        for four in [crc.sum(), number(content.len())?, number(content.len())?] {
            head.extend_from_slice(&four.to_le_bytes());
        }
        head.extend_from_slice(&(path.len() as u16).to_le_bytes());
        head.extend_from_slice(&[0, 0]);
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&head);
        self.bytes.extend_from_slice(path.as_bytes());
        self.bytes.extend_from_slice(content);
        self.directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        self.directory.extend_from_slice(&head);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&at.to_le_bytes());
        self.directory.extend_from_slice(path.as_bytes());
        self.files += 1;
        Ok(())
    }

    fn finish(mut self) -> io::Result<Vec<u8>> {
        let at = number(self.bytes.len())?;
        let len = number(self.directory.len())?;
        self.bytes.extend_from_slice(&self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend_from_slice(&self.files.to_le_bytes());
        self.bytes.extend_from_slice(&self.files.to_le_bytes());
        self.bytes.extend_from_slice(&len.to_le_bytes());
        self.bytes.extend_from_slice(&at.to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0]);
        Ok(self.bytes)
    }
}

fn number(len: usize) -> io::Result<u32> {
    u32::try_from(len).map_err(|_| io::Error::other("it is longer than 4 GiB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_the_last_part_of_the_host() {
        assert_eq!(key("https://www.Example.org/A?b=C"), "org,example)/a?b=c");
        assert_eq!(key("http://127.0.0.1:8080/x"), "127.0.0.1:8080)/x");
        assert_eq!(iso("20261122050607"), "2026-11-22T05:06:07Z");
    }
}
