//! Messages, mailboxes and archives as Python's libraries write them (`mail_data/make.py`), and
//! as nobody should.
#![allow(clippy::unwrap_used)]

mod common;

use common::passages;
use model::{LeftOut, PassageKind, Reading};
use onrecord_read::{Input, Member, is_container, read, unpack};
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LETTER: &[u8] = include_bytes!("mail_data/letter.eml");
const BOX: &[u8] = include_bytes!("mail_data/box.mbox");
const BUNDLE: &[u8] = include_bytes!("mail_data/bundle.zip");

fn reading(name: &str, bytes: &[u8]) -> Reading {
    read(&Input { bytes, name }).unwrap()
}

fn taken_out(name: &str, bytes: &[u8]) -> Vec<Member> {
    unpack(&Input { bytes, name }).unwrap()
}

#[test]
fn a_message_is_read_and_names_what_it_carries() {
    use PassageKind::{Paragraph, Quotation, Title};
    let reading = reading("letter.eml", LETTER);
    let head = Some(LeftOut::FrontMatter);
    assert_eq!(
        passages(&reading),
        [
            (Paragraph, head, "From: Field Office <office@example.org>"),
            (Paragraph, head, "To: Registry <registry@example.org>"),
            (Paragraph, head, "Date: 2014-02-07T10:00:00+09:00"),
            (Title, None, "Statement of a former guard – 진술"),
            (
                Paragraph,
                None,
                "Guards beat prisoners at the camp of Hwasong."
            ),
            (Quotation, None, "Please send what the guard said."),
            (Quotation, None, "We need it in Geneva."),
            (Paragraph, None, "The drawing is attached."),
        ]
    );
    assert_eq!(
        reading.published.as_ref().unwrap().value.to_string(),
        "2014-02-07"
    );
    assert!(
        reading.remarks[0].contains("관찰.txt"),
        "{:?}",
        reading.remarks
    );
}

#[test]
fn attachments_come_out_whole_and_messages_among_them_are_messages() {
    let members = taken_out("letter.eml", LETTER);
    assert_eq!(members.len(), 2);
    assert_eq!(members[0].name, "관찰.txt");
    assert_eq!(members[0].bytes, b"Kim Chol was seen last in 1954.\n");
    let inner = reading(&members[1].name, &members[1].bytes);
    assert_eq!(inner.reader.name, "mail");
    let body: Vec<&str> = passages(&inner).iter().skip(3).map(|p| p.2).collect();
    assert_eq!(body, ["They were not fed.", "Nobody came."]);
}

#[test]
fn a_mailbox_and_an_archive_hold_sources() {
    let messages = taken_out("box", BOX);
    assert_eq!(messages.len(), 2);
    assert_eq!(
        reading(&messages[0].name, &messages[0].bytes).text,
        reading("l.eml", LETTER).text
    );
    let files = taken_out("bundle.zip", BUNDLE);
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["statements/letter.eml", "notes.txt"]);
    assert_eq!(files[0].bytes, LETTER);
    let list = reading("bundle.zip", BUNDLE);
    assert_eq!(passages(&list)[1].2, "notes.txt (30 bytes)");
    assert!(is_container(&list.media_type));
    assert!(taken_out("page.html", b"<p>no container</p>").is_empty());
}

fn zip_of(name: &str, write: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    write(&mut zip);
    zip.finish().unwrap().into_inner()
}

#[test]
fn names_steer_no_terminal_and_hide_no_ending() {
    let plain = |name: &str| {
        taken_out("a.zip", &zip_of(name, |file| file.write_all(b"x").unwrap()))[0]
            .name
            .clone()
    };
    assert_eq!(plain("a\u{1b}[2Jb\u{7}.txt"), "a[2Jb.txt");
    assert_eq!(plain("report\u{202e}txt.exe"), "reporttxt.exe");
    assert_eq!(plain("two  words\nand more.txt"), "two  words and more.txt");
    assert_eq!(plain("folder/관찰 é.txt"), "folder/관찰 é.txt");
    assert_eq!(plain("\u{1b}"), "file 1");
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(1);
    tar.append_data(&mut header, "b\u{9b}31m\u{2066}.txt", &b"x"[..])
        .unwrap();
    let tar = tar.into_inner().unwrap();
    assert_eq!(taken_out("a.tar", &tar)[0].name, "b31m.txt");
    let list = reading("a.tar", &tar);
    assert_eq!(passages(&list)[0].2, "b31m.txt (1 bytes)");
    let mail = b"From: A\x1b[31m <a@example.org>\r\nSubject: Two\x1b[2J words\r\nContent-Type: text/plain\r\n\r\nNobody came.\r\n";
    let mail = reading("a.eml", mail);
    assert_eq!(mail.title.unwrap().value, "Two[2J words");
    assert!(!mail.text.contains('\u{1b}'), "{:?}", mail.text);
}

#[test]
fn a_packed_file_is_listed_as_it_is_called_when_it_is_taken_out() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"Nobody came.\n").unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(taken_out("notes.txt.gz", &packed)[0].name, "notes.txt");
    let list = reading("notes.txt.gz", &packed);
    assert_eq!(passages(&list)[0].2, "notes.txt (13 bytes)");
}

#[test]
fn contiguous_and_sparse_files_of_a_tape_come_out_whole() {
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(3);
    header.set_entry_type(tar::EntryType::Continuous);
    tar.append_data(&mut header, "contiguous.txt", &b"abc"[..])
        .unwrap();
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_path("sparse.bin").unwrap();
    header.set_size(512);
    let gnu = header.as_gnu_mut().unwrap();
    // 512 bytes behind a hole of 4096.
    gnu.sparse[0].offset = *b"00000010000\0";
    gnu.sparse[0].numbytes = *b"00000001000\0";
    gnu.realsize = *b"00000011000\0";
    header.set_cksum();
    tar.append(&header, &[b'x'; 512][..]).unwrap();
    let files = taken_out("a.tar", &tar.into_inner().unwrap());
    assert_eq!(files.len(), 2);
    assert_eq!(files[0].bytes, b"abc");
    assert_eq!(
        files[1].bytes,
        [[0; 4096].as_slice(), &[b'x'; 512]].concat()
    );
}

#[test]
fn an_archive_made_to_fill_a_disk_is_refused() {
    let bomb = zip_of("zeros.txt", |file| {
        for _ in 0..40 {
            file.write_all(&vec![b'0'; 1 << 20]).unwrap();
        }
    });
    let bytes = bomb.as_slice();
    let name = "bomb.zip";
    let refused = unpack(&Input { bytes, name }).unwrap_err();
    assert!(refused.contains("nothing was taken out"), "{refused}");
    assert_eq!(read(&Input { bytes, name }).unwrap_err().reason, refused);
}

#[test]
fn damage_is_never_a_fault() {
    let mut opened = 0;
    for (name, bytes) in [("l.eml", LETTER), ("b.mbox", BOX), ("z.zip", BUNDLE)] {
        for at in 0..bytes.len() {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= 0x21;
            let bytes = damaged.as_slice();
            opened += usize::from(unpack(&Input { bytes, name }).is_ok());
            let _ = read(&Input { bytes, name });
        }
    }
    assert!(opened > 1000, "{opened}");
}
