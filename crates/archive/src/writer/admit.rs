//! Admitting another device: an entry, the epoch keys wrapped to it, and the object by which the
//! archive is opened without searching for that entry.

use super::Writer;
use crate::archive::{admission_key, encode_admission, prove};
use crate::commit::Draft;
use crate::device::writer_of;
use crate::error::Error;
use crate::log::parse_vkey;
use crate::{EntryKind, Membership, Position, Receipt, Result, WriterId};
use bytes::Bytes;
use model::Compartment;

impl Writer {
    /// Admits another device as writer, and as member of the compartments. Its key line and
    /// recipient ([`crate::Device::vkey`],
    /// [`crate::Device::recipient`]) must have come over a way that is
    /// trusted: whoever can change them on the way is admitted instead.
    ///
    /// # Errors
    /// A key that is not one; a compartment this device cannot open; whatever stops a commit.
    pub fn admit(&mut self, vkey: &str, recipient: &str, to: &[Compartment]) -> Result<Receipt> {
        let invalid = |why: String| Error::Invalid {
            what: "the key line",
            why,
        };
        parse_vkey(vkey, self.archive_id()).map_err(invalid)?;
        let (writer, store) = (writer_of(vkey), self.store().clone());
        if self.archive.logs().admissions.writers.contains_key(&writer) {
            return Err(invalid("its device is a writer already".to_owned()));
        }
        if let Some(index) = self.admitted_before(vkey, recipient)? {
            self.put_admission(writer, index)?;
            return Ok(self.receipt());
        }
        let ring = self.ring()?;
        for compartment in to {
            ring.newest(*compartment)?;
        }
        let (objects, keys) = ring.wrap(self.archive_id(), recipient, to)?;
        let mut commit = self.commit()?;
        for (key, file) in objects {
            // Left by an admission that was never acknowledged.
            store.delete_durably(&key)?;
            commit.with_object(key, file);
        }
        let membership = Some(Membership {
            vkey: vkey.to_owned(),
            recipient: recipient.to_owned(),
            keys,
        });
        commit.push(Draft {
            membership,
            ..Draft::new(EntryKind::Member)
        })?;
        let receipt = commit.finish()?;
        self.put_admission(writer, receipt.first_index)?;
        Ok(receipt)
    }

    /// The entry of this log that admitted the device when the power went before its object was
    /// put. Refuses a recipient that another member has.
    fn admitted_before(&self, vkey: &str, recipient: &str) -> Result<Option<u64>> {
        for read in self.archive.entries(&Position::default()) {
            let read = read?;
            let Some(member) = read.entry.membership else {
                continue;
            };
            if read.writer == self.id && member.vkey == vkey && member.recipient == recipient {
                return Ok(Some(read.index));
            }
            if member.recipient == recipient {
                return Err(Error::Invalid {
                    what: "the recipient",
                    why: "another member has it".to_owned(),
                });
            }
        }
        Ok(None)
    }

    fn put_admission(&self, writer: WriterId, index: u64) -> Result<()> {
        let logs = self.archive.logs();
        let log = logs.open.get(&self.id).ok_or(Error::NotAdmitted(self.id))?;
        let admission = encode_admission(self.id, &log.leaf(index)?, &prove(log, index)?);
        self.store()
            .put_new(&admission_key(writer), Bytes::from(admission))?;
        self.archive.refresh()
    }
}
