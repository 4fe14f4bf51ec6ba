//! Where a picture file keeps what other programs wrote about it: XMP, and content credentials.
//!
//! Invariant: every length that the file states is checked against the file; a file that breaks
//! off gives what stood before. Standards: JFIF, PNG (ISO/IEC 15948), RIFF, XMP part 3, C2PA 2.1
//! appendix A.

/// What stands beside the picture itself.
#[derive(Default)]
pub(super) struct Beside {
    /// The packet of XMP.
    pub xmp: Option<Vec<u8>>,
    /// The store of content credentials: boxes of JUMBF.
    pub credentials: Option<Vec<u8>>,
}

const XMP_IN_JPEG: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const XMP_IN_PNG: &[u8] = b"XML:com.adobe.xmp\0";

/// What stands beside the picture in `file`, of whichever form that is; for TIFF nothing.
pub(super) fn beside(file: &[u8]) -> Beside {
    let mut beside = Beside::default();
    if file.starts_with(b"\xff\xd8") {
        jpeg(file, &mut beside);
    } else if file.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(file, &mut beside);
    } else if file.starts_with(b"RIFF") {
        riff(file, &mut beside);
    }
    beside
}

fn jpeg(file: &[u8], beside: &mut Beside) {
    let mut rest = &file[2..];
    while let Some((&[0xff, marker, high, low], _)) = rest.split_first_chunk::<4>() {
        let len = usize::from(u16::from_be_bytes([high, low]));
        let Some(body) = rest.get(4..2 + len) else {
            return;
        };
        match marker {
            // Where the picture itself begins.
            0xda => return,
            0xe1 => {
                if let Some(packet) = body.strip_prefix(XMP_IN_JPEG) {
                    beside.xmp.get_or_insert_with(|| packet.to_vec());
                }
            }
            0xeb => boxes_in_jpeg(body, beside),
            _ => {}
        }
        rest = &rest[2 + len..];
    }
}

/// One piece of a box that was cut into segments: `JP`, which box, which piece, the box's head.
fn boxes_in_jpeg(body: &[u8], beside: &mut Beside) {
    let Some(rest) = body.strip_prefix(b"JP") else {
        return;
    };
    let Some((&[_, _, a, b, c, d], boxes)) = rest.split_first_chunk::<6>() else {
        return;
    };
    let whole = beside.credentials.get_or_insert_default();
    match u32::from_be_bytes([a, b, c, d]) {
        1 => whole.extend_from_slice(boxes),
        // Each piece repeats the head of the box.
        _ => whole.extend_from_slice(boxes.get(8..).unwrap_or_default()),
    }
}

fn png(file: &[u8], beside: &mut Beside) {
    let mut rest = &file[8..];
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let len = u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(body) = after.get(..len) else {
            return;
        };
        match &kind {
            b"iTXt" => {
                // Not packed, language and translated keyword empty or not.
                let packet = body
                    .strip_prefix(XMP_IN_PNG)
                    .filter(|rest| rest.starts_with(&[0]));
                let packet =
                    packet.and_then(|rest| rest.get(2..)?.splitn(3, |byte| *byte == 0).nth(2));
                if let Some(packet) = packet {
                    beside.xmp.get_or_insert_with(|| packet.to_vec());
                }
            }
            b"caBX" => beside
                .credentials
                .get_or_insert_default()
                .extend_from_slice(body),
            _ => {}
        }
        // The checksum stands behind it.
        rest = after.get(len.saturating_add(4)..).unwrap_or_default();
    }
}

fn riff(file: &[u8], beside: &mut Beside) {
    let mut rest = file.get(12..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [kind @ .., a, b, c, d] = *head;
        let len = u32::from_le_bytes([a, b, c, d]) as usize;
        let Some(body) = after.get(..len) else {
            return;
        };
        match &kind {
            b"XMP " => beside.xmp = Some(body.to_vec()),
            b"C2PA" => beside.credentials = Some(body.to_vec()),
            _ => {}
        }
        // Chunks begin at even places.
        rest = after.get(len.saturating_add(len % 2)..).unwrap_or_default();
    }
}
