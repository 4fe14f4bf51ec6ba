//! Who can read what: source keys wrapped to the epoch key of a compartment, epoch keys wrapped to
//! members with age.
//!
//! Invariant: every wrapped key is bound to its place. An epoch key names archive, compartment and
//! epoch inside the age file, and the signed entry that admits its member holds the file's SHA-256;
//! a source key is authenticated together with archive, source, compartment and epoch.

use crate::crypto::{Secret, derive, random_secret, sha256};
use crate::device::{Device, recipient_of};
use crate::entry::{array_of, compartment_code, fixed};
use crate::error::Error;
use crate::ids::{ArchiveId, RecipientId};
use crate::store::Object;
use crate::{EntryError, Membership, Result, Store, WrappedEpoch};
use age::x25519;
use bytes::Bytes;
use minicbor::{Decoder, Encoder};
use model::Compartment;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

mod bundle;

pub(crate) use bundle::{KeyBundle, bundle_key, parse_bundle_key};

/// Longest age file of an epoch key that is read, in bytes.
pub(crate) const MAX_MEMBER_KEY: u64 = 16 << 10;
const VERSION: u8 = 1;

/// The epoch keys that a device holds.
#[derive(Default)]
pub(crate) struct Keyring {
    epochs: BTreeMap<(Compartment, u32), Secret>,
}

impl Keyring {
    /// New epoch keys for a new archive: epoch 1 of every compartment.
    pub(crate) fn generate() -> Result<Self> {
        let mut epochs = BTreeMap::new();
        for compartment in Compartment::ALL {
            epochs.insert((compartment, 1), random_secret()?);
        }
        Ok(Self { epochs })
    }

    /// The newest epoch of a compartment.
    pub(crate) fn newest(&self, compartment: Compartment) -> Result<(u32, &Secret)> {
        let epochs = self
            .epochs
            .range((compartment, 0)..=(compartment, u32::MAX));
        let newest = epochs.last().map(|((_, epoch), key)| (*epoch, key));
        newest.ok_or(Error::NoKey(compartment))
    }

    pub(crate) fn get(&self, compartment: Compartment, epoch: u32) -> Result<&Secret> {
        let key = self.epochs.get(&(compartment, epoch));
        key.ok_or(Error::NoKey(compartment))
    }

    /// The key of entries about no single source.
    pub(crate) fn general(&self, compartment: Compartment, epoch: u32) -> Result<Secret> {
        let key = self.get(compartment, epoch)?;
        Ok(derive(key, &[], &[b"onrecord/general/v1"]))
    }

    /// Wraps all epochs of the compartments to a member: the objects to put, and what the entry
    /// that admits the member says of them.
    pub(crate) fn wrap(
        &self,
        archive: ArchiveId,
        recipient: &str,
        to: &[Compartment],
    ) -> Result<(Vec<Object>, Vec<WrappedEpoch>)> {
        let key: x25519::Recipient = recipient.parse().map_err(|why: &str| Error::Invalid {
            what: "the recipient",
            why: why.to_owned(),
        })?;
        let (mut objects, mut wrapped) = (Vec::new(), Vec::new());
        for ((compartment, epoch), secret) in &self.epochs {
            if !to.contains(compartment) {
                continue;
            }
            let file = age::encrypt(&key, &encode(archive, *compartment, *epoch, secret)).map_err(
                |error| Error::Invalid {
                    what: "the recipient",
                    why: error.to_string(),
                },
            )?;
            wrapped.push(WrappedEpoch {
                compartment: *compartment,
                epoch: *epoch,
                digest: sha256(&[&file]),
            });
            let object = member_key(*compartment, *epoch, recipient_of(recipient));
            objects.push((object, Bytes::from(file)));
        }
        Ok((objects, wrapped))
    }

    /// Opens the epoch keys that an entry admits the device to.
    pub(crate) fn open(
        store: &Store,
        archive: ArchiveId,
        device: &Device,
        member: &Membership,
    ) -> Result<Self> {
        let mut epochs = BTreeMap::new();
        for wrapped in &member.keys {
            let object = member_key(wrapped.compartment, wrapped.epoch, device.recipient_id());
            let file = store.get(&object, MAX_MEMBER_KEY)?;
            let damaged = |why: &str| Error::Damaged {
                object: object.clone(),
                why: why.to_owned(),
            };
            if sha256(&[&file]) != wrapped.digest {
                return Err(damaged(
                    "it is not the file that the member was admitted with",
                ));
            }
            let plain = device
                .open_age(&file)
                .map_err(|error| damaged(&error.to_string()))?;
            let secret = decode(&plain, archive, wrapped.compartment, wrapped.epoch)
                .map_err(|error| damaged(&error.to_string()))?;
            epochs.insert((wrapped.compartment, wrapped.epoch), secret);
        }
        Ok(Self { epochs })
    }
}

/// The object that holds an epoch key wrapped to a member.
pub(crate) fn member_key(compartment: Compartment, epoch: u32, to: RecipientId) -> String {
    format!("key/member/{}/{epoch}/{to}", compartment.name())
}

fn encode(
    archive: ArchiveId,
    compartment: Compartment,
    epoch: u32,
    key: &Secret,
) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(128));
    let mut out = Encoder::new(&mut *bytes);
    let mut write = || {
        out.array(5)?.u8(VERSION)?.bytes(&archive.0)?;
        out.u8(compartment_code(compartment))?
            .u32(epoch)?
            .bytes(&key[..])?;
        Ok::<_, minicbor::encode::Error<std::convert::Infallible>>(())
    };
    write().expect("a Vec takes every write");
    bytes
}

fn decode(
    plain: &[u8],
    archive: ArchiveId,
    compartment: Compartment,
    epoch: u32,
) -> Result<Secret, EntryError> {
    let mut d = Decoder::new(plain);
    array_of(&mut d, 5)?;
    let version = d.u8()?;
    let place = (ArchiveId(fixed(&mut d)?), d.u8()?, d.u32()?);
    let key = Zeroizing::new(fixed(&mut d)?);
    if version != VERSION || place != (archive, compartment_code(compartment), epoch) {
        return Err(EntryError::Malformed(
            "it holds the key of another archive, compartment or epoch".to_owned(),
        ));
    }
    Ok(key)
}
