//! What stands on the pipes between a program and its workers.
//!
//! To a worker: limits once (four 64-bit numbers), then requests (length of the name, length of
//! the bytes, name, bytes, what is wanted: six bytes). From it: frames (a kind, a length, bytes): one
//! `HELLO` with the report of its sandbox, then one `READING`, `MEMBERS`, `SHEETS`, `IMAGE` or `UNREAD` a
//! request. Numbers are little-endian.
//! Neither side believes a length beyond the limits.

use super::Limits;
use crate::Member;
use crate::sheet::Veil;
use model::{EncodingError, from_cbor, to_cbor};
use std::io::{Error, ErrorKind, Read, Result, Write};

/// A frame that holds the sandbox's report.
pub(super) const HELLO: u8 = 1;
/// A frame that holds a reading.
pub(super) const READING: u8 = 2;
/// A frame that holds why there is none.
pub(super) const UNREAD: u8 = 3;

/// A frame that holds the files that a container holds.
pub(super) const MEMBERS: u8 = 4;

/// A frame that holds the sizes of pages and the places of words.
pub(super) const SHEETS: u8 = 5;
/// A frame that holds the image of a page.
pub(super) const IMAGE: u8 = 6;

/// What is wanted of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// Its reading.
    Reading,
    /// The files that it holds.
    Members,
    /// Its pages that are pictures, for OCR.
    Pictures,
    /// How large its pages are, and where its words stand on them.
    Sheets,
    /// The image of a page, from 1.
    Image(u32, Veil),
}

impl Wanted {
    /// The frame that answers it.
    pub fn frame(self) -> u8 {
        match self {
            Self::Reading => READING,
            Self::Members | Self::Pictures => MEMBERS,
            Self::Sheets => SHEETS,
            Self::Image(..) => IMAGE,
        }
    }

    /// Its kind, how much is hidden, and the page.
    fn bytes(self) -> [u8; 6] {
        let (kind, veil, page) = match self {
            Self::Reading => (0, 0, 0),
            Self::Members => (1, 0, 0),
            Self::Pictures => (2, 0, 0),
            Self::Sheets => (3, 0, 0),
            Self::Image(page, Veil::Nothing) => (4, 0, page),
            Self::Image(page, Veil::Pictures) => (4, 1, page),
            Self::Image(page, Veil::Whole) => (4, 2, page),
        };
        let [one, two, three, four] = u32::to_le_bytes(page);
        [kind, veil, one, two, three, four]
    }

    /// What [`Self::bytes`] wrote; what is not known is taken for the reading.
    fn of([kind, veil, page @ ..]: [u8; 6]) -> Self {
        let page = u32::from_le_bytes(page);
        match (kind, veil) {
            (1, _) => Self::Members,
            (2, _) => Self::Pictures,
            (3, _) => Self::Sheets,
            (4, 0) => Self::Image(page, Veil::Nothing),
            (4, 1) => Self::Image(page, Veil::Pictures),
            (4, _) => Self::Image(page, Veil::Whole),
            _ => Self::Reading,
        }
    }
}

/// Longest name that is passed on, in bytes; the rest of a longer one is cut.
pub(super) const MAX_NAME: usize = 4096;

/// A file to read.
pub(super) struct Request {
    pub name: String,
    pub bytes: Vec<u8>,
    pub wanted: Wanted,
}

pub(super) fn write_limits(output: &mut impl Write, limits: &Limits) -> Result<()> {
    for number in [
        limits.seconds,
        limits.cpu_seconds,
        limits.memory_bytes,
        limits.input_bytes,
        limits.output_bytes,
    ] {
        output.write_all(&number.to_le_bytes())?;
    }
    output.flush()
}

pub(super) fn read_limits(input: &mut impl Read) -> Result<Limits> {
    Ok(Limits {
        seconds: number(input)?,
        cpu_seconds: number(input)?,
        memory_bytes: number(input)?,
        input_bytes: number(input)?,
        output_bytes: number(input)?,
    })
}

pub(super) fn write_request(
    output: &mut impl Write,
    name: &str,
    bytes: &[u8],
    wanted: Wanted,
) -> Result<()> {
    let mut end = name.len().min(MAX_NAME);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let name = &name.as_bytes()[..end];
    output.write_all(&(name.len() as u64).to_le_bytes())?;
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(name)?;
    output.write_all(bytes)?;
    output.write_all(&wanted.bytes())?;
    output.flush()
}

/// The next request; `None` when the input has ended before one.
pub(super) fn read_request(input: &mut impl Read, limits: &Limits) -> Result<Option<Request>> {
    let mut head = [0; 8];
    if input.read(&mut head[..1])? == 0 {
        return Ok(None);
    }
    input.read_exact(&mut head[1..])?;
    let name = bounded(u64::from_le_bytes(head), MAX_NAME as u64)?;
    let bytes = bounded(number(input)?, limits.input_bytes)?;
    let mut text = vec![0; name];
    input.read_exact(&mut text)?;
    let mut request = Request {
        name: String::from_utf8_lossy(&text).into_owned(),
        bytes: vec![0; bytes],
        wanted: Wanted::Reading,
    };
    input.read_exact(&mut request.bytes)?;
    let mut wanted = [0; 6];
    input.read_exact(&mut wanted)?;
    request.wanted = Wanted::of(wanted);
    Ok(Some(request))
}

/// Members as bytes: for each the lengths of name, of what its capture says (CBOR, or nothing) and
/// of its bytes, then all three.
pub(super) fn pack(members: &[Member]) -> std::result::Result<Vec<u8>, EncodingError> {
    let len = members
        .iter()
        .map(|member| 24 + member.name.len() + member.bytes.len());
    let mut packed = Vec::with_capacity(len.sum());
    for member in members {
        let captured = member.captured.as_ref().map(to_cbor).transpose()?;
        let captured = captured.unwrap_or_default();
        for part in [member.name.as_bytes(), &captured, &member.bytes] {
            packed.extend_from_slice(&(part.len() as u64).to_le_bytes());
        }
        for part in [member.name.as_bytes(), &captured, &member.bytes] {
            packed.extend_from_slice(part);
        }
    }
    Ok(packed)
}

/// The members that [`pack`] wrote; `None` when the bytes are something else.
pub(super) fn unpacked(mut packed: &[u8]) -> Option<Vec<Member>> {
    fn number_of(packed: &mut &[u8]) -> Option<usize> {
        let (head, rest) = packed.split_first_chunk::<8>()?;
        *packed = rest;
        usize::try_from(u64::from_le_bytes(*head)).ok()
    }
    let mut members = Vec::new();
    while !packed.is_empty() {
        let name = number_of(&mut packed)?;
        let said = number_of(&mut packed)?;
        let bytes = number_of(&mut packed)?;
        let (text, rest) = packed.split_at_checked(name)?;
        let (said, rest) = rest.split_at_checked(said)?;
        let (content, rest) = rest.split_at_checked(bytes)?;
        packed = rest;
        members.push(Member {
            name: String::from_utf8_lossy(text).into_owned(),
            bytes: content.to_vec(),
            captured: match said {
                [] => None,
                said => Some(from_cbor(said).ok()?),
            },
        });
    }
    Some(members)
}

pub(super) fn write_frame(output: &mut impl Write, kind: u8, bytes: &[u8]) -> Result<()> {
    output.write_all(&[kind])?;
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// A frame of at most `most` bytes. Its memory grows with what really arrives.
pub(super) fn read_frame(input: &mut impl Read, most: u64) -> Result<(u8, Vec<u8>)> {
    let mut kind = [0];
    input.read_exact(&mut kind)?;
    let len = bounded(number(input)?, most)?;
    let mut bytes = Vec::with_capacity(len.min(1 << 16));
    input.take(len as u64).read_to_end(&mut bytes)?;
    if bytes.len() < len {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok((kind[0], bytes))
}

/// The error of a length beyond its limit.
pub(super) fn too_long() -> Error {
    Error::new(ErrorKind::FileTooLarge, "longer than its limit")
}

fn bounded(len: u64, most: u64) -> Result<usize> {
    if len > most {
        return Err(too_long());
    }
    usize::try_from(len).map_err(|_| too_long())
}

fn number(input: &mut impl Read) -> Result<u64> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn limits() -> Limits {
        Limits {
            input_bytes: 1000,
            ..Limits::default()
        }
    }

    #[test]
    fn requests_and_frames_come_back() {
        let mut pipe = Vec::new();
        write_limits(&mut pipe, &limits()).unwrap();
        let image = Wanted::Image(70_000, Veil::Pictures);
        write_request(&mut pipe, "a.html", b"<p>text", image).unwrap();
        let mut pipe = pipe.as_slice();
        assert_eq!(read_limits(&mut pipe).unwrap(), limits());
        let request = read_request(&mut pipe, &limits()).unwrap().unwrap();
        assert_eq!(
            (request.name.as_str(), request.bytes.as_slice()),
            ("a.html", b"<p>text".as_slice())
        );
        assert_eq!(request.wanted, image);
        let others = [
            Wanted::Reading,
            Wanted::Members,
            Wanted::Pictures,
            Wanted::Sheets,
            Wanted::Image(1, Veil::Nothing),
            Wanted::Image(2, Veil::Whole),
        ];
        for wanted in others {
            assert_eq!(Wanted::of(wanted.bytes()), wanted);
        }
        assert!(read_request(&mut pipe, &limits()).unwrap().is_none());
    }

    #[test]
    fn members_come_back_and_other_bytes_are_refused() {
        let member = |name: &str, bytes: &[u8]| Member {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
            captured: None,
        };
        let members = vec![member("a.txt", b"one"), member("b", b"")];
        let packed = pack(&members).unwrap();
        assert_eq!(unpacked(&packed), Some(members));
        assert_eq!(unpacked(&packed[1..]), None);
    }

    #[test]
    fn lengths_beyond_the_limits_are_not_believed() {
        let mut pipe = vec![READING];
        pipe.extend_from_slice(&u64::MAX.to_le_bytes());
        assert_eq!(
            read_frame(&mut pipe.as_slice(), 1000).unwrap_err().kind(),
            ErrorKind::FileTooLarge
        );
        pipe[1..].copy_from_slice(&900u64.to_le_bytes());
        assert_eq!(
            read_frame(&mut pipe.as_slice(), 1000).unwrap_err().kind(),
            ErrorKind::UnexpectedEof
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = read_request(&mut bytes.as_slice(), &limits());
            let _ = read_frame(&mut bytes.as_slice(), 1000);
            let _ = unpacked(&bytes);
        }
    }
}
