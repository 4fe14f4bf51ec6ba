//! Entry <-> deterministic CBOR. The keys are listed in `docs/formats/archive.md`.
//!
//! Decoding allocates nothing larger than its input and re-encodes at the end: whatever does not
//! come back byte for byte is refused, so two encodings of one entry cannot both enter a log.

use super::{
    Entry, EntryKind, Erased, Hlc, KeyRef, MAX_ENTRY, MAX_SEGMENT, Membership, Part, SealedBody,
    SeenHead, WrappedEpoch,
};
use crate::ids::{BundleId, EntryId, WriterId};
use crate::tlog::Hash;
use minicbor::{Decoder, Encoder};
use model::{Compartment, Sha256Digest, SourceId};

/// Version of the entry layout.
const VERSION: u64 = 1;

/// Why bytes are not an entry.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EntryError {
    /// Longer than a log can hold.
    #[error("{0} bytes are more than an entry can have (65535)")]
    TooLong(usize),
    /// A version that came later.
    #[error("the entry is of layout {0}, this program knows 1; a newer version can read it")]
    Newer(u64),
    /// Not CBOR, or not of the entry's shape.
    #[error("the bytes are not an entry: {0}")]
    Malformed(String),
    /// Right in meaning, but not in the one permitted encoding.
    #[error("the entry is not in its one permitted encoding")]
    NotCanonical,
}

impl From<minicbor::decode::Error> for EntryError {
    fn from(error: minicbor::decode::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

fn malformed(why: &str) -> EntryError {
    EntryError::Malformed(why.to_owned())
}

type Out = Encoder<Vec<u8>>;
type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

impl Entry {
    /// The entry's one encoding.
    ///
    /// # Errors
    /// [`EntryError::TooLong`].
    pub fn encode(&self) -> Result<Vec<u8>, EntryError> {
        let mut out = Encoder::new(Vec::with_capacity(512));
        self.write(&mut out).expect("a Vec takes every write");
        let bytes = out.into_writer();
        if bytes.len() > MAX_ENTRY {
            return Err(EntryError::TooLong(bytes.len()));
        }
        Ok(bytes)
    }

    fn write(&self, out: &mut Out) -> Written {
        out.map(self.fields())?;
        out.u8(0)?.u64(VERSION)?;
        out.u8(1)?.bytes(&self.id.0)?;
        out.u8(2)?.u64(self.kind.code())?;
        out.u8(3)?.bytes(&self.author.0)?;
        out.u8(4)?.u64(self.clock)?;
        out.u8(5)?
            .array(2)?
            .u64(self.hlc.milliseconds)?
            .u32(self.hlc.counter)?;
        if let Some(subject) = &self.subject {
            out.u8(6)?.bytes(subject.as_bytes())?;
        }
        if let Some(compartment) = self.compartment {
            out.u8(7)?.u8(compartment_code(compartment))?;
        }
        match self.key {
            Some(KeyRef::Source(bundle)) => drop(out.u8(8)?.bytes(&bundle.0)?),
            Some(KeyRef::Epoch(epoch)) => drop(out.u8(9)?.u32(epoch)?),
            None => {}
        }
        if let Some(wrapped) = &self.wrapped {
            out.u8(10)?.bytes(&wrapped.0)?;
        }
        if !self.blobs.is_empty() {
            out.u8(11)?.array(self.blobs.len() as u64)?;
            for parts in &self.blobs {
                write_parts(out, parts)?;
            }
        }
        match &self.body {
            Some(SealedBody::Inline(bytes)) => drop(out.u8(12)?.bytes(bytes)?),
            Some(SealedBody::Parts(parts)) => {
                out.u8(13)?;
                write_parts(out, parts)?;
            }
            None => {}
        }
        if let Some(commitment) = &self.commitment {
            out.u8(14)?.bytes(&commitment.0)?;
        }
        if let Some(member) = &self.membership {
            out.u8(15)?
                .array(3)?
                .str(&member.vkey)?
                .str(&member.recipient)?;
            out.array(member.keys.len() as u64)?;
            for key in &member.keys {
                out.array(3)?.u8(compartment_code(key.compartment))?;
                out.u32(key.epoch)?.bytes(&key.digest.0)?;
            }
        }
        if !self.heads.is_empty() {
            out.u8(16)?.array(self.heads.len() as u64)?;
            for head in &self.heads {
                out.array(3)?
                    .bytes(&head.writer.0)?
                    .u64(head.size)?
                    .bytes(&head.root.0)?;
            }
        }
        if let Some(erased) = &self.erased {
            out.u8(17)?.array(3)?.bytes(&erased.bundle.0)?;
            out.u32(erased.generation)?.bytes(&erased.digest.0)?;
        }
        Ok(())
    }

    fn fields(&self) -> u64 {
        6 + [
            self.subject.is_some(),
            self.compartment.is_some(),
            self.key.is_some(),
            self.wrapped.is_some(),
            !self.blobs.is_empty(),
            self.body.is_some(),
            self.commitment.is_some(),
            self.membership.is_some(),
            !self.heads.is_empty(),
            self.erased.is_some(),
        ]
        .into_iter()
        .map(u64::from)
        .sum::<u64>()
    }

    /// Reads an entry from the bytes of a leaf.
    ///
    /// # Errors
    /// When the bytes are not an entry, or not in its one encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY {
            return Err(EntryError::TooLong(bytes.len()));
        }
        let entry = Self::read(&mut Decoder::new(bytes))?;
        if entry.encode()? != bytes {
            return Err(EntryError::NotCanonical);
        }
        entry.check()?;
        Ok(entry)
    }

    fn read(d: &mut Decoder<'_>) -> Result<Self, EntryError> {
        let mut fields = definite(d.map()?)?;
        let mut next = |d: &mut Decoder<'_>| -> Result<Option<u64>, EntryError> {
            if fields == 0 {
                return Ok(None);
            }
            fields -= 1;
            Ok(Some(d.u64()?))
        };
        if next(d)? != Some(0) {
            return Err(malformed("its first field is not the version"));
        }
        match d.u64()? {
            VERSION => {}
            newer if newer > VERSION => return Err(EntryError::Newer(newer)),
            _ => return Err(malformed("there is no version 0")),
        }
        let (mut id, mut kind, mut author, mut clock, mut hlc) = (None, None, None, None, None);
        let mut entry = Self {
            id: EntryId([0; 16]),
            kind: EntryKind::Note,
            author: WriterId([0; 16]),
            clock: 0,
            hlc: Hlc::default(),
            subject: None,
            compartment: None,
            key: None,
            wrapped: None,
            blobs: Vec::new(),
            body: None,
            commitment: None,
            membership: None,
            heads: Vec::new(),
            erased: None,
        };
        while let Some(field) = next(d)? {
            match field {
                1 => id = Some(EntryId(fixed(d)?)),
                2 => kind = Some(EntryKind::from_code(d.u64()?)),
                3 => author = Some(WriterId(fixed(d)?)),
                4 => clock = Some(d.u64()?),
                5 => hlc = Some(read_hlc(d)?),
                6 => entry.subject = Some(SourceId::from_bytes(fixed(d)?)),
                7 => entry.compartment = Some(read_compartment(d)?),
                8 => entry.key = Some(KeyRef::Source(BundleId(fixed(d)?))),
                9 => entry.key = Some(KeyRef::Epoch(d.u32()?)),
                10 => entry.wrapped = Some(Sha256Digest(fixed(d)?)),
                11 => entry.blobs = read_list(d, read_parts)?,
                12 => entry.body = Some(SealedBody::Inline(d.bytes()?.to_vec())),
                13 => entry.body = Some(SealedBody::Parts(read_parts(d)?)),
                14 => entry.commitment = Some(Sha256Digest(fixed(d)?)),
                15 => entry.membership = Some(read_membership(d)?),
                16 => entry.heads = read_list(d, read_head)?,
                17 => entry.erased = Some(read_erased(d)?),
                _ => return Err(malformed("it has a field that layout 1 does not know")),
            }
        }
        entry.id = id.ok_or_else(|| malformed("it has no id"))?;
        entry.kind = kind.ok_or_else(|| malformed("it has no kind"))?;
        entry.author = author.ok_or_else(|| malformed("it has no author"))?;
        entry.clock = clock.ok_or_else(|| malformed("it has no clock"))?;
        entry.hlc = hlc.ok_or_else(|| malformed("it has no place in the order"))?;
        Ok(entry)
    }

    /// The rules between fields.
    fn check(&self) -> Result<(), EntryError> {
        let sealed = self.body.is_some() || !self.blobs.is_empty();
        if sealed && self.key.is_none() || self.key.is_some() && self.compartment.is_none() {
            return Err(malformed(
                "it is sealed, but names no key or no compartment",
            ));
        }
        if matches!(self.key, Some(KeyRef::Epoch(0))) {
            return Err(malformed("epochs count from 1"));
        }
        if self.body.is_some() != self.commitment.is_some() {
            return Err(malformed("a body and the commitment to it go together"));
        }
        if matches!(self.key, Some(KeyRef::Source(_))) && self.subject.is_none() {
            return Err(malformed(
                "it is sealed with a source's key, but names no source",
            ));
        }
        let introduces = self.kind == EntryKind::Source;
        if introduces != self.wrapped.is_some()
            || introduces && !matches!(self.key, Some(KeyRef::Source(_)))
        {
            return Err(malformed(
                "an entry binds a source's key exactly when it introduces it",
            ));
        }
        let admits = matches!(self.kind, EntryKind::Genesis | EntryKind::Member);
        if admits != self.membership.is_some() {
            return Err(malformed(
                "an entry names a member exactly when it admits one",
            ));
        }
        if (self.kind == EntryKind::Heads) == self.heads.is_empty() {
            return Err(malformed(
                "an entry names heads exactly when it is of that kind",
            ));
        }
        let erases = self.kind == EntryKind::Erasure;
        if erases != self.erased.is_some() || erases && self.subject.is_none() {
            return Err(malformed(
                "an entry names what was erased exactly when it erases",
            ));
        }
        if erases && self.compartment.is_none() {
            return Err(malformed("an erasure names no compartment"));
        }
        Ok(())
    }
}

/// The number of a compartment in the format.
pub(crate) fn compartment_code(compartment: Compartment) -> u8 {
    match compartment {
        Compartment::Open => 0,
        Compartment::Restricted => 1,
        Compartment::Sealed => 2,
    }
}

pub(crate) fn read_compartment(d: &mut Decoder<'_>) -> Result<Compartment, EntryError> {
    match d.u8()? {
        0 => Ok(Compartment::Open),
        1 => Ok(Compartment::Restricted),
        2 => Ok(Compartment::Sealed),
        _ => Err(malformed("there is no such compartment")),
    }
}

fn write_parts(out: &mut Out, parts: &[Part]) -> Written {
    out.array(parts.len() as u64)?;
    for part in parts {
        out.array(4)?.bytes(&part.segment.0)?;
        out.u32(part.offset)?
            .u32(part.length)?
            .bytes(&part.digest.0)?;
    }
    Ok(())
}

fn read_parts(d: &mut Decoder<'_>) -> Result<Vec<Part>, EntryError> {
    let parts = read_list(d, |d| {
        array_of(d, 4)?;
        let part = Part {
            segment: Sha256Digest(fixed(d)?),
            offset: d.u32()?,
            length: d.u32()?,
            digest: Sha256Digest(fixed(d)?),
        };
        if part.length == 0 || u64::from(part.offset) + u64::from(part.length) > MAX_SEGMENT {
            return Err(malformed("a part is empty or ends beyond its segment"));
        }
        Ok(part)
    })?;
    if parts.is_empty() {
        return Err(malformed("a blob has no parts"));
    }
    Ok(parts)
}

fn read_hlc(d: &mut Decoder<'_>) -> Result<Hlc, EntryError> {
    array_of(d, 2)?;
    let hlc = Hlc {
        milliseconds: d.u64()?,
        counter: d.u32()?,
    };
    if hlc.milliseconds >= 1 << 48 {
        return Err(malformed("its place in the order is beyond the year 10889"));
    }
    Ok(hlc)
}

fn read_membership(d: &mut Decoder<'_>) -> Result<Membership, EntryError> {
    array_of(d, 3)?;
    let (vkey, recipient) = (d.str()?.to_owned(), d.str()?.to_owned());
    let keys = read_list(d, |d| {
        array_of(d, 3)?;
        Ok(WrappedEpoch {
            compartment: read_compartment(d)?,
            epoch: d.u32()?,
            digest: Sha256Digest(fixed(d)?),
        })
    })?;
    if keys.iter().any(|key| key.epoch == 0) {
        return Err(malformed("epochs count from 1"));
    }
    if !keys.is_sorted_by(|a, b| (a.compartment, a.epoch) < (b.compartment, b.epoch)) {
        return Err(malformed("the member's keys are not in ascending order"));
    }
    Ok(Membership {
        vkey,
        recipient,
        keys,
    })
}

fn read_head(d: &mut Decoder<'_>) -> Result<SeenHead, EntryError> {
    array_of(d, 3)?;
    let head = SeenHead {
        writer: WriterId(fixed(d)?),
        size: d.u64()?,
        root: Hash(fixed(d)?),
    };
    if head.size == 0 {
        return Err(malformed("a log that was seen has an entry"));
    }
    Ok(head)
}

fn read_erased(d: &mut Decoder<'_>) -> Result<Erased, EntryError> {
    array_of(d, 3)?;
    let erased = Erased {
        bundle: BundleId(fixed(d)?),
        generation: d.u32()?,
        digest: Sha256Digest(fixed(d)?),
    };
    if erased.generation < 2 {
        return Err(malformed("an erasure makes a generation after the first"));
    }
    Ok(erased)
}

pub(crate) fn definite(length: Option<u64>) -> Result<u64, EntryError> {
    length.ok_or(EntryError::NotCanonical)
}

pub(crate) fn array_of(d: &mut Decoder<'_>, length: u64) -> Result<(), EntryError> {
    if definite(d.array()?)? == length {
        Ok(())
    } else {
        Err(malformed("an array is not of its length"))
    }
}

/// Reads a list without trusting its announced length for an allocation.
fn read_list<T>(
    d: &mut Decoder<'_>,
    read: impl Fn(&mut Decoder<'_>) -> Result<T, EntryError>,
) -> Result<Vec<T>, EntryError> {
    let length = definite(d.array()?)?;
    let mut list = Vec::new();
    for _ in 0..length {
        list.push(read(d)?);
    }
    Ok(list)
}

pub(crate) fn fixed<const N: usize>(d: &mut Decoder<'_>) -> Result<[u8; N], EntryError> {
    d.bytes()?
        .try_into()
        .map_err(|_| malformed("a byte string is not of its length"))
}
