//! Messages, mailboxes and archives as Python's libraries write them (`mail_data/make.py`), and
//! as nobody should.
#![allow(clippy::unwrap_used)]

use model::{CharIndex, LeftOut, PassageKind, Reading};
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

fn passages(reading: &Reading) -> Vec<(PassageKind, Option<LeftOut>, &str)> {
    let chars = CharIndex::new(&reading.text);
    let all = reading.passages.iter().map(|passage| {
        let text = chars.slice(&reading.text, passage.span).unwrap();
        (passage.kind, passage.left_out, text)
    });
    all.collect()
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
