//! The id of a record that an extractor proposed.
//!
//! Invariant: an id depends on what was read and by whom, never on when the ledger was replayed,
//! so a record keeps its id through every rebuild and on every device.

use model::{RecordId, Sha256Digest, SourceId};
use ring::digest::{Context, SHA256};

/// The id of proposal `ordinal` (from 0) of one run of `extractor` over `reading`: a UUIDv7 of
/// the source's time and of the first ten bytes of
/// SHA-256(source id ‖ reading digest ‖ extractor ‖ 0 ‖ ordinal as four bytes, most significant
/// first). The source is in it because two copies added in one millisecond read alike.
#[must_use]
pub fn record_id(
    source: &SourceId,
    reading: &Sha256Digest,
    extractor: &str,
    ordinal: u32,
) -> RecordId {
    let mut context = Context::new(&SHA256);
    context.update(source.as_bytes());
    context.update(&reading.0);
    context.update(extractor.as_bytes());
    context.update(&[0]);
    context.update(&ordinal.to_be_bytes());
    let digest = context.finish();
    let mut entropy = [0; 10];
    entropy.copy_from_slice(&digest.as_ref()[..10]);
    RecordId::new(source.milliseconds(), entropy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_changes() {
        let source = SourceId::new(1_700_000_000_000, [9; 10]);
        let reading = Sha256Digest([0xab; 32]);
        let id = record_id(&source, &reading, "rules-en/1", 7);
        // Computed apart with another program; a change here would orphan every decision.
        assert_eq!(id.to_string(), "018bcfe5-6800-74bf-98bd-c533a1f0e2ad");
        assert_eq!(id.milliseconds(), source.milliseconds());
        assert_ne!(id, record_id(&source, &reading, "rules-en/1", 8));
        assert_ne!(id, record_id(&source, &reading, "rules-en/2", 7));
        let copy = SourceId::new(1_700_000_000_000, [8; 10]);
        assert_ne!(id, record_id(&copy, &reading, "rules-en/1", 7));
    }
}
