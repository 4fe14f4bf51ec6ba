//! Keys, notes and checkpoints: the examples of the specifications, and what must be refused.

use std::collections::BTreeMap;

use onrecord_archive::tlog::{
    Checkpoint, CheckpointError, Hash, KeyError, MAX_NOTE_LEN, Note, NoteError, NoteSignature,
    Signer, VerifierKey, leaf_hash, sign_note,
};

/// The example of C2SP signed-note.
const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
const ORIGIN: &str = "example.org/log";

fn signer() -> Signer {
    Signer::new(ORIGIN, &[1; 32]).unwrap()
}

fn signed(checkpoint: &str) -> String {
    sign_note(checkpoint, &[&signer()]).unwrap()
}

fn open(signed: &str) -> Result<Checkpoint, CheckpointError> {
    Checkpoint::open(signed.as_bytes(), ORIGIN, &[signer().verifier_key()])
}

#[test]
fn the_example_of_the_specification_verifies() {
    let key: VerifierKey = VKEY.parse().unwrap();
    assert_eq!(
        (key.name(), key.id(), key.to_string().as_str()),
        ("example.com/foo", 0x530d_903a, VKEY)
    );
    let note = Note::parse(NOTE.as_bytes()).unwrap();
    assert_eq!(
        note.verify(std::slice::from_ref(&key)),
        Ok("This is an example message.\n")
    );
    assert_eq!(note.to_string(), NOTE);
    let changed = Note::parse(
        NOTE.replace("example message", "Example message")
            .as_bytes(),
    )
    .unwrap();
    assert!(matches!(
        changed.verify(&[key]),
        Err(NoteError::BadSignature { .. })
    ));
}

#[test]
fn a_signer_makes_the_keys_of_rfc_8032() {
    // RFC 8032 §7.1, test 1: the public key that belongs to this seed.
    let hex = |text: &str| -> [u8; 32] {
        std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
    };
    let signer = Signer::new(
        "test",
        &hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
    )
    .unwrap();
    let public = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assert_eq!(signer.verifier_key().public_key(), &public);
    assert!(
        !format!("{signer:?}").contains("9d"),
        "a signer never shows its seed"
    );
}

#[test]
fn keys_that_contradict_themselves_are_refused() {
    for (text, error) in [
        (VKEY.replace("foo", "bar"), KeyError::WrongId),
        (VKEY.replace("530d903a", "530D903A"), KeyError::WrongId),
        (VKEY.replace("530d903a", "+530d903a"), KeyError::Malformed),
        (VKEY.replace("+AekyeR", "+BOkyeR"), KeyError::UnknownType(4)),
        (VKEY.replace("3U2k", "3U0="), KeyError::Malformed),
        (format!("{VKEY}\n"), KeyError::Malformed),
        (format!("{VKEY}{}", "A".repeat(5000)), KeyError::Malformed),
        (
            VKEY.replace("com/foo", "com foo"),
            KeyError::Name("example.com foo".into()),
        ),
        ("example.com/foo+530d903a+".into(), KeyError::Malformed),
        (String::new(), KeyError::Malformed),
    ] {
        assert_eq!(text.parse::<VerifierKey>(), Err(error), "{text}");
    }
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{2003}b", "a\u{1}"] {
        assert!(
            matches!(Signer::new(name, &[0; 32]), Err(KeyError::Name(_))),
            "{name:?}"
        );
    }
}

#[test]
fn unknown_signatures_are_ignored_and_bad_known_ones_refuse_the_note() {
    let (log, witness, stranger) = (
        signer(),
        Signer::new("witness.example", &[2; 32]).unwrap(),
        Signer::new("stranger.example", &[3; 32]).unwrap(),
    );
    let text = "a text\n\nwith an empty line\n";
    let note = sign_note(text, &[&stranger, &witness, &log]).unwrap();
    let verify = |note: &str, keys: &[&Signer]| {
        let keys: Vec<_> = keys.iter().map(|signer| signer.verifier_key()).collect();
        Note::parse(note.as_bytes())
            .unwrap()
            .verify(&keys)
            .map(str::to_owned)
    };
    assert_eq!(verify(&note, &[&log]).as_deref(), Ok(text));
    assert_eq!(verify(&note, &[&log, &witness]).as_deref(), Ok(text));
    assert_eq!(verify(&note, &[]), Err(NoteError::NotSigned));
    // The witness's signature, but of another text: known, hence fatal; unknown, hence ignored.
    let other = sign_note("another text\n", &[&witness]).unwrap();
    let bad = format!(
        "{}{}\n",
        sign_note(text, &[&log]).unwrap(),
        other.lines().last().unwrap()
    );
    assert_eq!(verify(&bad, &[&log]).as_deref(), Ok(text));
    assert!(
        matches!(verify(&bad, &[&log, &witness]), Err(NoteError::BadSignature { name, .. }) if name == "witness.example")
    );
    // The same name with another key is an unknown key.
    assert_eq!(
        verify(&note, &[&Signer::new(ORIGIN, &[9; 32]).unwrap()]),
        Err(NoteError::NotSigned)
    );
}

#[test]
fn two_trusted_keys_of_one_name_and_id_are_refused() {
    // Ids have 32 bits: among 2^18 keys of one name some two share theirs. Any 32 bytes will do.
    let mut seen = BTreeMap::new();
    let (first, second) = (0_u64..1 << 18)
        .find_map(|number| {
            let key = VerifierKey::new(ORIGIN, leaf_hash(&number.to_le_bytes()).0).unwrap();
            seen.insert(key.id(), key.clone()).map(|other| (other, key))
        })
        .unwrap();
    let claimed = NoteSignature {
        name: ORIGIN.into(),
        id: first.id(),
        signature: vec![0; 64],
    };
    let note = Note::parse(format!("text\n\n{claimed}\n").as_bytes()).unwrap();
    let verify = |keys: &[&VerifierKey]| {
        note.verify(&keys.iter().copied().cloned().collect::<Vec<_>>())
            .unwrap_err()
    };
    assert!(matches!(
        verify(&[&first, &second]),
        NoteError::AmbiguousKey { .. }
    ));
    // The same key twice is one key.
    assert!(matches!(
        verify(&[&first, &first]),
        NoteError::BadSignature { .. }
    ));
}

#[test]
fn malformed_notes_are_refused() {
    let good = signed("text\n");
    let line = good.lines().last().unwrap();
    let sixteen = format!("text\n\n{}", format!("{line}\n").repeat(16));
    assert!(
        Note::parse(sixteen.as_bytes()).is_ok(),
        "16 signatures must be accepted"
    );
    for bad in [
        String::new(),
        "\n".into(),
        "text\n".into(),
        "text\n\n".into(),
        format!("text\n{line}\n"),
        format!("text\n\n{line}"),
        format!("text\n\n{line}\n\n"),
        format!("text\r\n\n{line}\n"),
        format!("te\txt\n\n{line}\n"),
        format!("te\0xt\n\n{line}\n"),
        format!("text\n\n{}\n", line.replace('—', "-")),
        format!("text\n\n {line}\n"),
        format!("text\n\n{line} \n"),
        format!("text\n\n{line}=\n"),
        format!("text\n\n{line}\nmore\n"),
        "text\n\n— name \n".into(),
        "text\n\n— name AAAAAA==\n".into(),
        "text\n\n— na+me AAAAAAA=\n".into(),
        "text\n\n—  AAAAAAA=\n".into(),
        format!("{}\n\n{line}\n", "x".repeat(MAX_NOTE_LEN)),
        format!("text\n\n{}", format!("{line}\n").repeat(65)),
    ] {
        assert!(
            Note::parse(bad.as_bytes()).is_err(),
            "{:?}",
            bad.chars().take(100).collect::<String>()
        );
    }
    assert!(Note::parse(&[&[0xff], good.as_bytes()].concat()).is_err());
    assert!(sign_note("no end", &[&signer()]).is_err());
    assert!(sign_note("bell \u{7}\n", &[&signer()]).is_err());
    assert!(sign_note("nobody\n", &[]).is_err());
}

#[test]
fn a_checkpoint_comes_back_and_any_changed_byte_is_refused() {
    let checkpoint = Checkpoint::new(ORIGIN, 20_852_163, leaf_hash(b"")).unwrap();
    let note = checkpoint.sign(&signer()).unwrap();
    assert_eq!(open(&note), Ok(checkpoint));
    assert!(note.starts_with("example.org/log\n20852163\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n— example.org/log "));
    let keys = [signer().verifier_key()];
    for at in 0..note.len() {
        for bit in 0..8 {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            assert!(
                Checkpoint::open(&bytes, ORIGIN, &keys).is_err(),
                "bit {bit} of byte {at}"
            );
        }
    }
}

#[test]
fn only_the_log_itself_signs_for_the_log() {
    let checkpoint = Checkpoint::new(ORIGIN, 7, leaf_hash(b"")).unwrap();
    let witness = Signer::new("witness.example", &[2; 32]).unwrap();
    assert!(matches!(
        checkpoint.sign(&witness),
        Err(CheckpointError::OtherLog { .. })
    ));
    let keys = [signer().verifier_key(), witness.verifier_key()];
    // Signed by a trusted witness only.
    let note = sign_note(&checkpoint.to_string(), &[&witness]).unwrap();
    assert_eq!(
        Checkpoint::open(note.as_bytes(), ORIGIN, &keys),
        Err(NoteError::NotSigned.into())
    );
    // Signed by the log's key, but the text names another log.
    let other = sign_note(
        &Checkpoint::new("example.org/other", 7, leaf_hash(b""))
            .unwrap()
            .to_string(),
        &[&signer()],
    )
    .unwrap();
    assert!(matches!(
        open(&other),
        Err(CheckpointError::OtherLog { .. })
    ));
}

#[test]
fn texts_that_are_not_checkpoints_are_refused_although_signed() {
    let root = Hash::of_empty_tree();
    let fine = format!("{ORIGIN}\n0\n{root}\nextension one\ntwo\n");
    let read = open(&signed(&fine)).unwrap();
    assert_eq!((read.size, read.root, read.extensions.len()), (0, root, 2));
    assert_eq!(read.to_string(), fine);
    for bad in [
        format!("{ORIGIN}\n0\n"),
        format!("\n0\n{root}\n"),
        format!("{ORIGIN}\n\n{root}\n"),
        format!("{ORIGIN}\n00\n{root}\n"),
        format!("{ORIGIN}\n+1\n{root}\n"),
        format!("{ORIGIN}\n-1\n{root}\n"),
        format!("{ORIGIN}\n1 \n{root}\n"),
        format!("{ORIGIN}\n9223372036854775808\n{root}\n"),
        format!("{ORIGIN}\n99999999999999999999\n{root}\n"),
        format!("{ORIGIN}\n1\n{root}=\n"),
        format!("{ORIGIN}\n1\n{}\n", root.to_string().trim_end_matches('=')),
        format!("{ORIGIN}\n1\n{root}\n\nafter an empty line\n"),
        format!("{ORIGIN}\n1\n{root}\n\n"),
    ] {
        assert!(
            matches!(open(&signed(&bad)), Err(CheckpointError::Malformed(_))),
            "{bad:?}"
        );
    }
    assert!(Checkpoint::new("", 1, root).is_err());
    assert!(Checkpoint::new("a\nb", 1, root).is_err());
    assert!(Checkpoint::new(ORIGIN, u64::MAX, root).is_err());
    let mut sneaky = Checkpoint::new(ORIGIN, 1, root).unwrap();
    sneaky.extensions.push("one\ntwo".into());
    assert!(sneaky.sign(&signer()).is_err());
}
