//! Mailboxes (mbox): messages one after another, each behind a line that begins with `From `.

use super::Members;

/// Takes the messages apart. A line that the mailbox quoted (`>From `) is put back as it was.
pub(super) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let mut message: Option<Vec<u8>> = None;
    let mut after_blank = true;
    let mut number = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if after_blank && is_separator(line) {
            if let Some(message) = message.replace(Vec::new()) {
                number += 1;
                members.take(format!("message {number}.eml"), message)?;
            }
            after_blank = false;
            continue;
        }
        after_blank = line == b"\n" || line == b"\r\n";
        let Some(message) = &mut message else {
            continue;
        };
        let marks = line.iter().take_while(|&&byte| byte == b'>').count();
        let quoted = marks > 0 && line[marks..].starts_with(b"From ");
        message.extend_from_slice(if quoted { &line[1..] } else { line });
    }
    if let Some(message) = message {
        members.take(format!("message {}.eml", number + 1), message)?;
    }
    Ok(())
}

/// `From`, an address, a date with a year and a time.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    rest.len() < 400 && rest.contains(&b':') && rest.iter().any(u8::is_ascii_digit)
}
