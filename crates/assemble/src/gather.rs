//! From a view and its archive to documents, records, texts and judgements.

use crate::Result;
use archive::Archive;
use link::Document;
use link::pictures::Pictures;
use model::{Compartment, Judgement, Passage, Record, SourceId, Status};
use std::ops::ControlFlow;
use view::{EntryPlace, ReadState, RecordFilter, SourceFilter, SourceInfo, Standing, View};

/// What was fetched.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) documents: Vec<Document>,
    /// Where the reading of each document that was read stands in the ledger.
    pub(crate) readings: Vec<(SourceId, EntryPlace)>,
    /// The sources that are one picture.
    pub(crate) pictures: Vec<SourceInfo>,
    pub(crate) records: Vec<Record>,
    pub(crate) standing: Vec<Standing>,
    pub(crate) withheld: u64,
}

/// The text of a document and its passages.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) source: SourceId,
    pub(crate) text: String,
    pub(crate) passages: Vec<Passage>,
}

/// Fetches all that may go where `up_to` goes.
pub(crate) fn gather(view: &View, up_to: Compartment) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    view.each_source(&SourceFilter::default(), &mut |info| {
        if info.source.compartment > up_to {
            gathered.withheld += 1;
        } else {
            gathered.documents.push(document(&info));
            if let ReadState::Read { entry, .. } = &info.state {
                gathered.readings.push((info.id, *entry));
            }
            if info.source.media_type.starts_with("image/") {
                gathered.pictures.push(info);
            }
        }
        ControlFlow::Continue(())
    })?;
    gathered.readings.sort_by_key(|(source, _)| *source);
    gathered.documents.sort_by_key(|document| document.id);
    let held = |source: &SourceId| {
        let documents = &gathered.documents;
        documents
            .binary_search_by_key(source, |document| document.id)
            .is_ok()
    };
    let mut records = Vec::new();
    view.records(&RecordFilter::default(), &mut |record| {
        // What a person rejected is out of reports, counts and links.
        let is_out = record.status == Status::Rejected;
        if !is_out && record.source.as_ref().is_none_or(held) {
            records.push(record);
        }
        ControlFlow::Continue(())
    })?;
    let mut standing = view.judgements()?;
    standing.retain(|standing| {
        let judged = standing.judgement.matter.judged();
        judged.iter().all(|one| held(&one.source))
    });
    gathered.records = records;
    gathered.standing = standing;
    Ok(gathered)
}

fn document(info: &SourceInfo) -> Document {
    let code = |code: &Option<model::Code>| code.as_ref().map(ToString::to_string);
    Document {
        id: info.id,
        title: info.title.clone(),
        publisher: info.publisher.clone(),
        published: info.published,
        genre: code(&info.source.genre),
        language: info.language.clone(),
        origin: info.source.origin.clone(),
        reliability: code(&info.source.reliability),
    }
}

/// The texts of all documents that were read, in the order of their ids.
pub(crate) fn texts(archive: &Archive, readings: &[(SourceId, EntryPlace)]) -> Result<Vec<Text>> {
    let text = |(source, entry): &(SourceId, EntryPlace)| {
        let reading = view::reading_at(archive, entry)?;
        Ok(Text {
            source: *source,
            text: reading.text,
            passages: reading.passages,
        })
    };
    readings.iter().map(text).collect()
}

/// What the pictures look like, as far as that is known.
pub(crate) fn pictures(archive: &Archive, infos: &[SourceInfo]) -> Result<Pictures> {
    let mut pictures = Vec::new();
    for info in infos {
        if let Some(likeness) = view::likeness_of(archive, info)? {
            pictures.push((info.id, likeness));
        }
    }
    Ok(Pictures::of(pictures))
}

/// The judgements without the circumstances in which they were made.
pub(crate) fn judgements(standing: &[Standing]) -> Vec<Judgement> {
    let judgements = standing.iter();
    judgements
        .map(|standing| standing.judgement.clone())
        .collect()
}
