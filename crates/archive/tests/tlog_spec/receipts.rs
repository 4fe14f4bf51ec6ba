//! Receipts (`.tlog-proof` files): made, read back, checked offline, and refused when altered.

use onrecord_archive::tlog::{
    Checkpoint, CheckpointError, Hash, MerkleError, NoteError, Signer, TlogProof, TlogProofError,
    leaf_hash, prove_inclusion,
};

use super::common::Log;

const ORIGIN: &str = "example.org/log";

fn signer() -> Signer {
    Signer::new(ORIGIN, &[1; 32]).unwrap()
}

fn receipt(log: &Log, index: u64) -> TlogProof {
    let checkpoint = Checkpoint::new(ORIGIN, log.size(), log.root)
        .unwrap()
        .sign(&signer())
        .unwrap();
    TlogProof::new(
        index,
        prove_inclusion(log.size(), index, &log.reader()).unwrap(),
        checkpoint,
    )
    .unwrap()
}

fn verify(file: &[u8], entry: &[u8]) -> Result<Checkpoint, TlogProofError> {
    TlogProof::parse(file)?.verify(ORIGIN, &[signer().verifier_key()], entry)
}

#[test]
fn every_entry_of_a_log_has_a_receipt_that_proves_it_and_no_other() {
    for size in [1, 2, 3, 256, 257, 700] {
        let log = Log::new(size);
        for index in 0..size {
            let file = receipt(&log, index).to_string();
            let seen = verify(file.as_bytes(), &log.entries[index as usize]).unwrap();
            assert_eq!((seen.size, seen.root), (size, log.root));
            assert!(matches!(
                verify(file.as_bytes(), b"forged"),
                Err(TlogProofError::Merkle(MerkleError::RootMismatch))
            ));
        }
    }
}

#[test]
fn the_file_is_the_one_that_the_specification_shows() {
    let log = Log::new(3);
    let proof = receipt(&log, 1);
    let file = proof.to_string();
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines[..2], ["c2sp.org/tlog-proof@v1", "index 1"]);
    assert_eq!(
        lines[2..4],
        [
            leaf_hash(&log.entries[0]).to_string(),
            leaf_hash(&log.entries[2]).to_string()
        ]
    );
    assert_eq!(lines[4..8], ["", ORIGIN, "3", &log.root.to_string()]);
    assert_eq!((lines[8], lines.len()), ("", 10));
    assert!(lines[9].starts_with("— example.org/log "));
    let with_extra = proof.with_extra(b"a note".to_vec()).unwrap().to_string();
    assert_eq!(with_extra.lines().nth(1), Some("extra YSBub3Rl"));
    assert_eq!(
        TlogProof::parse(with_extra.as_bytes())
            .unwrap()
            .unverified_extra(),
        Some(b"a note".as_slice())
    );
    assert!(verify(with_extra.as_bytes(), &log.entries[1]).is_ok());
}

#[test]
fn a_changed_bit_is_refused_everywhere_but_in_the_unauthenticated_extra_line() {
    let log = Log::new(300);
    let entry = &log.entries[257];
    let file = receipt(&log, 257)
        .with_extra(b"not vouched for".to_vec())
        .unwrap()
        .to_string()
        .into_bytes();
    let text = String::from_utf8(file.clone()).unwrap();
    let extra = text.find("extra ").unwrap() + 6..text.find("\nindex").unwrap();
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            let verified = verify(&changed, entry).is_ok();
            assert!(
                !verified || extra.contains(&at),
                "bit {bit} of byte {at} ({:?})",
                char::from(file[at])
            );
        }
    }
    for len in 0..file.len() {
        assert!(verify(&file[..len], entry).is_err(), "cut to {len} bytes");
    }
}

#[test]
fn a_receipt_counts_only_for_the_log_and_key_that_are_trusted() {
    let log = Log::new(300);
    let proof = receipt(&log, 5);
    let (entry, key) = (&log.entries[5], signer().verifier_key());
    let other_key = Signer::new(ORIGIN, &[2; 32]).unwrap().verifier_key();
    let not_signed = TlogProofError::Checkpoint(CheckpointError::Note(NoteError::NotSigned));
    assert_eq!(
        proof.verify(ORIGIN, &[other_key], entry),
        Err(not_signed.clone())
    );
    assert_eq!(proof.verify(ORIGIN, &[], entry), Err(not_signed.clone()));
    assert_eq!(
        proof.verify("example.org/other", &[key], entry),
        Err(not_signed)
    );
}

#[test]
fn files_that_are_not_receipts_are_refused() {
    let log = Log::new(3);
    let file = receipt(&log, 1).to_string();
    let hash = Hash::of_empty_tree();
    for bad in [
        file.replace("@v1", "@v2"),
        file.replace("index 1", "index 01"),
        file.replace("index 1", "index -1"),
        file.replace("index 1", "index 9223372036854775807"),
        file.replace("index 1", "Index 1"),
        file.replace("index 1", "extra \nindex 1"),
        file.replace("index 1", "extra AA==\nextra AA==\nindex 1"),
        file.replace("index 1", "extra A\nindex 1"),
        file.replace("index 1", "index 1\nextra AA=="),
        file.replace(
            "index 1",
            &format!("index 1{}", format!("\n{hash}").repeat(62)),
        ),
        file.replace("index 1", &format!("index 1\n{hash} ")),
        file.replace('\n', "\r\n"),
        file.replace("\n\nexample", "\nexample"),
        format!("\u{feff}{file}"),
        format!("{file}\n"),
        format!("{file}more\n"),
        "x".repeat(1 << 20),
        String::new(),
    ] {
        assert!(
            TlogProof::parse(bad.as_bytes()).is_err(),
            "{:?}",
            bad.chars().take(100).collect::<String>()
        );
    }
    assert!(receipt(&log, 1).with_extra(Vec::new()).is_err());
    assert!(receipt(&log, 1).with_extra(vec![0; 65_537]).is_err());
    let largest = receipt(&log, 1)
        .with_extra(vec![0; 65_536])
        .unwrap()
        .to_string();
    assert!(
        TlogProof::parse(largest.as_bytes()).is_ok(),
        "what can be made can be read"
    );
}
