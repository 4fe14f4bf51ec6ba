//! The wrapped source keys of one commit: `key/source/<bundle>.<generation>`.
//!
//! CBOR `[1, bundle, generation, [[source, compartment, epoch, nonce, wrapped key], …]]`, sources
//! ascending. Invariant: an object never changes. To erase a key, the next generation is written
//! without it, an entry says so, and the generations before are deleted.

use super::Keyring;
use crate::EntryError;
use crate::Result;
use crate::crypto::{Secret, random, sha256};
use crate::entry::{array_of, compartment_code, definite, fixed, read_compartment};
use crate::error::Error;
use crate::ids::{ArchiveId, BundleId};
use minicbor::{Decoder, Encoder};
use model::{Compartment, Sha256Digest, SourceId};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
/// A source key and its tag.
const WRAPPED: usize = 48;

/// A source key under an epoch key.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Wrapped {
    compartment: Compartment,
    epoch: u32,
    nonce: [u8; 12],
    key: [u8; WRAPPED],
}

/// Source keys wrapped together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KeyBundle {
    pub id: BundleId,
    /// From 1.
    pub generation: u32,
    keys: BTreeMap<SourceId, Wrapped>,
}

impl KeyBundle {
    /// Longest bundle that is read, in bytes: half a million keys.
    pub(crate) const MAX: u64 = 64 << 20;

    /// A first generation without keys.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            id: BundleId(random()?),
            generation: 1,
            keys: BTreeMap::new(),
        })
    }

    /// Where this generation is stored.
    pub(crate) fn object(&self) -> String {
        bundle_key(self.id, self.generation)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The sources whose keys are here.
    pub(crate) fn sources(&self) -> impl Iterator<Item = SourceId> {
        self.keys.keys().copied()
    }

    /// Adds a source key, wrapped under the newest epoch key of the compartment.
    pub(crate) fn wrap(
        &mut self,
        archive: ArchiveId,
        ring: &Keyring,
        source: SourceId,
        compartment: Compartment,
        key: &Secret,
    ) -> Result<()> {
        let (epoch, epoch_key) = ring.newest(compartment)?;
        let nonce = random()?;
        let mut sealed = *key.clone();
        let aad = Aad::from(context(archive, source, compartment, epoch));
        let tag = cipher(epoch_key)
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .expect("32 bytes are below the cipher's limit");
        let mut wrapped = [0; WRAPPED];
        wrapped[..32].copy_from_slice(&sealed);
        wrapped[32..].copy_from_slice(tag.as_ref());
        let wrapped = Wrapped {
            compartment,
            epoch,
            nonce,
            key: wrapped,
        };
        self.keys.insert(source, wrapped);
        Ok(())
    }

    /// Opens a source's key.
    pub(crate) fn unwrap(
        &self,
        archive: ArchiveId,
        ring: &Keyring,
        source: SourceId,
    ) -> Result<Secret> {
        let Some(wrapped) = self.keys.get(&source) else {
            return Err(if self.generation > 1 {
                Error::Erased(source)
            } else {
                self.damaged("it does not hold the key of a source that an entry says it holds")
            });
        };
        let epoch_key = ring.get(wrapped.compartment, wrapped.epoch)?;
        let aad = Aad::from(context(archive, source, wrapped.compartment, wrapped.epoch));
        let mut key = Zeroizing::new(wrapped.key);
        let plain = cipher(epoch_key)
            .open_in_place(
                Nonce::assume_unique_for_key(wrapped.nonce),
                aad,
                &mut key[..],
            )
            .map_err(|_| self.damaged("a wrapped key was changed"))?;
        Ok(Zeroizing::new(
            (&*plain).try_into().expect("48 bytes less a tag of 16"),
        ))
    }

    fn damaged(&self, why: &str) -> Error {
        Error::Damaged {
            object: self.object(),
            why: why.to_owned(),
        }
    }

    /// SHA-256 of a source's item: what the entry that introduces the source records.
    pub(crate) fn digest(&self, source: SourceId) -> Option<Sha256Digest> {
        let wrapped = self.keys.get(&source)?;
        let mut out = Encoder::new(Vec::with_capacity(96));
        write_item(&mut out, source, wrapped).expect("a Vec takes every write");
        Some(sha256(&[out.writer()]))
    }

    /// The same bundle without some keys, as another generation.
    pub(crate) fn without(&self, generation: u32, gone: impl Fn(SourceId) -> bool) -> Self {
        let keys = self.keys.iter().filter(|(source, _)| !gone(**source));
        Self {
            id: self.id,
            generation,
            keys: keys.map(|(source, key)| (*source, key.clone())).collect(),
        }
    }

    /// The bundle's one encoding.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::with_capacity(64 + 96 * self.keys.len()));
        let mut write = || {
            out.array(4)?
                .u8(VERSION)?
                .bytes(&self.id.0)?
                .u32(self.generation)?;
            out.array(self.keys.len() as u64)?;
            for (source, wrapped) in &self.keys {
                write_item(&mut out, *source, wrapped)?;
            }
            Ok::<_, minicbor::encode::Error<std::convert::Infallible>>(())
        };
        write().expect("a Vec takes every write");
        out.into_writer()
    }

    /// Reads a bundle; refuses any but its one encoding.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        let d = &mut Decoder::new(bytes);
        array_of(d, 4)?;
        if d.u8()? != VERSION {
            return Err(EntryError::Malformed("its version is not 1".to_owned()));
        }
        let (id, generation) = (BundleId(fixed(d)?), d.u32()?);
        let mut keys = BTreeMap::new();
        for _ in 0..definite(d.array()?)? {
            array_of(d, 5)?;
            let source = SourceId::from_bytes(fixed(d)?);
            let wrapped = Wrapped {
                compartment: read_compartment(d)?,
                epoch: d.u32()?,
                nonce: fixed(d)?,
                key: fixed(d)?,
            };
            keys.insert(source, wrapped);
        }
        let bundle = Self {
            id,
            generation,
            keys,
        };
        if bundle.encode() == bytes {
            Ok(bundle)
        } else {
            Err(EntryError::NotCanonical)
        }
    }
}

/// The object that holds a generation of a bundle.
pub(crate) fn bundle_key(bundle: BundleId, generation: u32) -> String {
    format!("key/source/{bundle}.{generation}")
}

/// The bundle and generation that an object's key names.
pub(crate) fn parse_bundle_key(key: &str) -> Option<(BundleId, u32)> {
    let (bundle, generation) = key.strip_prefix("key/source/")?.split_once('.')?;
    let parsed = (bundle.parse().ok()?, generation.parse().ok()?);
    (bundle_key(parsed.0, parsed.1) == key).then_some(parsed)
}

fn write_item(
    out: &mut Encoder<Vec<u8>>,
    source: SourceId,
    wrapped: &Wrapped,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    out.array(5)?.bytes(source.as_bytes())?;
    out.u8(compartment_code(wrapped.compartment))?
        .u32(wrapped.epoch)?;
    out.bytes(&wrapped.nonce)?.bytes(&wrapped.key)?;
    Ok(())
}

fn cipher(key: &Secret) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key[..]).expect("a key of 32 bytes"))
}

/// What a wrapped key is authenticated together with.
fn context(archive: ArchiveId, source: SourceId, compartment: Compartment, epoch: u32) -> Vec<u8> {
    let mut context = b"onrecord/wrap/v1".to_vec();
    context.extend_from_slice(&archive.0);
    context.extend_from_slice(source.as_bytes());
    context.push(compartment_code(compartment));
    context.extend_from_slice(&epoch.to_be_bytes());
    context
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::crypto::random_secret;

    #[test]
    fn a_key_opens_in_its_place_only_and_an_erased_one_not_at_all() {
        let (ring, archive) = (Keyring::generate().unwrap(), ArchiveId([1; 16]));
        let (one, two) = (SourceId::new(1, [1; 10]), SourceId::new(2, [2; 10]));
        let keys = [random_secret().unwrap(), random_secret().unwrap()];
        let mut bundle = KeyBundle::new().unwrap();
        bundle
            .wrap(archive, &ring, one, Compartment::Sealed, &keys[0])
            .unwrap();
        bundle
            .wrap(archive, &ring, two, Compartment::Open, &keys[1])
            .unwrap();
        let bundle = KeyBundle::decode(&bundle.encode()).unwrap();
        assert_eq!(bundle.unwrap(archive, &ring, one).unwrap(), keys[0]);
        assert!(bundle.unwrap(ArchiveId([2; 16]), &ring, one).is_err());
        let other = Keyring::generate().unwrap();
        assert!(bundle.unwrap(archive, &other, one).is_err());

        let mut swapped = bundle.clone();
        let item = swapped.keys[&two].clone();
        swapped.keys.insert(one, item);
        assert!(swapped.unwrap(archive, &ring, one).is_err());

        let erased = bundle.without(2, |source| source == one);
        assert!(matches!(
            erased.unwrap(archive, &ring, one),
            Err(Error::Erased(_))
        ));
        assert_eq!(erased.unwrap(archive, &ring, two).unwrap(), keys[1]);
        assert_eq!(erased.digest(two), bundle.digest(two));
        assert_eq!(parse_bundle_key(&erased.object()), Some((bundle.id, 2)));
        assert_eq!(
            parse_bundle_key(&format!("{}0", bundle_key(bundle.id, 0))),
            None
        );
    }

    #[test]
    fn another_encoding_is_refused() {
        let bytes = KeyBundle::new().unwrap().encode();
        assert!(KeyBundle::decode(&bytes).is_ok());
        assert!(KeyBundle::decode(&[bytes.clone(), vec![0]].concat()).is_err());
        let mut long = bytes.clone();
        // The version as two bytes instead of one.
        long.splice(1..2, [0x18, 1]);
        assert_eq!(KeyBundle::decode(&long), Err(EntryError::NotCanonical));
    }
}
