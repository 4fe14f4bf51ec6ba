//! What a person decides of a record, or judges of two: one way for the screens and the API.
//!
//! Invariant: what a decision rests on is looked at while nobody else writes: it is made upon the
//! version that the person saw, or not at all.

use crate::vault::Open;
use collect::{CorrectError, DecideError};
use model::{
    Choice, Code, Correction, Judgement, Matter, Reading, Record, RecordId, RecordKind,
    Sha256Digest, SourceId, Verdict,
};
use std::sync::PoisonError;
use view::View;

/// What a person decides of a record.
pub(crate) struct Ruling<'r> {
    pub(crate) record: RecordId,
    pub(crate) by: &'r str,
    pub(crate) choice: Choice,
    /// Why it is rejected: a code of the vocabulary `rejection`.
    pub(crate) reason: Option<&'r str>,
    pub(crate) note: &'r str,
    /// The person has not looked at what others decided.
    pub(crate) blind: bool,
    /// The state that was seen; `None` where that does not matter.
    pub(crate) version: Option<Sha256Digest>,
    /// What a correction makes of the record, as it was seen.
    pub(crate) correct: Correct<'r>,
}

/// Makes a correction of a record and its reading.
pub(crate) type Correct<'r> = &'r dyn Fn(&Record, &Reading) -> Result<Correction, CorrectError>;

/// Why nothing was put on record.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Undecided {
    /// There is no such record.
    #[error("nothing on record has this id, or this device cannot open it")]
    Gone,
    /// Somebody decided since: the record as it is now.
    #[error("somebody decided of this record meanwhile")]
    Changed(Box<Record>),
    /// There is nothing to withdraw.
    #[error("You decided nothing of this record that holds, so there is nothing to undo.")]
    NothingToUndo,
    /// It cites no source, or one without a reading.
    #[error("This record cites no source that can be read, so nothing can be decided of it.")]
    NoWords,
    /// The records cannot be judged together.
    #[error("Give two different persons, allegations, cases or calls.")]
    NoPair,
    /// The values of the correction.
    #[error(transparent)]
    Correct(#[from] CorrectError),
    /// The decision.
    #[error(transparent)]
    Decide(#[from] DecideError),
    /// The judgement.
    #[error(transparent)]
    Judge(#[from] collect::Error),
    /// The archive.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The view.
    #[error(transparent)]
    View(#[from] view::Error),
}

impl Undecided {
    /// Whether it is for the person to mend, who is shown the record again.
    pub(crate) fn is_for_people(&self) -> bool {
        matches!(
            self,
            Self::NothingToUndo | Self::Correct(_) | Self::Decide(_)
        )
    }
}

/// Puts a decision on record.
pub(crate) fn decide(open: &Open, ruling: &Ruling<'_>) -> Result<(), Undecided> {
    let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
    open.archive.refresh()?;
    let view = open.views.lease(&open.archive)?;
    let record = view.record(&ruling.record)?.ok_or(Undecided::Gone)?;
    let upon = view::upon(&record)?;
    if ruling
        .version
        .is_some_and(|version| version != upon.version)
    {
        return Err(Undecided::Changed(Box::new(record)));
    }
    let mine = |at: &usize| model::is_same_person(&record.history[*at].decision.by, ruling.by);
    if ruling.choice == Choice::Withdraw && !model::holding(&record.history).iter().any(mine) {
        return Err(Undecided::NothingToUndo);
    }
    let seen = seen(&view, &record, ruling.blind)?;
    let decision = view::decision_of(&seen, ruling.choice, ruling.by)?;
    let mut decision = decision.ok_or(Undecided::NoWords)?;
    decision.upon = upon;
    decision.blind = ruling.blind;
    decision.reason = ruling.reason.map(Code::from);
    ruling.note.trim().clone_into(&mut decision.note);
    let needs_words = ruling.choice == Choice::Correct || decision.corrected.is_some();
    let reading = match needs_words {
        true => Some(of_source(open, &view, &decision.on.source)?),
        false => None,
    };
    if let (Choice::Correct, Some(reading)) = (ruling.choice, &reading) {
        decision.corrected = Some((ruling.correct)(&seen, reading)?);
    }
    let (mut writer, _) = open.archive.writer(&open.device)?;
    collect::decide(&mut writer, &decision, reading.as_ref())?;
    drop(writer);
    Ok(open.archive.refresh()?)
}

/// The record as the person sees it: blind, without what others decided.
pub(crate) fn seen(view: &View, record: &Record, blind: bool) -> view::Result<Record> {
    let as_proposed = match blind {
        true => view.as_proposed(record)?,
        false => None,
    };
    Ok(as_proposed.unwrap_or_else(|| record.clone()))
}

fn of_source(open: &Open, view: &View, source: &SourceId) -> Result<Reading, Undecided> {
    let reading = view.reading(&open.archive, source)?;
    reading.ok_or(Undecided::NoWords)
}

/// What a person judges of two records.
pub(crate) struct Judging<'j> {
    pub(crate) records: [RecordId; 2],
    /// Kinds that may be judged here.
    pub(crate) kinds: &'j [RecordKind],
    pub(crate) verdict: Verdict,
    pub(crate) by: &'j str,
    pub(crate) reason: &'j str,
}

/// Puts a judgement on record; what it is about.
pub(crate) fn judge(open: &Open, judging: &Judging<'_>) -> Result<Matter, Undecided> {
    let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
    open.archive.refresh()?;
    let view = open.views.lease(&open.archive)?;
    let judged = |id: &RecordId| {
        let record = view.record(id)?.ok_or(Undecided::Gone)?;
        view::judged_of(&record).ok_or(Undecided::NoPair)
    };
    let [one, other] = &judging.records;
    let (one, other) = (judged(one)?, judged(other)?);
    let fits = one.record != other.record && one.kind == other.kind;
    if !fits || !judging.kinds.contains(&one.kind) {
        return Err(Undecided::NoPair);
    }
    let judgement = Judgement {
        matter: Matter::pair(one, other),
        verdict: judging.verdict,
        by: judging.by.to_owned(),
        reason: judging.reason.trim().to_owned(),
    };
    put(open, &view, &judgement)?;
    open.archive.refresh()?;
    Ok(judgement.matter)
}

/// Puts a judgement on record, sealed for the narrowest compartment of the sources it speaks of,
/// while nobody else writes.
pub(crate) fn put(open: &Open, view: &View, judgement: &Judgement) -> Result<(), Undecided> {
    let mut narrow = Vec::new();
    for of in judgement.matter.judged() {
        let info = view.source(&of.source)?;
        narrow.extend(info.map(|info| (info.id, info.source.compartment)));
    }
    let compartment = |source: &SourceId| {
        let found = narrow.iter().find(|(id, _)| id == source);
        found
            .map(|(_, compartment)| *compartment)
            .unwrap_or_default()
    };
    let (mut writer, _) = open.archive.writer(&open.device)?;
    collect::judge(&mut writer, judgement, compartment)?;
    Ok(())
}
