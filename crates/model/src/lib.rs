//! The records, vocabularies, dates, spans and ids that every other crate speaks in.
//!
//! Where to start: a [`Source`] is bytes that arrived; a [`Reading`] is its text in numbered
//! passages; [`Proposals`] are what an extractor read out of it, each [`Proposal`] with the
//! [`Quote`]s that carry it; a [`Record`] is a proposal with its id, status and history.
//!
//! Invariant: no IO, no clock, no randomness. Whoever needs an id or a time passes it in.

mod citation;
mod claims;
mod code;
mod date;
mod decision;
mod digest;
mod encoding;
mod entities;
mod facts;
mod id;
mod judgement;
mod likeness;
mod listed;
mod reading;
mod reason;
mod record;
mod sheet;
mod source;
mod span;
mod vocabulary;

pub use citation::{Citation, CitationError, Cited, Quote};
pub use claims::{
    Allegation, Attribution, Call, Commitment, Modality, Perpetrator, Response, Statement, Victim,
};
pub use code::Code;
pub use date::{DateError, Edtf, PartialDate, Qualifier, ResolvedDate};
pub use decision::{
    Change, Choice, Correction, Decided, Decision, Stated, Status, Upon, decided, holding,
    is_same_person,
};
pub use digest::{DigestError, Sha256Digest};
pub use encoding::{EncodingError, compress, decompress, from_cbor, to_cbor};
pub use entities::{
    EntityKind, EntityRef, Group, Instrument, Name, Organisation, Person, Place, Role, State,
    seat_key,
};
pub use facts::{
    Case, CaseStatus, Consent, ConsentEvent, Event, Figure, Finding, Incident, Link, Participant,
};
pub use id::{IdError, RecordId, SourceId};
pub use judgement::{Judged, Judgement, Matter, Verdict};
pub use likeness::{Likeness, LikenessError};
pub use listed::{Age, Detail, LifeEvent, ListImport, ListRow, Relative};
pub use reading::{
    Doubts, Found, LeftOut, Outcome, PageStart, Passage, PassageKind, Reader, Reading, Table,
    TableCell, TableRow, Unread, WordPlace,
};
pub use reason::{is_doubtful, measured, reason, why};
pub use record::{
    Band, Proposal, Proposals, ProposedBy, Record, RecordBody, RecordKind, by_hand, hand_of,
};
pub use sheet::{Area, Sheet, Sheets};
pub use source::{Captured, Collected, Compartment, DigestCheck, Source};
pub use span::{CharIndex, OffsetMap, Run, Span};
pub use vocabulary::{Term, Vocabularies, Vocabulary, VocabularyError};
