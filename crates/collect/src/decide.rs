//! Puts on record what a person decided of a proposed record, and what a person coded by hand.
//! The command line and the server both go through here.
//!
//! Invariant: nothing goes on record that `verify` would find fault with.

use crate::correct::{CorrectError, check_correction};
use crate::prepare::digest;
use archive::{EntryKind, Receipt, Writer};
use model::{
    CharIndex, Choice, Correction, Decision, Judged, Proposals, Reading, Sha256Digest, SourceId,
    Upon, Vocabularies, compress, hand_of, to_cbor,
};

/// Longest note, in bytes.
const LONGEST_NOTE: usize = 16 << 10;

/// A decision could not be put on record.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The archive did not take it.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// It has no form that can be stored.
    #[error(transparent)]
    Encoding(#[from] model::EncodingError),
    /// The correction does not hold.
    #[error(transparent)]
    Correction(#[from] CorrectError),
    /// Something is missing, or does not go together.
    #[error("{0}")]
    Incomplete(String),
}

/// Puts `decision` on record, sealed with the key of the source that it is about. `reading` is the
/// one that the record was read from; needed where the decision says what the record says.
///
/// # Errors
/// When the decision is not complete, a quote does not stand at its place, the archive cannot be
/// written, or the source's key was destroyed. Nothing is on record then.
pub fn decide(
    writer: &mut Writer,
    decision: &Decision,
    reading: Option<&Reading>,
) -> Result<Receipt, DecideError> {
    check(decision, reading)?;
    let body = to_cbor(decision)?;
    let mut commit = writer.commit()?;
    commit.entry(EntryKind::Decision, decision.on.source, &body, &[])?;
    Ok(commit.finish()?)
}

fn check(decision: &Decision, reading: Option<&Reading>) -> Result<(), DecideError> {
    let incomplete = |what: &str| Err(DecideError::Incomplete(what.to_owned()));
    if decision.by.trim().is_empty() {
        return incomplete("a decision needs the name of who decides");
    }
    if decision.note.len() > LONGEST_NOTE || decision.by.len() > LONGEST_NOTE {
        return incomplete("the note is longer than 16 KiB; add it as a source and name that");
    }
    match (decision.choice, &decision.reason) {
        (Choice::Reject, Some(reason)) => check_reason(reason.as_str())?,
        (Choice::Reject, None) => {
            return incomplete("a rejection needs a reason: a code of the vocabulary `rejection`");
        }
        (_, Some(_)) => return incomplete("only a rejection has a reason; say it in the note"),
        (_, None) => {}
    }
    match (decision.choice, &decision.corrected) {
        (Choice::Correct, None) => incomplete("a correction needs at least one other value"),
        (Choice::Accept | Choice::Correct, Some(corrected)) => {
            let Some(reading) = reading else {
                return incomplete("the reading that the words stand in is needed to check them");
            };
            if corrected.proposal.body.kind() != decision.on.kind {
                return incomplete(
                    "a record cannot become one of another kind: reject it, and code a new one",
                );
            }
            let chars = CharIndex::new(&reading.text);
            Ok(check_correction(corrected, &reading.text, &chars)?)
        }
        (_, Some(_)) => incomplete("only who accepts or corrects says what the record says"),
        (_, None) => Ok(()),
    }
}

fn check_reason(code: &str) -> Result<(), DecideError> {
    let lists =
        Vocabularies::shipped().map_err(|error| DecideError::Incomplete(error.to_string()))?;
    let list = lists.list("rejection");
    let terms = list.map_or(&[][..], |list| &list.terms);
    if terms.iter().any(|term| term.code.as_str() == code) {
        return Ok(());
    }
    let known: Vec<_> = terms.iter().map(|term| term.code.as_str()).collect();
    Err(DecideError::Incomplete(format!(
        "`{code}` is no reason to reject; say one of {}",
        known.join(", ")
    )))
}

/// A record that a person coded from the words of a reading.
#[derive(Clone, Debug)]
pub struct Coded<'r> {
    /// The source.
    pub source: SourceId,
    /// SHA-256 of its original.
    pub original: Sha256Digest,
    /// SHA-256 of the reading.
    pub digest: Sha256Digest,
    /// The reading.
    pub reading: &'r Reading,
    /// Who coded it.
    pub by: String,
    /// What it says; made with [`code_anew`](crate::code_anew).
    pub says: Correction,
}

/// Puts a record on record that a person coded, with that person's acceptance of it. `id_of` says
/// which id the view gives a record: source, reading, extractor and ordinal.
///
/// # Errors
/// As for [`decide`].
pub fn put_coded(
    writer: &mut Writer,
    coded: &Coded<'_>,
    id_of: impl Fn(&SourceId, &Sha256Digest, &str, u32) -> model::RecordId,
) -> Result<(model::RecordId, Receipt), DecideError> {
    let by = coded.by.trim();
    if by.is_empty() || by.len() > LONGEST_NOTE {
        return Err(DecideError::Incomplete(
            "a record coded by hand needs the name of who codes it".to_owned(),
        ));
    }
    let chars = CharIndex::new(&coded.reading.text);
    check_correction(&coded.says, &coded.reading.text, &chars)?;
    let proposal = coded.says.proposal.clone();
    // The same record coded twice by the same person is the same record.
    let number = digest(&to_cbor(&proposal)?).0;
    let number = u64::from_be_bytes(number[..8].try_into().expect("a digest has 32 bytes"));
    let extractor = hand_of(by, number);
    let on = Judged {
        record: id_of(&coded.source, &coded.digest, &extractor, 0),
        kind: proposal.body.kind(),
        source: coded.source,
        reading: coded.digest,
        span: proposal.quotes[0].span,
    };
    let proposals = Proposals {
        original: coded.original,
        reading: coded.digest,
        extractor,
        proposals: vec![proposal],
    };
    let packed = to_cbor(&proposals)?;
    let accepts = Decision {
        on,
        choice: Choice::Accept,
        by: by.to_owned(),
        reason: None,
        note: String::new(),
        blind: false,
        upon: Upon {
            version: digest(&packed),
            decisions: 0,
        },
        // Reasons stand in the decision: a proposal has only words.
        corrected: (!coded.says.stated.is_empty()).then(|| coded.says.clone()),
    };
    let mut commit = writer.commit()?;
    let blob = commit.blob(coded.source, compress(&packed)?.as_slice())?;
    commit.entry(EntryKind::Proposals, coded.source, &[], &[blob])?;
    commit.entry(EntryKind::Decision, coded.source, &to_cbor(&accepts)?, &[])?;
    Ok((on.record, commit.finish()?))
}
