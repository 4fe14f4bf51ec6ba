//! Bytes to text: which encoding, why that one, and what was no text.
//!
//! Order: byte order mark, then UTF-8 that is valid, then what the document declares, then
//! detection (chardetng). A valid UTF-8 text with letters beyond ASCII is UTF-8 whatever it
//! declares: other encodings do not look like it by chance. Standard: WHATWG Encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded original.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    pub basis: &'static str,
    pub remarks: Vec<String>,
}

const BYTE_ORDER_MARK: &str = "byte order mark";
const VALID_UTF8: &str = "valid UTF-8";
const DECLARED: &str = "declared";
const DETECTED: &str = "detected";

/// Why bytes are no text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotText {
    #[error(
        "This is not text: {0} of its {1} bytes are zero. Check that the file is complete and has the right name."
    )]
    Zeros(usize, usize),
    #[error(
        "This is not text: its bytes do not form characters in any known encoding. Check that the file is complete and has the right name."
    )]
    Noise,
}

/// Decodes `bytes`; `declared` is the label of an encoding that the document names, if it does.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return finish(encoding, &bytes[mark..], BYTE_ORDER_MARK, Vec::new());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return finish(encoding, bytes, DETECTED, Vec::new());
    }
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    if zeros > bytes.len() / 1000 {
        return Err(NotText::Zeros(zeros, bytes.len()));
    }
    let declared = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        // A document whose declaration can be read byte for byte is not UTF-16 (WHATWG HTML).
        .map(|encoding| {
            if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else {
                encoding
            }
        });
    if let Ok(text) = std::str::from_utf8(bytes)
        // Escape sequences of ISO-2022-JP are valid UTF-8 too.
        && !(declared.is_some_and(|e| e.name() == "ISO-2022-JP") || bytes.contains(&0x1b))
    {
        return Ok(utf8(text, declared));
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8) {
        return finish(encoding, bytes, DECLARED, Vec::new());
    }
    if mostly_utf8(bytes) {
        let basis = if declared.is_some() {
            DECLARED
        } else {
            DETECTED
        };
        return finish(UTF_8, bytes, basis, Vec::new());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let mut remarks = Vec::new();
    if declared.is_some() {
        remarks.push(format!(
            "The document declares UTF-8 but is not; it was read as {}.",
            encoding.name()
        ));
    }
    finish(encoding, bytes, DETECTED, remarks)
}

fn utf8(text: &str, declared: Option<&'static Encoding>) -> Decoded {
    let mut remarks = Vec::new();
    let other = declared.filter(|&encoding| encoding != UTF_8);
    if let Some(other) = other
        && !text.is_ascii()
    {
        remarks.push(format!(
            "The document declares {} but is valid UTF-8, and was read as that.",
            other.name()
        ));
    }
    Decoded {
        text: text.to_owned(),
        encoding: UTF_8.name(),
        basis: VALID_UTF8,
        remarks,
    }
}

fn finish(
    encoding: &'static Encoding,
    bytes: &[u8],
    basis: &'static str,
    mut remarks: Vec<String>,
) -> Result<Decoded, NotText> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut text = text.into_owned();
    if broken {
        let replaced = text.matches('\u{fffd}').count();
        if replaced * 20 > text.chars().count() {
            return Err(NotText::Noise);
        }
        remarks.push(format!(
            "{replaced} places do not hold a character in {}; each is shown as \u{fffd}.",
            encoding.name()
        ));
    }
    if control_characters(&text) * 50 > text.len() {
        return Err(NotText::Noise);
    }
    text.shrink_to_fit();
    Ok(Decoded {
        text,
        encoding: encoding.name(),
        basis,
        remarks,
    })
}

fn control_characters(text: &str) -> usize {
    text.bytes()
        .filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
        .count()
}

/// UTF-16 text of a script whose high bytes are mostly alike shows as zeros at every other place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if even * 10 > pairs * 4 && odd * 50 < pairs {
        return Some(UTF_16BE);
    }
    (odd * 10 > pairs * 4 && even * 50 < pairs).then_some(UTF_16LE)
}

/// Whether at least nine in ten sequences beyond ASCII are whole UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken * 9
}

/// The encoding that an HTML or XML document names in its first 4,096 bytes.
pub(crate) fn declared_in_markup(bytes: &[u8]) -> Option<String> {
    let head: Vec<u8> = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = find(&head[from..], b"charset") {
        let after = from + found + b"charset".len();
        if let Some(label) = label_at(&head, after) {
            return Some(label);
        }
        from = after;
    }
    if head.starts_with(b"<?xml") {
        let end = find(&head, b"?>").unwrap_or(head.len());
        let at = find(&head[..end], b"encoding")?;
        return label_at(&head[..end], at + b"encoding".len());
    }
    None
}

/// The label behind `=` at `at`, quoted or not.
fn label_at(head: &[u8], at: usize) -> Option<String> {
    let rest = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
    let label: Vec<u8> = rest.iter().copied().take(40).take_while(is_label).collect();
    (!label.is_empty()).then(|| String::from_utf8_lossy(&label).into_owned())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const KOREAN: &str = "유엔 인권이사회는 조선민주주의인민공화국의 인권 상황에 관한 결의를 \
                          채택하고 특별보고관의 임무를 일 년 연장하였다.";
    const JAPANESE: &str = "国連人権理事会は、北朝鮮の人権状況に関する決議を採択し、特別報告者の\
                            任期を一年延長した。拉致被害者の帰国を求める。";

    #[test]
    fn old_east_asian_encodings_are_detected() {
        for (text, name) in [
            (KOREAN, "EUC-KR"),
            (JAPANESE, "Shift_JIS"),
            (JAPANESE, "EUC-JP"),
        ] {
            let encoding = Encoding::for_label(name.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode(text);
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, name));
            assert_eq!(decoded.basis, "detected");
        }
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let text = "The mandate was renewed in March 2013.";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little, None).unwrap().text, text);
        let decoded = decode(&big, None).unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (text, "UTF-16BE")
        );
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(little).collect();
        let decoded = decode(&marked, None).unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.basis),
            (text, "byte order mark")
        );
    }

    #[test]
    fn a_wrong_declaration_does_not_spoil_valid_utf8() {
        let decoded = decode("Salmón said".as_bytes(), Some("iso-8859-1")).unwrap();
        assert_eq!(decoded.text, "Salmón said");
        assert_eq!(decoded.remarks.len(), 1);
        let decoded = decode(b"Salm\xf3n said", Some("iso-8859-1")).unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.basis),
            ("Salmón said", "declared")
        );
        assert_eq!(decoded.encoding, "windows-1252");
    }

    #[test]
    fn broken_utf8_is_shown_and_remarked() {
        let mut bytes = "“No sustainable peace” – Salmón, “broad-based participation”"
            .repeat(4)
            .into_bytes();
        bytes.push(0xe2);
        bytes.extend_from_slice(b" end");
        let decoded = decode(&bytes, None).unwrap();
        assert!(decoded.text.ends_with("\u{fffd} end"));
        assert!(
            decoded.remarks[0].starts_with("1 places"),
            "{:?}",
            decoded.remarks
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(decode(&[0; 5000], None), Err(NotText::Zeros(..))));
        let noise: Vec<u8> = (0..4000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1)
            .collect();
        assert!(matches!(decode(&noise, None), Err(NotText::Noise)));
    }

    #[test]
    fn declarations_are_found() {
        for (markup, label) in [
            ("<meta charset=euc-kr>", "euc-kr"),
            (
                "<META http-equiv=x content='text/html; charset=Shift_JIS'>",
                "shift_jis",
            ),
            ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8"),
        ] {
            assert_eq!(
                declared_in_markup(markup.as_bytes()).as_deref(),
                Some(label)
            );
        }
        assert_eq!(declared_in_markup(b"<p>charset"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), label in "\\PC{0,9}") {
            let _ = decode(&bytes, Some(&label));
            let _ = declared_in_markup(&bytes);
        }
    }
}
