//! What others vouch for: bundles of ProofMode with signatures by GnuPG, and pictures with content
//! credentials by c2pa-rs (`real_data/make_signed.py`); and the same, changed.
#![allow(clippy::unwrap_used)]

use model::Reading;
use onrecord_read::{Input, read, unpack};
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const BUNDLES: [&[u8]; 3] = [
    include_bytes!("real_data/proof-rsa.zip"),
    include_bytes!("real_data/proof-ed25519.zip"),
    include_bytes!("real_data/proof-p256.zip"),
];
const JPEG: &[u8] = include_bytes!("real_data/camp-signed.jpg");
const PNG: &[u8] = include_bytes!("real_data/camp-signed.png");

fn reading(name: &str, bytes: &[u8]) -> Reading {
    read(&Input { bytes, name }).unwrap()
}

/// Remarks that hold the words.
fn remarks<'r>(reading: &'r Reading, words: &str) -> Vec<&'r str> {
    let remarks = reading.remarks.iter().map(String::as_str);
    remarks.filter(|remark| remark.contains(words)).collect()
}

/// A bundle with one of its files changed.
fn changed(bundle: &[u8], change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let input = Input {
        bytes: bundle,
        name: "proof.zip",
    };
    for mut member in unpack(&input).unwrap() {
        change(&member.name, &mut member.bytes);
        out.start_file(member.name, SimpleFileOptions::default())
            .unwrap();
        out.write_all(&member.bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_bundle_of_proofmode_is_checked_against_the_key_that_it_carries() {
    for bundle in BUNDLES {
        let reading = reading("proof.zip", bundle);
        let said = |words| remarks(&reading, words).len();
        assert_eq!(
            said("Field Office <office@example.org>"),
            1,
            "{:?}",
            reading.remarks
        );
        assert_eq!(said("camp.jpg is the file that its proof is about"), 1);
        assert_eq!(said("is right (by the key"), 3, "{:?}", reading.remarks);
        assert_eq!(said("made at 20"), 3);
        assert_eq!(
            said("latitude: 41.2; longitude: 129.3; device: Camera, model 1"),
            1
        );
        assert_eq!(said("block 840000 of Bitcoin"), 1);
        assert_eq!(said("only promised by https://calendar.example.org"), 1);
        assert_eq!(said("WRONG") + said("CHANGED") + said("ANOTHER"), 0);
        assert!(reading.clean().count() > 0, "the files are listed");
    }
}

#[test]
fn changes_in_a_bundle_are_seen() {
    for bundle in BUNDLES {
        let other_picture = changed(bundle, |name, bytes| {
            if name == "camp.jpg" {
                bytes.push(0);
            }
        });
        let said = reading("proof.zip", &other_picture);
        assert_eq!(remarks(&said, "MISSING OR WAS CHANGED").len(), 1);
        assert_eq!(remarks(&said, "signs a file that is not here").len(), 1);

        let other_proof = changed(bundle, |name, bytes| {
            if name.ends_with(".json") {
                let text = String::from_utf8(bytes.clone()).unwrap();
                *bytes = text.replace("41.2", "35.2").into_bytes();
            }
        });
        let said = reading("proof.zip", &other_proof);
        assert_eq!(
            remarks(&said, "proof.json IS WRONG").len(),
            1,
            "{:?}",
            said.remarks
        );
        assert_eq!(remarks(&said, "is right (by the key").len(), 2);

        let other_key = changed(bundle, |name, bytes| {
            if name == "pubkey.asc" {
                bytes.clear();
            }
        });
        let said = reading("proof.zip", &other_key);
        assert_eq!(
            remarks(&said, "was not checked: no key").len(),
            3,
            "{:?}",
            said.remarks
        );
    }
    let keys: Vec<Vec<u8>> = BUNDLES
        .iter()
        .map(|bundle| {
            let input = Input {
                bytes: bundle,
                name: "proof.zip",
            };
            let members = unpack(&input).unwrap();
            let key = members.into_iter().find(|file| file.name == "pubkey.asc");
            key.unwrap().bytes
        })
        .collect();
    let forged = changed(BUNDLES[0], |name, bytes| {
        if name == "pubkey.asc" {
            bytes.clone_from(&keys[1]);
        }
    });
    assert_eq!(remarks(&reading("proof.zip", &forged), "IS WRONG").len(), 3);
}

#[test]
fn content_credentials_are_validated() {
    for (name, picture) in [("camp.jpg", JPEG), ("camp.png", PNG)] {
        let reading = reading(name, picture);
        let said = |words| remarks(&reading, words).len();
        assert_eq!(said("written by Field Camera"), 1, "{:?}", reading.remarks);
        assert_eq!(
            said("by the certificate of Field Camera 7, Example Press"),
            1
        );
        assert_eq!(said("Their signature is right"), 1, "{:?}", reading.remarks);
        assert_eq!(
            said("bytes have the hash that was signed"),
            1,
            "{:?}",
            reading.remarks
        );
        assert_eq!(said("created (digitalCapture)"), 1);
        assert_eq!(said("CHANGED") + said("WRONG"), 0);
    }
}

#[test]
fn pictures_and_statements_that_were_changed_after_signing_are_seen() {
    for (name, picture) in [("camp.jpg", JPEG), ("camp.png", PNG)] {
        let mut other = picture.to_vec();
        let at = other.len() - 40;
        other[at] ^= 1;
        let said = reading(name, &other);
        assert_eq!(
            remarks(&said, "CHANGED AFTER THE CREDENTIALS").len(),
            1,
            "{:?}",
            said.remarks
        );
        assert_eq!(remarks(&said, "Their signature is right").len(), 1);

        let of = |words: &[u8]| {
            let mut windows = picture.windows(words.len());
            windows.position(|window| window == words).unwrap()
        };
        let mut other = picture.to_vec();
        other[of(b"digitalCapture")] = b'D';
        let said = reading(name, &other);
        assert_eq!(
            remarks(&said, "A STATEMENT OF THE CREDENTIALS WAS CHANGED").len(),
            1
        );

        let mut other = picture.to_vec();
        other[of(b"Field Camera")] = b'f';
        let said = reading(name, &other);
        assert_eq!(
            remarks(&said, "SIGNATURE OF THE CREDENTIALS IS WRONG").len(),
            1,
            "{:?}",
            said.remarks
        );
    }
}

#[test]
fn what_programs_wrote_about_a_picture_is_read() {
    let pictures: [(&str, &[u8]); 4] = [
        ("camp.jpg", include_bytes!("real_data/camp.jpg")),
        ("camp.png", include_bytes!("real_data/camp.png")),
        ("camp.tiff", include_bytes!("real_data/camp.tiff")),
        ("camp.webp", include_bytes!("real_data/camp-small.webp")),
    ];
    for (name, picture) in pictures {
        let reading = reading(name, picture);
        for line in [
            "dc:creator: Field Office",
            "dc:description: A camp seen from the hill",
            "photoshop:City: Hwasong",
            "xmp:CreateDate: 2013-03-21T10:00:00+09:00",
        ] {
            assert!(reading.text.contains(line), "{name}: {}", reading.text);
        }
        assert_eq!(reading.clean().count(), 0, "none of it is a document");
        assert_eq!(reading.published, None);
    }
}

#[test]
fn damage_to_what_vouches_is_never_a_fault() {
    let mut read_at_all = 0;
    let files = [("a.jpg", JPEG), ("a.png", PNG), ("a.zip", BUNDLES[1])];
    for (name, whole) in files {
        for at in (0..whole.len()).step_by(whole.len() / 400 + 1) {
            let mut damaged = whole.to_vec();
            damaged[at] ^= 0x85;
            let bytes = damaged.as_slice();
            read_at_all += usize::from(read(&Input { bytes, name }).is_ok());
            let _ = read(&Input {
                bytes: &whole[..at],
                name,
            });
        }
    }
    assert!(read_at_all > 300, "{read_at_all}");
}

#[test]
fn a_time_stamp_of_a_package_is_checked() {
    let package = include_bytes!("real_data/stamped.wacz");
    let said = reading("stamped.wacz", package);
    let stamps = remarks(
        &said,
        "by the time stamp of Example Time Authority, Example Time",
    );
    assert_eq!(stamps.len(), 1, "{:?}", said.remarks);
    assert!(
        stamps[0].starts_with("The signature was there at 20"),
        "{stamps:?}"
    );

    // The stamp of another package's signature, and a stamp whose time was set back.
    let change = |from: &dyn Fn(&str) -> String| {
        let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let mut old = zip::ZipArchive::new(std::io::Cursor::new(&package[..])).unwrap();
        for at in 0..old.len() {
            let mut file = old.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut body = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut body).unwrap();
            if name == "datapackage-digest.json" {
                body = from(&String::from_utf8(body).unwrap()).into_bytes();
            }
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(&body).unwrap();
        }
        reading("stamped.wacz", &out.finish().unwrap().into_inner())
    };
    let cut = change(&|digest| {
        digest.replacen("\"timeSignature\": \"MII", "\"timeSignature\": \"AAA", 1)
    });
    assert_eq!(
        remarks(&cut, "TIME STAMP OF THE SIGNATURE CANNOT BE READ").len(),
        1,
        "{:?}",
        cut.remarks
    );
    let other = change(&|digest| {
        let at = digest.find("\"signature\": \"").unwrap() + 20;
        let letter = if &digest[at..=at] == "A" { "B" } else { "A" };
        format!("{}{letter}{}", &digest[..at], &digest[at + 1..])
    });
    assert_eq!(
        remarks(&other, "STAMP IS OF SOMETHING ELSE").len(),
        1,
        "{:?}",
        other.remarks
    );
}

#[test]
fn a_page_of_auto_archiver_says_what_it_archived() {
    let page = include_bytes!("real_data/archived.html");
    let reading = reading("archived.html", page);
    let address = reading.address.as_ref().unwrap();
    assert_eq!(
        address.value,
        "https://social.example.org/post/7?lang=ko&view=all"
    );
    assert_eq!(
        reading.title.as_ref().unwrap().value,
        "Prisoners moved from Camp 18"
    );
    assert_eq!(
        remarks(&reading, "auto-archiver v1.2.9 wrote of https://social").len(),
        1,
        "{:?}",
        reading.remarks
    );
    assert_eq!(
        remarks(&reading, "names 1 hash of files").len(),
        1,
        "{:?}",
        reading.remarks
    );
    assert!(
        reading
            .text
            .contains("ecce712ed420dbcf755af50214e362273fa930b68ba5f5cc99cf0649c9ca7f6e")
    );
    assert_eq!(
        reading.published, None,
        "the time of archiving is no date of publication"
    );
}
