//! One entry, one encoding; and no bytes that panic.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::tlog::Hash;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn digest() -> impl Strategy<Value = Sha256Digest> {
    any::<[u8; 32]>().prop_map(Sha256Digest)
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = (digest(), 0..1_u32 << 24, 1..1_u32 << 24, digest());
    let part = part.prop_map(|(segment, offset, length, digest)| Part {
        segment,
        offset,
        length,
        digest,
    });
    vec(part, 1..4)
}

/// Entries about a source, of kinds known and unknown, with and without body and blobs.
fn entries() -> impl Strategy<Value = Entry> {
    let kind = prop_oneof![1..5_u64, 8..3_000_000_000_u64];
    let stamp = (
        any::<[u8; 16]>(),
        any::<[u8; 16]>(),
        any::<u64>(),
        0..1_u64 << 48,
        any::<u32>(),
    );
    let body = option::of(prop_oneof![
        vec(any::<u8>(), 0..300).prop_map(SealedBody::Inline),
        parts().prop_map(SealedBody::Parts)
    ]);
    let keys = (any::<[u8; 16]>(), any::<[u8; 16]>(), 0..3_usize, digest());
    (kind, stamp, vec(parts(), 0..3), body, keys)
        .prop_map(|(kind, stamp, blobs, body, keys)| {
            let kind = EntryKind::from_code(kind);
            Entry {
                id: EntryId(stamp.0),
                kind,
                author: WriterId(stamp.1),
                clock: stamp.2,
                hlc: Hlc {
                    milliseconds: stamp.3,
                    counter: stamp.4,
                },
                subject: Some(SourceId::from_bytes(keys.0)),
                compartment: Some(Compartment::ALL[keys.2]),
                key: Some(KeyRef::Source(BundleId(keys.1))),
                wrapped: (kind == EntryKind::Source).then_some(keys.3),
                blobs,
                commitment: body.is_some().then_some(keys.3),
                body,
                membership: None,
                heads: Vec::new(),
                erased: None,
            }
        })
        .prop_filter("a member is admitted by other fields", |entry| {
            entry.kind != EntryKind::Member
        })
}

fn plain(kind: EntryKind) -> Entry {
    Entry {
        id: EntryId([1; 16]),
        kind,
        author: WriterId([2; 16]),
        clock: 1,
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
    }
}

#[test]
fn the_other_kinds_come_back_too() {
    let member = Entry {
        membership: Some(Membership {
            vkey: "name+00000000+AQ".to_owned(),
            recipient: "age1".to_owned(),
            keys: vec![WrappedEpoch {
                compartment: Compartment::Sealed,
                epoch: 7,
                digest: Sha256Digest([3; 32]),
            }],
        }),
        ..plain(EntryKind::Member)
    };
    let heads = Entry {
        heads: vec![SeenHead {
            writer: WriterId([4; 16]),
            size: 1 << 40,
            root: Hash([5; 32]),
        }],
        ..plain(EntryKind::Heads)
    };
    let erasure = Entry {
        subject: Some(SourceId::from_bytes([6; 16])),
        compartment: Some(Compartment::Open),
        erased: Some(Erased {
            bundle: BundleId([7; 16]),
            generation: 2,
            digest: Sha256Digest([8; 32]),
        }),
        ..plain(EntryKind::Erasure)
    };
    for entry in [member, heads, erasure, plain(EntryKind::Note)] {
        assert_eq!(Entry::decode(&entry.encode().unwrap()), Ok(entry));
    }
}

#[test]
fn fields_that_contradict_the_kind_are_refused() {
    for kind in [
        EntryKind::Genesis,
        EntryKind::Source,
        EntryKind::Heads,
        EntryKind::Erasure,
    ] {
        let bytes = plain(kind).encode().unwrap();
        assert!(
            matches!(Entry::decode(&bytes), Err(EntryError::Malformed(_))),
            "{kind:?}"
        );
    }
}

#[test]
fn a_later_layout_is_told_from_damage() {
    let mut bytes = plain(EntryKind::Note).encode().unwrap();
    assert_eq!(bytes[1..3], [0, 1]);
    bytes[2] = 2;
    assert_eq!(Entry::decode(&bytes), Err(EntryError::Newer(2)));
    bytes[2] = 0;
    assert!(matches!(
        Entry::decode(&bytes),
        Err(EntryError::Malformed(_))
    ));
}

#[test]
fn what_is_too_long_is_refused_on_both_ways() {
    let mut entry = plain(EntryKind::Note);
    entry.compartment = Some(Compartment::Open);
    entry.key = Some(KeyRef::Epoch(1));
    entry.commitment = Some(Sha256Digest([0; 32]));
    entry.body = Some(SealedBody::Inline(vec![0; MAX_ENTRY]));
    assert!(matches!(entry.encode(), Err(EntryError::TooLong(_))));
    assert_eq!(
        Entry::decode(&[0; MAX_ENTRY + 1]),
        Err(EntryError::TooLong(MAX_ENTRY + 1))
    );
}

proptest! {
    #[test]
    fn an_entry_comes_back(entry in entries()) {
        let bytes = entry.encode().unwrap();
        prop_assert_eq!(Entry::decode(&bytes).unwrap(), entry);
    }

    #[test]
    fn what_decodes_is_canonical_whatever_was_changed(entry in entries(), at: prop::sample::Index, to: u8, cut: prop::sample::Index) {
        let mut bytes = entry.encode().unwrap();
        let at = at.index(bytes.len());
        bytes[at] = to;
        if let Ok(decoded) = Entry::decode(&bytes) {
            prop_assert_eq!(decoded.encode().unwrap(), bytes.clone());
        }
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(Entry::decode(&bytes).is_err());
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..600)) {
        let _ = Entry::decode(&bytes);
        let _ = crate::keys::KeyBundle::decode(&bytes);
        // A map of nearly 2^64 fields, arrays that claim to be huge.
        let _ = Entry::decode(&[&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 1, 11, 0x9b, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], bytes.as_slice()].concat());
    }
}
