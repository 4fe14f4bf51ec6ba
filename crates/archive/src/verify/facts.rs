//! What the entries of all logs say, gathered to be compared with the other objects.

use super::{Run, Severity};
use crate::device::writer_of;
use crate::log::log_key;
use crate::tlog::{Checkpoint, Hash, VerifierKey};
use crate::{BundleId, Entry, EntryId, EntryKind, Erased, Head, Hlc, KeyRef, Membership, WriterId};
use model::{Compartment, Sha256Digest, SourceId};
use std::collections::{BTreeMap, BTreeSet};

/// A use of a stretch of a segment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Use {
    pub offset: u32,
    pub length: u32,
    pub digest: Sha256Digest,
    pub source: Option<SourceId>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Introduction {
    pub bundle: BundleId,
    pub wrapped: Sha256Digest,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Erasure {
    /// The entry that says so: its log, its index.
    pub by: (WriterId, u64),
    pub source: SourceId,
    pub hlc: Hlc,
    pub erased: Erased,
}

/// A head that something on record, or the caller, says a log has had.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub writer: WriterId,
    pub size: u64,
    pub root: Hash,
    /// Who says so.
    pub by: String,
}

#[derive(Default)]
pub(super) struct Facts {
    /// The first writer.
    pub genesis: Option<WriterId>,
    /// The keys of the logs that count.
    pub vkeys: BTreeMap<WriterId, VerifierKey>,
    pub ids: Vec<(EntryId, WriterId, u64)>,
    pub parts: BTreeMap<Sha256Digest, Vec<Use>>,
    pub sources: BTreeMap<SourceId, Introduction>,
    /// Subjects, with the bundle that their keys were taken from and the compartment named.
    pub subjects: BTreeMap<SourceId, (BundleId, Compartment)>,
    pub erasures: Vec<Erasure>,
    pub members: Vec<Membership>,
    pub claims: Vec<Claim>,
    /// The heads checked against.
    pub heads: Vec<Head>,
    /// Findings about entries: log, index, what.
    pub wrong: Vec<(WriterId, u64, String)>,
    /// Whether an entry of some log could not be read.
    pub incomplete: bool,
}

impl Facts {
    /// Takes in one verified entry; `last` is the clock of the one before it in its log.
    pub(super) fn add(
        &mut self,
        writer: WriterId,
        index: u64,
        entry: &Entry,
        last: &mut Option<Hlc>,
    ) {
        let mut wrong = |what: &str| self.wrong.push((writer, index, what.to_owned()));
        if entry.author != writer {
            wrong("it names another author than the log's writer");
        }
        if last.is_some_and(|last| entry.hlc <= last) {
            wrong("its place in the order is not after that of the entry before it");
        }
        *last = Some(entry.hlc);
        let is_first = index == 0 && self.genesis == Some(writer);
        if (entry.kind == EntryKind::Genesis) != is_first {
            wrong("an archive begins with the first entry of its first writer, and with no other");
        }
        let named = entry.membership.as_ref();
        if is_first && named.is_some_and(|named| writer_of(&named.vkey) != writer) {
            wrong("it begins the archive for another key than the one that signed it");
        }
        self.ids.push((entry.id, writer, index));
        for part in entry.parts() {
            self.parts.entry(part.segment).or_default().push(Use {
                offset: part.offset,
                length: part.length,
                digest: part.digest,
                source: entry.subject,
            });
        }
        self.add_keys(writer, index, entry);
        if let Some(member) = &entry.membership {
            self.members.push(member.clone());
        }
        for head in &entry.heads {
            self.claims.push(Claim {
                writer: head.writer,
                size: head.size,
                root: head.root,
                by: format!("entry {index} of the log of {writer}"),
            });
        }
    }

    fn add_keys(&mut self, writer: WriterId, index: u64, entry: &Entry) {
        let (Some(source), Some(compartment)) = (entry.subject, entry.compartment) else {
            return;
        };
        if let Some(erased) = entry.erased {
            self.erasures.push(Erasure {
                by: (writer, index),
                source,
                hlc: entry.hlc,
                erased,
            });
        }
        let Some(KeyRef::Source(bundle)) = entry.key else {
            return;
        };
        let used = *self.subjects.entry(source).or_insert((bundle, compartment));
        if used != (bundle, compartment) {
            let what = "it names another key or compartment than other entries about its source";
            self.wrong.push((writer, index, what.to_owned()));
        }
        if let Some(wrapped) = entry.wrapped {
            let introduction = Introduction { bundle, wrapped };
            if self.sources.insert(source, introduction).is_some() {
                self.wrong
                    .push((writer, index, "it introduces a source again".to_owned()));
            }
        }
    }

    /// Adds a checkpoint that is shown in an admission.
    pub(super) fn add_shown(&mut self, writer: WriterId, checkpoint: &Checkpoint, by: String) {
        self.claims.push(Claim {
            writer,
            size: checkpoint.size,
            root: checkpoint.root,
            by,
        });
    }

    /// Checks what the entries say against each other.
    pub(super) fn check(&mut self, run: &mut Run<'_>) {
        self.ids.sort_unstable();
        for pair in self.ids.windows(2) {
            if pair[0].0 == pair[1].0 {
                let (_, writer, index) = pair[1];
                let what = format!(
                    "its id is also that of entry {} of the log of {}",
                    pair[0].2, pair[0].1
                );
                self.wrong.push((writer, index, what));
            }
        }
        // A key that is missing is excused by an erasure of its own bundle only.
        for erasure in &self.erasures {
            let source = self.sources.get(&erasure.source);
            if source.is_some_and(|source| source.bundle != erasure.erased.bundle) {
                let what = "it erases a source from a bundle that does not hold its key";
                let (writer, index) = erasure.by;
                self.wrong.push((writer, index, what.to_owned()));
            }
        }
        for (writer, index, what) in std::mem::take(&mut self.wrong) {
            let object = log_key(writer, &format!("entry/{index}"));
            let meaning = "Its writer signed something that no correct program writes; the entry \
                           is not to be relied on.";
            run.damage(&object, &what, meaning);
        }
        let erased = self.erasures.iter().map(|erasure| &erasure.source);
        let unknown = self.subjects.keys().chain(erased);
        let unknown = unknown.filter(|source| !self.sources.contains_key(source));
        let unknown: Vec<SourceId> = unknown.copied().collect();
        if !unknown.is_empty() {
            let what = format!(
                "{} sources have entries, but none that introduces them",
                unknown.len()
            );
            let meaning = if self.incomplete {
                "The entries that introduce them are among those that cannot be read."
            } else {
                "No correct program writes that."
            };
            run.damage("log/", &what, meaning).sources = unknown;
        }
        let erased: BTreeSet<SourceId> =
            self.erasures.iter().map(|erasure| erasure.source).collect();
        for source in erased {
            let meaning = "Its content cannot be read by anyone; what is recorded about it still \
                           verifies.";
            let object = format!("source {source}");
            run.add(
                Severity::Note,
                &object,
                "its key was destroyed, as an entry on record says",
                meaning,
            )
            .sources = vec![source];
        }
    }
}
