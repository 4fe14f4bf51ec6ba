//! Bytes and numbers from an adversary: no parser or check panics, and what a parser accepts it
//! writes back unchanged.

use onrecord_archive::tlog::{
    Checkpoint, EntryBundle, Hash, MemoryTiles, Note, RightEdge, Signer, TileKind, TilePath,
    TileReader, TlogProof, VerifierKey, leaf_hash, prove_inclusion, root_from_inclusion,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

use super::common::{Log, cases};

/// All parsers at once; each must either refuse or give back the same bytes.
fn parse_everything(bytes: &[u8]) {
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
        let _ = note.verify(&[Signer::new("example.org/log", &[1; 32])
            .unwrap()
            .verifier_key()]);
    }
    if let Ok(proof) = TlogProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
        assert!(proof.verify("example.org/log", &[], b"").is_err());
    }
    if let Ok(bundle) = EntryBundle::parse(bytes.to_vec()) {
        let mut again = EntryBundle::new();
        bundle.iter().for_each(|entry| again.push(entry).unwrap());
        assert_eq!(again.as_bytes(), bytes);
    }
    let text = String::from_utf8_lossy(bytes);
    if let Ok(checkpoint) = Checkpoint::parse(&text) {
        assert_eq!(checkpoint.to_string(), text);
    }
    if let Ok(path) = text.parse::<TilePath>() {
        assert_eq!(path.to_string(), text);
    }
    if let Ok(key) = text.parse::<VerifierKey>() {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(hash) = text.parse::<Hash>() {
        assert_eq!(hash.to_string(), text);
    }
}

/// A genuine receipt, a bundle, a key and a path: what mutations start from.
fn genuine() -> Vec<Vec<u8>> {
    let log = Log::new(600);
    let signer = Signer::new("example.org/log", &[1; 32]).unwrap();
    let checkpoint = Checkpoint::new("example.org/log", 600, log.root)
        .unwrap()
        .sign(&signer)
        .unwrap();
    let proof = TlogProof::new(
        300,
        prove_inclusion(600, 300, &log.reader()).unwrap(),
        checkpoint.clone(),
    )
    .unwrap();
    let bundle = log
        .tiles
        .iter()
        .find(|(path, _)| path.kind() == TileKind::Entries)
        .unwrap()
        .1
        .clone();
    vec![
        checkpoint.into_bytes(),
        proof
            .with_extra(vec![1, 2, 3])
            .unwrap()
            .to_string()
            .into_bytes(),
        bundle,
        signer.verifier_key().to_string().into_bytes(),
        b"tile/0/x001/x234/067.p/5".to_vec(),
        leaf_hash(b"").to_string().into_bytes(),
    ]
}

#[test]
fn genuine_files_mutated_a_hundred_thousand_times_never_panic() {
    let genuine = genuine();
    genuine.iter().for_each(|bytes| parse_everything(bytes));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        // xorshift64: reproducible, and good enough to pick places.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let pieces: [&[u8]; 12] = [
        b"\n",
        b"\n\n",
        "— ".as_bytes(),
        b"=",
        b"+",
        b" ",
        b"0",
        b"index ",
        b"extra ",
        b"\0",
        b"\xff",
        b"/x000",
    ];
    for round in 0..100_000 {
        let mut bytes = genuine[round % genuine.len()].clone();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            match random(4) {
                0 if !bytes.is_empty() => bytes[at] ^= 1 << random(8),
                1 => bytes.truncate(at),
                2 => drop(bytes.splice(at..at, pieces[random(pieces.len())].iter().copied())),
                _ => {
                    let end = (at + random(40)).min(bytes.len());
                    let to = random(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(to..to, piece);
                }
            }
        }
        parse_everything(&bytes);
    }
}

fn any_hashes() -> impl Strategy<Value = Vec<Hash>> {
    prop::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..70)
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        parse_everything(&bytes);
    }

    #[test]
    fn arbitrary_text_never_panics(text in "[—a-zA-Z0-9+/= .\n]{0,200}") {
        parse_everything(text.as_bytes());
    }

    #[test]
    fn made_up_proofs_never_panic_and_never_verify(a in any::<u64>(), b in any::<u64>(), shift in 0_u32..64, proof in any_hashes()) {
        let (small, large) = (a >> shift, b >> shift);
        let (root, old_root, leaf) = (Hash([1; 32]), Hash([2; 32]), Hash([3; 32]));
        prop_assert!(verify_inclusion(large, &root, small, leaf, &proof).is_err());
        // An old tree of no entries has but one root.
        prop_assert!(verify_consistency(small, &old_root, large, &root, &proof).is_err());
        if let Ok(root) = root_from_inclusion(large, small, leaf, &proof) {
            // The check accepts exactly what leads to the root: one changed hash does not.
            prop_assert!(verify_inclusion(large, &root, small, leaf, &proof).is_ok());
            prop_assert!(verify_inclusion(large, &root, small, Hash([4; 32]), &proof).is_err());
        }
    }

    #[test]
    fn made_up_tiles_never_panic_and_are_never_believed(size in any::<u64>(), shift in 0_u32..64, len in 0_usize..9000, seed in any::<u8>()) {
        struct Same(Vec<u8>);
        impl onrecord_archive::tlog::TileSource for Same {
            fn tile(&self, _: &TilePath) -> Result<Vec<u8>, onrecord_archive::tlog::SourceError> {
                Ok(self.0.clone())
            }
        }
        let size = size >> shift;
        prop_assert!(TileReader::new(size, Hash([seed; 32]), Same(vec![seed; len])).is_err());
        prop_assert!(RightEdge::load(size, Hash([seed; 32]), MemoryTiles::new()).is_err());
    }
}
