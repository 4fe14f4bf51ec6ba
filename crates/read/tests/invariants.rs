//! What holds for every input: a reading whose parts fit together, or a reason; never a panic.
#![allow(clippy::unwrap_used)]

use model::{LeftOut, Reading, from_cbor, to_cbor};
use onrecord_read::{Input, read};
use proptest::prelude::*;

/// Passages are numbered and in order, one empty line apart; repeats name a passage that stays;
/// facts that stand in the text stand where they say.
fn check(reading: &Reading) {
    let letters: Vec<char> = reading.text.chars().collect();
    let mut end = 0;
    for (number, passage) in (1..).zip(&reading.passages) {
        assert_eq!(passage.number, number);
        assert!(passage.span.start < passage.span.end);
        let between: String = letters[end..passage.span.start as usize].iter().collect();
        assert_eq!(between, if number == 1 { "" } else { "\n\n" });
        end = passage.span.end as usize;
        let text: String = letters[passage.span.start as usize..end].iter().collect();
        assert_eq!(text.trim(), text);
        assert!(!text.contains('\n') && !text.contains("  "));
        if let Some(LeftOut::RepeatOf(other)) = passage.left_out {
            assert_ne!(other, number);
            assert!(reading.passages[other as usize - 1].is_clean());
        }
    }
    assert_eq!(end, letters.len());
    let mut before = 0;
    for run in reading.map.runs() {
        assert!(run.reading >= before && run.len > 0);
        before = run.reading + run.len;
        assert!(before as usize <= letters.len());
    }
    for found in [&reading.title, &reading.publisher, &reading.language]
        .into_iter()
        .flatten()
    {
        assert!(!found.basis.is_empty() && !found.value.is_empty());
        if let Some(span) = found.span {
            assert!(span.end as usize <= letters.len());
        }
    }
    let bytes = to_cbor(reading).unwrap();
    assert_eq!(&from_cbor::<Reading>(&bytes).unwrap(), reading);
}

fn try_all(bytes: &[u8]) {
    for name in ["a.txt", "a.md", "a.html", "a"] {
        match read(&Input { bytes, name }) {
            Ok(reading) => check(&reading),
            Err(unread) => assert!(
                unread.reason.ends_with('.') || unread.reason.ends_with(": "),
                "{}",
                unread.reason
            ),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        try_all(&bytes);
    }

    #[test]
    fn any_text(text in "(\\PC|\n|\r\n|\t){0,200}") {
        try_all(text.as_bytes());
    }

    /// Lines that look like what judges look for, in any order and number.
    #[test]
    fn any_capture(lines in proptest::collection::vec(prop_oneof![
        Just("Accessibility links"), Just("please wait"), Just("0:00 0:03:35 0:00"), Just("XS"), Just("Share"),
        Just("Council Extends the Mandate"), Just("Related articles"), Just("2014/03/28"), Just(""), Just("---"),
        Just("title: x"), Just("Join our newsletter today!"), Just("GENEVA, 28 March 2014 –  The Council met."),
        Just("(FILE) Delegates vote in Geneva on March 28, 2014."), Just("THE CHAIR:"), Just("- an item of a list"),
        Just("The Human Rights Council extended the mandate of the Special Rapporteur by one year and asked for a report."),
        Just("On Friday the Human Rights Council extended the mandate of the Special Rapporteur by one year and asked for a report."),
        Just("| a | b |"), Just("<p>text<td>cell"), Just("# Heading"), Just("> quoted"), Just("인권이사회 결의"),
    ], 0..25), separator in prop_oneof![Just("\n"), Just("\n\n"), Just("  \n"), Just("\r\n")]) {
        try_all(lines.join(separator).as_bytes());
    }
}

#[test]
fn bad_files_have_reasons() {
    let reason = |name: &str, bytes: &[u8]| read(&Input { bytes, name }).unwrap_err().reason;
    assert_eq!(reason("a.html", b""), "The file is empty.");
    assert!(reason("zeros.txt", &[0; 100_000]).contains("all of its 100000 bytes are zero"));
    assert!(
        reason("program.html", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0")
            .contains("application/x-executable")
    );
    assert!(
        reason(
            "noise.html",
            &[0x9d, 0x01, 0x02, 0x00, 0xfe, 0x12, 0x80].repeat(200)
        )
        .contains("not text")
    );
    assert!(reason("report.txt", b"%PDF-1.7 ...").contains("PDF file is damaged"));
    assert!(reason("photo.txt", b"\x89PNG\r\n\x1a\n\0\0").contains("image/png"));
    assert!(
        reason("script.html", b"<html><script>draw()</script></html>")
            .contains("a script draws it")
    );
    assert!(reason("blank.txt", b" \n\t\n").contains("no text"));
}

#[test]
fn broken_utf8_is_read_with_a_remark() {
    let mut bytes = "Déclaration sur les droits de l’homme, présentée à Genève\n\n"
        .repeat(3)
        .into_bytes();
    bytes.extend_from_slice(b"Fin\xff de la d\xc3claration");
    let reading = read(&Input {
        bytes: &bytes,
        name: "a.txt",
    })
    .unwrap();
    check(&reading);
    assert!(
        reading.remarks[0].starts_with("2 places do not hold a character"),
        "{:?}",
        reading.remarks
    );
    assert!(reading.text.contains("Fin\u{fffd} de"));
}

#[test]
fn repeats_are_found_in_linear_time() {
    let text: String = (0..30_000)
        .map(|n| format!("The same eight or more words in passage {}.\n\n", n % 7))
        .collect();
    let start = std::time::Instant::now();
    let reading = read(&Input {
        bytes: text.as_bytes(),
        name: "a.txt",
    })
    .unwrap();
    assert_eq!(reading.passages.iter().filter(|p| p.is_clean()).count(), 7);
    assert!(start.elapsed().as_secs() < 20, "took {:?}", start.elapsed());
}
