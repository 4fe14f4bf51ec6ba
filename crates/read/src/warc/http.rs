//! An answer by HTTP/1.1 as a capture keeps it: status, header fields, and the body with
//! transfer and content codings undone.
//!
//! Invariant: a body never grows beyond `most` bytes, whatever its codings claim. Standards: RFC
//! 9112 (messages, chunks), RFC 9110 §8.4 (codings), RFC 1950 to 1952, 7932. Zstandard (RFC 8878)
//! is known by its first bytes, and kept as it is.

use std::io::Read;

/// Header fields that are looked at.
const MOST_FIELDS: usize = 512;
/// Longest header that is looked for.
const MOST_HEADER: usize = 256 << 10;
/// Codings that one body is put in, one over the other.
const MOST_CODINGS: usize = 4;

/// An answer, its body as it stands in the record.
pub(crate) struct Answer<'r> {
    /// Its status.
    pub status: u16,
    /// Its header fields.
    pub fields: Vec<(String, String)>,
    /// What stands behind the header.
    pub stored: &'r [u8],
}

/// A body with its codings undone.
pub(crate) struct Body {
    /// Its bytes; as they stand in the record where a coding could not be undone.
    pub bytes: Vec<u8>,
    /// Which coding that was and why, or that it breaks off.
    pub note: Option<String>,
}

/// What a body is not: short enough.
pub(crate) struct TooLong;

impl<'r> Answer<'r> {
    /// Reads the header of an answer; `None` when the block is none.
    pub fn of(block: &'r [u8]) -> Option<Self> {
        let end = block
            .windows(2)
            .take(MOST_HEADER)
            .enumerate()
            .find_map(
                |(at, two)| match (two, block.get(at + 2), block.get(at + 3)) {
                    (b"\r\n", Some(b'\r'), Some(b'\n')) => Some((at, at + 4)),
                    (b"\n\n", ..) => Some((at, at + 2)),
                    _ => None,
                },
            );
        let (end, body) = end.unwrap_or((block.len().min(MOST_HEADER), block.len()));
        let header = String::from_utf8_lossy(block.get(..end)?);
        let mut lines = header.lines();
        let mut first = lines.next()?.split_ascii_whitespace();
        first
            .next()
            .filter(|version| version.starts_with("HTTP/"))?;
        let status = first.next()?.parse().ok()?;
        let fields = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .take(MOST_FIELDS);
        Some(Self {
            status,
            fields: fields.collect(),
            stored: block.get(body..)?,
        })
    }

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
        let media_type = stated.split(';').next().unwrap_or_default();
        media_type.trim().to_ascii_lowercase()
    }

    /// The body without its chunks; `None` where it has none or they are broken (a recorder may
    /// have undone them and left the field).
    pub fn unchunked(&self) -> Option<Vec<u8>> {
        let coding = self.field("Transfer-Encoding")?.to_ascii_lowercase();
        coding.contains("chunked").then(|| unchunk(self.stored))?
    }

    /// The body as its reader sees it.
    ///
    /// # Errors
    /// When it is longer than `most` bytes.
    pub fn body(&self, unchunked: Option<Vec<u8>>, most: usize) -> Result<Body, TooLong> {
        let mut bytes = unchunked.unwrap_or_else(|| self.stored.to_vec());
        let codings = self.field("Content-Encoding").unwrap_or_default();
        let codings = codings.split(',').map(|c| c.trim().to_ascii_lowercase());
        let codings: Vec<_> = codings.filter(|c| !c.is_empty()).collect();
        if bytes.len() > most {
            return Err(TooLong);
        }
        let mut note = None;
        for coding in codings.iter().rev().take(MOST_CODINGS) {
            if bytes.is_empty() || coding == "identity" {
                continue;
            }
            match undo(coding, &bytes, most) {
                Ok((plain, _)) if plain.len() > most => return Err(TooLong),
                Ok((plain, broken)) => {
                    bytes = plain;
                    note = note.or(broken);
                }
                // Many recorders undo a coding and leave the field: then these are the bytes.
                Err(_) if !looks_coded(coding, &bytes) => {}
                Err(why) => {
                    let why = format!("coded as {coding}, which could not be undone ({why})");
                    let note = Some(why);
                    return Ok(Body { bytes, note });
                }
            }
        }
        Ok(Body { bytes, note })
    }
}

/// Whether bytes begin as those of a coding do; of some, nothing tells.
fn looks_coded(coding: &str, bytes: &[u8]) -> bool {
    match coding {
        "gzip" | "x-gzip" => bytes.starts_with(b"\x1f\x8b"),
        "zstd" => bytes.starts_with(b"\x28\xb5\x2f\xfd"),
        _ => std::str::from_utf8(bytes).is_err(),
    }
}

/// Undoes one coding; at most one byte more than `most` comes out. What came before a damage is
/// given with words that say that it breaks off.
fn undo(coding: &str, bytes: &[u8], most: usize) -> Result<(Vec<u8>, Option<String>), String> {
    let limit = most as u64 + 1;
    let mut plain = Vec::new();
    let read = match coding {
        "gzip" | "x-gzip" => flate2::read::MultiGzDecoder::new(bytes)
            .take(limit)
            .read_to_end(&mut plain),
        "deflate" => {
            let wrapped = flate2::read::ZlibDecoder::new(bytes)
                .take(limit)
                .read_to_end(&mut plain);
            wrapped.or_else(|_| {
                plain.clear();
                flate2::read::DeflateDecoder::new(bytes)
                    .take(limit)
                    .read_to_end(&mut plain)
            })
        }
        "br" => brotli_decompressor::Decompressor::new(bytes, 1 << 16)
            .take(limit)
            .read_to_end(&mut plain),
        _ => return Err("it is not known here".to_owned()),
    };
    match read {
        Ok(_) => Ok((plain, None)),
        // What arrived before a transfer broke off is better than nothing that can be read.
        Err(error) if plain.len() > 1024 => {
            let broken = format!("breaks off: coded as {coding}, and damaged ({error})");
            Ok((plain, Some(broken)))
        }
        Err(error) => Err(error.to_string()),
    }
}

/// The chunks of a body put together; `None` when it is not in chunks.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(rest.len());
    loop {
        let end = rest.iter().take(1024).position(|&byte| byte == b'\n')?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = line.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(whole);
        }
        let Some((chunk, behind)) = rest.split_at_checked(size) else {
            // It broke off while it was sent.
            whole.extend_from_slice(rest);
            return Some(whole);
        };
        whole.extend_from_slice(chunk);
        rest = behind
            .strip_prefix(b"\r\n")
            .or(behind.strip_prefix(b"\n"))?;
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn chunks_are_put_together_and_broken_ones_kept_as_far_as_they_go() {
        assert_eq!(
            unchunk(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").unwrap(),
            b"abcde"
        );
        assert_eq!(unchunk(b"5\r\nabc").unwrap(), b"abc");
        assert_eq!(unchunk(b"plain text"), None);
        assert_eq!(unchunk(b"ffffffffffffffff1\r\nabc"), None);
    }

    #[test]
    fn a_header_is_read_whatever_its_line_ends() {
        for block in [
            &b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>"[..],
            b"HTTP/1.0 200\nContent-Type: TEXT/HTML\n\n<p>",
        ] {
            let answer = Answer::of(block).unwrap();
            assert_eq!((answer.status, answer.stored), (200, &b"<p>"[..]));
            assert_eq!(answer.media_type(), "text/html");
        }
        assert!(Answer::of(b"GET / HTTP/1.1\r\n\r\n").is_none());
    }

    #[test]
    fn a_body_that_unpacks_to_too_much_is_refused() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut gzip, &vec![0; 1 << 20]).unwrap();
        let packed = gzip.finish().unwrap();
        let mut block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        block.extend_from_slice(&packed);
        let answer = Answer::of(&block).unwrap();
        assert!(answer.body(None, 1 << 19).is_err());
        assert_eq!(
            answer.body(None, 1 << 20).ok().unwrap().bytes.len(),
            1 << 20
        );
    }

    #[test]
    fn a_body_that_breaks_off_is_given_as_far_as_it_goes_and_says_so() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let words: String = (0..2000).map(|number| format!("word {number}, ")).collect();
        std::io::Write::write_all(&mut gzip, words.as_bytes()).unwrap();
        let packed = gzip.finish().unwrap();
        let head: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        let body = |packed: &[u8]| {
            let block = [head, packed].concat();
            let body = Answer::of(&block).unwrap().body(None, 1 << 20);
            body.ok().unwrap()
        };
        let whole = body(&packed);
        assert_eq!(
            (whole.bytes.as_slice(), whole.note),
            (words.as_bytes(), None)
        );
        let broken = body(&packed[..packed.len() * 3 / 4]);
        assert!(broken.bytes.len() > 1024 && words.as_bytes().starts_with(&broken.bytes));
        let note = broken.note.unwrap();
        assert!(note.starts_with("breaks off: coded as gzip"), "{note}");
    }
}
