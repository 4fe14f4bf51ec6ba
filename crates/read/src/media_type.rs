//! What kind of file it is: by its own first bytes, then by what its text looks like; its name
//! is only asked where the bytes leave it open. Patterns follow WHATWG MIME Sniffing.

/// Bytes at the head of a file that are enough to tell.
pub const HEAD: usize = 4096;

/// First bytes, offset, media type.
const MAGIC: &[(&[u8], usize, &str)] = &[
    (b"%PDF-", 0, "application/pdf"),
    (b"PK\x03\x04", 0, "application/zip"),
    (b"PK\x05\x06", 0, "application/zip"),
    (b"\x1f\x8b", 0, "application/gzip"),
    (b"BZh", 0, "application/x-bzip2"),
    (b"\xfd7zXZ\0", 0, "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", 0, "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", 0, "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", 0, "application/vnd.rar"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0,
        "application/x-ole-storage",
    ),
    (b"{\\rtf", 0, "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"II*\0", 0, "image/tiff"),
    (b"MM\0*", 0, "image/tiff"),
    (b"WEBP", 8, "image/webp"),
    (b"BM", 0, "image/bmp"),
    (b"ID3", 0, "audio/mpeg"),
    (b"OggS", 0, "application/ogg"),
    (b"fLaC", 0, "audio/flac"),
    (b"WAVE", 8, "audio/wav"),
    (b"AVI ", 8, "video/x-msvideo"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1a\x45\xdf\xa3", 0, "video/x-matroska"),
    (b"SQLite format 3\0", 0, "application/vnd.sqlite3"),
    (b"\x7fELF", 0, "application/x-executable"),
    (b"MZ", 0, "application/x-msdownload"),
    (b"WARC/1.", 0, "application/warc"),
    (b"ustar", 257, "application/x-tar"),
];

/// Tags with which an HTML document may begin.
const HTML_TAGS: &[&str] = &[
    "!doctype", "html", "head", "body", "script", "iframe", "h1", "div", "font", "table", "a",
    "style", "title", "b", "br", "p", "meta", "link", "article", "main", "section", "header",
    "span", "ul", "center",
];

/// The media type of a file called `name` that begins with `head`.
///
/// Of `head`, at most [`HEAD`] bytes are looked at. The answer never fails:
/// `application/octet-stream` is what is neither text nor known.
#[must_use]
pub fn media_type(name: &str, head: &[u8]) -> String {
    let head = &head[..head.len().min(HEAD)];
    let extension = extension(name);
    for (magic, offset, media_type) in MAGIC {
        if head
            .get(*offset..)
            .is_some_and(|rest| rest.starts_with(magic))
            && sure(magic, head)
        {
            return inside(container(media_type, &extension), head).to_owned();
        }
    }
    if head.windows(5).take(1024).any(|window| window == b"%PDF-") && !is_text(head) {
        return "application/pdf".to_owned();
    }
    if !is_text(head) {
        return "application/octet-stream".to_owned();
    }
    text_type(&extension, head).to_owned()
}

/// Two letters prove nothing when the rest is text.
fn sure(magic: &[u8], head: &[u8]) -> bool {
    magic.len() > 3 || !is_text(head)
}

fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, extension)) if extension.len() <= 10 => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// What a container holds is told by the file's name only.
fn container(media_type: &'static str, extension: &str) -> &'static str {
    match (media_type, extension) {
        ("application/zip", "docx") => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        ("application/zip", "xlsx" | "xlsm") => {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        ("application/zip", "ods") => "application/vnd.oasis.opendocument.spreadsheet",
        ("application/zip", "odt") => "application/vnd.oasis.opendocument.text",
        ("application/zip", "epub") => "application/epub+zip",
        ("application/zip", "wacz") => "application/wacz",
        ("application/x-ole-storage", "doc") => "application/msword",
        ("application/x-ole-storage", "xls") => "application/vnd.ms-excel",
        ("application/x-ole-storage", "msg") => "application/vnd.ms-outlook",
        (media_type, _) => media_type,
    }
}

/// What an archive holds, where its name does not tell and its first entries do.
fn inside(media_type: &'static str, head: &[u8]) -> &'static str {
    if media_type == "application/gzip" {
        return packed(head);
    }
    if media_type != "application/zip" {
        return media_type;
    }
    let holds = |words: &[u8]| head.windows(words.len()).any(|window| window == words);
    const ODT: &str = "application/vnd.oasis.opendocument.text";
    if holds(b"mimetypeapplication/epub+zip") {
        return "application/epub+zip";
    }
    if holds(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        ODT
    } else if holds(b"[Content_Types].xml") && holds(b"word/") {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    } else {
        media_type
    }
}

/// What a gzip file holds, by its first bytes unpacked.
fn packed(head: &[u8]) -> &'static str {
    use std::io::Read;
    let mut first = Vec::new();
    let unpacked = flate2::read::GzDecoder::new(head).take(512);
    // The head ends within the file: an error behind what is wanted tells nothing.
    let _ = { unpacked }.read_to_end(&mut first);
    if first.starts_with(b"WARC/1.") {
        "application/warc"
    } else if first.get(257..262) == Some(b"ustar") {
        "application/x-tar"
    } else {
        "application/gzip"
    }
}

fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let binary = |byte: &&u8| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31);
    let strange = head.iter().filter(binary).count();
    if strange == 0 {
        return true;
    }
    let zeros = head.iter().filter(|&&byte| byte == 0).count();
    let by_parity = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let utf16 = by_parity(0).max(by_parity(1)) * 10 > head.len() / 2 * 4
        && by_parity(0).min(by_parity(1)) * 100 < head.len();
    (utf16 && strange == zeros) || (strange * 1000 < head.len() && zeros == 0)
}

fn text_type(extension: &str, head: &[u8]) -> &'static str {
    let squeezed: Vec<u8> = head.iter().copied().filter(|&byte| byte != 0).collect();
    let text = String::from_utf8_lossy(&squeezed);
    let text = text
        .trim_start_matches(['\u{feff}', '\u{fffd}'])
        .trim_start();
    if begins_as_html(text) {
        return "text/html";
    }
    if text.starts_with("<?xml") {
        return if text.contains("<html") {
            "text/html"
        } else {
            "application/xml"
        };
    }
    if begins_as_mailbox(text) {
        return "application/mbox";
    }
    if begins_as_mail(text) {
        return if is_saved_page(text) {
            "multipart/related"
        } else {
            "message/rfc822"
        };
    }
    match extension {
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "php" | "asp" | "aspx"
            if text.contains('<') =>
        {
            "text/html"
        }
        "md" | "markdown" | "mkd" => "text/markdown",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "jsonl" | "ndjson" => "application/x-ndjson",
        "json" | "geojson" => "application/json",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "xml" | "rss" | "atom" | "svg" => "application/xml",
        "eml" => "message/rfc822",
        _ => "text/plain",
    }
}

fn begins_as_html(text: &str) -> bool {
    let mut text = text;
    while let Some(rest) = text.strip_prefix("<!--") {
        let Some(end) = rest.find("-->") else {
            return true;
        };
        text = rest[end + 3..].trim_start();
    }
    let Some(rest) = text.strip_prefix('<') else {
        return false;
    };
    HTML_TAGS.iter().any(|tag| {
        rest.get(..tag.len())
            .is_some_and(|name| name.eq_ignore_ascii_case(tag))
            && rest[tag.len()..].starts_with([' ', '>', '\n', '\r', '\t', '/'])
    })
}

/// A separator, then the header of a message.
fn begins_as_mailbox(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else {
        return false;
    };
    first.starts_with("From ") && first.contains(':') && begins_as_mail(rest)
}

/// The first lines are header fields, two of them ones that every message has.
fn begins_as_mail(text: &str) -> bool {
    const FIELDS: &[&str] = &[
        "from:",
        "to:",
        "date:",
        "subject:",
        "received:",
        "message-id:",
        "return-path:",
        "mime-version:",
        "delivered-to:",
    ];
    let mut known = 0;
    let mut sure = false;
    for line in text.lines().take(60).take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let lower = line.to_ascii_lowercase();
        known += usize::from(FIELDS.iter().any(|field| lower.starts_with(field)));
        sure |= ["received:", "message-id:", "return-path:", "mime-version:"]
            .iter()
            .any(|field| lower.starts_with(field));
        let name = lower.split(':').next().unwrap_or_default();
        if name.len() == lower.len() || name.contains(' ') {
            return false;
        }
    }
    sure && known >= 2
}

/// The header is that of a page that a browser saved (MHTML).
fn is_saved_page(text: &str) -> bool {
    let header = text.split("\n\n").next().unwrap_or_default();
    let header = header.split("\r\n\r\n").next().unwrap_or_default();
    let header = header.to_ascii_lowercase();
    header.contains("multipart/related")
        && (header.contains("snapshot-content-location:") || header.contains("saved by"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_come_before_the_name() {
        assert_eq!(media_type("report.html", b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(
            media_type("page.txt", b"\n<!DOCTYPE html><html>"),
            "text/html"
        );
        assert_eq!(
            media_type("page", b"<!-- x -->\n<html lang=en>"),
            "text/html"
        );
        assert_eq!(
            media_type("program.html", b"\x7fELF\x02\x01\x01\0\0\0"),
            "application/x-executable"
        );
        assert_eq!(
            media_type("x.html", b"\x01\x02\x03\x04<html>"),
            "application/octet-stream"
        );
        assert_eq!(
            media_type("zeros.txt", &[0; 64]),
            "application/octet-stream"
        );
    }

    #[test]
    fn the_name_decides_between_texts() {
        assert_eq!(media_type("a.md", b"# Joint statement"), "text/markdown");
        assert_eq!(media_type("a.txt", b"# Joint statement"), "text/plain");
        assert_eq!(
            media_type("a", b"BM letters that begin like a bitmap"),
            "text/plain"
        );
        assert_eq!(
            media_type("a.docx", b"PK\x03\x04rest"),
            container("application/zip", "docx")
        );
        assert_eq!(media_type("a.txt", b""), "text/plain");
    }

    #[test]
    fn text_in_two_bytes_a_letter_is_text() {
        let bytes: Vec<u8> = "A statement"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(media_type("a.txt", &bytes), "text/plain");
        let page: Vec<u8> = "<html><p>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(media_type("a.txt", &page), "text/html");
    }

    #[test]
    fn a_message_is_told_by_its_header() {
        let head =
            b"Received: by mx.example.org\r\nFrom: a@example.org\r\nSubject: Visit\r\n\r\nText";
        assert_eq!(media_type("m.txt", head), "message/rfc822");
        assert_eq!(
            media_type("m.txt", b"From: Geneva\nDate: unknown\n"),
            "text/plain"
        );
    }

    proptest! {
        #[test]
        fn any_head_has_a_type(name in "\\PC{0,12}", head in proptest::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(media_type(&name, &head).contains('/'));
        }
    }
}
